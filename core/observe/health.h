// SPDX-FileCopyrightText: 2026 The LiveTemplate for Qt authors
// SPDX-License-Identifier: MIT

#pragma once

#include "livetemplate_export.h"

#include <QByteArray>
#include <QDateTime>
#include <QHash>
#include <QJsonObject>
#include <QList>
#include <QString>

#include <chrono>
#include <expected>
#include <functional>
#include <memory>
#include <utility>

class QObject;

namespace LiveTemplate {

/// Finds out whether something that the server needs can be used: Redis, a database.
///
/// Threading: all functions are called from the server's threads, several at once when it has
/// several. So is the destructor: a check lives until its last run is over.
class LIVETEMPLATE_EXPORT HealthCheck
{
public:
    /// Nothing when all is well, otherwise what is wrong, for whoever operates the server.
    using Result = std::expected<void, QString>;
    using Done = std::function<void(Result)>;

    virtual ~HealthCheck();

    /// A check by @p function, which must not block: one that looks at what is known already.
    [[nodiscard]] static std::shared_ptr<HealthCheck> fromFunction(
        const QString &name, std::function<Result()> function);

    /// By what the check is known, "redis" for example; the same each time.
    [[nodiscard]] virtual QString name() const = 0;

    /// What a load balancer is told when the check fails. By default made of the name: "Redis
    /// unavailable".
    [[nodiscard]] virtual QString unavailableText() const;

    /// What /health shows of the check besides its result, of what is known already; nothing by
    /// default. Called after each run, in the thread that asked for it, which it must not block.
    [[nodiscard]] virtual QJsonObject details() const;

    /// Starts the check and returns at once. Calls @p done, now or later, from any thread; calls
    /// that come too late, and all but the first, have no effect.
    virtual void run(Done done) = 0;
};

/// What the checks of a server found.
struct LIVETEMPLATE_EXPORT HealthReport
{
    bool healthy = true;
    /// The name of each check, and "ok" or "error: " and what is wrong.
    QList<std::pair<QString, QString>> checks;
    /// HealthCheck::unavailableText() of the first check that failed; empty when all is well.
    QString firstFailureText;
    /// HealthCheck::details() by the check's name, of those that have any.
    QHash<QString, QJsonObject> details = {};

    /// What /health/live answers, always with status 200.
    [[nodiscard]] static QByteArray liveBody();

    /// What /health/ready answers, with status 200 when healthy and 503 otherwise.
    [[nodiscard]] QByteArray readyBody() const;

    /// What /health answers, with the same status: a JSON object with status ("healthy" or
    /// "unhealthy"), checks, timestamp (RFC 3339, UTC) and active_connections.
    ///
    /// A check is a string, as in checks, or when it has details an object: those, with status
    /// ("ok" or "error") and in the latter case error.
    [[nodiscard]] QByteArray json(qint64 activeConnections, const QDateTime &timestamp) const;
};

/// The checks of a server.
///
/// Threading: all functions may be called from any thread.
class LIVETEMPLATE_EXPORT Health
{
public:
    /// As long as probes wait by the scaling guide.
    static constexpr std::chrono::milliseconds defaultBudget = std::chrono::seconds(3);

    Health();
    /// Checks that run go on, and give their reports.
    ~Health();
    Q_DISABLE_COPY_MOVE(Health)

    /// Replaces an earlier check of the same name.
    void addCheck(std::shared_ptr<HealthCheck> check);

    /// Runs all checks at once and calls @p done with what they found; when there are none, before
    /// it returns. A check that has not answered after @p budget has failed. Never blocks.
    ///
    /// @p done is called once, in the calling thread, which needs an event loop; not at all when
    /// @p context, which must live in that thread, is gone by then.
    void check(QObject *context, std::chrono::milliseconds budget,
               std::function<void(const HealthReport &)> done) const;

private:
    class Private;
    std::unique_ptr<Private> d;
};

} // namespace LiveTemplate
