// SPDX-FileCopyrightText: 2026 The LiveTemplate for Qt authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "redisrows.h"

#include "payloadtext.h"

#include <QCoreApplication>
#include <QDateTime>
#include <QJsonDocument>
#include <QJsonObject>
#include <QLocale>
#include <QTimeZone>

using namespace Qt::StringLiterals;

namespace LiveTemplate::Ui {

namespace {

using Kind = ObservedChannel::Kind;

constexpr qsizetype mostKnownChannels = 20'000;

/// What was decoded of a larger message is not kept with its row: its bytes are, as long as there
/// is room for them.
constexpr qint64 mostContent = 1024;
constexpr Qt::Alignment toTheRight = Qt::AlignRight | Qt::AlignVCenter;
/// Probes come every three seconds: without three of them a server is gone.
constexpr qint64 silentAfter = 10;

QString text(const char *source)
{
    return QCoreApplication::translate("RedisRows", source);
}

QDateTime dateTime(RedisMessage::Time time)
{
    const auto milliseconds = std::chrono::floor<std::chrono::milliseconds>(time);
    return QDateTime::fromMSecsSinceEpoch(milliseconds.time_since_epoch().count(), QTimeZone::UTC);
}

QString clock(RedisMessage::Time time)
{
    return dateTime(time).toLocalTime().toString(u"HH:mm:ss.zzz"_s);
}

QString age(qint64 seconds)
{
    if (seconds < 0)
        return text("never");
    if (seconds < 60)
        return text("%1 s").arg(seconds);
    if (seconds < 3600)
        return text("%1 min").arg(seconds / 60);
    return text("%1 h").arg(seconds / 3600);
}

QString number(quint64 value)
{
    return QLocale().toString(value);
}

QString bytes(quint64 value)
{
    return QLocale().formattedDataSize(qint64(value), 1, QLocale::DataSizeTraditionalFormat);
}

double milliseconds(std::chrono::microseconds lag)
{
    return double(lag.count()) / 1000.0;
}

QString lagText(const std::optional<std::chrono::microseconds> &lag)
{
    return lag ? text("%1 ms").arg(QLocale().toString(milliseconds(*lag), 'f', 1)) : QString();
}

QVariant lagValue(const std::optional<std::chrono::microseconds> &lag)
{
    return lag ? QVariant(milliseconds(*lag)) : QVariant();
}

QString kindText(Kind kind)
{
    switch (kind) {
    case Kind::Global:
        return text("All pages");
    case Kind::Group:
        return text("Group, values");
    case Kind::GroupAction:
        return text("Group, actions");
    case Kind::User:
        return text("User, values");
    case Kind::ServerAction:
        return text("User, actions");
    case Kind::Topic:
        return text("Topic");
    case Kind::Probe:
        return text("Probe of a server");
    case Kind::Other:
        break;
    }
    return text("Other");
}

QString scopeText(const ObservedMessage &message)
{
    switch (message.scope) {
    case ObservedMessage::Scope::Global:
        return text("All pages");
    case ObservedMessage::Scope::Group:
        return text("Group %1…").arg(message.group.shortened());
    case ObservedMessage::Scope::User:
        return text("User %1").arg(message.user.value().left(40));
    case ObservedMessage::Scope::Topic:
        return text("Topic %1")
            .arg(
                QString::fromUtf8(ObservedChannel::withoutGroups(message.topic.toUtf8())).left(40));
    case ObservedMessage::Scope::Probe:
        return text("Probe");
    }
    return {};
}

QString previewOf(const ObservedMessage &message)
{
    if (!message.isValid())
        return text("Dropped by servers: %1").arg(message.problem);
    if (!message.payload.isEmpty())
        return payloadPreview(message.payload);
    if (message.data.isEmpty())
        return {};
    return payloadPreview(QJsonDocument(message.data).toJson(QJsonDocument::Compact));
}

QString instanceText(const RedisMessageRow &row)
{
    if (!row.observed || row.observed->instanceId.isEmpty())
        return {};
    return row.isOurs ? text("this desktop") : row.observed->instanceId.left(8);
}

} // namespace

RedisMessageRow RedisMessageRows::make(const RedisMessage &message, const QString &ownInstance)
{
    if (m_known.size() > mostKnownChannels)
        m_known.clear();
    auto known = m_known.find(message.channel);
    if (known == m_known.end())
        known = m_known.insert(message.channel, {ObservedChannel::read(message.channel), {}});
    const auto body = std::make_shared<MessageBody>(MessageBody{message.payload});
    RedisMessageRow row{.receivedAt = message.receivedAt,
                        .rawChannel = known.key(),
                        .channel = known->channel,
                        .isSharded = message.isSharded,
                        .size = message.size,
                        .observed = std::dynamic_pointer_cast<const ObservedMessage>(
                            message.content),
                        .body = body,
                        .previous = known->last};
    if (row.observed) {
        row.scope = row.observed->isValid() ? scopeText(*row.observed) : kindText(row.channel.kind);
        row.isOurs = !ownInstance.isEmpty() && row.observed->instanceId == ownInstance;
        row.preview = previewOf(*row.observed);
        if (message.size > mostContent)
            row.observed = row.observed->withoutContent();
    } else {
        row.scope = text("Other");
        row.preview = payloadPreview(ObservedChannel::withoutGroups(message.payload));
    }
    known->last = body;
    m_bodies.push_back(body);
    m_keptBytes += body->bytes.size();
    while (m_keptBytes > m_mostBytes && m_bodies.size() > 1) {
        MessageBody &oldest = *m_bodies.front();
        m_keptBytes -= oldest.bytes.size();
        // One that the ring has lost already is nobody's any more.
        if (m_bodies.front().use_count() > 1)
            ++m_released;
        oldest = {{}, true};
        m_bodies.pop_front();
    }
    // So are those that only we keep.
    while (m_bodies.size() > 1 && m_bodies.front().use_count() == 1) {
        m_keptBytes -= m_bodies.front()->bytes.size();
        m_bodies.pop_front();
    }
    return row;
}

void RedisMessageRows::clear()
{
    m_bodies.clear();
    m_known.clear();
    m_keptBytes = 0;
    m_released = 0;
}

QString redisMessageText(const RedisMessageRow &row, const QByteArray &given)
{
    QByteArray shown = given;
    const auto isSecret = [](const ObservedChannel &channel) {
        return channel.kind == Kind::Group || channel.kind == Kind::GroupAction;
    };
    const auto hide = [&shown](const GroupId &group) {
        if (group.value().size() > group.shortened().size())
            shown.replace(group.value().toUtf8(), group.shortened().toUtf8() + "…");
    };
    if (row.observed)
        hide(row.observed->group);
    if (isSecret(row.channel))
        hide(GroupId(row.channel.id));
    shown = ObservedChannel::withoutGroups(shown);
    if (row.observed && row.observed->isValid()) {
        // Base64 tells nobody anything.
        QJsonObject message = QJsonDocument::fromJson(shown).object();
        const QJsonDocument values = QJsonDocument::fromJson(
            QByteArray::fromBase64(message.value("payload"_L1).toString().toLatin1()));
        if (values.isObject()) {
            message.insert("payload"_L1, values.object());
            shown = QJsonDocument(message).toJson(QJsonDocument::Compact);
        }
    }
    return payloadText(shown);
}

TableDefinition<RedisChannelRow> redisChannelTable()
{
    using Row = RedisChannelRow;
    const auto isOurs = [](const Row &row) {
        return row.meaning.isOurs();
    };
    return {
        .columns = {
            {.title = {u"channel"_s, text("Channel"), text("Its name; ids of groups are shortened."),
                       Qt::AlignLeft | Qt::AlignVCenter, 34},
             .value = [](const Row &row) { return row.meaning.displayName; }},
            {.title = {u"kind"_s, text("Kind"),
                       text("What LiveTemplate uses it for; others belong to other programs."),
                       Qt::AlignLeft | Qt::AlignVCenter, 14},
             .value =
                 [](const Row &row) {
                     return row.channel.isSharded
                         ? text("%1 (shard channel)").arg(kindText(row.meaning.kind))
                         : kindText(row.meaning.kind);
                 }},
            {.title = {u"subscribers"_s, text("Subscribers"),
                       text("Clients that are subscribed to it by name, without this panel."),
                       toTheRight, 9},
             .value =
                 [](const Row &row) {
                     return row.channel.subscribers ? QVariant(*row.channel.subscribers)
                                                    : QVariant();
                 },
             .text =
                 [](const Row &row) {
                     return row.channel.subscribers ? number(quint64(*row.channel.subscribers))
                                                    : u"–"_s;
                 }},
            {.title = {u"messages"_s, text("Messages"), text("Since this panel was connected."),
                       toTheRight, 8},
             .value = [](const Row &row) { return row.channel.messages; },
             .text = [](const Row &row) { return number(row.channel.messages); }},
            {.title = {u"rate"_s, text("Per second"), text("Messages, over the last five seconds."),
                       toTheRight, 8},
             .value = [](const Row &row) { return row.channel.rate; },
             .text =
                 [](const Row &row) {
                     return row.channel.rate > 0 ? QLocale().toString(row.channel.rate, 'f', 1)
                                                 : QString();
                 }},
            {.title = {u"bytes"_s, text("Bytes"), text("Of all its messages."), toTheRight, 8},
             .value = [](const Row &row) { return row.channel.bytes; },
             .text = [](const Row &row) { return bytes(row.channel.bytes); }},
            {.title = {u"age"_s, text("Last message"), text("How long ago it came."), toTheRight, 10},
             .value = [](const Row &row) { return row.age < 0 ? QVariant() : QVariant(row.age); },
             .text = [](const Row &row) { return age(row.age); }},
            {.title = {u"minute"_s, text("Last minute"),
                       text("Messages in each of the last 60 seconds; each row has its own scale."),
                       Qt::AlignLeft | Qt::AlignVCenter, 16},
             .value =
                 [](const Row &row) {
                     quint64 sum = 0;
                     for (const quint32 count : row.channel.history)
                         sum += count;
                     return sum;
                 },
             .toolTip =
                 [](const Row &row) {
                     quint32 most = 0;
                     for (const quint32 count : row.channel.history)
                         most = std::max(most, count);
                     return text("At most %1 in one second").arg(most);
                 },
             .extra = [](const Row &row) { return QVariant::fromValue(row.channel.history); }},
        },
        .chips = {
            {.chip = {u"own"_s, u"LiveTemplate"_s, text("Channels of LiveTemplate servers")},
             .holds = isOurs},
            {.chip = {u"other"_s, text("Other"), text("Channels of other programs")},
             .holds = [isOurs](const Row &row) { return !isOurs(row); }},
            {.chip = {u"subscribed"_s, text("With subscribers"),
                      text("Somebody is subscribed to them by name"), 1},
             .holds = [](const Row &row) { return row.channel.subscribers.value_or(0) > 0; }},
            {.chip = {u"busy"_s, text("Busy"), text("Had a message in the last minute"), 2},
             .holds = [](const Row &row) { return row.age >= 0 && row.age < 60; }},
        },
        .key =
            [](const Row &row) {
                return QString::fromLatin1(row.channel.name)
                    + (row.channel.isSharded ? u"\ns"_s : u"\nc"_s);
            },
    };
}

TableDefinition<RedisServerRow> redisServerTable()
{
    using Row = RedisServerRow;
    return {
        .columns = {
            {.title = {u"instance"_s, text("Server"),
                       text("The id that it gives itself for as long as it runs."),
                       Qt::AlignLeft | Qt::AlignVCenter, 46},
             .value = [](const Row &row) { return row.server.instanceId; },
             .text =
                 [](const Row &row) {
                     return row.isOurs ? text("This desktop: %1").arg(row.server.instanceId)
                                       : row.server.instanceId;
                 }},
            {.title = {u"last"_s, text("Last sign of life"), text("How long ago."), toTheRight, 12},
             .value = [](const Row &row) { return row.age; },
             .text = [](const Row &row) { return age(row.age); }},
            {.title = {u"first"_s, text("First seen"), text("By this panel."), toTheRight, 12},
             .value = [](const Row &row) { return dateTime(row.server.firstSeenAt); },
             .text = [](const Row &row) { return clock(row.server.firstSeenAt).left(8); }},
            {.title = {u"messages"_s, text("Messages"), text("Without probes."), toTheRight, 9},
             .value = [](const Row &row) { return row.server.messages; },
             .text = [](const Row &row) { return number(row.server.messages); }},
            {.title = {u"probes"_s, text("Probes"),
                       text("By which it sees that its own connection works."), toTheRight, 8},
             .value = [](const Row &row) { return row.server.probes; },
             .text = [](const Row &row) { return number(row.server.probes); }},
            {.title = {u"lag"_s, text("Lag"),
                       text("From its publishing to this panel, by the clocks of both machines."),
                       toTheRight, 9},
             .value = [](const Row &row) { return lagValue(row.server.lag); },
             .text = [](const Row &row) { return lagText(row.server.lag); }},
            {.title = {u"state"_s, text("State"),
                       text("A server shows a sign of life every three seconds, "
                            "one written in Go only when it has something to say."),
                       Qt::AlignLeft | Qt::AlignVCenter, 10},
             .value =
                 [](const Row &row) {
                     return row.age > silentAfter ? text("silent") : text("alive");
                 }},
        },
        .key = [](const Row &row) { return row.server.instanceId; },
    };
}

TableDefinition<RedisMessageRow> redisMessageTable()
{
    using Row = RedisMessageRow;
    return {
        .columns = {
            {.title = {u"time"_s, text("Time"), text("When it arrived here."),
                       Qt::AlignLeft | Qt::AlignVCenter, 12},
             .value = [](const Row &row) { return dateTime(row.receivedAt); },
             .text = [](const Row &row) { return clock(row.receivedAt); }},
            {.title = {u"channel"_s, text("Channel"), text("Ids of groups are shortened."),
                       Qt::AlignLeft | Qt::AlignVCenter, 38},
             .value = [](const Row &row) { return row.channel.displayName; }},
            {.title = {u"scope"_s, text("Scope"), text("Whom it is for."),
                       Qt::AlignLeft | Qt::AlignVCenter, 15},
             .value = [](const Row &row) { return row.scope; }},
            {.title = {u"instance"_s, text("From"), text("The server that published it."),
                       Qt::AlignLeft | Qt::AlignVCenter, 11},
             .value = [](const Row &row) { return row.observed ? row.observed->instanceId : QString(); },
             .text = instanceText},
            {.title = {u"action"_s, text("Action"), text("What the tabs are told to do."),
                       Qt::AlignLeft | Qt::AlignVCenter, 14},
             .value = [](const Row &row) { return row.observed ? row.observed->action : QString(); }},
            {.title = {u"lag"_s, text("Lag"),
                       text("From its publishing to here, by the clocks of both machines."),
                       toTheRight, 9},
             .value =
                 [](const Row &row) { return row.observed ? lagValue(row.observed->lag) : QVariant(); },
             .text =
                 [](const Row &row) { return row.observed ? lagText(row.observed->lag) : QString(); }},
            {.title = {u"bytes"_s, text("Bytes"), text("Of its payload."), toTheRight, 8},
             .value = [](const Row &row) { return row.size; },
             .text = [](const Row &row) { return number(quint64(row.size)); }},
            {.title = {u"data"_s, text("Data"), text("The beginning of what it carries."),
                       Qt::AlignLeft | Qt::AlignVCenter, 36},
             .value = [](const Row &row) { return row.preview; },
             .foreground =
                 [](const Row &row) {
                     const bool isInvalid = row.observed && !row.observed->isValid();
                     return isInvalid ? QVariant(QBrush(QColor(0xd0, 0x4a, 0x3a))) : QVariant();
                 }},
        },
        .chips = {
            {.chip = {u"own"_s, u"LiveTemplate"_s, text("Messages between LiveTemplate servers")},
             .holds = [](const Row &row) { return row.observed != nullptr; }},
            {.chip = {u"other"_s, text("Other"), text("Messages of other programs")},
             .holds = [](const Row &row) { return row.observed == nullptr; }},
            {.chip = {u"dropped"_s, text("Not in order"),
                      text("Messages that LiveTemplate servers drop"), 1},
             .holds = [](const Row &row) { return row.observed && !row.observed->isValid(); }},
        },
        .key = {},
    };
}

} // namespace LiveTemplate::Ui
