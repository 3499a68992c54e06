// SPDX-FileCopyrightText: 2026 The LiveTemplate for Qt authors
// SPDX-License-Identifier: MIT

#include "savedsession_p.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonParseError>

using namespace Qt::StringLiterals;

namespace LiveTemplate {

namespace {

constexpr qint64 microseconds = 1'000'000;

std::expected<QJsonObject, QString> parseState(const QByteArray &text)
{
    // Qt 6 reads no value but objects and arrays, so a string goes as the element of an array.
    QJsonParseError error;
    const QJsonDocument document = QJsonDocument::fromJson('[' + text + ']', &error);
    if (error.error != QJsonParseError::NoError || document.array().size() != 1)
        return std::unexpected(u"its state is no JSON"_s);
    const QJsonValue value = document.array().first();
    if (value.isObject())
        return value.toObject();
    if (!value.isString())
        return std::unexpected(u"its state is no JSON object"_s);
    const auto decoded = QByteArray::fromBase64Encoding(
        value.toString().toUtf8(), QByteArray::AbortOnBase64DecodingErrors);
    if (decoded.decodingStatus != QByteArray::Base64DecodingStatus::Ok)
        return std::unexpected(u"its state is a text that is no base64"_s);
    const QJsonDocument inner = QJsonDocument::fromJson(decoded.decoded);
    if (!inner.isObject())
        return std::unexpected(u"its state is base64 of what is no JSON object"_s);
    return inner.object();
}

} // namespace

QByteArray SavedSession::keyOf(const SessionKey &key)
{
    const QByteArray group = keyPrefix.toByteArray() + key.group.value().toUtf8();
    return key.page == u"/" ? group : group + ':' + key.page.toUtf8();
}

std::optional<SessionKey> SavedSession::parseKey(QByteArrayView key)
{
    if (!key.startsWith(keyPrefix) || key.endsWith(":access"))
        return std::nullopt;
    const QByteArrayView name = key.sliced(keyPrefix.size());
    const qsizetype page = name.indexOf(":/");
    if (page < 0)
        return SessionKey{GroupId(QString::fromUtf8(name)), u"/"_s};
    return SessionKey{GroupId(QString::fromUtf8(name.first(page))),
                      QString::fromUtf8(name.sliced(page + 1))};
}

QByteArray SavedSession::meta() const
{
    return R"({"version":"2","updated_at":)" + QByteArray::number(revision / microseconds) + '}';
}

QByteArray SavedSession::json() const
{
    return QJsonDocument(state).toJson(QJsonDocument::Compact);
}

std::expected<std::optional<SavedSession>, QString> SavedSession::parse(const RedisValue &fields)
{
    if (fields.toArray().isEmpty())
        return std::nullopt;
    const QJsonObject meta = QJsonDocument::fromJson(fields.value("_meta").toBytes()).object();
    if (meta.value("version"_L1).toString() != "2"_L1)
        return std::unexpected(u"it is not of version 2"_s);
    auto state = parseState(fields.value("state").toBytes());
    if (!state)
        return std::unexpected(state.error());
    SavedSession session{.state = *std::move(state)};
    // A Go server writes seconds only.
    session.revision = fields.value("rev").toInteger().value_or(
        qint64(meta.value("updated_at"_L1).toDouble()) * microseconds);
    return session;
}

} // namespace LiveTemplate
