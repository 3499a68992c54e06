// SPDX-FileCopyrightText: 2026 The LiveTemplate for Qt authors
// SPDX-License-Identifier: MIT

#pragma once

#include "connectiondetails.h"
#include "mailbox_p.h"

#include <QHash>
#include <QPointer>

#include <functional>
#include <optional>

namespace LiveTemplate {

class Shard;
class ShardDirectory;

/// Takes an answer from any thread back to who asked, in the server's thread.
template<typename Answer>
class Reply
{
public:
    /// Without a @p callback the answer is dropped.
    Reply(Mailbox::Address outbox, QObject *context, std::function<void(const Answer &)> callback)
        : m_outbox(std::move(outbox))
        , m_context(context)
        , m_callback(std::move(callback))
    {
    }

    void operator()(Answer answer)
    {
        if (!m_callback)
            return;
        // By way of the outbox: only in its thread can one know whether the context still lives.
        m_outbox.post([answer = std::move(answer), context = std::move(m_context),
                       callback = std::move(m_callback)] {
            if (context)
                callback(answer);
        });
    }

private:
    Mailbox::Address m_outbox;
    QPointer<QObject> m_context;
    std::function<void(const Answer &)> m_callback;
};

/// What whoever watches a server asks of its shards, and has them do. Each is done in the shards'
/// own time and thread; none waits.
class Observation
{
public:
    explicit Observation(const ShardDirectory &shards)
        : m_shards(shards)
    {
    }

    void takeSnapshot(const QString &instance, Reply<ServerSnapshot> reply) const;
    void takeTraces(const QList<quint64> &connections,
                    Reply<QHash<quint64, FollowTrace>> reply) const;
    void takeState(quint64 connection, Reply<QVariant> reply) const;
    void takeDetails(quint64 connection, Reply<std::optional<ConnectionDetails>> reply) const;

    // They answer how many connections they touched.
    void disconnect(quint64 connection, const QString &reason, Reply<int> reply) const;
    void disconnectGroup(const GroupId &group, const QString &reason, Reply<int> reply) const;
    void trigger(quint64 connection, const QString &action, const QJsonObject &data,
                 Reply<int> reply) const;

    /// The answer is what was saved before.
    void replaceSaved(const SavedSession &session, const QString &reason,
                      Reply<SavedSession> reply) const;

private:
    /// Has @p call made in the thread of the shard that @p connection is in.
    void atShardOf(quint64 connection, std::move_only_function<void(Shard &)> call) const;

    const ShardDirectory &m_shards;
};

} // namespace LiveTemplate
