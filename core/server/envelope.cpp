// SPDX-FileCopyrightText: 2026 The LiveTemplate for Qt authors
// SPDX-License-Identifier: MIT

#include "envelope_p.h"

#include "treedifference_p.h"
#include "treewriter_p.h"

#include <QJsonDocument>

using namespace Qt::StringLiterals;

namespace LiveTemplate {

namespace {

void appendString(QByteArray &json, const QString &text)
{
    appendJsonString(json, text.toUtf8());
}

void appendMeta(QByteArray &json, const AnswerMeta &meta)
{
    json += R"(,"meta":{"success":)";
    json += meta.errors.isEmpty() ? "true" : "false";
    json += R"(,"errors":{)";
    bool first = true;
    for (auto it = meta.errors.cbegin(); it != meta.errors.cend(); ++it) {
        if (!first)
            json += ',';
        first = false;
        appendString(json, it.key());
        json += ':';
        appendString(json, it.value());
    }
    json += '}';
    if (!meta.action.isEmpty()) {
        json += R"(,"action":)";
        appendString(json, meta.action);
    }
    if (!meta.capabilities.isEmpty()) {
        json += R"(,"capabilities":[)";
        for (const QString &capability : meta.capabilities) {
            if (!json.endsWith('['))
                json += ',';
            appendString(json, capability);
        }
        json += ']';
    }
    json += '}';
}

} // namespace

std::expected<ClientMessage, QString> ClientMessage::parse(const QByteArray &utf8)
{
    QJsonParseError error;
    const QJsonDocument document = QJsonDocument::fromJson(utf8, &error);
    if (error.error != QJsonParseError::NoError)
        return std::unexpected(error.errorString());
    if (!document.isObject())
        return std::unexpected(u"it is not an object"_s);
    const QJsonObject object = document.object();
    const QString action = object.value("action"_L1).toString();
    if (action.isEmpty())
        return std::unexpected(u"it names no action"_s);
    // No data, or null, is as good as none; anything else but an object is not.
    const QJsonValue data = object.value("data"_L1);
    if (!data.isUndefined() && !data.isNull() && !data.isObject())
        return std::unexpected(u"its data is not an object"_s);
    return ClientMessage{action, data.toObject()};
}

QByteArray firstMessage(const Tree &tree, const AnswerMeta &meta)
{
    QByteArray json = R"({"tree":)";
    appendTree(json, tree);
    appendMeta(json, meta);
    json += '}';
    return json;
}

QByteArray answerMessage(const Tree &from, const Tree &to, const AnswerMeta &meta)
{
    QByteArray json = R"({"tree":)";
    appendDifference(json, from, to);
    appendMeta(json, meta);
    json += '}';
    return json;
}

QByteArray updateMessage(const Tree &from, const Tree &to)
{
    QByteArray json = R"({"tree":)";
    appendDifference(json, from, to);
    json += '}';
    return json;
}

QByteArray pongMessage()
{
    return R"({"pong":true})"_ba;
}

} // namespace LiveTemplate
