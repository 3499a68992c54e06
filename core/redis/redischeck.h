// SPDX-FileCopyrightText: 2026 The LiveTemplate for Qt authors
// SPDX-License-Identifier: MIT

#pragma once

#include "livetemplate_export.h"
#include "redisproblem.h"
#include "redisurl.h"

#include <QObject>
#include <QStringList>

#include <chrono>
#include <memory>
#include <optional>

namespace LiveTemplate {

/// Looks once whether a Redis is there and what one may do with it. It changes nothing there.
///
/// Threading: used in the thread it was made in, which it never makes wait.
class LIVETEMPLATE_EXPORT RedisCheck : public QObject
{
    Q_OBJECT

public:
    struct Result
    {
        /// None when it is there.
        RedisProblem problem = {};
        /// What was found, in one sentence.
        QString sentence = {};
        /// What else one should know.
        QStringList hints = {};
        /// "Redis" or "Valkey".
        QString product = {};
        QString version = {};
        /// "standalone", "sentinel" or "cluster", as the server says.
        QString mode = {};
        /// "master", "slave" or "sentinel", as the server says.
        QString role = {};
        /// Of one PING.
        std::chrono::microseconds latency = {};
        /// Whether all channels can be subscribed to, listed, and published to; nothing when it
        /// could not be found out.
        std::optional<bool> maySubscribe = {};
        std::optional<bool> mayList = {};
        std::optional<bool> mayPublish = {};

        [[nodiscard]] bool isFine() const { return problem.kind == RedisProblem::Kind::None; }
    };

    /// An answer comes within that time, whatever happens.
    static constexpr std::chrono::milliseconds limit = std::chrono::seconds(9);

    /// Begins at once.
    explicit RedisCheck(RedisUrl url, QObject *parent = nullptr);
    /// Cancels.
    ~RedisCheck() override;

Q_SIGNALS:
    /// Once.
    void finished(const LiveTemplate::RedisCheck::Result &result);

private:
    class Private;
    std::unique_ptr<Private> d;
};

} // namespace LiveTemplate
