// SPDX-FileCopyrightText: 2026 The LiveTemplate for Qt authors
// SPDX-License-Identifier: MIT

#include "sentinelresolver_p.h"

#include "rediscommand_p.h"
#include "redislogging_p.h"
#include "sentinelanswer_p.h"

#include <algorithm>
#include <utility>

using namespace Qt::StringLiterals;

namespace LiveTemplate {

namespace {

const QByteArray switchChannel = QByteArrayLiteral("+switch-master");

} // namespace

SentinelResolver::SentinelResolver(const RedisOptions &options, QObject *parent)
    : QObject(parent)
    , m_options(options)
    , m_masterName(options.url.masterName.toUtf8())
    , m_ownMetrics(std::make_shared<RedisMetrics>())
    , m_sentinels(options.url.endpoints)
    , m_listenerDelay(options.reconnectDelay, options.maxReconnectDelay)
{
    m_listenerTimer.setSingleShot(true);
    connect(&m_listenerTimer, &QTimer::timeout, this, &SentinelResolver::listenNext);
}

SentinelResolver::~SentinelResolver()
{
    // Their callbacks use members of ours.
    ++m_generation;
    for (RedisConnection *const connection : {m_question, m_listener}) {
        if (!connection)
            continue;
        connection->disconnect(this);
        connection->setPushHandler({});
        delete connection;
    }
}

RedisConnectionSettings SentinelResolver::settings(const Endpoint &sentinel) const
{
    auto result = RedisConnectionSettings::fromOptions(m_options, sentinel);
    result.user = m_options.url.sentinelUser;
    result.password = m_options.url.sentinelPassword;
    result.database = 0;
    result.connectTimeout = std::min(result.connectTimeout, patience);
    return result;
}

void SentinelResolver::start()
{
    listenNext();
}

void SentinelResolver::resolve(std::function<void(const Answer &)> done)
{
    m_done = std::move(done);
    m_notAsked = m_sentinels;
    m_lastError = {RedisError::Kind::Unreachable, {}, u"There is no Sentinel to ask."_s};
    ++m_generation;
    if (!m_question) {
        m_question = new RedisConnection(settings(m_sentinels.value(0)), m_ownMetrics, this);
        connect(m_question, &RedisConnection::lost, this, [this](const RedisError &reason) {
            if (!m_done)
                return;
            m_lastError = reason;
            askNext();
        });
    }
    // A question that is under way has been asked of one who may not know yet.
    m_question->close({RedisError::Kind::Closed, {}, u"Asked anew."_s});
    QMetaObject::invokeMethod(
        this,
        [this, generation = m_generation] {
            if (generation == m_generation)
                askNext();
        },
        Qt::QueuedConnection);
}

void SentinelResolver::askNext()
{
    if (m_notAsked.isEmpty()) {
        finish(std::unexpected(m_lastError));
        return;
    }
    const Endpoint sentinel = m_notAsked.takeFirst();
    m_question->setSettings(settings(sentinel));
    m_question->setPrologue([this, sentinel, generation = m_generation] {
        const auto timeout = m_question->settings().connectTimeout;
        m_question->send(
            encodeRedisCommand({"SENTINEL", "SENTINELS", m_masterName}), 1,
            [this, generation](const RedisConnection::Reply &reply) {
                if (generation == m_generation)
                    learn(reply);
            },
            timeout);
        m_question->send(
            encodeRedisCommand({"SENTINEL", "GET-MASTER-ADDR-BY-NAME", m_masterName}), 1,
            [this, sentinel, generation](const RedisConnection::Reply &reply) {
                if (generation == m_generation)
                    takeAnswer(sentinel, reply);
            },
            timeout);
    });
    m_question->open();
}

void SentinelResolver::takeAnswer(const Endpoint &sentinel, const RedisConnection::Reply &reply)
{
    const bool isLost = !reply
        && (reply.error().kind == RedisError::Kind::Disconnected
            || reply.error().kind == RedisError::Kind::Unreachable);
    if (isLost || !m_question->isOpen())
        return; // lost() follows, and says why
    const auto master = reply ? SentinelAnswer::masterAddress(*reply) : std::nullopt;
    if (master) {
        m_sentinels.removeOne(sentinel);
        m_sentinels.prepend(sentinel);
        finish(*master);
        return;
    }
    const QString name = RedisConnection::name(sentinel);
    m_lastError = reply ? RedisError{RedisError::Kind::Unreachable,
                                     {},
                                     u"The Sentinel at %1 knows of no master called %2."_s.arg(
                                         name, m_options.url.masterName)}
                        : reply.error();
    if (!reply)
        m_lastError.message = u"The Sentinel at %1: %2"_s.arg(name, m_lastError.message);
    m_question->close(m_lastError);
    askNext();
}

void SentinelResolver::learn(const RedisConnection::Reply &reply)
{
    if (!reply)
        return;
    for (const Endpoint &sentinel : SentinelAnswer::otherSentinels(*reply)) {
        if (m_sentinels.contains(sentinel))
            continue;
        if (m_sentinels.size() >= maxSentinels) {
            // In favour of the new one, the last goes that is not from the URL.
            const auto isLearned = [&](const Endpoint &known) {
                return !m_options.url.endpoints.contains(known);
            };
            const auto oldest = std::find_if(m_sentinels.rbegin(), m_sentinels.rend(), isLearned);
            if (oldest == m_sentinels.rend())
                return;
            m_sentinels.erase(std::next(oldest).base());
        }
        m_sentinels.append(sentinel);
    }
}

void SentinelResolver::finish(const Answer &answer)
{
    ++m_generation;
    m_question->close({RedisError::Kind::Closed, {}, u"The question is answered."_s});
    if (const auto done = std::exchange(m_done, nullptr))
        done(answer);
}

void SentinelResolver::cancel()
{
    ++m_generation;
    m_done = nullptr;
    if (m_question)
        m_question->close({RedisError::Kind::Closed, {}, u"The question was taken back."_s});
}

void SentinelResolver::distrustLast()
{
    if (m_sentinels.size() > 1)
        m_sentinels.append(m_sentinels.takeFirst());
}

void SentinelResolver::listenNext()
{
    if (m_sentinels.isEmpty())
        return;
    if (!m_listener) {
        m_listener = new RedisConnection(settings(m_sentinels.first()), m_ownMetrics, this);
        m_listener->setPushHandler([this](const RedisValue &value) { handlePush(value); });
        m_listener->setPrologue([this] {
            const auto acknowledge = [this](const RedisConnection::Reply &reply) {
                if (reply) {
                    m_listenerDelay.reset();
                    Q_EMIT listening();
                } else if (m_listener->isOpen()) {
                    m_listener->close(reply.error(), true);
                }
            };
            m_listener->sendSubscription(encodeRedisCommand({"SUBSCRIBE", switchChannel}),
                                         {"subscribe", {switchChannel}}, acknowledge);
        });
        connect(m_listener, &RedisConnection::lost, this, &SentinelResolver::handleListenerLost);
    }
    m_listenerIndex = m_listenerIndex % m_sentinels.size();
    m_listener->setSettings(settings(m_sentinels[m_listenerIndex]));
    m_listener->open();
}

void SentinelResolver::handleListenerLost(const RedisError &reason)
{
    qCDebug(lcRedis).noquote() << "Listening to Sentinel ended:" << reason.message;
    // The order changes with each answer; one after the other is tried nevertheless.
    ++m_listenerIndex;
    m_listenerTimer.start(m_listenerDelay.next());
}

void SentinelResolver::handlePush(const RedisValue &value)
{
    if (value.at(0).toBytes() != "message" || value.at(1).toBytes() != switchChannel)
        return;
    const auto switched = SentinelAnswer::switchedMaster(value.at(2).toBytes());
    // One Sentinel may watch several masters.
    if (switched && switched->name == m_options.url.masterName)
        Q_EMIT masterSwitched(switched->to);
}

} // namespace LiveTemplate
