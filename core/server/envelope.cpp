// SPDX-FileCopyrightText: 2026 The LiveTemplate for Qt authors
// SPDX-License-Identifier: MIT

#include "envelope_p.h"

#include "treedifference_p.h"
#include "treewriter_p.h"

#include <QJsonArray>
#include <QJsonDocument>

using namespace Qt::StringLiterals;

namespace LiveTemplate {

namespace {

void appendString(QByteArray &json, const QString &text)
{
    appendJsonString(json, text.toUtf8());
}

void appendErrors(QByteArray &json, const QHash<QString, QString> &errors)
{
    json += '{';
    for (auto it = errors.cbegin(); it != errors.cend(); ++it) {
        if (it != errors.cbegin())
            json += ',';
        appendString(json, it.key());
        json += ':';
        appendString(json, it.value());
    }
    json += '}';
}

enum class NoErrors {
    AsObject,
    AsNull
};

void appendMeta(QByteArray &json, const AnswerMeta &meta, NoErrors noErrors = NoErrors::AsObject)
{
    json += R"(,"meta":{"success":)";
    json += meta.errors.isEmpty() ? "true" : "false";
    json += R"(,"errors":)";
    if (meta.errors.isEmpty() && noErrors == NoErrors::AsNull)
        json += "null";
    else
        appendErrors(json, meta.errors);
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
    const QString submitter = object.value("submitter"_L1).toString();
    QString action = object.value("action"_L1).toString();
    if (action.isEmpty())
        action = submitter; // PROTOCOL.md A.7
    if (action.isEmpty())
        return std::unexpected(u"it names no action"_s);
    // No data, or null, is as good as none; anything else but an object is not.
    const QJsonValue data = object.value("data"_L1);
    if (!data.isUndefined() && !data.isNull() && !data.isObject())
        return std::unexpected(u"its data is not an object"_s);
    return ClientMessage{action, data.toObject(), submitter, object};
}

bool ClientMessage::isUpload() const
{
    return action == uploadStartAction || action == uploadChunkAction
        || action == uploadCompleteAction || action == cancelUploadAction;
}

QByteArray jsonAnswer(const Tree &tree, const AnswerMeta &meta)
{
    QByteArray json = R"({"tree":)";
    appendTree(json, tree);
    appendMeta(json, meta, meta.action.isEmpty() ? NoErrors::AsNull : NoErrors::AsObject);
    json += '}';
    return json;
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

QByteArray tooManyRequestsMessage()
{
    return R"({"tree":{},"meta":{"success":false,"errors":{"_rate_limit":"Too many requests. Please slow down."}}})"_ba;
}

QByteArray uploadRefusal(const ClientMessage &message)
{
    // Pieces and their end belong to files that were refused already.
    if (message.action != uploadStartAction)
        return {};
    QJsonArray entries;
    int number = 0;
    for (const QJsonValue &file : message.whole.value("files"_L1).toArray()) {
        entries.append(QJsonObject{{u"entry_id"_s, u"refused-%1"_s.arg(++number)},
                                   {u"client_name"_s, file.toObject().value("name"_L1).toString()},
                                   {u"valid"_s, false},
                                   {u"error"_s, QString(noUploads)},
                                   {u"auto_upload"_s, false}});
    }
    const QJsonObject answer{{u"upload_name"_s, message.whole.value("upload_name"_L1).toString()},
                             {u"entries"_s, entries}};
    return QJsonDocument(answer).toJson(QJsonDocument::Compact);
}

QByteArray pongMessage()
{
    return R"({"pong":true})"_ba;
}

} // namespace LiveTemplate
