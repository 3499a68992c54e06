// SPDX-FileCopyrightText: 2026 The LiveTemplate for Qt authors
// SPDX-License-Identifier: MIT

#include "guests.h"

#include <QCryptographicHash>
#include <QRandomGenerator>

#include <array>
#include <utility>

using namespace Qt::StringLiterals;

namespace {

/// 256 bits of the system's random source, in characters that a cookie may have.
QByteArray newToken()
{
    std::array<quint32, 8> words{};
    QRandomGenerator::system()->fillRange(words.data(), qsizetype(words.size()));
    return QByteArray(reinterpret_cast<const char *>(words.data()), sizeof words).toHex();
}

/// How names are compared: two that look the same are.
QString folded(const QString &name)
{
    return name.normalized(QString::NormalizationForm_KC).toCaseFolded();
}

} // namespace

std::expected<QByteArray, QString> Guests::enter(const QString &name, const QDateTime &now)
{
    const std::scoped_lock lock(m_mutex);
    const auto isHere = [&](const QString &id, const Guest &guest) {
        return m_present.contains(id) || guest.enteredAt.secsTo(now) < reserved;
    };
    const bool isFull = m_guests.size() >= limit;
    for (auto guest = m_guests.begin(); guest != m_guests.end();) {
        const bool isSame = folded(guest->name) == folded(name);
        if (isHere(guest.key(), *guest)) {
            if (isSame)
                return std::unexpected(u"Somebody of that name is here already."_s);
            ++guest;
        } else if (isSame || isFull) {
            guest = m_guests.erase(guest);
        } else {
            ++guest;
        }
    }
    if (m_guests.size() >= limit)
        return std::unexpected(u"The room is full."_s);
    const QByteArray token = newToken();
    m_guests.insert(idOf(token), {.name = name, .enteredAt = now});
    return token;
}

void Guests::leave(const QString &id)
{
    const std::scoped_lock lock(m_mutex);
    m_guests.remove(id);
    m_present.remove(id);
}

QString Guests::idOf(const QByteArray &token)
{
    return QString::fromLatin1(QCryptographicHash::hash(token, QCryptographicHash::Sha256).toHex());
}

bool Guests::has(const QString &id) const
{
    const std::scoped_lock lock(m_mutex);
    return m_guests.contains(id);
}

QString Guests::nameOf(const QString &id) const
{
    const std::scoped_lock lock(m_mutex);
    return m_guests.value(id).name;
}

bool Guests::setPresent(const QSet<QString> &ids)
{
    const std::scoped_lock lock(m_mutex);
    return std::exchange(m_present, ids) != ids;
}

QStringList Guests::present() const
{
    const std::scoped_lock lock(m_mutex);
    QStringList names;
    for (const QString &id : m_present) {
        if (const auto guest = m_guests.constFind(id); guest != m_guests.cend())
            names.append(guest->name);
    }
    names.sort(Qt::CaseInsensitive);
    return names;
}
