// SPDX-FileCopyrightText: 2026 The LiveTemplate for Qt authors
// SPDX-License-Identifier: MIT

// The desktop with a full server and a busy Redis: 10,000 connections and 10,000 messages a second
// for a minute, all panels on the screen. Measures for how long any event keeps the window from the
// next one, and what memory it takes; checks that all counts are exact. It starts redis-server,
// livetemplate-load, and itself once more as the one who publishes.

#include "demos.h"
#include "mainwindow.h"
#include "paneldocks.h"
#include "redisclient.h"
#include "redismembership.h"
#include "redispanel.h"
#include "redisserver.h"
#include "server.h"
#include "sessiongroupspanel.h"
#include "tablepanel.h"
#include "watchedapplication.h"

#include <QCommandLineParser>
#include <QCoreApplication>
#include <QDockWidget>
#include <QElapsedTimer>
#include <QEventLoop>
#include <QFile>
#include <QLoggingCategory>
#include <QProcess>
#include <QTemporaryDir>
#include <QTimer>

#include <atomic>
#include <csignal>
#include <cstdio>
#include <cstdlib>

#include <sys/prctl.h>
#include <sys/resource.h>
#include <unistd.h>

using namespace LiveTemplate;
using namespace LiveTemplate::Ui;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {

constexpr auto startTimeout = 60s;

struct Settings
{
    int connections = 10'000;
    int rate = 10'000;
    int seconds = 60;
};

/// What a server publishes for a click, in one of some groups; and one in four is of somebody else.
QByteArray channelOf(int number)
{
    const QByteArray id = QByteArray::number(number % 200).rightJustified(43, 'x') + '=';
    return number % 4 == 0 ? "orders:" + QByteArray::number(number % 200)
                           : "livetemplate:groupaction:group:" + id;
}

/// Publishes at an even pace and prints how many it were.
int publish(const QString &redis, int rate, int seconds)
{
    RedisClient client({.url = *RedisUrl::parse(redis)});
    std::atomic<int> answered = 0;
    int sent = 0;
    QElapsedTimer timer;
    timer.start();
    const qint64 total = qint64(rate) * seconds;
    QTimer pace;
    pace.setTimerType(Qt::PreciseTimer);
    QObject::connect(&pace, &QTimer::timeout, &pace, [&] {
        const qint64 due = std::min(total, timer.elapsed() * rate / 1000);
        for (; sent < due && sent - answered < 50'000; ++sent) {
            client.command({"PUBLISH", channelOf(sent),
                            R"({"type":"group_action","instance_id":"bench","seq":)"
                                + QByteArray::number(sent) + R"(,"action":"increment","data":{}})"},
                           [&answered](const RedisClient::Reply &reply) {
                               if (reply)
                                   ++answered;
                           });
        }
        if (sent == total && answered == sent)
            QCoreApplication::quit();
    });
    pace.start(5ms);
    QTimer::singleShot(std::chrono::seconds(seconds) + startTimeout, &pace,
                       &QCoreApplication::quit);
    QCoreApplication::exec();
    std::printf("%d\n", answered.load());
    return answered == total ? EXIT_SUCCESS : EXIT_FAILURE;
}

bool waitUntil(const std::function<bool()> &done, std::chrono::milliseconds timeout)
{
    QElapsedTimer timer;
    timer.start();
    while (!done()) {
        if (timer.durationElapsed() > timeout)
            return false;
        QEventLoop loop;
        QTimer::singleShot(20ms, &loop, &QEventLoop::quit);
        loop.exec();
    }
    return true;
}

double residentMebibytes()
{
    QFile file(u"/proc/self/statm"_s);
    if (!file.open(QIODevice::ReadOnly))
        return 0;
    return file.readAll().split(' ').value(1).toDouble() * double(sysconf(_SC_PAGESIZE)) / 1048576;
}

double milliseconds(std::chrono::nanoseconds time)
{
    return double(time.count()) / 1e6;
}

void startAfter(QProcess &process, const QString &program, const QStringList &arguments)
{
    process.setChildProcessModifier([] { prctl(PR_SET_PDEATHSIG, SIGTERM); });
    process.setProcessChannelMode(QProcess::ForwardedErrorChannel);
    process.start(program, arguments);
}

template<typename PanelType>
PanelType &panelOf(const MainWindow &window)
{
    for (Panel *panel : window.panels().panels()) {
        if (auto *found = qobject_cast<PanelType *>(panel))
            return *found;
    }
    qFatal("There is no such panel.");
}

/// Each panel in a window of its own, so that all of them are seen.
void showAll(const MainWindow &window)
{
    for (Panel *panel : window.panels().panels()) {
        QDockWidget *dock = window.panels().dock(*panel);
        dock->setFloating(true);
        dock->resize(1200, 600);
        dock->show();
    }
}

bool report(const char *what, const QString &measured, const char *target, bool isReached)
{
    std::printf("%-58s %16s   %-14s %s\n", what, qUtf8Printable(measured), target,
                isReached ? "" : "MISSED");
    return isReached;
}

int run(WatchedApplication &application, const Settings &settings)
{
    RedisServer redis;
    if (!redis.start())
        qFatal("%s", redis.log().constData());
    const QString url = u"redis://127.0.0.1:%1"_s.arg(redis.port());
    RedisMembership membership;
    ServerOptions options;
    options.actionHistory = 50;
    options.sessionStore = membership.sessionStore();
    options.broadcaster = membership.broadcaster();
    Server server(options);
    Demos::mountSamplePages(server);
    if (!server.listen())
        qFatal("%s", qUtf8Printable(server.errorString()));
    const QTemporaryDir profile;
    DashboardOptions dashboard;
    dashboard.redisUrl = url;
    MainWindow window(server, UserDirectories::inside(profile.path()), dashboard, &membership);
    window.show();
    showAll(window);
    auto &panel = panelOf<RedisPanel>(window);
    auto &sessions = panelOf<SessionGroupsPanel>(window);

    QProcess load;
    const int idle = settings.seconds + 60;
    startAfter(load, QStringLiteral(LOAD_PROGRAM),
               {server.url(u"/counter"_s).toString(), u"-n"_s,
                QString::number(settings.connections), u"-b"_s,
                QString::number(settings.connections / 4), u"--idle"_s, QString::number(idle)});
    const auto opened = [&] {
        return server.statistics().gauges.connections >= settings.connections
            && membership.state() == RedisMembership::State::Joined
            && panel.observer().status().state == RedisObserverStatus::State::Connected;
    };
    if (!waitUntil(opened, 4 * startTimeout))
        qFatal("Not all connections were opened: %lld",
               qlonglong(server.statistics().gauges.connections));
    waitUntil([] { return false; }, 3s); // let it come to rest

    application.startOver();
    const double memoryBefore = residentMebibytes();
    QProcess publisher;
    startAfter(publisher, QCoreApplication::applicationFilePath(),
               {u"--publish"_s, url, u"--rate"_s, QString::number(settings.rate), u"--seconds"_s,
                QString::number(settings.seconds)});
    double memoryAtHalf = 0;
    QTimer::singleShot(std::chrono::seconds(settings.seconds) / 2, &window,
                       [&] { memoryAtHalf = residentMebibytes(); });
    waitUntil([&] { return publisher.state() == QProcess::NotRunning; },
              std::chrono::seconds(settings.seconds) + 2 * startTimeout);
    waitUntil([] { return false; }, 3s); // the last batch, and one more look
    const auto blocks = application.blocks();
    const double memoryAfter = residentMebibytes();

    const qint64 published = publisher.readAllStandardOutput().trimmed().toLongLong();
    const RedisObservation &seen = panel.observation();
    quint64 counted = 0;
    for (const RedisChannel &channel : seen.channels) {
        if (channel.name.startsWith("orders:") || channel.name.contains(":group:xxxx"))
            counted += channel.messages;
    }
    const qsizetype rows = sessions.connectionTable().model().totalCount();
    const qint64 open = server.statistics().gauges.connections;

    std::printf("\n%d connections, %d messages/s for %d s, every panel on the screen\n\n",
                settings.connections, settings.rate, settings.seconds);
    bool isReached = true;
    isReached &= report("longest event of the window's thread, wall clock",
                        u"%1 ms"_s.arg(milliseconds(blocks.longest), 0, 'f', 1), "<= 100 ms",
                        blocks.longest <= 100ms);
    report("longest event, processor time",
           u"%1 ms"_s.arg(milliseconds(blocks.longestProcessorTime), 0, 'f', 1), "<= 100 ms",
           blocks.longestProcessorTime <= 100ms);
    std::printf("  (it was event %d of %s)\n", blocks.longestType,
                blocks.longestReceiver.constData());
    report("events of 20 ms and more", u"%1 of %2"_s.arg(blocks.noticeable).arg(blocks.events), "",
           true);
    isReached &= report("messages published and counted by the panel",
                        u"%1 %2"_s.arg(published).arg(counted), "equal",
                        quint64(published) == counted && published > 0);
    isReached &= report("messages that the stream did not get",
                        QString::number(seen.droppedMessages), "0", seen.droppedMessages == 0);
    report("messages that arrived in the stream", QString::number(panel.messages().arrivedCount()),
           "", true);
    isReached &= report("connections of the server and rows of the table",
                        u"%1 %2"_s.arg(open).arg(rows), "equal", open == rows);
    report("resident memory before, at half time, after",
           u"%1 %2 %3 MiB"_s.arg(memoryBefore, 0, 'f', 0)
               .arg(memoryAtHalf, 0, 'f', 0)
               .arg(memoryAfter, 0, 'f', 0),
           "bounded", memoryAfter < memoryAtHalf + 64);

    load.terminate();
    load.waitForFinished(20'000);
    return isReached ? EXIT_SUCCESS : EXIT_FAILURE;
}

} // namespace

int main(int argc, char *argv[])
{
    QLoggingCategory::setFilterRules(u"livetemplate.*.info=false"_s);
    const bool isPublisher = argc > 1 && qstrcmp(argv[1], "--publish") == 0;
    if (isPublisher) {
        const QCoreApplication application(argc, argv);
        const QStringList arguments = QCoreApplication::arguments();
        return publish(arguments.value(2), arguments.value(4).toInt(), arguments.value(6).toInt());
    }
    rlimit files{};
    getrlimit(RLIMIT_NOFILE, &files);
    files.rlim_cur = files.rlim_max;
    setrlimit(RLIMIT_NOFILE, &files);
    // Chromium refuses to run its sandbox as root.
    if (geteuid() == 0)
        qputenv("QTWEBENGINE_DISABLE_SANDBOX", "1");
    if (!qEnvironmentVariableIsSet("QT_QPA_PLATFORM"))
        qputenv("QT_QPA_PLATFORM", "offscreen");
    WatchedApplication application(argc, argv);
    QCommandLineParser parser;
    parser.addHelpOption();
    parser.addOption({u"connections"_s, u"How many tabs are open."_s, u"NUMBER"_s, u"10000"_s});
    parser.addOption({u"rate"_s, u"Messages a second."_s, u"NUMBER"_s, u"10000"_s});
    parser.addOption({u"seconds"_s, u"For how long."_s, u"NUMBER"_s, u"60"_s});
    parser.process(application);
    return run(application,
               {.connections = parser.value(u"connections"_s).toInt(),
                .rate = parser.value(u"rate"_s).toInt(),
                .seconds = parser.value(u"seconds"_s).toInt()});
}
