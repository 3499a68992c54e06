// SPDX-FileCopyrightText: 2026 The LiveTemplate for Qt authors
// SPDX-License-Identifier: MIT

// What it takes to be joined with other servers by a Redis: the way of a broadcast from one to the
// other, the time of who publishes and who receives, and states that are saved and loaded. It
// starts redis-server and livetemplate-server, and prints what it measured beside the targets.

#include "redisbroadcaster.h"
#include "redisclient.h"
#include "redisserver.h"
#include "redissessionstore.h"

#include <QCommandLineParser>
#include <QCoreApplication>
#include <QElapsedTimer>
#include <QEventLoop>
#include <QJsonDocument>
#include <QJsonObject>
#include <QNetworkRequest>
#include <QProcess>
#include <QQueue>
#include <QRandomGenerator>
#include <QTcpSocket>
#include <QTimer>
#include <QUrl>
#include <QWebSocket>

#include <algorithm>
#include <atomic>
#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <deque>
#include <fstream>
#include <functional>
#include <future>
#include <memory>
#include <optional>
#include <string>
#include <thread>
#include <vector>

#include <poll.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

using namespace LiveTemplate;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {

constexpr int startTimeout = 20'000;

struct Settings
{
    int repeat = 3;
    bool quick = false;

    [[nodiscard]] int seconds() const { return quick ? 2 : 10; }
    [[nodiscard]] int foreignMessages() const { return quick ? 50'000 : 500'000; }
    [[nodiscard]] int tabMessages() const { return quick ? 5'000 : 50'000; }
    [[nodiscard]] int publishes() const { return quick ? 5'000 : 50'000; }
    [[nodiscard]] int states() const { return quick ? 1'000 : 10'000; }
};

constexpr int broadcastRate = 1'000;
constexpr int groups = 50;
/// Messages that are on their way to Redis at the same time.
constexpr int publishWindow = 2'000;

class Samples
{
public:
    void add(double value) { m_values.push_back(value); }

    [[nodiscard]] std::optional<double> quantile(double fraction) const
    {
        if (m_values.empty())
            return std::nullopt;
        std::vector<double> sorted = m_values;
        std::ranges::sort(sorted);
        return sorted[std::size_t(fraction * double(sorted.size() - 1) + 0.5)];
    }
    [[nodiscard]] std::optional<double> median() const { return quantile(0.5); }

private:
    std::vector<double> m_values;
};

/// livetemplate-server on that Redis.
class ServerProgram
{
public:
    explicit ServerProgram(const QString &redis)
    {
        QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
        environment.insert(u"QT_LOGGING_RULES"_s, u"livetemplate.*.info=false"_s);
        m_process.setProcessEnvironment(environment);
        m_process.setProcessChannelMode(QProcess::ForwardedErrorChannel);
        m_process.setChildProcessModifier([] { prctl(PR_SET_PDEATHSIG, SIGTERM); });
        m_process.start(QStringLiteral(SERVER_PROGRAM),
                        {u"--listen"_s, u"127.0.0.1:0"_s, u"--redis"_s, redis,
                         u"--message-rate=0"_s});
        if (m_process.waitForStarted(startTimeout) && m_process.waitForReadyRead(startTimeout))
            m_url = QUrl(QString::fromUtf8(m_process.readLine()).trimmed().section(u' ', 1));
        m_url.setPath(u"/counter"_s);
    }
    ~ServerProgram()
    {
        m_process.terminate();
        if (!m_process.waitForFinished(startTimeout))
            m_process.kill();
        m_process.waitForFinished();
    }
    Q_DISABLE_COPY_MOVE(ServerProgram)

    [[nodiscard]] bool isListening() const { return m_url.port() > 0; }
    [[nodiscard]] QUrl url() const { return m_url; }

    /// Seconds of processor time so far, of all its threads.
    [[nodiscard]] double processorTime() const
    {
        std::ifstream file("/proc/" + std::to_string(m_process.processId()) + "/stat");
        std::string text((std::istreambuf_iterator<char>(file)), std::istreambuf_iterator<char>());
        const QList<QByteArray> fields = QByteArray::fromStdString(text.substr(text.rfind(')') + 2))
                                             .split(' ');
        return double(fields.value(11).toLongLong() + fields.value(12).toLongLong())
            / double(sysconf(_SC_CLK_TCK));
    }

    /// A line of /metrics.
    [[nodiscard]] double metric(const QByteArray &name) const
    {
        QTcpSocket socket;
        socket.connectToHost(m_url.host(), quint16(m_url.port()));
        socket.write("GET /metrics HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n");
        QByteArray answer;
        while (socket.waitForReadyRead(startTimeout))
            answer += socket.readAll();
        for (const QByteArray &line : answer.split('\n')) {
            if (line.startsWith(name + ' '))
                return line.mid(name.size() + 1).toDouble();
        }
        return 0;
    }

private:
    QProcess m_process;
    QUrl m_url;
};

/// 44 characters of base64url, as a session cookie has.
QByteArray newGroup()
{
    QByteArray bytes(32, Qt::Uninitialized);
    QRandomGenerator::system()->generate(bytes.begin(), bytes.end());
    return bytes.toBase64(QByteArray::Base64UrlEncoding);
}

/// Runs the event loop until @p done or a time that is too long; whether it was done.
bool waitUntil(const std::function<bool()> &done, std::chrono::milliseconds timeout = 20s)
{
    QElapsedTimer timer;
    timer.start();
    while (!done()) {
        if (timer.durationElapsed() > timeout)
            return false;
        QEventLoop loop;
        QTimer::singleShot(5ms, &loop, &QEventLoop::quit);
        loop.exec();
    }
    return true;
}

/// Open tabs, whose messages are thrown away in a thread of their own.
class DrainedTabs
{
public:
    DrainedTabs(const QUrl &page, const QList<QByteArray> &cookies)
    {
        for (const QByteArray &cookie : cookies) {
            QTcpSocket socket;
            socket.connectToHost(page.host(), quint16(page.port()));
            if (!socket.waitForConnected(startTimeout))
                continue;
            socket.write("GET " + page.path().toLatin1()
                         + " HTTP/1.1\r\nHost: localhost\r\nUpgrade: websocket\r\n"
                           "Connection: Upgrade\r\nSec-WebSocket-Version: 13\r\n"
                           "Sec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\nCookie: livetemplate-id="
                         + cookie + "\r\n\r\n");
            // The answer to the handshake, and the first message.
            QByteArray head;
            while (!head.contains("\"tree\"") && socket.waitForReadyRead(startTimeout))
                head += socket.readAll();
            m_sockets.push_back(::dup(int(socket.socketDescriptor())));
            m_files.push_back({m_sockets.back(), POLLIN, 0});
            // Qt closes its own descriptor; this one stays.
        }
        m_thread = std::thread([this] { drain(); });
    }
    ~DrainedTabs()
    {
        m_ends = true;
        m_thread.join();
        for (const int socket : m_sockets)
            ::close(socket);
    }
    Q_DISABLE_COPY_MOVE(DrainedTabs)

private:
    void drain()
    {
        std::vector<char> buffer(64 * 1024);
        while (!m_ends) {
            if (::poll(m_files.data(), m_files.size(), 50) <= 0)
                continue;
            for (pollfd &file : m_files) {
                if (file.revents != 0 && ::recv(file.fd, buffer.data(), buffer.size(), 0) <= 0)
                    file.fd = -1;
            }
        }
    }

    std::vector<int> m_sockets;
    std::vector<pollfd> m_files;
    std::atomic_bool m_ends = false;
    std::thread m_thread;
};

/// Publishes as another server would, as fast as Redis takes it or at a rate.
class Publisher
{
public:
    explicit Publisher(const QString &redis)
        : m_client({.url = *RedisUrl::parse(redis), .commandTimeout = 60s})
    {
    }

    void publish(const QByteArray &group, const QByteArray &action)
    {
        while (m_waiting.load() >= publishWindow)
            std::this_thread::sleep_for(100us);
        ++m_waiting;
        const QByteArray payload = R"({"type":"group_action","groupID":")" + group
            + R"(","action":")" + action + R"(","data":{"from":"bench"},"seq":)"
            + QByteArray::number(++m_seq)
            + R"(,"timestamp":"2026-01-02T03:04:05.678901234Z","instanceID":"7f3c0f2e-8a53-4d6c-9f51-5f3a3e0c9b1d"})";
        m_client.command({"PUBLISH", "livetemplate:groupaction:group:" + group, payload},
                         [this](const RedisClient::Reply &) { --m_waiting; },
                         {.keyIndex = -1, .waitForConnection = true});
    }
    void finish()
    {
        while (m_waiting.load() > 0)
            std::this_thread::sleep_for(1ms);
    }

private:
    std::atomic<int> m_waiting = 0;
    qint64 m_seq = 0;
    RedisClient m_client;
};

struct Figure
{
    QString name;
    QString unit;
    std::optional<double> atMost;
    std::optional<double> atLeast;
    Samples samples;
};

class Bench
{
public:
    explicit Bench(const Settings &settings)
        : m_settings(settings)
    {
    }

    bool run()
    {
        for (int i = 0; i < m_settings.repeat; ++i) {
            std::fprintf(stderr, "bench_redis: %d of %d\n", i + 1, m_settings.repeat);
            RedisServer redis;
            if (!redis.start()) {
                std::fprintf(stderr, "bench_redis: redis-server did not start.\n%s\n",
                             redis.log().constData());
                return false;
            }
            measureLatency(redis);
            measurePublishing(redis);
            measureForeign(redis);
            measureWithTab(redis);
            measureStates(redis);
        }
        return true;
    }

    [[nodiscard]] bool print() const
    {
        std::printf("Median of %d%s\n\n", m_settings.repeat,
                    m_settings.quick ? "; --quick: smaller counts" : "");
        std::printf("%-66s %14s %14s\n", "Figure", "Measured", "Target");
        bool good = true;
        for (const Figure &figure : m_figures) {
            const auto median = figure.samples.median();
            QString target;
            QString verdict;
            if (figure.atMost || figure.atLeast) {
                const double wanted = figure.atMost ? *figure.atMost : *figure.atLeast;
                target = (figure.atMost ? u"<= "_s : u">= "_s) + withUnit(wanted, figure.unit);
                const bool met = median && (figure.atMost ? *median <= wanted : *median >= wanted);
                verdict = met ? u"met"_s : u"MISSED"_s;
                good = good && met;
            }
            std::printf("%-66s %14s %14s  %s\n", qUtf8Printable(figure.name),
                        median ? qUtf8Printable(withUnit(*median, figure.unit)) : "failed",
                        qUtf8Printable(target), qUtf8Printable(verdict));
        }
        return good;
    }

private:
    static QString withUnit(double value, const QString &unit)
    {
        return u"%1 %2"_s.arg(QString::number(value, 'f', value < 1'000 ? 2 : 0), unit).trimmed();
    }

    Samples &samples(const QString &name, const QString &unit, std::optional<double> atMost = {},
                     std::optional<double> atLeast = {})
    {
        const auto found = std::ranges::find(m_figures, name, &Figure::name);
        if (found != m_figures.end())
            return found->samples;
        return m_figures.emplace_back(Figure{name, unit, atMost, atLeast, {}}).samples;
    }

    /// From a click at one server to the update of a tab at the other.
    void measureLatency(const RedisServer &redis)
    {
        const ServerProgram first(redis.url());
        const ServerProgram second(redis.url());
        struct Pair
        {
            QWebSocket here;
            QWebSocket there;
            bool isReady = false;
            QQueue<qint64> sent;
        };
        QElapsedTimer clock;
        clock.start();
        Samples latencies;
        std::vector<std::unique_ptr<Pair>> pairs;
        int ready = 0;
        for (int i = 0; i < groups; ++i) {
            pairs.push_back(std::make_unique<Pair>());
            Pair *pair = pairs.back().get();
            const QByteArray cookie = "livetemplate-id=" + newGroup();
            const auto open = [&](QWebSocket &socket, QUrl url) {
                url.setScheme(u"ws"_s);
                QNetworkRequest request(url);
                request.setRawHeader("Cookie", cookie);
                socket.open(request);
            };
            QObject::connect(
                &pair->there, &QWebSocket::textMessageReceived, &pair->there, [&, pair] {
                    if (!std::exchange(pair->isReady, true))
                        ++ready;
                    else if (!pair->sent.isEmpty())
                        latencies.add(double(clock.nsecsElapsed() - pair->sent.dequeue()) / 1e6);
                });
            open(pair->here, first.url());
            open(pair->there, second.url());
        }
        if (!waitUntil([&] { return ready == groups; })) {
            std::fprintf(stderr, "bench_redis: not all tabs opened.\n");
            return;
        }
        waitUntil([] { return false; }, 1s);
        const qint64 begin = clock.elapsed();
        qint64 clicks = 0;
        const qint64 planned = qint64(broadcastRate) * m_settings.seconds();
        QTimer timer;
        timer.setTimerType(Qt::PreciseTimer);
        QObject::connect(&timer, &QTimer::timeout, &timer, [&] {
            const qint64 due = std::min((clock.elapsed() - begin) * broadcastRate / 1000, planned);
            for (; clicks < due; ++clicks) {
                Pair &pair = *pairs[std::size_t(clicks) % pairs.size()];
                pair.sent.enqueue(clock.nsecsElapsed());
                pair.here.sendTextMessage(u"{\"action\":\"increment\",\"data\":{}}"_s);
            }
        });
        timer.start(1ms);
        waitUntil([&] { return clicks == planned; },
                  std::chrono::seconds(m_settings.seconds() + 20));
        waitUntil([] { return false; }, 1s);
        qsizetype lost = 0;
        for (const auto &pair : pairs)
            lost += pair->sent.size();
        const QString name = u"Broadcast to another server, %1 a second"_s.arg(broadcastRate);
        samples(name + u": p50"_s, u"ms"_s).add(latencies.quantile(0.5).value_or(1e9));
        samples(name + u": p95"_s, u"ms"_s, 5).add(latencies.quantile(0.95).value_or(1e9));
        samples(name + u": not arrived"_s, {}, 0).add(double(lost));
    }

    /// What a shard's thread spends on a message that it publishes.
    void measurePublishing(const RedisServer &redis)
    {
        const auto client = std::make_shared<RedisClient>(
            RedisOptions{.url = *RedisUrl::parse(redis.url())});
        RedisBroadcaster broadcaster(client);
        const GroupId group(QString::fromLatin1(newGroup()));
        const QJsonObject data{{u"from"_s, u"bench"_s}, {u"value"_s, 42}};
        waitUntil([&] { return client->isConnected(); });
        constexpr int burst = 20;
        timespec before{};
        timespec after{};
        double seconds = 0;
        for (int i = 0; i < m_settings.publishes() / burst; ++i) {
            clock_gettime(CLOCK_THREAD_CPUTIME_ID, &before);
            for (int j = 0; j < burst; ++j)
                (void)broadcaster.publishGroupAction(group, u"increment"_s, data);
            clock_gettime(CLOCK_THREAD_CPUTIME_ID, &after);
            seconds += double(after.tv_sec - before.tv_sec)
                + double(after.tv_nsec - before.tv_nsec) / 1e9;
            std::this_thread::sleep_for(1ms);
        }
        samples(u"CPU time of a shard for a message that it publishes"_s, u"us"_s, 5)
            .add(seconds * 1e6 / m_settings.publishes());
    }

    /// Messages a second of a core's processor time.
    [[nodiscard]] static double perCore(const ServerProgram &server, int messages,
                                        const std::function<void()> &publish)
    {
        const double received = server.metric("livetemplate_pubsub_received_total");
        const double before = server.processorTime();
        publish();
        const bool came = waitUntil([&] {
            return server.metric("livetemplate_pubsub_received_total") >= received + messages;
        });
        if (!came)
            std::fprintf(stderr, "bench_redis: not all messages arrived.\n");
        return messages / std::max(server.processorTime() - before, 1e-3);
    }

    /// Of a group whose last tab has just gone.
    void measureForeign(const RedisServer &redis)
    {
        const ServerProgram server(redis.url());
        const QByteArray group = newGroup();
        {
            const DrainedTabs tab(server.url(), {group});
        }
        waitUntil([&] { return server.metric("livetemplate_connections_active") == 0; });
        Publisher publisher(redis.url());
        samples(u"Messages received, of groups without a tab here"_s, u"/s/core"_s, {}, 200'000)
            .add(perCore(server, m_settings.foreignMessages(), [&] {
                for (int i = 0; i < m_settings.foreignMessages(); ++i)
                    publisher.publish(group, "increment");
                publisher.finish();
            }));
    }

    /// Each is an action, a render, a difference and a frame.
    void measureWithTab(const RedisServer &redis)
    {
        const ServerProgram server(redis.url());
        QList<QByteArray> cookies;
        for (int i = 0; i < groups * 4; ++i)
            cookies.append(newGroup());
        const DrainedTabs tabs(server.url(), cookies);
        Publisher publisher(redis.url());
        const double dispatched = server.metric("livetemplate_dispatches_total");
        const double rate = perCore(server, m_settings.tabMessages(), [&] {
            for (int i = 0; i < m_settings.tabMessages(); ++i) {
                // Groups in no order, so that they do not all show the same.
                publisher.publish(cookies.at(QRandomGenerator::global()->bounded(cookies.size())),
                                  "increment");
                if (i % 50 == 49)
                    std::this_thread::sleep_for(8ms);
            }
            publisher.finish();
        });
        samples(u"Messages received, each of a group with a tab here"_s, u"/s/core"_s, {}, 20'000)
            .add(rate);
        samples(u"…of them not dispatched"_s, {}, 0)
            .add(dispatched + m_settings.tabMessages()
                 - server.metric("livetemplate_dispatches_total"));
    }

    void measureStates(const RedisServer &redis)
    {
        const auto client = std::make_shared<RedisClient>(
            RedisOptions{.url = *RedisUrl::parse(redis.url())});
        RedisSessionStore store(client);
        waitUntil([&] { return client->isConnected(); });
        const QJsonObject state{{u"text"_s, QString(1000, u'x')}};
        Samples loads;
        Samples saves;
        for (int i = 0; i < m_settings.states(); ++i) {
            const SessionKey key{GroupId(QString::number(i % 500)), u"/"_s};
            QElapsedTimer timer;
            timer.start();
            store.save(key, state);
            (void)store.flush(5s);
            saves.add(double(timer.nsecsElapsed()) / 1e3);
            std::promise<void> loaded;
            timer.start();
            store.load(key, [&](const auto &) { loaded.set_value(); });
            loaded.get_future().wait();
            loads.add(double(timer.nsecsElapsed()) / 1e3);
        }
        for (const auto &[name, values] : {std::pair(u"State of 1 KB loaded"_s, &loads),
                                           std::pair(u"State of 1 KB saved"_s, &saves)}) {
            samples(name + u": p50"_s, u"us"_s).add(values->quantile(0.5).value_or(0));
            samples(name + u": p99"_s, u"us"_s).add(values->quantile(0.99).value_or(0));
        }
        // "test","rps","avg","min","p50","p95","p99","max"
        QProcess benchmark;
        benchmark.start(u"redis-benchmark"_s,
                        {u"-p"_s, QString::number(redis.port()), u"-c"_s, u"1"_s, u"-d"_s,
                         u"1000"_s, u"-n"_s, QString::number(m_settings.states()), u"-t"_s,
                         u"get,set"_s, u"--csv"_s});
        benchmark.waitForFinished(120'000);
        for (const QByteArray &line : benchmark.readAllStandardOutput().split('\n')) {
            const QList<QByteArray> fields = QByteArray(line).replace('"', "").split(',');
            if (fields.size() < 8 || fields.first() == "test")
                continue;
            const QString name = u"redis-benchmark "_s + QString::fromLatin1(fields.first());
            samples(name + u": p50"_s, u"us"_s).add(fields[4].toDouble() * 1e3);
            samples(name + u": p99"_s, u"us"_s).add(fields[6].toDouble() * 1e3);
        }
    }

    Settings m_settings;
    /// Not a vector's: references to them are kept.
    std::deque<Figure> m_figures;
};

} // namespace

int main(int argc, char *argv[])
{
    const QCoreApplication application(argc, argv);
    QCommandLineParser parser;
    parser.setApplicationDescription(
        u"Measures servers that a Redis joins, and compares with the targets."_s);
    parser.addHelpOption();
    parser.addOptions({
        {u"repeat"_s, u"How often each figure is measured; the median is printed."_s, u"NUMBER"_s,
         u"3"_s},
        {u"quick"_s, u"Small counts, once: to see that it works."_s},
    });
    parser.process(application);
    Settings settings;
    settings.quick = parser.isSet(u"quick"_s);
    settings.repeat = settings.quick ? 1 : std::max(parser.value(u"repeat"_s).toInt(), 1);
    Bench bench(settings);
    return bench.run() && bench.print() ? EXIT_SUCCESS : EXIT_FAILURE;
}
