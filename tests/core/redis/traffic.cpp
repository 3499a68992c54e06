// SPDX-FileCopyrightText: 2026 The LiveTemplate for Qt authors
// SPDX-License-Identifier: MIT

#include "traffic.h"

#include <QDeadlineTimer>
#include <QThread>

#include <algorithm>
#include <future>

using namespace LiveTemplate;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {

constexpr auto pace = 1ms;
constexpr auto patience = 30s;

/// The answer says whose it is.
const QByteArray script = "return {redis.call('INCR', KEYS[1]), ARGV[1]}"_ba;

} // namespace

Traffic::Traffic(RedisClient &client, Options options)
    : m_client(client)
    , m_options(std::move(options))
{
    for (const QByteArray &key : m_options.keys)
        m_state->counters.push_back({.key = key});
    m_thread = std::jthread([this](const std::stop_token &token) { run(token); });
}

void Traffic::run(const std::stop_token &token)
{
    while (!token.stop_requested()) {
        std::vector<std::pair<size_t, quint64>> idle;
        {
            const std::lock_guard lock(m_state->mutex);
            for (size_t index = 0; index < m_state->counters.size(); ++index) {
                Counter &counter = m_state->counters[index];
                if (counter.isBusy)
                    continue;
                counter.isBusy = true;
                idle.emplace_back(index, ++counter.token);
            }
        }
        for (const auto &[index, number] : idle)
            issue(index, number);
        std::this_thread::sleep_for(pace);
    }
}

void Traffic::issue(size_t index, quint64 token)
{
    const QByteArray key = m_options.keys[qsizetype(index)];
    const QList<QByteArray> increment{"EVAL", script, "1", key, QByteArray::number(token)};
    const auto done = [this, index](const RedisClient::Reply &reply) {
        take(index, reply);
    };
    if (m_options.form == Form::Command) {
        m_client.command(increment, done,
                         {.keyIndex = 3, .timeout = m_options.timeout, .waitForConnection = true});
        return;
    }
    // A key of the same slot, that is gone from an old owner as soon as it is deleted.
    const QByteArray companion = key + ":companion";
    m_client.pipeline({{"DEL", companion},
                       {"RPUSH", companion, QByteArray::number(token)},
                       {"EXPIRE", companion, "600"},
                       {"LRANGE", companion, "0", "-1"},
                       increment},
                      done, {.timeout = m_options.timeout, .waitForConnection = true});
}

void Traffic::take(size_t index, const RedisClient::Reply &reply)
{
    const std::lock_guard lock(m_state->mutex);
    Counter &counter = m_state->counters[index];
    counter.isBusy = false;
    if (!reply) {
        ++counter.unknown;
        const RedisError &error = reply.error();
        ++m_state->errors[u"%1 %2"_s.arg(int(error.kind)).arg(QLatin1StringView(error.code))];
        return;
    }
    if (m_options.form == Form::Command) {
        takeValue(counter, *reply);
        return;
    }
    const RedisValue::Array &answers = reply->toArray();
    const QByteArray token = QByteArray::number(counter.token);
    const bool isRight = answers.size() == 5 && answers[1] == RedisValue(qint64(1))
        && answers[2] == RedisValue(qint64(1))
        && answers[3] == RedisValue(RedisValue::Array{RedisValue(token)});
    if (!isRight) {
        QStringList texts;
        for (const RedisValue &answer : answers)
            texts << QString::fromUtf8(answer.toBytes());
        m_state->wrong << u"%1: a pipeline was answered by %2"_s.arg(QString::fromUtf8(counter.key),
                                                                     texts.join(u" | "_s));
    }
    takeValue(counter, reply->at(4));
}

void Traffic::takeValue(Counter &counter, const RedisValue &value)
{
    const auto number = value.at(0).toInteger();
    if (!number || value.at(1).toBytes() != QByteArray::number(counter.token)) {
        m_state->wrong << u"%1: the answer to %2 was %3 %4"_s.arg(
            QString::fromUtf8(counter.key), QString::number(counter.token),
            QString::fromUtf8(value.at(0).toBytes() + value.toBytes()),
            QString::fromUtf8(value.at(1).toBytes()));
        return;
    }
    if (*number > counter.value + 1 + counter.unknown) {
        m_state->wrong << u"%1: %2 after %3, with %4 unknown: carried out twice"_s
                              .arg(QString::fromUtf8(counter.key))
                              .arg(*number)
                              .arg(counter.value)
                              .arg(counter.unknown);
    }
    if (*number <= counter.value) {
        m_state->lostWrites += counter.value + 1 - *number;
        if (!m_options.mayLoseWrites) {
            m_state->wrong << u"%1: %2 after %3: a write was lost"_s
                                  .arg(QString::fromUtf8(counter.key))
                                  .arg(*number)
                                  .arg(counter.value);
        }
    }
    counter.value = *number;
    counter.unknown = 0;
    ++counter.acknowledged;
    ++m_state->acknowledged;
}

void Traffic::stop()
{
    if (!m_thread.joinable())
        return;
    m_thread.request_stop();
    m_thread.join();
    const QDeadlineTimer deadline(patience);
    while (!deadline.hasExpired()) {
        {
            const std::lock_guard lock(m_state->mutex);
            if (std::ranges::none_of(m_state->counters, &Counter::isBusy))
                return;
        }
        QThread::sleep(1ms);
    }
    const std::lock_guard lock(m_state->mutex);
    m_state->wrong << u"Commands were never answered."_s;
}

void Traffic::checkCounters()
{
    for (const Counter &counter : m_state->counters) {
        const auto reply = ask(m_client, {"GET", counter.key});
        const std::lock_guard lock(m_state->mutex);
        const auto value = reply ? reply->toInteger().value_or(0) : -1;
        const bool isTooFew = value < counter.value && !m_options.mayLoseWrites;
        if (value < 0 || isTooFew || value > counter.value + counter.unknown) {
            m_state->wrong << u"%1 holds %2, not %3, with %4 unknown"_s
                                  .arg(QString::fromUtf8(counter.key))
                                  .arg(value)
                                  .arg(counter.value)
                                  .arg(counter.unknown);
        }
    }
}

qint64 Traffic::acknowledged() const
{
    const std::lock_guard lock(m_state->mutex);
    return m_state->acknowledged;
}

qint64 Traffic::acknowledged(const QByteArray &key) const
{
    const std::lock_guard lock(m_state->mutex);
    const auto counter = std::ranges::find(m_state->counters, key, &Counter::key);
    return counter == m_state->counters.end() ? -1 : counter->acknowledged;
}

QHash<QString, int> Traffic::errors() const
{
    const std::lock_guard lock(m_state->mutex);
    return m_state->errors;
}

QStringList Traffic::wrong() const
{
    const std::lock_guard lock(m_state->mutex);
    return m_state->wrong;
}

qint64 Traffic::lostWrites() const
{
    const std::lock_guard lock(m_state->mutex);
    return m_state->lostWrites;
}

Listener::Listener(RedisClient &client)
    : m_client(client)
{
    client.pubSub().setMessageHandler([state = m_state](const QByteArray &channel,
                                                        const QByteArray &payload,
                                                        const QByteArray &) {
        const std::lock_guard lock(state->mutex);
        ++state->counts[channel];
        state->lastPayloads[channel] = payload;
    });
}

bool Listener::subscribe(RedisPubSub::Kind kind, const QByteArray &channel)
{
    auto promise = std::make_shared<std::promise<bool>>();
    auto future = promise->get_future();
    m_client.pubSub().subscribe(kind, channel,
                                [promise](const std::expected<void, RedisError> &result) {
                                    promise->set_value(result.has_value());
                                });
    return future.wait_for(patience) == std::future_status::ready && future.get();
}

int Listener::count(const QByteArray &channel) const
{
    const std::lock_guard lock(m_state->mutex);
    return m_state->counts.value(channel);
}

bool Listener::hears(RedisClient &publisher, RedisPubSub::Kind kind, const QByteArray &channel)
{
    static std::atomic<quint64> number = 0;
    const QByteArray first = QByteArray::number(number + 1);
    const QDeadlineTimer deadline(patience);
    while (!deadline.hasExpired()) {
        const QByteArray verb = kind == RedisPubSub::Kind::Shard ? "SPUBLISH" : "PUBLISH";
        publisher.command({verb, channel, QByteArray::number(++number)},
                          [](const RedisClient::Reply &) {}, {.waitForConnection = true});
        QThread::sleep(20ms);
        const std::lock_guard lock(m_state->mutex);
        if (m_state->lastPayloads.value(channel).toULongLong() >= first.toULongLong())
            return true;
    }
    return false;
}

RedisClient::Reply ask(RedisClient &client, const QList<QByteArray> &arguments,
                       RedisClient::CommandOptions options)
{
    auto promise = std::make_shared<std::promise<RedisClient::Reply>>();
    auto future = promise->get_future();
    client.command(
        arguments, [promise](RedisClient::Reply reply) { promise->set_value(std::move(reply)); },
        options);
    return future.get();
}
