// SPDX-FileCopyrightText: 2026 The LiveTemplate for Qt authors
// SPDX-License-Identifier: MIT

#pragma once

#include "health.h"
#include "livetemplate_export.h"

#include <QJsonObject>
#include <QString>

#include <chrono>
#include <expected>
#include <functional>
#include <memory>

namespace LiveTemplate {

/// How an application's pool of database connections does. Qt SQL has none, so an application that
/// has made one tells this.
struct LIVETEMPLATE_EXPORT DatabasePoolStatistics
{
    /// Connections there are: those in use and those that wait for work.
    int openConnections = 0;
    int inUse = 0;
    int idle = 0;
    /// The most that there may be; 0: no limit.
    int maxOpen = 0;
    /// How often somebody had to wait for a connection, and how long all of them together.
    qint64 waitCount = 0;
    std::chrono::milliseconds waitDuration = std::chrono::milliseconds(0);
    /// Connections that were closed because too many were idle, because they had been idle for too
    /// long, and because they were too old.
    qint64 maxIdleClosed = 0;
    qint64 maxIdleTimeClosed = 0;
    qint64 maxLifetimeClosed = 0;

    /// Past this utilization /health warns.
    static constexpr double highUtilizationPercent = 80;

    /// How many of the connections that there may be there are; 0 without a limit.
    [[nodiscard]] double utilizationPercent() const;

    /// What /health shows: connection_pool, pool_utilization_percent, and a warning when that is
    /// high.
    [[nodiscard]] QJsonObject toJson() const;
};

/// Called from the server's threads, several at once; must not block.
using DatabasePoolStatisticsFunction = std::function<DatabasePoolStatistics()>;

/// A check, named "database", of the database at @p url; add it to Server::health().
///
/// @verbatim
/// postgres://[user[:password]@][host[:5432]]/name[?sslmode=verify-full&…]
/// sqlite:PATH or sqlite:///PATH     a file, which must be there
/// @endverbatim
///
/// "postgresql" is "postgres"; parameters are libpq's, without a host that of a local socket. What
/// is special in a URL is percent-encoded in it, in a path as well.
///
/// The check asks the database a question that costs nothing, from a thread of its own and over a
/// connection of its own, which it makes when it is run first, keeps, and makes anew when it is
/// broken. A database that does not answer holds that one thread, and no more: whoever asks in the
/// meantime waits for the same answer, and once it hangs for none.
///
/// With @p statistics, /health shows how the application's pool of connections does.
///
/// @returns what is wrong with the URL, or that Qt lacks the driver for it; never a password.
[[nodiscard]] LIVETEMPLATE_EXPORT std::expected<std::shared_ptr<HealthCheck>, QString>
databaseHealthCheckFromUrl(const QString &url, DatabasePoolStatisticsFunction statistics = {});

} // namespace LiveTemplate
