// SPDX-FileCopyrightText: 2026 The LiveTemplate for Qt authors
// SPDX-License-Identifier: MIT

// What the server program takes for many tabs: memory, CPU time, time to answer. It starts
// livetemplate-server and livetemplate-load, and prints what they measured beside the targets.

#include <QCommandLineParser>
#include <QCoreApplication>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QProcess>
#include <QProcessEnvironment>
#include <QUrl>

#include <algorithm>
#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <deque>
#include <optional>
#include <vector>

#include <sys/prctl.h>
#include <sys/resource.h>

using namespace Qt::StringLiterals;

namespace {

constexpr int startTimeout = 20'000;
constexpr int loadTimeout = 300'000;

/// What each process has open besides its connections.
constexpr int otherFiles = 200;

struct Settings
{
    int threads = 1;
    int repeat = 3;
    bool quick = false;

    /// The counts of a full run, or those of a quick one.
    [[nodiscard]] int many() const { return quick ? 1'000 : 10'000; }
    [[nodiscard]] int most() const { return quick ? 1'900 : 19'000; }
    [[nodiscard]] int few() const { return quick ? 100 : 1'000; }
    [[nodiscard]] int groups() const { return quick ? 100 : 1'000; }
    [[nodiscard]] int clickSeconds() const { return quick ? 2 : 6; }
    [[nodiscard]] int groupSeconds() const { return quick ? 5 : 60; }
    [[nodiscard]] int groupRate() const { return quick ? 200 : 2'000; }
};

/// Of all tabs together. A server takes ten messages a second of one tab.
constexpr int clickRate = 500;
constexpr int activeTabs = 64;
constexpr int tabsOfAGroup = 10;
constexpr int broadcasts = 5;
/// Long enough for the server to give back what only connecting needed.
constexpr int idleSeconds = 3;

/// Has @p program end when this one ends, however that comes.
void endWithUs(QProcess &program)
{
    program.setChildProcessModifier([] { prctl(PR_SET_PDEATHSIG, SIGTERM); });
}

/// A server of its own for each measurement, so that none has the memory of the one before.
class ServerProgram
{
public:
    explicit ServerProgram(const Settings &settings)
    {
        QStringList arguments{u"--listen"_s, u"127.0.0.1:0"_s};
        if (settings.threads != 1)
            arguments << u"--threads"_s << QString::number(settings.threads);
        QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
        environment.insert(u"QT_LOGGING_RULES"_s, u"livetemplate.*.info=false"_s);
        m_process.setProcessEnvironment(environment);
        m_process.setProcessChannelMode(QProcess::ForwardedErrorChannel);
        endWithUs(m_process);
        m_process.start(QStringLiteral(SERVER_PROGRAM), arguments);
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
    [[nodiscard]] QString page() const { return m_url.toString(); }

private:
    QProcess m_process;
    QUrl m_url;
};

/// What livetemplate-load says of @p page; empty when it comes to no end.
QJsonObject load(const QString &page, const QStringList &arguments)
{
    QProcess program;
    program.setProcessChannelMode(QProcess::ForwardedErrorChannel);
    endWithUs(program);
    program.start(QStringLiteral(LOAD_PROGRAM), QStringList{page, u"--json"_s} + arguments);
    if (!program.waitForFinished(loadTimeout)) {
        program.kill();
        program.waitForFinished();
    }
    return QJsonDocument::fromJson(program.readAllStandardOutput()).object();
}

/// The report on a new server, whose problems are printed; empty when there is none.
QJsonObject measure(const Settings &settings, const QStringList &arguments)
{
    const ServerProgram server(settings);
    if (!server.isListening()) {
        std::fprintf(stderr, "bench_server: the server did not start.\n");
        return {};
    }
    // What the server needs once, for its first pages, is not to be counted for the tabs.
    load(server.page(), {u"--connections"_s, u"10"_s});
    const QJsonObject report = load(server.page(), arguments);
    if (report.isEmpty())
        std::fprintf(stderr, "bench_server: a measurement did not come to its end.\n");
    for (const auto &problem : report.value("problems"_L1).toArray())
        std::fprintf(stderr, "bench_server: %s\n", qUtf8Printable(problem.toString()));
    return report;
}

/// Whether times and sizes of @p report mean anything.
bool isClean(const QJsonObject &report)
{
    return !report.isEmpty() && report.value("problems"_L1).toArray().isEmpty();
}

QString number(int value)
{
    return QString::number(value);
}

/// A few tabs act while all others, each of a browser of its own, do nothing.
QJsonObject clicksAmong(const Settings &settings, int tabs, const QStringList &more = {})
{
    return measure(settings,
                   QStringList{u"--connections"_s, number(tabs), u"--click"_s, u"increment"_s,
                               u"--active"_s, number(activeTabs), u"--rate"_s, number(clickRate),
                               u"--duration"_s, number(settings.clickSeconds())}
                       + more);
}

/// What was measured several times.
class Samples
{
public:
    void add(double value) { m_values.push_back(value); }

    [[nodiscard]] std::optional<double> median() const
    {
        if (m_values.empty())
            return std::nullopt;
        std::vector<double> sorted = m_values;
        std::ranges::sort(sorted);
        const std::size_t middle = sorted.size() / 2;
        return sorted.size() % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    }

private:
    std::vector<double> m_values;
};

struct Figure
{
    QString name;
    QString unit;
    /// What it may be at most.
    double target = 0;
    Samples samples;
};

class Bench
{
public:
    explicit Bench(const Settings &settings)
        : m_settings(settings)
    {
    }

    /// Measures all. Takes minutes.
    void run()
    {
        for (int i = 0; i < m_settings.repeat; ++i) {
            say(u"%1 of %2"_s.arg(i + 1).arg(m_settings.repeat));
            measureMany();
            measureScale();
            measureHeartbeats();
            measureBroadcast();
        }
        measureGroups();
    }

    /// Whether all runs came to their end, and all targets were met.
    [[nodiscard]] bool print() const
    {
        std::printf("Server with %d thread%s; median of %d%s\n\n", m_settings.threads,
                    m_settings.threads == 1 ? "" : "s", m_settings.repeat,
                    m_settings.quick
                        ? "; --quick: smaller counts, to which the targets do not apply"
                        : "");
        printLine(u"Figure"_s, u"Measured"_s, u"Target"_s, {});
        bool good = true;
        for (const Figure &figure : m_figures) {
            const auto median = figure.samples.median();
            const bool met = median && *median <= figure.target;
            good = good && median && (met || m_settings.quick);
            printLine(figure.name, median ? withUnit(*median, figure.unit) : u"failed"_s,
                      u"<= "_s + withUnit(figure.target, figure.unit),
                      m_settings.quick ? QString()
                          : met        ? u"met"_s
                                       : u"MISSED"_s);
        }
        return good;
    }

private:
    static void say(const QString &sentence)
    {
        std::fprintf(stderr, "bench_server: %s\n", qUtf8Printable(sentence));
    }

    static QString withUnit(double value, const QString &unit)
    {
        return u"%1 %2"_s.arg(QString::number(value, 'f', unit.isEmpty() ? 2 : 1), unit).trimmed();
    }

    static void printLine(const QString &name, const QString &value, const QString &target,
                          const QString &verdict)
    {
        std::printf("%-64s %12s %14s  %s\n", qUtf8Printable(name), qUtf8Printable(value),
                    qUtf8Printable(target), qUtf8Printable(verdict));
    }

    Samples &samples(const QString &name, const QString &unit, double target)
    {
        const auto found = std::ranges::find(m_figures, name, &Figure::name);
        if (found != m_figures.end())
            return found->samples;
        return m_figures.emplace_back(Figure{name, unit, target, {}}).samples;
    }

    void measureMany()
    {
        const QJsonObject report = clicksAmong(m_settings, m_settings.many(),
                                               {u"--heartbeat"_s, u"0"_s, u"--idle"_s,
                                                number(idleSeconds)});
        addMemory(report, m_settings.many());
        Samples &cpu = samples(
            u"CPU time of an action, %1 of %2 tabs active"_s.arg(activeTabs).arg(m_settings.many()),
            u"us"_s, 45);
        if (isClean(report))
            cpu.add(cpuPerEvent(report));
    }

    void measureScale()
    {
        const QJsonObject most = clicksAmong(m_settings, m_settings.most(),
                                             {u"--heartbeat"_s, u"0"_s, u"--idle"_s,
                                              number(idleSeconds)});
        const QJsonObject few = clicksAmong(m_settings, m_settings.few(),
                                            {u"--heartbeat"_s, u"0"_s});
        addMemory(most, m_settings.most());
        Samples &ratio = samples(u"CPU time of an action at %1 tabs over that at %2"_s
                                     .arg(m_settings.most())
                                     .arg(m_settings.few()),
                                 {}, 1.3);
        if (isClean(most) && isClean(few))
            ratio.add(cpuPerEvent(most) / cpuPerEvent(few));
    }

    /// As in life: idle tabs send heartbeats.
    void measureHeartbeats()
    {
        const QJsonObject report = clicksAmong(m_settings, m_settings.many());
        Samples &latency = samples(u"95 of 100 answers, %1 tabs, %2 actions a second"_s
                                       .arg(m_settings.many())
                                       .arg(clickRate),
                                   u"ms"_s, 20);
        if (isClean(report))
            latency.add(report["click"_L1]["latency"_L1]["p95"_L1].toDouble() / 1e3);
    }

    void measureBroadcast()
    {
        const QJsonObject report = measure(m_settings,
                                           {u"--connections"_s, number(m_settings.many()),
                                            u"--browsers"_s, u"1"_s, u"--broadcast"_s,
                                            u"increment"_s, u"--times"_s, number(broadcasts),
                                            u"--heartbeat"_s, u"0"_s, u"--verify"_s});
        Samples &cpu = samples(u"CPU time of a broadcast to a group of %1, all reached"_s.arg(
                                   m_settings.many()),
                               u"ms"_s, 130);
        if (isClean(report))
            cpu.add(cpuPerEvent(report) / 1e3);
    }

    /// Counts rather than times: once is enough.
    void measureGroups()
    {
        say(u"groups"_s);
        const int tabs = m_settings.groups() * tabsOfAGroup;
        const QJsonObject report = measure(
            m_settings,
            {u"--connections"_s, number(tabs), u"--browsers"_s, number(m_settings.groups()),
             u"--click"_s, u"increment"_s, u"--rate"_s, number(m_settings.groupRate()),
             u"--duration"_s, number(m_settings.groupSeconds()), u"--counter"_s, u"0"_s});
        const QString load = u"%1 groups of %2, %3 actions a second, %4 s: "_s
                                 .arg(m_settings.groups())
                                 .arg(tabsOfAGroup)
                                 .arg(m_settings.groupRate())
                                 .arg(m_settings.groupSeconds());
        Samples &lost = samples(load + u"unanswered"_s, {}, 0);
        Samples &differing = samples(load + u"differing"_s, {}, 0);
        Samples &miscounted = samples(load + u"miscounted"_s, {}, 0);
        if (!report.contains("click"_L1) || !report.contains("replicas"_L1))
            return;
        const QJsonValue click = report["click"_L1];
        lost.add(click["planned"_L1].toDouble() - click["answered"_L1].toDouble());
        differing.add(report["replicas"_L1]["differing"_L1].toDouble());
        miscounted.add(report["replicas"_L1]["miscounted"_L1].toDouble());
    }

    void addMemory(const QJsonObject &report, int tabs)
    {
        Samples &memory = samples(u"Resident memory of an idle tab, %1 tabs"_s.arg(tabs), u"KB"_s,
                                  14);
        if (isClean(report))
            memory.add(report["server"_L1]["memoryPerConnection"_L1].toDouble() / 1e3);
    }

    /// In microseconds.
    static double cpuPerEvent(const QJsonObject &report)
    {
        return report["server"_L1]["cpuPerEvent"_L1].toDouble();
    }

    Settings m_settings;
    /// Not a vector's: references to them are kept.
    std::deque<Figure> m_figures;
};

/// A number of at least 1.
int positive(const QCommandLineParser &parser, const QString &name)
{
    bool ok = false;
    const int value = parser.value(name).toInt(&ok);
    if (!ok || value < 1) {
        std::fprintf(stderr, "bench_server: --%s must be a number of at least 1.\n",
                     qUtf8Printable(name));
        std::exit(2);
    }
    return value;
}

Settings readSettings(const QCoreApplication &application)
{
    QCommandLineParser parser;
    parser.setApplicationDescription(
        u"Measures livetemplate-server under load, and compares with the targets."_s);
    parser.addHelpOption();
    parser.addOptions({
        {u"threads"_s, u"Threads of the server."_s, u"NUMBER"_s, u"1"_s},
        {u"repeat"_s, u"How often each figure is measured; the median is printed."_s, u"NUMBER"_s,
         u"3"_s},
        {u"quick"_s, u"Small counts, once: to see that it works."_s},
    });
    parser.process(application);
    Settings settings;
    settings.threads = positive(parser, u"threads"_s);
    settings.quick = parser.isSet(u"quick"_s);
    settings.repeat = settings.quick && !parser.isSet(u"repeat"_s) ? 1
                                                                   : positive(parser, u"repeat"_s);
    return settings;
}

} // namespace

int main(int argc, char *argv[])
{
    const QCoreApplication application(argc, argv);
    const Settings settings = readSettings(application);
    rlimit limit{};
    getrlimit(RLIMIT_NOFILE, &limit);
    const auto needed = rlim_t(settings.most() + otherFiles);
    if (limit.rlim_max < needed) {
        std::printf("bench_server: skipped, since it needs %llu open files for a process, and this "
                    "system allows %llu (ulimit -Hn). --quick needs fewer.\n",
                    static_cast<unsigned long long>(needed),
                    static_cast<unsigned long long>(limit.rlim_max));
        return EXIT_SUCCESS;
    }
    // The server inherits it.
    limit.rlim_cur = limit.rlim_max;
    setrlimit(RLIMIT_NOFILE, &limit);

    Bench bench(settings);
    bench.run();
    return bench.print() ? EXIT_SUCCESS : EXIT_FAILURE;
}
