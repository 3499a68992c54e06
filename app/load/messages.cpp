// SPDX-FileCopyrightText: 2026 The LiveTemplate for Qt authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "messages.h"

#include <QJsonDocument>

using namespace Qt::StringLiterals;

namespace LiveTemplate::Load {

QByteArray actionMessage(const QString &action)
{
    const QJsonObject message{{u"action"_s, action}, {u"data"_s, QJsonObject()}};
    return QJsonDocument(message).toJson(QJsonDocument::Compact);
}

QByteArray heartbeatMessage()
{
    return R"({"action":"__ping__"})"_ba;
}

ServerMessage ServerMessage::parse(const QByteArray &json)
{
    ServerMessage message;
    if (json == "{\"pong\":true}") {
        message.kind = Kind::Pong;
        return message;
    }
    const QJsonDocument document = QJsonDocument::fromJson(json);
    if (!document.isObject())
        return message;
    const QJsonObject object = document.object();
    const QJsonObject meta = object.value("meta"_L1).toObject();
    const QJsonObject errors = meta.value("errors"_L1).toObject();
    for (auto it = errors.begin(); it != errors.end(); ++it)
        message.errors.append(u"%1: %2"_s.arg(it.key(), it.value().toString()));
    message.action = meta.value("action"_L1).toString();
    message.tree = object.value("tree"_L1).toObject();
    if (!message.action.isEmpty() || !meta.value("success"_L1).toBool(true))
        message.kind = Kind::Answer;
    else if (object.value("tree"_L1).isObject())
        message.kind = Kind::Update;
    else
        message.kind = object.contains("pong"_L1) ? Kind::Pong : Kind::Other;
    return message;
}

} // namespace LiveTemplate::Load
