// SPDX-FileCopyrightText: 2026 The LiveTemplate for Qt authors
// SPDX-License-Identifier: MIT

#pragma once

#include "reconnectdelay_p.h"
#include "redisroute_p.h"

#include <QTimer>

namespace LiveTemplate {

/// One server.
class SingleRoute : public RedisRoute
{
    Q_OBJECT

public:
    SingleRoute(const RedisOptions &options, std::shared_ptr<RedisMetrics> metrics);

    void start() override;
    void send(RedisRequest request) override;
    void sendToAllMasters(RedisRequest request) override;
    void sendToNode(const QByteArray &node, RedisRequest request) override;
    void resolvePubSub(RedisPubSub::Kind kind, const QByteArray &channel, Resolved done) override;
    [[nodiscard]] std::optional<std::chrono::milliseconds> nextAttempt() const override
    {
        return isConnected() ? std::nullopt : remaining(m_reconnectTimer);
    }

private:
    const RedisConnectionSettings m_settings;
    const std::shared_ptr<RedisMetrics> m_metrics;
    const QString m_name;
    RedisConnection m_connection;
    ReconnectDelay m_delay;
    QTimer m_reconnectTimer{this};
    bool m_wasConnected = false;
};

} // namespace LiveTemplate
