// SPDX-FileCopyrightText: 2026 The LiveTemplate for Qt authors
// SPDX-License-Identifier: MIT

#include "singleroute_p.h"

#include <utility>

using namespace Qt::StringLiterals;

namespace LiveTemplate {

SingleRoute::SingleRoute(const RedisOptions &options, std::shared_ptr<RedisMetrics> metrics)
    : m_settings(RedisConnectionSettings::fromOptions(options, options.url.endpoints.value(0)))
    , m_metrics(std::move(metrics))
    , m_name(RedisConnection::name(m_settings.endpoint))
    , m_connection(m_settings, m_metrics)
    , m_delay(options.reconnectDelay, options.maxReconnectDelay)
{
    m_reconnectTimer.setSingleShot(true);
    connect(&m_reconnectTimer, &QTimer::timeout, &m_connection, &RedisConnection::open);
    connect(&m_connection, &RedisConnection::opened, this, [this] {
        m_delay.reset();
        if (std::exchange(m_wasConnected, true))
            m_metrics->reconnects.add();
        setConnected(m_name);
    });
    connect(&m_connection, &RedisConnection::lost, this, [this](const RedisError &reason) {
        m_reconnectTimer.start(m_delay.next());
        setDisconnected(reason);
    });
}

void SingleRoute::start()
{
    if (m_settings.endpoint.host.isEmpty()) {
        setDisconnected(
            {.kind = RedisError::Kind::BadUrl, .message = u"Redis: the URL has no host."_s});
        return;
    }
    m_connection.open();
}

void SingleRoute::send(RedisRequest request)
{
    if (!m_connection.isOpen()) {
        request.done(std::unexpected(
            RedisError{.kind = RedisError::Kind::Disconnected, .message = error().message}));
        return;
    }
    const auto remaining = request.remaining();
    m_connection.send(request.encoded, request.replies, std::move(request.done), remaining);
}

void SingleRoute::sendToAllMasters(RedisRequest request)
{
    request.done = [this, done = std::move(request.done)](RedisConnection::Reply reply) mutable {
        if (!reply)
            return done(std::move(reply));
        done(RedisValue(RedisValue::Array{
            RedisValue::Array{m_name.toUtf8(), std::move(*reply)},
        }));
    };
    send(std::move(request));
}

void SingleRoute::sendToNode(const QByteArray &node, RedisRequest request)
{
    if (node != m_name.toUtf8()) {
        request.done(std::unexpected(RedisError{
            .kind = RedisError::Kind::Unreachable,
            .message = u"There is no node %1."_s.arg(QString::fromUtf8(node)),
        }));
        return;
    }
    send(std::move(request));
}

void SingleRoute::resolvePubSub(RedisPubSub::Kind kind, const QByteArray &channel, Resolved done)
{
    Q_UNUSED(kind)
    Q_UNUSED(channel)
    if (m_settings.endpoint.host.isEmpty())
        done(std::unexpected(error()));
    else
        done(m_settings);
}

} // namespace LiveTemplate
