// SPDX-FileCopyrightText: 2026 The LiveTemplate for Qt authors
// SPDX-License-Identifier: MIT

#include "redisstate_p.h"

#include <QCryptographicHash>
#include <QJsonArray>
#include <QJsonDocument>

using namespace Qt::StringLiterals;

namespace LiveTemplate {

namespace {

/// Go servers kept the time of the last use in "KEY:access" once.
constexpr QByteArrayView accessSuffix(":access");

/// A group's text may have what divides it from the page: there it is written %3A/, and that one
/// %253A/, and so on.
constexpr QByteArrayView divider(":/");
constexpr QByteArrayView escapedColon("3A/");
constexpr QByteArrayView escapedPercent("25");

/// Whether @p text begins with as many "25" as there are, and "3A/".
bool isEscape(QByteArrayView text)
{
    while (text.startsWith(escapedPercent))
        text = text.sliced(escapedPercent.size());
    return text.startsWith(escapedColon);
}

QByteArray escapeGroup(const QByteArray &group)
{
    QByteArray escaped;
    for (qsizetype i = 0; i < group.size(); ++i) {
        const QByteArrayView rest = QByteArrayView(group).sliced(i);
        if (rest.startsWith(divider))
            escaped += "%3A";
        else if (rest.front() == '%' && isEscape(rest.sliced(1)))
            escaped += "%25";
        else
            escaped += rest.front();
    }
    return escaped;
}

QByteArray unescapeGroup(const QByteArray &escaped)
{
    QByteArray group;
    for (qsizetype i = 0; i < escaped.size(); ++i) {
        const QByteArrayView rest = QByteArrayView(escaped).sliced(i);
        if (rest.front() != '%' || !isEscape(rest.sliced(1))) {
            group += rest.front();
        } else if (rest.sliced(1).startsWith(escapedColon)) {
            group += ':';
            i += 2;
        } else {
            group += '%';
            i += escapedPercent.size();
        }
    }
    return group;
}

/// The text of the field "state": an object, or a string with base64 of one.
std::expected<QJsonDocument, QString> readState(const QByteArray &text, QByteArray &json)
{
    json = text.trimmed();
    if (json.startsWith('"')) {
        // QJsonDocument reads strings within something only.
        const QJsonDocument list = QJsonDocument::fromJson('[' + json + ']');
        const QByteArray base64 = list.array().at(0).toString().toLatin1();
        const auto decoded = QByteArray::fromBase64Encoding(
            base64, QByteArray::AbortOnBase64DecodingErrors);
        if (list.array().size() != 1 || !decoded)
            return std::unexpected(u"its state is not base64"_s);
        json = *decoded;
    }
    QJsonParseError error;
    const QJsonDocument document = QJsonDocument::fromJson(json, &error);
    if (error.error != QJsonParseError::NoError)
        return std::unexpected(u"its state is not JSON: %1"_s.arg(error.errorString()));
    if (!document.isObject())
        return std::unexpected(u"its state is not an object"_s);
    return document;
}

} // namespace

std::expected<std::optional<RedisState>, QString> RedisState::read(const RedisValue &hash)
{
    if (hash.toArray().isEmpty())
        return std::nullopt;
    const QJsonObject meta = QJsonDocument::fromJson(hash.value("_meta").toBytes()).object();
    const QJsonValue version = meta.value("version"_L1);
    if (version != QJsonValue(u"2"_s)) {
        return std::unexpected(
            u"its version is \"%1\""_s.arg(version.toVariant().toString().left(20)));
    }
    RedisState result;
    const auto document = readState(hash.value("state").toBytes(), result.json);
    if (!document)
        return std::unexpected(document.error());
    result.state = document->object();
    const qint64 revision = hash.value("rev").toInteger().value_or(0);
    result.hasRevision = revision > 0;
    constexpr qint64 microseconds = 1'000'000;
    qint64 written = 0;
    if (qMulOverflow(meta.value("updated_at"_L1).toInteger(), microseconds, &written))
        written = 0;
    result.revision = result.hasRevision ? revision : written;
    return result;
}

QByteArray RedisState::meta(std::chrono::system_clock::time_point now)
{
    const auto seconds = std::chrono::floor<std::chrono::seconds>(now.time_since_epoch()).count();
    return R"({"version":"2","updated_at":)" + QByteArray::number(qlonglong(seconds)) + '}';
}

QByteArray toRedisKey(const SessionKey &key)
{
    QByteArray text = sessionKeyPrefix.toByteArray() + escapeGroup(key.group.value().toUtf8());
    if (key.page != u"/")
        text += ':' + key.page.toUtf8();
    return text;
}

std::optional<SessionKey> fromRedisKey(const QByteArray &key)
{
    if (!key.startsWith(sessionKeyPrefix) || key.endsWith(accessSuffix))
        return std::nullopt;
    const QByteArray text = key.sliced(sessionKeyPrefix.size());
    const qsizetype end = text.indexOf(divider);
    const QByteArray group = unescapeGroup(end < 0 ? text : text.left(end));
    const QByteArray page = end < 0 ? "/"_ba : text.sliced(end + 1);
    return SessionKey{GroupId(QString::fromUtf8(group)), QString::fromUtf8(page)};
}

const QByteArray &saveScript()
{
    // The first command that writes is HSET, because that is the one that Redis refuses when its
    // memory is full: behind another it would let it pass. Fields of others go at the end.
    static const QByteArray script = R"(
local kept = redis.pcall('HMGET', KEYS[1], 'rev', '_meta')
if kept.err then
  redis.call('DEL', KEYS[1])
else
  local revision = tonumber(kept[1])
  if not revision and kept[2] then
    local seconds = string.match(kept[2], '"updated_at"%s*:%s*(%d+)')
    revision = seconds and tonumber(seconds) * 1000000
  end
  if revision and revision > tonumber(ARGV[1]) and revision <= tonumber(ARGV[5]) then
    return string.format('%.0f', revision)
  end
end
if ARGV[3] == '' then
  redis.call('DEL', KEYS[1])
  return ARGV[1]
end
redis.call('HSET', KEYS[1], '_meta', ARGV[2], 'state', ARGV[3], 'rev', ARGV[1])
redis.call('PEXPIRE', KEYS[1], ARGV[4])
if redis.call('HLEN', KEYS[1]) > 3 then
  for _, field in ipairs(redis.call('HKEYS', KEYS[1])) do
    if field ~= '_meta' and field ~= 'state' and field ~= 'rev' then
      redis.call('HDEL', KEYS[1], field)
    end
  end
end
return ARGV[1]
)"_ba;
    return script;
}

const QByteArray &saveScriptHash()
{
    static const QByteArray hash = QCryptographicHash::hash(saveScript(), QCryptographicHash::Sha1)
                                       .toHex();
    return hash;
}

const QByteArray &removeStringScript()
{
    static const QByteArray script = R"(
if redis.call('TYPE', KEYS[1]).ok == 'string' then
  return redis.call('DEL', KEYS[1])
end
return 0
)"_ba;
    return script;
}

} // namespace LiveTemplate
