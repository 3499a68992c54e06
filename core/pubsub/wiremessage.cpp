// SPDX-FileCopyrightText: 2026 The LiveTemplate for Qt authors
// SPDX-License-Identifier: MIT

#include "wiremessage_p.h"

#include <QJsonArray>
#include <QJsonDocument>

#include <algorithm>
#include <array>

using namespace Qt::StringLiterals;

namespace LiveTemplate {

namespace {

// The wire's names, PROTOCOL.md F.2.
constexpr QLatin1StringView typeField("type");
constexpr QLatin1StringView groupField("groupID");
constexpr QLatin1StringView userField("userID");
constexpr QLatin1StringView payloadField("payload");
constexpr QLatin1StringView actionField("action");
constexpr QLatin1StringView dataField("data");
constexpr QLatin1StringView sequenceField("seq");
constexpr QLatin1StringView timestampField("timestamp");
constexpr QLatin1StringView instanceField("instanceID");
constexpr QLatin1StringView scopeField("scope");

constexpr QLatin1StringView broadcastType("broadcast");
constexpr QLatin1StringView serverActionType("server_action");
constexpr QLatin1StringView groupActionType("group_action");
constexpr QLatin1StringView topicActionType("topic_action");
constexpr QLatin1StringView probeType("probe");

constexpr auto scopeNames = std::to_array<QLatin1StringView>(
    {QLatin1StringView("global"), QLatin1StringView("group"), QLatin1StringView("user")});

/// What a message takes besides its texts and its data.
constexpr qsizetype frameSize = 256;

constexpr char hexDigits[] = "0123456789abcdef";

constexpr bool isPlain(char16_t unit)
{
    return unit >= 0x20 && unit < 0x80 && unit != '"' && unit != '\\';
}

void appendEscaped(QByteArray &json, char byte)
{
    switch (byte) {
    case '"':
        json += "\\\"";
        break;
    case '\\':
        json += "\\\\";
        break;
    case '\n':
        json += "\\n";
        break;
    case '\r':
        json += "\\r";
        break;
    case '\t':
        json += "\\t";
        break;
    default:
        if (static_cast<unsigned char>(byte) >= 0x20) {
            json += byte;
            break;
        }
        json += "\\u00";
        json += hexDigits[byte >> 4];
        json += hexDigits[byte & 0xf];
    }
}

/// Appends a JSON string.
void appendText(QByteArray &json, QStringView text)
{
    json += '"';
    const qsizetype before = json.size();
    json.resizeForOverwrite(before + text.size());
    char *out = json.data() + before;
    qsizetype at = 0;
    while (at < text.size() && isPlain(text[at].unicode()))
        *out++ = char(text[at++].unicode());
    if (at < text.size()) {
        // Ids and names of actions are plain; what is not need not be fast.
        json.truncate(before + at);
        for (const char byte : text.sliced(at).toUtf8())
            appendEscaped(json, byte);
    }
    json += '"';
}

void appendField(QByteArray &json, QLatin1StringView name)
{
    json += json.endsWith('{') ? "\"" : ",\"";
    json += name;
    json += "\":";
}

void appendField(QByteArray &json, QLatin1StringView name, QStringView text)
{
    appendField(json, name);
    appendText(json, text);
}

/// A field whose value needs no escapes.
void appendPlainField(QByteArray &json, QLatin1StringView name, QByteArrayView text)
{
    appendField(json, name);
    json += '"';
    json += text;
    json += '"';
}

void appendNumberField(QByteArray &json, QLatin1StringView name, quint64 number)
{
    appendField(json, name);
    json += QByteArray::number(number);
}

void appendData(QByteArray &json, const QJsonObject &data)
{
    if (data.isEmpty())
        return;
    appendField(json, dataField);
    json += QJsonDocument(data).toJson(QJsonDocument::Compact);
}

void appendOrigin(QByteArray &json, const MessageOrigin &origin)
{
    appendField(json, timestampField);
    json += '"';
    appendTimestamp(json, origin.timestamp);
    json += '"';
    appendPlainField(json, instanceField, origin.instanceId);
}

/// A message of @p type that has been begun.
QByteArray begin(QLatin1StringView type, qsizetype textSize)
{
    QByteArray json;
    json.reserve(frameSize + textSize);
    json += '{';
    appendPlainField(json, typeField, type);
    return json;
}

/// Appends @p value in @p width decimal digits.
void appendDigits(QByteArray &json, unsigned value, int width)
{
    std::array<char, 8> digits{};
    for (int i = width; i-- > 0; value /= 10)
        digits[std::size_t(i)] = char('0' + value % 10);
    json.append(digits.data(), width);
}

/// Takes the parts of a timestamp off the front of a text.
class TimestampReader
{
public:
    explicit TimestampReader(QStringView text)
        : m_rest(text)
    {
    }

    /// A number of just @p digits digits, at most @p greatest; otherwise the reading has failed.
    unsigned number(int digits, unsigned greatest)
    {
        unsigned value = 0;
        for (int i = 0; i < digits; ++i)
            value = value * 10 + digit();
        m_failed |= value > greatest;
        return value;
    }

    void require(char16_t unit) { m_failed |= !accept(unit); }

    bool accept(char16_t unit)
    {
        if (!m_rest.startsWith(QChar(unit)))
            return false;
        m_rest = m_rest.sliced(1);
        return true;
    }

    /// Any number of digits, but one at least, as microseconds.
    unsigned fraction()
    {
        unsigned value = digit();
        int digits = 1;
        while (!m_rest.isEmpty() && isDigit(m_rest.front())) {
            const unsigned next = digit();
            if (digits < 6) {
                value = value * 10 + next;
                ++digits;
            }
        }
        for (; digits < 6; ++digits)
            value *= 10;
        return value;
    }

    /// Whether all was as required and nothing is left.
    [[nodiscard]] bool isComplete() const { return !m_failed && m_rest.isEmpty(); }

private:
    static bool isDigit(QChar unit) { return unit >= u'0' && unit <= u'9'; }

    unsigned digit()
    {
        if (m_rest.isEmpty() || !isDigit(m_rest.front())) {
            m_failed = true;
            return 0;
        }
        const unsigned value = m_rest.front().unicode() - u'0';
        m_rest = m_rest.sliced(1);
        return value;
    }

    QStringView m_rest;
    bool m_failed = false;
};

/// Takes fields out of a message, and remembers the first that is not as it must be.
class FieldReader
{
public:
    explicit FieldReader(const QJsonObject &object)
        : m_object(object)
    {
    }

    QString text(QLatin1StringView name)
    {
        const QJsonValue value = m_object.value(name);
        if (!value.isString() && !isMissing(value))
            fail(u"its %1 is not a string"_s.arg(name));
        QString text = value.toString();
        if (!text.isValidUtf16())
            fail(u"its %1 has half of a surrogate pair"_s.arg(name));
        return text;
    }

    /// A text that must not be empty.
    QString requiredText(QLatin1StringView name)
    {
        QString value = text(name);
        if (value.isEmpty())
            fail(u"it has no %1"_s.arg(name));
        return value;
    }

    QJsonObject object(QLatin1StringView name)
    {
        const QJsonValue value = m_object.value(name);
        if (!value.isObject() && !isMissing(value))
            fail(u"its %1 is not an object"_s.arg(name));
        return value.toObject();
    }

    quint64 count(QLatin1StringView name)
    {
        const QJsonValue value = m_object.value(name);
        const qint64 number = value.toInteger(-1);
        if (number >= 0)
            return quint64(number);
        if (!isMissing(value))
            fail(u"its %1 is not a whole number"_s.arg(name));
        return 0;
    }

    QByteArray bytes(QLatin1StringView name)
    {
        const QByteArray base64 = text(name).toLatin1();
        // Go demands padding, which Qt can do without.
        auto decoded = QByteArray::fromBase64Encoding(base64,
                                                      QByteArray::AbortOnBase64DecodingErrors);
        if (!decoded || base64.size() % 4 != 0)
            fail(u"its %1 is not base64"_s.arg(name));
        return std::move(decoded.decoded);
    }

    WireTime timestamp()
    {
        const QJsonValue value = m_object.value(timestampField);
        if (isMissing(value))
            return {};
        const auto time = parseTimestamp(value.toString());
        if (!time)
            fail(u"its %1 is not a time of RFC 3339"_s.arg(timestampField));
        return time.value_or(WireTime());
    }

    [[nodiscard]] bool has(QLatin1StringView name) const
    {
        return !isMissing(m_object.value(name));
    }

    void fail(const QString &why)
    {
        if (m_error.isEmpty())
            m_error = why;
    }
    [[nodiscard]] const QString &error() const { return m_error; }

private:
    static bool isMissing(const QJsonValue &value) { return value.isUndefined() || value.isNull(); }

    const QJsonObject &m_object;
    QString m_error;
};

BroadcastMessage readBroadcast(FieldReader &fields, const QString &type)
{
    BroadcastMessage message;
    const QString scope = fields.text(scopeField);
    const auto *const found = std::ranges::find(scopeNames, scope);
    // Go takes any type that it does not know for a broadcast, and then misses the scope.
    if (found == scopeNames.end()) {
        fields.fail(type == broadcastType ? u"it has no scope that is known"_s
                                          : u"its type is not known: \"%1\""_s.arg(type.left(40)));
        return message;
    }
    message.scope = BroadcastMessage::Scope(found - scopeNames.begin());
    message.group = GroupId(fields.text(groupField));
    message.user = UserId(fields.text(userField));
    if (message.scope == BroadcastMessage::Scope::Group)
        fields.requiredText(groupField);
    if (message.scope == BroadcastMessage::Scope::User)
        fields.requiredText(userField);
    message.payload = fields.bytes(payloadField);
    return message;
}

/// The rest of leastJsonSize(), which is used up as it is counted.
void countDown(const QJsonValue &value, qint64 &left)
{
    --left;
    if (value.isString()) {
        left -= value.toString().size() + 1;
    } else if (value.isArray()) {
        --left;
        const QJsonArray array = value.toArray();
        for (auto it = array.begin(); it != array.end() && left > 0; ++it)
            countDown(*it, left);
    } else if (value.isObject()) {
        --left;
        const QJsonObject object = value.toObject();
        for (auto it = object.begin(); it != object.end() && left > 0; ++it) {
            left -= it.key().size() + 3;
            countDown(*it, left);
        }
    }
}

} // namespace

QByteArray encodeMessage(const BroadcastMessage &message, const MessageOrigin &origin)
{
    const QByteArray payload = message.payload.toBase64();
    QByteArray json = begin(
        broadcastType, payload.size() + message.group.value().size() + message.user.value().size());
    if (!message.group.isEmpty())
        appendField(json, groupField, message.group.value());
    if (!message.user.isEmpty())
        appendField(json, userField, message.user.value());
    appendPlainField(json, payloadField, payload);
    appendOrigin(json, origin);
    appendPlainField(json, scopeField, scopeNames[std::size_t(message.scope)]);
    json += '}';
    return json;
}

QByteArray encodeMessage(const ServerActionMessage &message, const MessageOrigin &origin)
{
    QByteArray json = begin(serverActionType, message.user.value().size() + message.action.size());
    appendField(json, userField, message.user.value());
    appendField(json, actionField, message.action);
    appendData(json, message.data);
    appendOrigin(json, origin);
    json += '}';
    return json;
}

QByteArray encodeMessage(const GroupActionMessage &message, const MessageOrigin &origin,
                         quint64 sequence)
{
    QByteArray json = begin(groupActionType, message.group.value().size() + message.action.size());
    appendField(json, groupField, message.group.value());
    appendField(json, actionField, message.action);
    appendData(json, message.data);
    appendNumberField(json, sequenceField, sequence);
    appendOrigin(json, origin);
    json += '}';
    return json;
}

QByteArray encodeMessage(ProbeMessage, const MessageOrigin &origin, quint64 sequence)
{
    QByteArray json = begin(probeType, 0);
    appendNumberField(json, sequenceField, sequence);
    appendOrigin(json, origin);
    json += '}';
    return json;
}

qint64 leastJsonSize(const QJsonObject &data, qint64 enough)
{
    qint64 left = enough;
    countDown(data, left);
    return enough - left;
}

std::expected<WireMessage, QString> decodeMessage(const QByteArray &json)
{
    QJsonParseError error;
    const QJsonDocument document = QJsonDocument::fromJson(json, &error);
    if (error.error != QJsonParseError::NoError)
        return std::unexpected(u"it is not JSON: %1"_s.arg(error.errorString()));
    if (!document.isObject())
        return std::unexpected(u"it is not an object"_s);
    const QJsonObject object = document.object();

    FieldReader fields(object);
    WireMessage message;
    const QString type = fields.text(typeField);
    if (type == groupActionType) {
        message.content = GroupActionMessage{GroupId(fields.requiredText(groupField)),
                                             fields.requiredText(actionField),
                                             fields.object(dataField)};
        message.sequence = fields.count(sequenceField);
    } else if (type == serverActionType) {
        message.content = ServerActionMessage{UserId(fields.requiredText(userField)),
                                              fields.requiredText(actionField),
                                              fields.object(dataField)};
    } else if (type == topicActionType) {
        message.content = TopicActionMessage();
        message.sequence = fields.count(sequenceField);
    } else if (type == probeType) {
        message.content = ProbeMessage();
        message.sequence = fields.count(sequenceField);
    } else {
        message.content = readBroadcast(fields, type);
    }
    message.origin.instanceId = fields.text(instanceField).toUtf8();
    message.origin.timestamp = fields.timestamp();
    if (!fields.error().isEmpty())
        return std::unexpected(fields.error());
    return message;
}

void appendTimestamp(QByteArray &json, WireTime time)
{
    const auto day = std::chrono::floor<std::chrono::days>(time);
    const std::chrono::year_month_day date(day);
    const std::chrono::hh_mm_ss clock(time - day);
    appendDigits(json, unsigned(int(date.year())), 4);
    json += '-';
    appendDigits(json, unsigned(date.month()), 2);
    json += '-';
    appendDigits(json, unsigned(date.day()), 2);
    json += 'T';
    appendDigits(json, unsigned(clock.hours().count()), 2);
    json += ':';
    appendDigits(json, unsigned(clock.minutes().count()), 2);
    json += ':';
    appendDigits(json, unsigned(clock.seconds().count()), 2);
    json += '.';
    appendDigits(json, unsigned(clock.subseconds().count()), 6);
    json += 'Z';
}

std::optional<WireTime> parseTimestamp(QStringView text)
{
    TimestampReader reader(text);
    const unsigned year = reader.number(4, 9999);
    reader.require(u'-');
    const unsigned month = reader.number(2, 12);
    reader.require(u'-');
    const unsigned day = reader.number(2, 31);
    reader.require(u'T');
    const unsigned hour = reader.number(2, 23);
    reader.require(u':');
    const unsigned minute = reader.number(2, 59);
    reader.require(u':');
    const unsigned second = reader.number(2, 59);
    const unsigned microsecond = reader.accept(u'.') ? reader.fraction() : 0;
    std::chrono::minutes offset(0);
    if (!reader.accept(u'Z')) {
        const bool isWest = reader.accept(u'-');
        if (!isWest)
            reader.require(u'+');
        offset = std::chrono::hours(reader.number(2, 23));
        reader.require(u':');
        offset += std::chrono::minutes(reader.number(2, 59));
        if (isWest)
            offset = -offset;
    }
    const std::chrono::year_month_day date{std::chrono::year(int(year)), std::chrono::month(month),
                                           std::chrono::day(day)};
    if (!reader.isComplete() || !date.ok())
        return std::nullopt;
    return std::chrono::sys_days(date) + std::chrono::hours(hour) + std::chrono::minutes(minute)
        + std::chrono::seconds(second) + std::chrono::microseconds(microsecond) - offset;
}

} // namespace LiveTemplate
