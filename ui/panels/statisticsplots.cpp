// SPDX-FileCopyrightText: 2026 The LiveTemplate for Qt authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "plotdata.h"

#include <QCoreApplication>

using namespace Qt::StringLiterals;

namespace LiveTemplate::Ui {

namespace {

QString tr(const char *text)
{
    return QCoreApplication::translate("LiveTemplate::Ui::StatisticsPlots", text);
}

QString rejectionTitle(Rejection reason)
{
    switch (reason) {
    case Rejection::Capacity:
        return tr("server full");
    case Rejection::GroupCapacity:
        return tr("group full");
    case Rejection::Origin:
        return tr("wrong origin");
    case Rejection::Unauthorized:
        return tr("not authorised");
    case Rejection::BadRequest:
        return tr("bad request");
    case Rejection::TooLarge:
        return tr("too large");
    case Rejection::TimedOut:
        return tr("timed out");
    case Rejection::ShuttingDown:
        return tr("shutting down");
    }
    Q_UNREACHABLE_RETURN({});
}

QList<PlotLine> rejectionLines()
{
    QList<PlotLine> lines;
    for (int i = 0; i < rejectionCount; ++i)
        lines.append({rejectionTitle(Rejection(i)), seriesOf(Rejection(i))});
    return lines;
}

QList<PlotLine> loopLagLines(int shardCount)
{
    const auto series = [](int index) {
        return Series(int(Series::FirstLoopLag) + index);
    };
    if (shardCount > StatisticsHistory::mostShardSeries)
        return {{tr("slowest"), series(0)}, {tr("typical"), series(1)}};
    QList<PlotLine> lines;
    for (int shard = 0; shard < shardCount; ++shard)
        lines.append({tr("thread %1").arg(shard), series(shard)});
    return lines;
}

QList<Plot> trafficPlots()
{
    return {
        {.key = u"connections"_s,
         .title = tr("Connections"),
         .unit = Unit::Count,
         .lines = {{tr("open"), Series::Connections}},
         .meaning = tr("Open live connections: one for each tab that shows a live page."),
         .healthy = tr("Below 80 % of the limit (LVT_MAX_CONNECTIONS), if there is one."),
         .action = tr("Near the limit add a server, or raise it when memory, processor and open "
                      "files allow it. A sudden fall is a network, a proxy or a restart.")},
        {.key = u"groups"_s,
         .title = tr("Session groups"),
         .unit = Unit::Count,
         .lines = {{tr("groups"), Series::Groups}},
         .meaning = tr("Groups with at least one connection: one for each browser, whatever number "
                       "of tabs it has open."),
         .healthy = tr("Somewhat fewer than connections. As many as connections: nobody has two "
                       "tabs, or cookies do not come back."),
         .action = tr("When tabs of one browser are in different groups, look whether a proxy or "
                      "the browser drops the cookie.")},
        {.key = u"actions"_s,
         .title = tr("Actions"),
         .unit = Unit::PerSecond,
         .lines = {{tr("actions"), Series::Actions}},
         .meaning = tr("Actions that clients asked for and that were run: clicks, forms, keys. "
                       "Those that broadcasts cause in other tabs are not among them."),
         .healthy = tr("Any number, as long as action times stay low. One thread does some ten "
                       "thousand simple actions a second."),
         .action = tr("When it rises and action times rise with it, add threads (LVT_THREADS) or a "
                      "server.")},
        {.key = u"broadcasts"_s,
         .title = tr("Broadcasts"),
         .unit = Unit::PerSecond,
         .lines = {{tr("sent"), Series::BroadcastsSent}, {tr("dispatched"), Series::Dispatches}},
         .meaning = tr("Sent: broadcasts that actions made. Dispatched: actions that these put "
                       "into the queues of other tabs of the group, on this server."),
         .healthy = tr("Below 10,000 sent a second. Dispatched divided by sent is the number of "
                       "other tabs that a group has."),
         .action = tr("Look for an action that broadcasts more often than somebody can see, and "
                      "let it broadcast less often.")},
        {.key = u"bytes"_s,
         .title = tr("Traffic"),
         .unit = Unit::BytesPerSecond,
         .lines = {{tr("out"), Series::BytesOut}, {tr("in"), Series::BytesIn}},
         .meaning = tr("Bytes of WebSocket messages to and from clients. Page loads over HTTP are "
                       "not among them."),
         .healthy = tr("Some hundred bytes for each update: only what changed is sent."),
         .action = tr("Large updates come from templates in which much depends on one value, and "
                      "from long lists without keys.")},
    };
}

QList<Plot> timePlots(int shardCount)
{
    return {
        {.key = u"action-time"_s,
         .title = tr("Action time"),
         .unit = Unit::Seconds,
         .lines = {{tr("p50"), Series::ActionP50},
                   {tr("p95"), Series::ActionP95},
                   {tr("p99"), Series::ActionP99}},
         .meaning = tr("How long the controller's methods take: half of all actions at most p50, "
                       "19 of 20 at most p95, 99 of 100 at most p99. Of the ten seconds before."),
         .healthy = tr("p95 below 200 ms; simple actions take some ten microseconds."),
         .action = tr("Compare with render and diff time and with Redis. An action that waits for "
                      "a database belongs into a thread of its own."),
         .headline = 1},
        {.key = u"render-time"_s,
         .title = tr("Render and diff time"),
         .unit = Unit::Seconds,
         .lines = {{tr("render"), Series::BuildP95},
                   {tr("diff"), Series::DiffP95},
                   {tr("whole page"), Series::PageP95}},
         .meaning = tr("Render: from a state to a tree. Diff: comparing it with what the client "
                       "has. Whole page: a page load over HTTP. 19 of 20 take at most so long, of "
                       "the ten seconds before."),
         .healthy = tr("Below 1 ms for usual pages; a table with some hundred rows takes 1 ms."),
         .action = tr("Make lists shorter (pages of a list, say), and keep forloop and filters out "
                      "of long loops.")},
        {.key = u"loop-lag"_s,
         .title = tr("Loop lag"),
         .unit = Unit::Seconds,
         .lines = loopLagLines(shardCount),
         .meaning = tr("How long an event waits until the thread that serves it is free: 99 of 100 "
                       "at most so long, of the ten seconds before."),
         .healthy = tr("Below 10 ms; from 100 ms on visitors feel it."),
         .action = tr("All threads: too little processor time, so add threads (LVT_THREADS) or a "
                      "server. One: an action blocks, or one session group is very busy.")},
        {.key = u"redis-time"_s,
         .title = tr("Redis"),
         .unit = Unit::Seconds,
         .lines = {{tr("command"), Series::RedisCommandP95}, {tr("message"), Series::RedisLagP95}},
         .meaning = tr("Command: from a command's acceptance to its answer. Message: through Redis "
                       "and back. 19 of 20 take at most so long, of the ten seconds before."),
         .healthy = tr("Commands below 50 ms, messages below 100 ms; nearby they take 1 ms."),
         .action = tr("redis-cli --latency and SLOWLOG GET. Look for large states, other users of "
                      "the same Redis, and the distance to it."),
         .isOfRedis = true},
    };
}

QList<Plot> resourcePlots()
{
    return {
        {.key = u"pending"_s,
         .title = tr("Waiting output"),
         .unit = Unit::Bytes,
         .lines = {{tr("waiting"), Series::PendingBytes}},
         .meaning = tr("Bytes that wait in the server for clients that do not read fast enough."),
         .healthy = tr("Near 0. Single clients on bad networks give some KiB for a while."),
         .action = tr("When it stays high, look at the size of updates and at the network of the "
                      "server. A client past its limit (LVT_MAX_PENDING_BYTES) is cut.")},
        {.key = u"rejected"_s,
         .title = tr("Rejected"),
         .unit = Unit::PerSecond,
         .lines = rejectionLines(),
         .meaning = tr("Requests and connections that were refused, by the reason. Reasons that "
                       "did not occur are left out."),
         .healthy = tr("0. A few bad requests come from everybody who scans the network."),
         .action = tr("Server full: add a server. Group full: one visitor opens very many tabs. "
                      "Wrong origin: set LVT_ALLOWED_ORIGINS. Shutting down: the load balancer "
                      "must ask /health/ready more often."),
         .headline = -1,
         .leavesOutZeros = true},
        {.key = u"memory"_s,
         .title = tr("Memory"),
         .unit = Unit::Bytes,
         .lines = {{tr("resident"), Series::ResidentBytes}},
         .meaning = tr("Memory that the process occupies. In the desktop that includes the window; "
                       "the pages themselves are in processes of their own."),
         .healthy = tr("Some ten KiB for each connection, and the states of its group."),
         .action = tr("Divide by the connections. As much as always for each: add a server. More: "
                      "see the waiting output and the size of the states.")},
        {.key = u"cpu"_s,
         .title = tr("Processor"),
         .unit = Unit::Share,
         .lines = {{tr("used"), Series::Cpu}},
         .meaning = tr("Processor time that the process uses: 100 % is one core."),
         .healthy = tr("Below 70 % of the cores that the server may use."),
         .action = tr("With all cores busy, add a server. With one busy and others idle, add "
                      "threads (LVT_THREADS).")},
        {.key = u"open-files"_s,
         .title = tr("Open files"),
         .unit = Unit::Count,
         .lines = {{tr("open"), Series::OpenFiles}},
         .meaning = tr("File descriptors that are open. Each connection takes one."),
         .healthy = tr("Below 80 % of the limit of the process."),
         .action = tr("Raise the limit (LimitNOFILE of the service, ulimit -n of a shell).")},
    };
}

} // namespace

QList<Plot> statisticsPlots(int shardCount)
{
    return trafficPlots() + timePlots(shardCount) + resourcePlots();
}

} // namespace LiveTemplate::Ui
