// SPDX-FileCopyrightText: 2026 The LiveTemplate for Qt authors
// SPDX-License-Identifier: MIT

#include "guests.h"

#include <QRandomGenerator>

#include <array>

using namespace Qt::StringLiterals;

namespace {

/// 256 bits of the system's random source, in characters that a cookie may have.
QByteArray newToken()
{
    std::array<quint32, 8> words{};
    QRandomGenerator::system()->fillRange(words.data(), qsizetype(words.size()));
    return QByteArray(reinterpret_cast<const char *>(words.data()), sizeof words).toHex();
}

} // namespace

std::expected<QByteArray, QString> Guests::enter(const QString &name)
{
    const std::scoped_lock lock(m_mutex);
    const auto isSame = [&](const QString &other) {
        return other.compare(name, Qt::CaseInsensitive) == 0;
    };
    if (std::ranges::any_of(m_present, isSame))
        return std::unexpected(u"Somebody of that name is here already."_s);
    // Who had the name is gone; and so may be others, when it gets too many.
    m_names.removeIf([&](QHash<QByteArray, QString>::iterator guest) {
        return isSame(*guest) || (m_names.size() >= limit && !m_present.contains(*guest));
    });
    if (m_names.size() >= limit)
        return std::unexpected(u"The room is full."_s);
    const QByteArray token = newToken();
    m_names.insert(token, name);
    return token;
}

void Guests::leave(const QByteArray &token)
{
    const std::scoped_lock lock(m_mutex);
    m_present.removeAll(m_names.take(token));
}

std::optional<QString> Guests::nameOf(const QByteArray &token) const
{
    const std::scoped_lock lock(m_mutex);
    const auto guest = m_names.constFind(token);
    return guest == m_names.cend() ? std::nullopt : std::optional(*guest);
}

bool Guests::has(const QString &name) const
{
    const std::scoped_lock lock(m_mutex);
    return std::ranges::find(m_names, name) != m_names.end();
}

bool Guests::setPresent(const QStringList &names)
{
    const std::scoped_lock lock(m_mutex);
    return std::exchange(m_present, names) != names;
}

QStringList Guests::present() const
{
    const std::scoped_lock lock(m_mutex);
    return m_present;
}
