// SPDX-FileCopyrightText: 2026 The LiveTemplate for Qt authors
// SPDX-License-Identifier: MIT

#pragma once

#include "livetemplate_export.h"
#include "reconnectdelay_p.h"
#include "redisclient.h"
#include "redisconnection_p.h"

#include <QObject>
#include <QTimer>

#include <expected>
#include <functional>
#include <memory>

namespace LiveTemplate {

/// Asks Sentinels who the master is, and listens to one of them for a fail-over. It knows only
/// what they say: whether the server that they name is a master is for its user to confirm.
///
/// Threading: all of it is used in the thread it lives in.
class LIVETEMPLATE_PRIVATE_EXPORT SentinelResolver : public QObject
{
    Q_OBJECT

public:
    using Endpoint = RedisUrl::Endpoint;
    using Answer = std::expected<Endpoint, RedisError>;

    /// How long one Sentinel may take to answer before the next is asked, at most.
    static constexpr std::chrono::milliseconds patience = std::chrono::seconds(1);
    /// How many Sentinels are remembered; those of the URL always.
    static constexpr qsizetype maxSentinels = 64;

    SentinelResolver(const RedisOptions &options, QObject *parent = nullptr);
    ~SentinelResolver() override;

    /// Begins to listen.
    void start();

    /// Asks the Sentinels in turn, first who answered last; calls @p done once, later, unless this
    /// object dies before. One question at a time: a further one takes the first's place.
    void resolve(std::function<void(const Answer &)> done);

    /// Takes the question back.
    void cancel();

    /// What the Sentinel said that answered last was not so: another is asked first the next time.
    void distrustLast();

Q_SIGNALS:
    /// Announced by the Sentinel that is listened to.
    void masterSwitched(const LiveTemplate::RedisUrl::Endpoint &master);
    /// A Sentinel is listened to anew: something may have been missed.
    void listening();

private:
    [[nodiscard]] RedisConnectionSettings settings(const Endpoint &sentinel) const;
    void askNext();
    void finish(const Answer &answer);
    void takeAnswer(const Endpoint &sentinel, const RedisConnection::Reply &reply);
    void learn(const RedisConnection::Reply &reply);
    void listenNext();
    void handleListenerLost(const RedisError &reason);
    void handlePush(const RedisValue &value);

    const RedisOptions m_options;
    const QByteArray m_masterName;
    /// What the connections to Sentinels count: not the user's commands.
    const std::shared_ptr<RedisMetrics> m_ownMetrics;
    /// In the order in which they will be asked.
    QList<Endpoint> m_sentinels;

    RedisConnection *m_question = nullptr;
    std::function<void(const Answer &)> m_done;
    QList<Endpoint> m_notAsked;
    RedisError m_lastError;
    /// Tells the answers to this question from those to an earlier one.
    quint64 m_generation = 0;

    RedisConnection *m_listener = nullptr;
    qsizetype m_listenerIndex = 0;
    ReconnectDelay m_listenerDelay;
    QTimer m_listenerTimer;
};

} // namespace LiveTemplate
