// SPDX-FileCopyrightText: 2026 The LiveTemplate for Qt authors
// SPDX-License-Identifier: MIT

#include "observation_p.h"

#include "connectionids_p.h"
#include "shard_p.h"
#include "shardconfiguration_p.h"
#include "sharddirectory_p.h"

#include <QWebSocketProtocol>

#include <algorithm>
#include <memory>
#include <utility>

namespace LiveTemplate {

namespace {

/// RFC 6455, 5.5: what is left of a control frame's 125 bytes after the code.
constexpr qsizetype maxReasonBytes = 123;

/// @p reason, at most as long as a close frame takes, cut between characters.
QString fitting(const QString &reason)
{
    QString text = reason;
    while (text.toUtf8().size() > maxReasonBytes)
        text.chop(text.size() > 1 && text.back().isLowSurrogate() ? 2 : 1);
    return text;
}

/// Something that is gathered from shard to shard.
template<typename Answer>
struct Round
{
    const ShardDirectory &shards;
    Answer answer;
    std::function<void(Shard &, Answer &)> gather;
    std::move_only_function<void(Answer)> finish;
};

template<typename Answer>
void visitShard(std::size_t index, std::unique_ptr<Round<Answer>> round)
{
    const ShardDirectory &shards = round->shards;
    if (index == shards.size()) {
        round->finish(std::move(round->answer));
        return;
    }
    shards.post(index, [index, round = std::move(round)](Shard &shard) mutable {
        round->gather(shard, round->answer);
        visitShard(index + 1, std::move(round));
    });
}

template<typename Answer>
void visitShards(Round<Answer> round)
{
    visitShard(0, std::make_unique<Round<Answer>>(std::move(round)));
}

/// An open connection that can still be told something.
LiveConnection *openConnection(Shard &shard, quint64 id)
{
    LiveConnection *connection = shard.groups().find(id);
    return connection && !connection->isClosing() ? connection : nullptr;
}

} // namespace

void Observation::takeSnapshot(const QString &instance, Reply<ServerSnapshot> reply) const
{
    visitShards<ServerSnapshot>(
        {m_shards,
         {.takenAt = QDateTime::currentDateTimeUtc(), .instance = instance},
         [](Shard &shard, ServerSnapshot &snapshot) { shard.addTo(snapshot); },
         [reply = std::move(reply)](ServerSnapshot snapshot) mutable {
             std::ranges::sort(snapshot.connections, {}, &ConnectionSnapshot::id);
             std::ranges::sort(snapshot.visitors, {}, &ConnectionSnapshot::id);
             reply(std::move(snapshot));
         }});
}

void Observation::takeTraces(const QList<quint64> &connections,
                             Reply<QHash<quint64, FollowTrace>> reply) const
{
    using Traces = QHash<quint64, FollowTrace>;
    const auto gather = [connections](Shard &shard, Traces &traces) {
        for (const quint64 id : connections) {
            const LiveConnection *connection = shard.groups().find(id);
            if (connection && connection->journal())
                traces.insert(id, connection->journal()->trace());
        }
    };
    visitShards<Traces>({m_shards, {}, gather, std::move(reply)});
}

void Observation::takeState(quint64 connection, Reply<QVariant> reply) const
{
    atShardOf(connection, [connection, reply = std::move(reply)](Shard &shard) mutable {
        const LiveConnection *found = shard.groups().find(connection);
        reply(found ? found->state() : QVariant());
    });
}

void Observation::takeDetails(quint64 connection,
                              Reply<std::optional<ConnectionDetails>> reply) const
{
    atShardOf(connection, [connection, reply = std::move(reply)](Shard &shard) mutable {
        const LiveConnection *found = shard.groups().find(connection);
        if (!found) {
            reply(std::nullopt);
            return;
        }
        ConnectionDetails details = found->details();
        details.connection.shard = int(shard.index());
        if (const Moment at = shard.groups().savedAt(*found); at != Moment())
            details.savedAt = QDateTime::fromStdTimePoint(
                std::chrono::floor<std::chrono::milliseconds>(at));
        shard.configuration().sessionStore->load({found->group(), found->page().page().path},
                                                 [details = std::move(details),
                                                  reply = std::move(reply)](
                                                     std::optional<QJsonObject> saved) mutable {
                                                     details.saved = std::move(saved);
                                                     reply(std::move(details));
                                                 });
    });
}

void Observation::disconnect(quint64 connection, const QString &reason, Reply<int> reply) const
{
    atShardOf(connection,
              [connection, reason = fitting(reason),
               reply = std::move(reply)](Shard &shard) mutable {
                  LiveConnection *found = openConnection(shard, connection);
                  if (found)
                      found->close(QWebSocketProtocol::CloseCodeGoingAway, reason);
                  reply(found ? 1 : 0);
              });
}

void Observation::disconnectGroup(const GroupId &group, const QString &reason,
                                  Reply<int> reply) const
{
    m_shards.post(m_shards.homeOf(group),
                  [group, reason = fitting(reason), reply = std::move(reply)](
                      Shard &shard) mutable { reply(shard.groups().closeGroup(group, reason)); });
}

void Observation::trigger(quint64 connection, const QString &action, const QJsonObject &data,
                          Reply<int> reply) const
{
    atShardOf(connection,
              [connection, action, data, reply = std::move(reply)](Shard &shard) mutable {
                  reply(shard.groups().triggerOn(connection, {action, data}) ? 1 : 0);
              });
}

void Observation::replaceSaved(const SavedSession &session, const QString &reason,
                               Reply<SavedSession> reply) const
{
    m_shards.post(m_shards.homeOf(session.group),
                  [session, reason = fitting(reason),
                   reply = std::move(reply)](Shard &shard) mutable {
                      shard.groups().replaceSaved(session, reason, std::move(reply));
                  });
}

void Observation::atShardOf(quint64 connection, std::move_only_function<void(Shard &)> call) const
{
    // No connection has the id 0: any shard will find out.
    m_shards.post(ConnectionIds::shardOf(std::max(connection, quint64(1)), m_shards.size()),
                  std::move(call));
}

} // namespace LiveTemplate
