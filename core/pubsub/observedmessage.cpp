// SPDX-FileCopyrightText: 2026 The LiveTemplate for Qt authors
// SPDX-License-Identifier: MIT

#include "observedmessage.h"

#include "wiremessage_p.h"

#include <QJsonDocument>

#include <algorithm>
#include <array>

using namespace Qt::StringLiterals;

namespace LiveTemplate {

namespace {

using Kind = ObservedChannel::Kind;
using Scope = ObservedMessage::Scope;

struct Prefix
{
    QByteArrayView text;
    Kind kind;
};

/// PROTOCOL.md F.1; the probe is ours alone.
constexpr auto prefixes = std::to_array<Prefix>({
    {"livetemplate:broadcast:group:", Kind::Group},
    {"livetemplate:broadcast:user:", Kind::User},
    {"livetemplate:action:user:", Kind::ServerAction},
    {"livetemplate:groupaction:group:", Kind::GroupAction},
    {"livetemplate:topic:", Kind::Topic},
    {"livetemplate:probe:", Kind::Probe},
});
constexpr QByteArrayView globalChannel("livetemplate:broadcast:global");

/// What stands before the id of a group in the names of channels and keys (PROTOCOL.md F.1, F.4).
constexpr auto groupPrefixes = std::to_array<QByteArrayView>({
    "livetemplate:session:",
    "lvt:session:", // a session's topic
    "livetemplate:broadcast:group:",
    "livetemplate:groupaction:group:",
});

/// As GroupId::shortened() does.
constexpr qsizetype shortenedLength = 8;

/// Of base64url, and of what else a server may take for one.
bool isOfGroupId(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-'
        || c == '_' || c == '=';
}

/// A UUID has 36 characters; what somebody else writes there is bounded.
constexpr qsizetype mostInstanceId = 64;
constexpr qsizetype mostDisplayName = 200;

/// Text as it is, and everything else as escapes.
QString readable(QByteArrayView bytes)
{
    const QString text = QString::fromUtf8(bytes);
    const bool isText = !text.contains(QChar::ReplacementCharacter)
        && std::ranges::all_of(text, [](QChar c) { return c.isPrint(); });
    if (isText)
        return text.left(mostDisplayName);
    QString escaped;
    for (const char byte : bytes.first(std::min(bytes.size(), mostDisplayName))) {
        const uint code = static_cast<unsigned char>(byte);
        if (code >= 0x20 && code < 0x7f)
            escaped += QChar(char16_t(code));
        else
            escaped += u"\\x%1"_s.arg(code, 2, 16, QLatin1Char('0'));
    }
    return escaped;
}

void fill(ObservedMessage &observed, const BroadcastMessage &message, const QJsonObject &)
{
    observed.type = u"broadcast"_s;
    observed.group = message.group;
    observed.user = message.user;
    observed.payload = message.payload;
    switch (message.scope) {
    case BroadcastMessage::Scope::Global:
        observed.scope = Scope::Global;
        break;
    case BroadcastMessage::Scope::Group:
        observed.scope = Scope::Group;
        break;
    case BroadcastMessage::Scope::User:
        observed.scope = Scope::User;
        break;
    }
}

void fill(ObservedMessage &observed, const ServerActionMessage &message, const QJsonObject &)
{
    observed.type = u"server_action"_s;
    observed.scope = Scope::User;
    observed.user = message.user;
    observed.action = message.action;
    observed.data = message.data;
}

void fill(ObservedMessage &observed, const GroupActionMessage &message, const QJsonObject &)
{
    observed.type = u"group_action"_s;
    observed.scope = Scope::Group;
    observed.group = message.group;
    observed.action = message.action;
    observed.data = message.data;
}

void fill(ObservedMessage &observed, TopicActionMessage, const QJsonObject &json)
{
    observed.type = u"topic_action"_s;
    observed.scope = Scope::Topic;
    observed.topic = json.value("topic"_L1).toString();
    observed.action = json.value("action"_L1).toString();
    observed.data = json.value("data"_L1).toObject();
}

void fill(ObservedMessage &observed, ProbeMessage, const QJsonObject &)
{
    observed.type = u"probe"_s;
    observed.scope = Scope::Probe;
}

} // namespace

ObservedChannel ObservedChannel::read(const QByteArray &channel)
{
    ObservedChannel result;
    if (channel == globalChannel) {
        result.kind = Kind::Global;
        result.displayName = QString::fromLatin1(channel);
        return result;
    }
    for (const Prefix &prefix : prefixes) {
        if (!channel.startsWith(prefix.text))
            continue;
        const QByteArray rest = channel.sliced(prefix.text.size());
        result.kind = prefix.kind;
        result.id = QString::fromUtf8(rest);
        const bool isSecret = prefix.kind == Kind::Group || prefix.kind == Kind::GroupAction;
        const QString shown = isSecret ? readable(GroupId(result.id).shortened().toUtf8()) + u'…'
                                       : readable(rest);
        result.displayName = prefix.kind == Kind::Topic ? readable(withoutGroups(channel))
                                                        : QString::fromLatin1(prefix.text) + shown;
        return result;
    }
    result.displayName = readable(withoutGroups(channel));
    return result;
}

QByteArray ObservedChannel::withoutGroups(QByteArray text)
{
    for (const QByteArrayView prefix : groupPrefixes) {
        for (qsizetype at = 0; (at = text.indexOf(prefix, at)) >= 0;) {
            at += prefix.size();
            qsizetype end = at;
            while (end < text.size() && isOfGroupId(text.at(end)))
                ++end;
            if (end - at > shortenedLength)
                text.replace(at + shortenedLength, end - at - shortenedLength, "…");
        }
    }
    return text;
}

std::shared_ptr<const ObservedMessage> ObservedMessage::withoutContent() const
{
    auto rest = std::make_shared<ObservedMessage>();
    rest->problem = problem;
    rest->type = type;
    rest->scope = scope;
    rest->group = group;
    rest->user = user;
    rest->topic = topic;
    rest->instanceId = instanceId;
    rest->action = action;
    rest->sequence = sequence;
    rest->publishedAt = publishedAt;
    rest->lag = lag;
    return rest;
}

std::shared_ptr<const ObservedMessage> ObservedMessage::read(const RedisMessage &message)
{
    if (!ObservedChannel::read(message.channel).isOurs())
        return nullptr;
    auto observed = std::make_shared<ObservedMessage>();
    if (message.size > mostSize) {
        observed->problem = u"it is larger than 8 MiB"_s;
        return observed;
    }
    const auto whole = decodeMessage(message.payload);
    if (!whole) {
        observed->problem = whole.error();
        return observed;
    }
    const bool isTopic = std::holds_alternative<TopicActionMessage>(whole->content);
    const QJsonObject json = isTopic ? QJsonDocument::fromJson(message.payload).object()
                                     : QJsonObject();
    std::visit([&](const auto &content) { fill(*observed, content, json); }, whole->content);
    observed->instanceId = QString::fromUtf8(whole->origin.instanceId).left(mostInstanceId);
    observed->sequence = whole->sequence;
    observed->publishedAt = whole->origin.timestamp;
    if (observed->publishedAt != PublishTime())
        observed->lag = message.receivedAt - observed->publishedAt;
    return observed;
}

void ObservedServers::note(const ObservedMessage &message, RedisMessage::Time receivedAt)
{
    const std::lock_guard lock(m_mutex);
    if (!message.isValid()) {
        ++m_invalid;
        return;
    }
    if (message.instanceId.isEmpty())
        return;
    auto found = m_servers.find(message.instanceId);
    if (found == m_servers.end()) {
        if (m_servers.size() >= mostServers) {
            m_servers.erase(std::ranges::min_element(m_servers, {}, [](const auto &entry) {
                return entry.second.lastSeenAt;
            }));
            ++m_forgotten;
        }
        found = m_servers.try_emplace(message.instanceId).first;
        found->second.instanceId = message.instanceId;
        found->second.firstSeenAt = receivedAt;
    }
    ObservedServer &server = found->second;
    server.lastSeenAt = receivedAt;
    ++(message.scope == Scope::Probe ? server.probes : server.messages);
    if (message.lag)
        server.lag = message.lag;
}

QList<ObservedServer> ObservedServers::servers() const
{
    const std::lock_guard lock(m_mutex);
    QList<ObservedServer> servers;
    servers.reserve(qsizetype(m_servers.size()));
    for (const auto &[id, server] : m_servers)
        servers.append(server);
    return servers;
}

quint64 ObservedServers::invalidCount() const
{
    const std::lock_guard lock(m_mutex);
    return m_invalid;
}

quint64 ObservedServers::forgottenCount() const
{
    const std::lock_guard lock(m_mutex);
    return m_forgotten;
}

void ObservedServers::clear()
{
    const std::lock_guard lock(m_mutex);
    m_servers.clear();
    m_invalid = 0;
    m_forgotten = 0;
}

RedisMessageReader ObservedServers::reader(std::shared_ptr<ObservedServers> servers)
{
    return [servers = std::move(servers)](
               const RedisMessage &message) -> std::shared_ptr<const RedisMessageContent> {
        const auto observed = ObservedMessage::read(message);
        if (observed)
            servers->note(*observed, message.receivedAt);
        return observed;
    };
}

} // namespace LiveTemplate
