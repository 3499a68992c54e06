// SPDX-FileCopyrightText: 2026 The LiveTemplate for Qt authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "alertrules.h"

#include <QCoreApplication>

#include <algorithm>
#include <cmath>

using namespace std::chrono_literals;
using namespace Qt::StringLiterals;

namespace LiveTemplate::Ui {

namespace {

using History = StatisticsHistory;
using Counters = ServerStatistics::Counters;
using Redis = ServerStatistics::Redis;

QString tr(const char *text)
{
    return QCoreApplication::translate("LiveTemplate::Ui::AlertRules", text);
}

constexpr auto window = 5min;

AlertRule::Number constant(double value)
{
    return [value](const History &) {
        return value;
    };
}

History::Increase increase(const History &history, quint64 Counters::*field,
                           std::chrono::seconds over = window)
{
    return history.increase(over, [field](const History::Sample &sample) {
        return sample.counters.*field;
    });
}

History::Increase increase(const History &history, quint64 Redis::*field,
                           std::chrono::seconds over = window)
{
    return history.increase(over, [field](const History::Sample &sample) {
        return sample.redis ? (*sample.redis).*field : 0;
    });
}

AlertRule::Number amount(quint64 Counters::*field)
{
    return [field](const History &history) {
        return increase(history, field).amount;
    };
}

AlertRule::Number rate(quint64 Counters::*field)
{
    return [field](const History &history) {
        return increase(history, field).rate();
    };
}

/// Nothing where there is no Redis.
AlertRule::Number ofRedis(std::function<double(const History &, const Redis &)> value)
{
    return [value = std::move(value)](const History &history) {
        const auto &redis = history.newest().redis;
        return redis ? value(history, *redis) : History::none;
    };
}

AlertRule::Number redisAmount(quint64 Redis::*field, std::chrono::seconds over = window)
{
    return ofRedis([field, over](const History &history, const Redis &) {
        return increase(history, field, over).amount;
    });
}

AlertRule::Number quantile(History::Duration duration, double quantile)
{
    return [=](const History &history) {
        return history.recentQuantile(duration, quantile);
    };
}

double share(double part, double whole)
{
    return whole > 0 ? part / whole : History::none;
}

double connectionShare(const History &history)
{
    return share(double(history.newest().gauges.connections), double(history.limits().connections));
}

double fileShare(const History &history)
{
    const ServerStatistics::Process &process = history.newest().process;
    return process.openFiles && process.maxFiles
        ? share(double(*process.openFiles), double(*process.maxFiles))
        : History::none;
}

double rejectedConnections(const History &history)
{
    return history
        .increase(window,
                  [](const History::Sample &sample) {
                      return sample.counters.rejected(Rejection::Capacity)
                          + sample.counters.rejected(Rejection::GroupCapacity)
                          + sample.counters.rejected(Rejection::ShuttingDown);
                  })
        .amount;
}

QList<AlertRule> connectionRules()
{
    return {
        {.name = u"LiveTemplateConnectionsNearLimit"_s,
         .severity = Severity::Warning,
         .title = tr("Connections near their limit"),
         .meaning = tr("Past the limit new visitors are turned away with 503."),
         .action = tr("Add a server, or raise the limit (LVT_MAX_CONNECTIONS) when memory, "
                      "processor and open files allow it."),
         .unit = Unit::Share,
         .plot = u"connections"_s,
         .duration = 5min,
         .value = connectionShare,
         .threshold = constant(0.8),
         .plotThreshold =
             [](const History &history) {
                 const int limit = history.limits().connections;
                 return limit > 0 ? 0.8 * limit : History::none;
             }},
        {.name = u"LiveTemplateConnectionsRejected"_s,
         .severity = Severity::Critical,
         .title = tr("Connections turned away in five minutes"),
         .meaning = tr("The server or session groups are full, or the server is shutting down and "
                       "the load balancer does not know."),
         .action = tr("See which reason it is. Capacity: add a server. Group full: one visitor "
                      "opens very many tabs. Shutting down: the load balancer must ask "
                      "/health/ready more often."),
         .unit = Unit::Count,
         .duration = 0s,
         .value = rejectedConnections,
         .threshold = constant(100)},
    };
}

QList<AlertRule> performanceRules()
{
    const QString lagAction = tr(
        "Look which thread it is. All of them: too little processor time, so add threads "
        "(LVT_THREADS) or a server. One: an action blocks, or one session group is very busy.");
    return {
        {.name = u"LiveTemplateActionsSlow"_s,
         .title = tr("Actions are slow"),
         .meaning = tr("One action in twenty takes longer. Its visitor waits, and so do all others "
                       "of the same thread."),
         .action = tr("Compare with render and diff time and with Redis to see which part is slow. "
                      "An action that waits for a database belongs into a thread of its own."),
         .unit = Unit::Seconds,
         .plot = u"action-time"_s,
         .duration = 5min,
         .value = quantile(History::Duration::Action, 0.95),
         .threshold = constant(0.2)},
        {.name = u"LiveTemplateEventLoopLag"_s,
         .title = tr("Events wait for a thread"),
         .meaning = tr("A thread that serves is busy or blocked, and everybody on it waits."),
         .action = lagAction,
         .unit = Unit::Seconds,
         .plot = u"loop-lag"_s,
         .duration = 5min,
         .value = quantile(History::Duration::LoopLag, 0.99),
         .threshold = constant(0.1)},
        {.name = u"LiveTemplateEventLoopBlocked"_s,
         .severity = Severity::Critical,
         .title = tr("A thread is blocked"),
         .meaning = tr("Pages do not react. Probes of the load balancer may fail, too."),
         .action = lagAction
             + tr(" Take the server out of the load balancer if it does not get better by itself."),
         .unit = Unit::Seconds,
         .plot = u"loop-lag"_s,
         .duration = 2min,
         .value = quantile(History::Duration::LoopLag, 0.99),
         .threshold = constant(1)},
        {.name = u"LiveTemplateBroadcastRateHigh"_s,
         .title = tr("Very many broadcasts"),
         .meaning = tr("Each broadcast runs an action on every tab of its group, and goes to every "
                       "other server by way of Redis."),
         .action = tr("Look for an action that broadcasts more often than somebody can see, and "
                      "let it broadcast less often."),
         .unit = Unit::PerSecond,
         .plot = u"broadcasts"_s,
         .duration = 5min,
         .value = rate(&Counters::broadcastsSent),
         .threshold = constant(10000)},
        {.name = u"LiveTemplateBroadcastsDropped"_s,
         .title = tr("Broadcasts are dropped"),
         .meaning = tr("More broadcasts come than connections can work off: some tabs show old "
                       "things until their next update."),
         .action = tr("When actions are slow, see to that first. Otherwise let actions broadcast "
                      "less often; LVT_MAX_PENDING_BROADCASTS is the limit."),
         .unit = Unit::Count,
         .duration = 5min,
         .value = amount(&Counters::dispatchesDropped),
         .threshold = constant(0)},
        {.name = u"LiveTemplateErrors"_s,
         .title = tr("Many errors"),
         .meaning = tr("More than one action in twenty fails, or pages cannot be mounted or "
                       "rendered. Refused forms count as well."),
         .action = tr("Read the log from the category livetemplate.controller on. After an update "
                      "of the program, go back to the version before."),
         .unit = Unit::PerSecond,
         .duration = 5min,
         .value = rate(&Counters::errors),
         .threshold =
             [](const History &history) {
                 const double actions = increase(history, &Counters::actionsProcessed).rate();
                 return std::fmax(0.1, 0.05 * actions);
             }},
        {.name = u"LiveTemplateSlowClients"_s,
         .title = tr("Many clients do not read"),
         .meaning = tr("Connections that do not read are closed. One by one these are bad "
                       "networks; many at once are the network of the server, or updates that are "
                       "too large."),
         .action = tr("See the waiting output, the size of updates, and the network of the server "
                      "and of the load balancer."),
         .unit = Unit::PerSecond,
         .duration = 10min,
         .value = rate(&Counters::slowClientCloses),
         .threshold = constant(1)},
    };
}

QList<AlertRule> resourceRules()
{
    return {
        {.name = u"LiveTemplateMemoryHigh"_s,
         .severity = Severity::Critical,
         .title = tr("Very much memory"),
         .meaning = tr("The system will end the server when there is no more. The threshold is for "
                       "a machine with 16 GB."),
         .action = tr("Divide by the connections. As much as always for each: add a server. More: "
                      "see the waiting output, the groups and the size of the states."),
         .unit = Unit::Bytes,
         .plot = u"memory"_s,
         .duration = 5min,
         .value =
             [](const History &history) {
                 const auto &bytes = history.newest().process.residentBytes;
                 return bytes ? double(*bytes) : History::none;
             },
         .threshold = constant(13e9)},
        {.name = u"LiveTemplateFilesNearLimit"_s,
         .title = tr("Open files near their limit"),
         .meaning = tr("Each connection takes one. Past the limit, connections are not accepted "
                       "any more."),
         .action = tr("Raise the limit of open files (LimitNOFILE of the service, ulimit -n of a "
                      "shell); LVT_MAX_CONNECTIONS should be below it."),
         .unit = Unit::Share,
         .plot = u"open-files"_s,
         .duration = 5min,
         .value = fileShare,
         .threshold = constant(0.8),
         .plotThreshold =
             [](const History &history) {
                 const auto &limit = history.newest().process.maxFiles;
                 return limit ? 0.8 * double(*limit) : History::none;
             }},
    };
}

QList<AlertRule> redisRules()
{
    return {
        {.name = u"LiveTemplateRedisGone"_s,
         .severity = Severity::Critical,
         .title = tr("Redis cannot be used"),
         .meaning = tr("States are not saved where other servers find them, and pages on several "
                       "servers do not follow each other."),
         .action = tr("Redis is down, or its network, name resolution or password is wrong; the "
                      "log tells which."),
         .unit = Unit::YesNo,
         .duration = 1min,
         .value = ofRedis([](const History &, const Redis &redis) { return !redis.isConnected; }),
         .threshold = constant(0)},
        {.name = u"LiveTemplateRedisSubscriptionsGone"_s,
         .severity = Severity::Critical,
         .title = tr("Nothing is heard of other servers"),
         .meaning = tr("Commands reach Redis, but messages of other servers do not reach this one: "
                       "its tabs do not follow tabs elsewhere."),
         .action = tr("See the log. Often an access list lets the user run commands but not "
                      "subscribe (ACL: &livetemplate:*)."),
         .unit = Unit::YesNo,
         .duration = 1min,
         .value = ofRedis([](const History &, const Redis &redis) {
             return redis.isConnected && !redis.isSubscribed;
         }),
         .threshold = constant(0)},
        {.name = u"LiveTemplateRedisFlapping"_s,
         .title = tr("Redis is lost again and again"),
         .meaning = tr("The connection is made and lost again."),
         .action = tr("See the log for the reason, and in Redis CLIENT LIST, maxclients, timeout "
                      "and client-output-buffer-limit."),
         .unit = Unit::Count,
         .duration = 0s,
         .value = redisAmount(&Redis::reconnects, 15min),
         .threshold = constant(5)},
        {.name = u"LiveTemplateRedisSlow"_s,
         .title = tr("Redis is slow"),
         .meaning = tr("One command in twenty takes longer. Page loads wait for the state to be "
                       "loaded."),
         .action = tr("redis-cli --latency and SLOWLOG GET. Look for large states, for other users "
                      "of the same Redis, for swapping and for the distance to it."),
         .unit = Unit::Seconds,
         .plot = u"redis-time"_s,
         .duration = 5min,
         .value = quantile(History::Duration::RedisCommand, 0.95),
         .threshold = constant(0.05)},
        {.name = u"LiveTemplateRedisErrors"_s,
         .title = tr("Commands for Redis fail"),
         .meaning = tr("More than one command in a hundred is refused, or not answered in time."),
         .action = tr("The log has the errors. OOM: give Redis memory. READONLY: the server talks "
                      "to a replica. NOPERM: the user's access list."),
         .unit = Unit::PerSecond,
         .duration = 5min,
         .value = ofRedis([](const History &history, const Redis &) {
             return increase(history, &Redis::commandErrors).rate()
                 + increase(history, &Redis::commandTimeouts).rate();
         }),
         .threshold = ofRedis([](const History &history, const Redis &) {
             return 0.01 * increase(history, &Redis::commands).rate();
         })},
        {.name = u"LiveTemplateRedisCommandsRefused"_s,
         .severity = Severity::Critical,
         .title = tr("Commands for Redis are dropped"),
         .meaning = tr("More commands waited than may wait: Redis is slower than what it is asked "
                       "for."),
         .action = tr("As for a slow Redis, or one that cannot be used."),
         .unit = Unit::Count,
         .duration = 0s,
         .value = redisAmount(&Redis::commandsRefused),
         .threshold = constant(0)},
        {.name = u"LiveTemplateSessionFallback"_s,
         .severity = Severity::Critical,
         .title = tr("States are kept in memory"),
         .meaning = tr("Redis cannot be used. What visitors do now is lost when this server ends "
                       "before Redis is back, and other servers do not see it."),
         .action = tr("Bring Redis back, and do not start this server anew before all states are "
                      "written."),
         .unit = Unit::YesNo,
         .duration = 1min,
         .value = ofRedis([](const History &, const Redis &redis) { return redis.isFallback; }),
         .threshold = constant(0)},
        {.name = u"LiveTemplateSessionsUnwritten"_s,
         .title = tr("States are not in Redis yet"),
         .meaning = tr("Redis is back, but has not taken everything that was kept in memory."),
         .action = tr("See the log for why saving fails, and do not end this server before."),
         .unit = Unit::Count,
         .duration = 10min,
         .value = ofRedis([](const History &, const Redis &redis) {
             return redis.isFallback ? 0 : double(redis.unwrittenStates);
         }),
         .threshold = constant(0)},
        {.name = u"LiveTemplatePubSubLag"_s,
         .title = tr("Messages are slow through Redis"),
         .meaning = tr("Tabs on different servers follow each other late."),
         .action = tr("Redis or the network is busy; or the processor of this server, see the lag "
                      "of its threads."),
         .unit = Unit::Seconds,
         .plot = u"redis-time"_s,
         .duration = 5min,
         .value = quantile(History::Duration::RedisLag, 0.95),
         .threshold = constant(0.1)},
        {.name = u"LiveTemplatePubSubProbesLost"_s,
         .severity = Severity::Critical,
         .title = tr("Messages through Redis get lost"),
         .meaning = tr("Both connections to Redis seem to be well, and still messages do not come "
                       "back: tabs on other servers miss updates."),
         .action = tr("Often the server publishes to one Redis and listens to another: after a "
                      "failover to an isolated master, or behind a proxy."),
         .unit = Unit::Count,
         .duration = 5min,
         .value = ofRedis([](const History &history, const Redis &redis) {
             return redis.isConnected && redis.isSubscribed
                 ? increase(history, &Redis::probesLost).amount
                 : 0;
         }),
         .threshold = constant(2)},
        {.name = u"LiveTemplatePublishErrors"_s,
         .title = tr("Messages could not be published"),
         .meaning = tr("Tabs on other servers have missed updates; they get the next one."),
         .action = tr("When Redis is well otherwise, its access list may forbid publishing (ACL: "
                      "&livetemplate:*)."),
         .unit = Unit::Count,
         .duration = 2min,
         .value = redisAmount(&Redis::publishErrors),
         .threshold = constant(0)},
    };
}

} // namespace

QList<AlertRule> alertRules()
{
    return connectionRules() + performanceRules() + resourceRules() + redisRules();
}

QString severityName(Severity severity)
{
    switch (severity) {
    case Severity::Information:
        return tr("Information");
    case Severity::Warning:
        return tr("Warning");
    case Severity::Critical:
        return tr("Critical");
    }
    Q_UNREACHABLE_RETURN({});
}

} // namespace LiveTemplate::Ui
