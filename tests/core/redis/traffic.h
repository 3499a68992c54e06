// SPDX-FileCopyrightText: 2026 The LiveTemplate for Qt authors
// SPDX-License-Identifier: MIT

#pragma once

#include "redisclient.h"
#include "redispubsub_p.h"

#include <QHash>
#include <QStringList>

#include <memory>
#include <mutex>
#include <thread>
#include <vector>

/// Increments counters without a pause, one command for each key at a time, and checks each answer:
/// it must be to the command that it came for, and no command may have been carried out twice.
class Traffic
{
public:
    enum class Form {
        Command,
        /// A pipeline whose first command deletes a key and whose others need it again.
        Pipeline,
    };

    struct Options
    {
        QList<QByteArray> keys;
        Form form = Form::Command;
        std::chrono::milliseconds timeout = std::chrono::seconds(15);
        /// A master that fails takes writes with it that it has acknowledged: Redis copies them
        /// to replicas afterwards.
        bool mayLoseWrites = false;
    };

    Traffic(LiveTemplate::RedisClient &client, Options options);
    ~Traffic() { stop(); }
    Traffic(const Traffic &) = delete;
    Traffic &operator=(const Traffic &) = delete;

    /// Begins no more commands, and waits for the answers.
    void stop();

    [[nodiscard]] qint64 acknowledged() const;
    /// Of one key.
    [[nodiscard]] qint64 acknowledged(const QByteArray &key) const;
    /// What came instead of an answer, and how often.
    [[nodiscard]] QHash<QString, int> errors() const;
    /// Answers that no correct Redis behind a correct client gives.
    [[nodiscard]] QStringList wrong() const;
    [[nodiscard]] qint64 lostWrites() const;

    /// After stop(): whether each counter holds what was acknowledged, and no more than what may
    /// have been carried out. Reasons are added to wrong().
    void checkCounters();

private:
    struct Counter
    {
        QByteArray key;
        bool isBusy = false;
        quint64 token = 0;
        qint64 value = 0;
        qint64 acknowledged = 0;
        /// Since the last acknowledgement: whether they were carried out is not known.
        qint64 unknown = 0;
    };
    struct State
    {
        mutable std::mutex mutex;
        std::vector<Counter> counters;
        QHash<QString, int> errors;
        QStringList wrong;
        qint64 acknowledged = 0;
        qint64 lostWrites = 0;
    };

    void run(const std::stop_token &token);
    void issue(size_t index, quint64 token);
    void take(size_t index, const LiveTemplate::RedisClient::Reply &reply);
    void takeValue(Counter &counter, const LiveTemplate::RedisValue &value);

    LiveTemplate::RedisClient &m_client;
    const Options m_options;
    const std::shared_ptr<State> m_state = std::make_shared<State>();
    std::jthread m_thread;
};

/// Counts the messages of channels.
class Listener
{
public:
    explicit Listener(LiveTemplate::RedisClient &client);

    /// Returns when the subscription is acknowledged.
    [[nodiscard]] bool subscribe(LiveTemplate::RedisPubSub::Kind kind, const QByteArray &channel);
    [[nodiscard]] int count(const QByteArray &channel) const;
    /// Publishes by @p publisher until a message comes through that was sent after this call.
    [[nodiscard]] bool hears(LiveTemplate::RedisClient &publisher,
                             LiveTemplate::RedisPubSub::Kind kind, const QByteArray &channel);

private:
    struct State
    {
        mutable std::mutex mutex;
        QHash<QByteArray, int> counts;
        QHash<QByteArray, QByteArray> lastPayloads;
    };

    LiveTemplate::RedisClient &m_client;
    const std::shared_ptr<State> m_state = std::make_shared<State>();
};

/// What a command is answered; waits for it.
[[nodiscard]] LiveTemplate::RedisClient::Reply ask(
    LiveTemplate::RedisClient &client, const QList<QByteArray> &arguments,
    LiveTemplate::RedisClient::CommandOptions options = {.timeout = std::chrono::seconds(20),
                                                         .waitForConnection = true});
