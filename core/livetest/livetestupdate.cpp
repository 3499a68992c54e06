// SPDX-FileCopyrightText: 2026 The LiveTemplate for Qt authors
// SPDX-License-Identifier: MIT

#include "livetestupdate.h"

#include <QJsonArray>
#include <QJsonDocument>

using namespace Qt::StringLiterals;

namespace LiveTest {

Update::Update(QByteArray message)
    : m_message(std::move(message))
    , m_envelope(QJsonDocument::fromJson(m_message).object())
{
}

QJsonObject Update::tree() const
{
    return m_envelope.value("tree"_L1).toObject();
}

QByteArray Update::diff() const
{
    return QJsonDocument(tree()).toJson(QJsonDocument::Compact);
}

bool Update::isAnswer() const
{
    // A message that was refused because there were too many is answered without its action.
    return !action().isEmpty() || errors().contains(u"_rate_limit"_s);
}

QString Update::action() const
{
    return m_envelope.value("meta"_L1)["action"_L1].toString();
}

bool Update::success() const
{
    return m_envelope.value("meta"_L1)["success"_L1].toBool();
}

QMap<QString, QString> Update::errors() const
{
    QMap<QString, QString> errors;
    const QJsonObject object = m_envelope.value("meta"_L1)["errors"_L1].toObject();
    for (auto it = object.begin(); it != object.end(); ++it)
        errors.insert(it.key(), it->toString());
    return errors;
}

QStringList Update::capabilities() const
{
    QStringList names;
    for (const QJsonValue &name : m_envelope.value("meta"_L1)["capabilities"_L1].toArray())
        names.append(name.toString());
    return names;
}

} // namespace LiveTest
