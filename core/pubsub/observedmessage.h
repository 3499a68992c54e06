// SPDX-FileCopyrightText: 2026 The LiveTemplate for Qt authors
// SPDX-License-Identifier: MIT

#pragma once

#include "broadcaster.h"
#include "livetemplate_export.h"
#include "redisobserver.h"

#include <QJsonObject>

#include <memory>
#include <mutex>
#include <optional>
#include <unordered_map>

namespace LiveTemplate {

/// What a channel's name says (PROTOCOL.md F.1).
struct LIVETEMPLATE_EXPORT ObservedChannel
{
    enum class Kind {
        Global,
        Group,
        User,
        ServerAction,
        GroupAction,
        Topic,
        /// A server's own, by which it sees whether its link is alive.
        Probe,
        /// Not LiveTemplate's.
        Other,
    };

    Kind kind = Kind::Other;
    /// Of the group, the user, the topic or the server; empty otherwise. A group's is a secret.
    QString id = {};
    /// For eyes and files: with the group's id shortened, and what is no text as \\x escapes.
    QString displayName = {};

    [[nodiscard]] static ObservedChannel read(const QByteArray &channel);

    /// @p text of whatever origin with the ids of groups shortened that stand in it as part of a
    /// channel's or a key's name (PROTOCOL.md F.1, F.4); keyspace notifications have such.
    [[nodiscard]] static QByteArray withoutGroups(QByteArray text);

    [[nodiscard]] bool isOurs() const { return kind != Kind::Other; }
};

/// A message between LiveTemplate servers, for somebody who looks on.
struct LIVETEMPLATE_EXPORT ObservedMessage : RedisMessageContent
{
    enum class Scope {
        Global,
        Group,
        User,
        Topic,
        Probe,
    };

    /// Why servers drop it, as the end of a sentence that begins "It is dropped, because …"; empty
    /// for one that is in order. With it nothing but @c problem is filled in.
    QString problem;
    /// "broadcast", "group_action" and so on, as the wire has it.
    QString type;
    Scope scope = Scope::Global;
    GroupId group;
    UserId user;
    QString topic;
    /// Of whoever published it.
    QString instanceId;
    QString action;
    QJsonObject data;
    /// Of a broadcast: what the template is shown with.
    QByteArray payload;
    quint64 sequence = 0;
    /// By the clock of the server that published it; 1970 when it does not say.
    PublishTime publishedAt = {};
    /// From there to here, by two clocks; nothing without a time.
    std::optional<std::chrono::microseconds> lag;

    [[nodiscard]] bool isValid() const { return problem.isEmpty(); }

    /// All but @c data and @c payload: what a long list keeps of a large message.
    [[nodiscard]] std::shared_ptr<const ObservedMessage> withoutContent() const;

    /// Larger ones are not read; a server takes none that are.
    static constexpr qint64 mostSize = 8 * 1024 * 1024;

    /// Nothing for a message of a channel that is not LiveTemplate's. For RedisMessage::content.
    [[nodiscard]] static std::shared_ptr<const ObservedMessage> read(const RedisMessage &message);
};

/// A server that was seen, by what it published.
struct ObservedServer
{
    QString instanceId = {};
    RedisMessage::Time firstSeenAt = {};
    RedisMessage::Time lastSeenAt = {};
    /// Without probes.
    quint64 messages = 0;
    quint64 probes = 0;
    /// Of the last message or probe that had a time; by two clocks.
    std::optional<std::chrono::microseconds> lag = {};

    friend bool operator==(const ObservedServer &, const ObservedServer &) = default;
};

/// Which servers share a Redis: each publishes a probe every few seconds, and whatever its tabs do.
///
/// Threading: any thread.
class LIVETEMPLATE_EXPORT ObservedServers
{
public:
    /// Of more, those go that were silent for the longest time.
    static constexpr std::size_t mostServers = 1'000;

    void note(const ObservedMessage &message, RedisMessage::Time receivedAt);
    [[nodiscard]] QList<ObservedServer> servers() const;
    /// Messages of LiveTemplate's channels that servers drop, as they are not in order.
    [[nodiscard]] quint64 invalidCount() const;
    [[nodiscard]] quint64 forgottenCount() const;
    void clear();

    /// Reads each message of LiveTemplate's, and notes who sent it, in @p servers.
    [[nodiscard]] static RedisMessageReader reader(std::shared_ptr<ObservedServers> servers);

private:
    struct Hash
    {
        std::size_t operator()(const QString &text) const noexcept { return qHash(text); }
    };

    mutable std::mutex m_mutex;
    std::unordered_map<QString, ObservedServer, Hash> m_servers;
    quint64 m_invalid = 0;
    quint64 m_forgotten = 0;
};

} // namespace LiveTemplate
