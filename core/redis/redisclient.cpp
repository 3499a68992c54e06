// SPDX-FileCopyrightText: 2026 The LiveTemplate for Qt authors
// SPDX-License-Identifier: MIT

#include "redisclient.h"

#include "mailbox_p.h"
#include "rediscommand_p.h"
#include "redismetrics_p.h"
#include "redisroute_p.h"
#include "redissubscriber_p.h"

#include <QBasicTimer>
#include <QThread>
#include <QTimerEvent>

#include <algorithm>
#include <array>
#include <atomic>
#include <deque>
#include <future>
#include <mutex>
#include <utility>
#include <vector>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace LiveTemplate {

namespace {

using Clock = RedisConnection::Clock;

/// How often deadlines of commands are looked at that wait for a connection.
constexpr auto heldSweepInterval = 20ms;

RedisError closedError()
{
    return {.kind = RedisError::Kind::Closed, .message = u"The Redis client was closed."_s};
}

/// A pipeline of one gets an array, too.
RedisClient::Done asPipeline(RedisClient::Done done)
{
    return [done = std::move(done)](RedisClient::Reply reply) mutable {
        if (reply)
            return done(RedisValue(RedisValue::Array{std::move(*reply)}));
        const RedisError &error = reply.error();
        const bool isAnswer = error.kind == RedisError::Kind::Server
            || error.kind == RedisError::Kind::Authentication;
        if (!isAnswer)
            return done(std::move(reply));
        done(RedisValue(RedisValue::Array{RedisValue::Error{error.message.toUtf8()}}));
    };
}

/// Whether Redis answers it once.
bool hasOneAnswer(const QList<QByteArray> &arguments)
{
    static constexpr auto others = std::to_array<QByteArrayView>(
        {"MONITOR", "SUBSCRIBE", "PSUBSCRIBE", "SSUBSCRIBE", "UNSUBSCRIBE", "PUNSUBSCRIBE",
         "SUNSUBSCRIBE"});
    if (arguments.isEmpty())
        return false; // Redis passes over it
    const QByteArray &name = arguments.first();
    return std::ranges::none_of(others, [&](QByteArrayView other) {
        return other.size() == name.size()
            && qstrnicmp(other.data(), other.size(), name.data(), name.size()) == 0;
    });
}

} // namespace

/// All but the posting lives in the worker's thread.
class RedisClient::Private : public QObject
{
public:
    /// A request on its way to the worker, or waiting for a connection there.
    struct Call
    {
        enum class To {
            KeyOwner,
            AllMasters,
            Node,
            /// There was nothing to send.
            Nothing,
            /// Its answer could not be told from those of others.
            Unanswerable,
            /// Too many wait.
            Refused,
        };

        RedisRequest request;
        To to = To::KeyOwner;
        QByteArray node;
        bool waitForConnection = false;
    };

    explicit Private(RedisOptions given);

    void start();
    void stop();
    void startSubscriber() { subscriber.start(*m_route); }
    void accept(Call call, Done done, std::chrono::milliseconds timeout);
    [[nodiscard]] std::optional<std::chrono::milliseconds> nextAttempt() const
    {
        return m_route && !m_route->isConnected() ? m_route->nextAttempt()
                                                  : subscriber.nextAttempt();
    }

    const RedisOptions options;
    const std::shared_ptr<RedisMetrics> metrics = std::make_shared<RedisMetrics>();
    QThread thread;
    std::unique_ptr<Mailbox> mailbox;
    const Mailbox::Address address;
    RedisSubscriber subscriber;
    std::once_flag subscriberStarted;
    std::atomic<bool> isConnected = false;
    std::mutex errorMutex;
    QString errorString = u"Not connected yet."_s;
    std::optional<RedisError> error;
    /// Of the worker's thread.
    std::function<void()> connectionHandler;

protected:
    void timerEvent(QTimerEvent *event) override;

private:
    void drain();
    void dispatch(Call call);
    void send(Call call);
    void updateConnection();
    void endInThread();
    void failIncoming();

    std::unique_ptr<RedisRoute> m_route;
    /// Commands that have been accepted and not been completed.
    std::atomic<qsizetype> m_outstanding = 0;
    std::mutex m_incomingMutex;
    std::vector<Call> m_incoming;
    bool m_closing = false;
    /// What waits for a connection.
    std::deque<Call> m_held;
    QBasicTimer m_heldTimer;
    std::promise<void> m_ended;
};

RedisClient::Private::Private(RedisOptions given)
    : options(std::move(given))
    , mailbox(std::make_unique<Mailbox>())
    , address(mailbox->address())
    , subscriber(options, metrics, address)
{
    thread.setObjectName(u"lvt-redis"_s);
}

void RedisClient::Private::start()
{
    mailbox->moveToThread(&thread);
    subscriber.moveToThread(&thread);
    moveToThread(&thread);
    connect(&thread, &QThread::finished, this, [this] { endInThread(); }, Qt::DirectConnection);
    address.post([this] {
        m_route = RedisRoute::create(options, metrics);
        connect(m_route.get(), &RedisRoute::connectionChanged, this,
                [this] { updateConnection(); });
        m_route->start();
    });
    thread.start();
}

void RedisClient::Private::stop()
{
    auto ended = m_ended.get_future();
    address.post([this] {
        {
            const std::lock_guard lock(m_incomingMutex);
            m_closing = true;
        }
        thread.quit();
    });
    ended.wait();
    thread.wait();
}

/// Only the thread itself may end what lives there.
void RedisClient::Private::endInThread()
{
    connectionHandler = nullptr;
    subscriber.end();
    m_heldTimer.stop();
    m_route.reset();
    while (!m_held.empty()) {
        Call call = std::move(m_held.front());
        m_held.pop_front();
        call.request.done(std::unexpected(closedError()));
    }
    failIncoming();
    mailbox.reset();
    m_ended.set_value();
}

void RedisClient::Private::failIncoming()
{
    std::vector<Call> calls;
    {
        const std::lock_guard lock(m_incomingMutex);
        m_incoming.swap(calls);
    }
    for (Call &call : calls)
        call.request.done(std::unexpected(closedError()));
}

void RedisClient::Private::accept(Call call, Done done, std::chrono::milliseconds timeout)
{
    const auto acceptedAt = Clock::now();
    call.request.deadline = acceptedAt + (timeout > 0ms ? timeout : options.commandTimeout);
    const int count = call.request.replies;
    if (m_outstanding.fetch_add(count, std::memory_order_relaxed) + count
        > options.maxWaitingCommands)
        call.to = Call::To::Refused;
    call.request.done = [this, count, acceptedAt, done = std::move(done)](Reply reply) mutable {
        const qsizetype left = m_outstanding.fetch_sub(count, std::memory_order_relaxed) - count;
        metrics->commandsWaiting.set(left);
        const auto duration = std::chrono::nanoseconds(Clock::now() - acceptedAt);
        metrics->commandDuration.record(quint64(duration.count()));
        if (!reply) {
            metrics->commandErrors.add();
            if (reply.error().kind == RedisError::Kind::TimedOut)
                metrics->commandTimeouts.add();
            else if (reply.error().kind == RedisError::Kind::Overflow)
                metrics->commandsRefused.add();
        }
        done(std::move(reply));
    };
    bool isFirst = false;
    {
        const std::lock_guard lock(m_incomingMutex);
        if (!m_closing) {
            isFirst = m_incoming.empty();
            m_incoming.push_back(std::move(call));
        }
    }
    if (call.request.done) {
        call.request.done(std::unexpected(closedError()));
        return;
    }
    if (isFirst)
        address.post([this] { drain(); });
}

void RedisClient::Private::drain()
{
    std::vector<Call> calls;
    {
        const std::lock_guard lock(m_incomingMutex);
        m_incoming.swap(calls);
    }
    metrics->commandsWaiting.set(m_outstanding.load(std::memory_order_relaxed));
    for (Call &call : calls)
        dispatch(std::move(call));
}

void RedisClient::Private::dispatch(Call call)
{
    metrics->commands.add(quint64(call.request.replies));
    if (call.to == Call::To::Nothing) {
        call.request.done(RedisValue(RedisValue::Array()));
        return;
    }
    if (call.to == Call::To::Unanswerable) {
        call.request.done(std::unexpected(RedisError{
            .kind = RedisError::Kind::Protocol,
            .message = u"This command has not one answer, and cannot be sent among others."_s,
        }));
        return;
    }
    if (call.to == Call::To::Refused) {
        call.request.done(std::unexpected(RedisError{
            .kind = RedisError::Kind::Overflow,
            .message = u"More than %1 commands wait for Redis."_s.arg(options.maxWaitingCommands),
        }));
        return;
    }
    if (m_route->isConnected() && m_held.empty()) {
        send(std::move(call));
        return;
    }
    if (!call.waitForConnection) {
        call.request.done(std::unexpected(RedisError{
            .kind = RedisError::Kind::Disconnected,
            .message = u"Not connected: %1"_s.arg(m_route->error().message),
        }));
        return;
    }
    m_held.push_back(std::move(call));
    if (!m_heldTimer.isActive())
        m_heldTimer.start(heldSweepInterval, this);
}

void RedisClient::Private::send(Call call)
{
    if (call.request.deadline <= Clock::now()) {
        call.request.done(std::unexpected(RedisError{
            .kind = RedisError::Kind::TimedOut,
            .message = u"Redis' worker did not come to it in time."_s,
        }));
        return;
    }
    switch (call.to) {
    case Call::To::AllMasters:
        m_route->sendToAllMasters(std::move(call.request));
        return;
    case Call::To::Node:
        m_route->sendToNode(call.node, std::move(call.request));
        return;
    default:
        m_route->send(std::move(call.request));
    }
}

void RedisClient::Private::updateConnection()
{
    const bool connected = m_route->isConnected();
    {
        const std::lock_guard lock(errorMutex);
        errorString = connected ? QString() : m_route->error().message;
        error = connected ? std::nullopt : std::optional(m_route->error());
    }
    isConnected = connected;
    metrics->connected.set(connected ? 1 : 0);
    if (connectionHandler)
        connectionHandler();
    while (!m_held.empty() && m_route->isConnected()) {
        Call call = std::move(m_held.front());
        m_held.pop_front();
        send(std::move(call));
    }
}

void RedisClient::Private::timerEvent(QTimerEvent *event)
{
    if (event->id() != m_heldTimer.id()) {
        QObject::timerEvent(event);
        return;
    }
    const auto now = Clock::now();
    std::deque<Call> held;
    held.swap(m_held);
    for (Call &call : held) {
        if (call.request.deadline > now) {
            m_held.push_back(std::move(call));
            continue;
        }
        call.request.done(std::unexpected(RedisError{
            .kind = RedisError::Kind::TimedOut,
            .message = u"No connection in time: %1"_s.arg(m_route->error().message),
        }));
    }
    if (m_held.empty())
        m_heldTimer.stop();
}

RedisClient::RedisClient(RedisOptions options)
    : d(std::make_unique<Private>(std::move(options)))
{
    d->start();
}

RedisClient::~RedisClient()
{
    d->stop();
}

void RedisClient::command(QList<QByteArray> arguments, Done done, CommandOptions options)
{
    Private::Call call;
    call.request.encoded = encodeRedisCommand(arguments);
    if (!hasOneAnswer(arguments))
        call.to = Private::Call::To::Unanswerable;
    if (options.keyIndex >= 0)
        call.request.key = arguments.value(options.keyIndex);
    call.waitForConnection = options.waitForConnection;
    d->accept(std::move(call), std::move(done), options.timeout);
}

void RedisClient::pipeline(QList<QList<QByteArray>> commands, Done done, CommandOptions options)
{
    Private::Call call;
    for (const QList<QByteArray> &command : std::as_const(commands))
        appendRedisCommand(call.request.encoded, command);
    call.request.replies = int(commands.size());
    if (commands.isEmpty())
        call.to = Private::Call::To::Nothing;
    else if (!std::ranges::all_of(commands, hasOneAnswer))
        call.to = Private::Call::To::Unanswerable;
    else if (options.keyIndex >= 0)
        call.request.key = commands.first().value(options.keyIndex);
    call.waitForConnection = options.waitForConnection;
    if (commands.size() == 1)
        done = asPipeline(std::move(done));
    d->accept(std::move(call), std::move(done), options.timeout);
}

void RedisClient::commandOnAllMasters(QList<QByteArray> arguments, Done done)
{
    Private::Call call;
    call.request.encoded = encodeRedisCommand(arguments);
    if (!hasOneAnswer(arguments))
        call.to = Private::Call::To::Unanswerable;
    else
        call.to = Private::Call::To::AllMasters;
    d->accept(std::move(call), std::move(done), 0ms);
}

void RedisClient::commandOnNode(const QByteArray &node, QList<QByteArray> arguments, Done done)
{
    Private::Call call;
    call.request.encoded = encodeRedisCommand(arguments);
    if (!hasOneAnswer(arguments))
        call.to = Private::Call::To::Unanswerable;
    else
        call.to = Private::Call::To::Node;
    call.node = node;
    d->accept(std::move(call), std::move(done), 0ms);
}

bool RedisClient::isConnected() const
{
    return d->isConnected;
}

QString RedisClient::errorString() const
{
    const std::lock_guard lock(d->errorMutex);
    return d->errorString;
}

std::optional<RedisError> RedisClient::error() const
{
    const std::lock_guard lock(d->errorMutex);
    return d->error;
}

void RedisClient::setConnectionHandler(std::function<void()> handler)
{
    d->address.post(
        [d = d.get(), handler = std::move(handler)] { d->connectionHandler = handler; });
}

std::optional<std::chrono::milliseconds> RedisClient::nextAttempt() const
{
    return d->nextAttempt();
}

const RedisOptions &RedisClient::options() const
{
    return d->options;
}

void RedisClient::post(std::move_only_function<void()> call)
{
    d->address.post(std::move(call));
}

RedisPubSub &RedisClient::pubSub()
{
    std::call_once(d->subscriberStarted,
                   [this] { d->address.post([this] { d->startSubscriber(); }); });
    return d->subscriber;
}

std::shared_ptr<const RedisMetrics> RedisClient::metrics() const
{
    return d->metrics;
}

} // namespace LiveTemplate
