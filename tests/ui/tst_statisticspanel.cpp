// SPDX-FileCopyrightText: 2026 The LiveTemplate for Qt authors
// SPDX-License-Identifier: MIT

#include "alertindicator.h"
#include "alertstrip.h"
#include "appearance.h"
#include "demos.h"
#include "fakestatistics.h"
#include "liveclient.h"
#include "plotlegend.h"
#include "plottile.h"
#include "plotview.h"
#include "server.h"
#include "statisticspanel.h"
#include "tablepanel.h"

#include <QAbstractItemModelTester>
#include <QChart>
#include <QClipboard>
#include <QDir>
#include <QElapsedTimer>
#include <QFile>
#include <QGuiApplication>
#include <QLabel>
#include <QLineSeries>
#include <QLocale>
#include <QMouseEvent>
#include <QSettings>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>
#include <QToolButton>

#include <cmath>
#include <memory>

using namespace LiveTemplate;
using namespace LiveTemplate::Ui;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

class StatisticsPanelTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { QLocale::setDefault(QLocale(QLocale::English, QLocale::UnitedStates)); }
    void init();
    void cleanup();

    void everyPlotIsThere();
    void plotsShowWhatClientsDo();
    void samplesOnlyWhileItCanBeSeen();
    void aPauseIsAGapInEveryLine();
    void oneClickEnlarges();
    void keysMoveTheCrosshairOfAll();
    void theMouseMovesTheCrosshairOfAll();
    void numbersExplainThemselves();
    void thresholdsAreShownWhenTheyAreNear();
    void reasonsThatDidNotOccurAreLeftOut();
    void alertsAreListed();
    void alertsReachTheStatusBar();
    void redisIsShownWhereThereIsOne();
    void plotsReflow_data();
    void plotsReflow();
    void exportsWhatIsShown();
    void sayWhyAFileCannotBeWritten();
    void copiesValues();
    void remembersItsWindow();
    void halfAnHourIsDrawnQuickly();
    void pictures_data();
    void pictures();

private:
    /// Samples of @p fake, as if taken each second.
    void feed(int samples, const std::function<void(int)> &change = {});
    /// Samples of half an hour in which something happened, from the one with that number on.
    void feedStory(int first, int count);
    [[nodiscard]] PlotTile *tile(const QString &key) const;
    [[nodiscard]] static QPoint pointAt(const PlotView &view, double share);

    std::unique_ptr<FakeStatistics> m_fake;
    std::unique_ptr<StatisticsMonitor> m_monitor;
    std::unique_ptr<StatisticsPanel> m_panel;
};

void StatisticsPanelTest::init()
{
    m_fake = std::make_unique<FakeStatistics>(2);
    m_fake->statistics.limits.connections = 1000;
    m_monitor = std::make_unique<StatisticsMonitor>([this] { return m_fake->statistics; });
    m_panel = std::make_unique<StatisticsPanel>(*m_monitor);
    m_panel->resize(1240, 860);
}

void StatisticsPanelTest::cleanup()
{
    m_panel.reset();
    m_monitor.reset();
    m_fake.reset();
    setAppearance(Appearance::System);
}

void StatisticsPanelTest::feed(int samples, const std::function<void(int)> &change)
{
    for (int i = 0; i < samples; ++i) {
        m_fake->advance();
        if (change)
            change(i);
        m_monitor->sample();
    }
}

PlotTile *StatisticsPanelTest::tile(const QString &key) const
{
    for (PlotTile *tile : m_panel->tiles()) {
        if (tile->plot().key == key)
            return tile;
    }
    return nullptr;
}

QPoint StatisticsPanelTest::pointAt(const PlotView &view, double share)
{
    const QRectF area = view.chart()->plotArea();
    return QPointF(area.left() + share * area.width(), area.center().y()).toPoint();
}

void StatisticsPanelTest::everyPlotIsThere()
{
    m_panel->show();
    feed(3);
    const QList<Plot> plots = statisticsPlots(2);
    QCOMPARE(m_panel->tiles().size(), plots.size());
    for (PlotTile *shown : m_panel->tiles()) {
        QCOMPARE(shown->isVisible(), !shown->plot().isOfRedis);
        QVERIFY(!shown->accessibleName().isEmpty());
        QVERIFY(!shown->view()->accessibleName().isEmpty());
    }
    QCOMPARE(tile(u"connections"_s)->findChild<QLabel *>(u"value"_s)->text(), u"0"_s);
}

void StatisticsPanelTest::plotsShowWhatClientsDo()
{
    ServerOptions options;
    options.messageRate = 0;
    Server server(options);
    Demos::mountSamplePages(server);
    QVERIFY2(server.listen(), qPrintable(server.errorString()));
    StatisticsMonitor monitor(server);
    StatisticsPanel panel(monitor);
    panel.show();
    QTRY_VERIFY(monitor.history().size() > 0);
    const auto valueOf = [&panel](const QString &key) {
        for (PlotTile *shown : panel.tiles()) {
            if (shown->plot().key == key)
                return shown->valueText();
        }
        return QString();
    };
    QCOMPARE(valueOf(u"connections"_s), u"0"_s);

    LiveClient client(server.url(u"/counter"_s));
    QVERIFY(!client.next().isEmpty());
    QTRY_COMPARE_WITH_TIMEOUT(valueOf(u"connections"_s), u"1"_s, 10'000);
    QCOMPARE(valueOf(u"groups"_s), u"1"_s);
    QTRY_COMPARE_WITH_TIMEOUT(valueOf(u"actions"_s), u"0/s"_s, 10'000);
    for (int i = 0; i < 40; ++i)
        client.action(u"increment"_s);
    const StatisticsHistory &history = monitor.history();
    const auto actions = [&history] {
        double sum = 0;
        for (qsizetype i = 1; i < history.size(); ++i) {
            const double rate = history.value(i, Series::Actions);
            if (!std::isnan(rate))
                sum += rate * (history.age(i) - history.age(i - 1));
        }
        return std::lround(sum);
    };
    // Rates times their seconds are exactly what was clicked.
    QTRY_COMPARE_WITH_TIMEOUT(actions(), 40L, 10'000);
    QVERIFY(valueOf(u"action-time"_s).endsWith(u's'));
    QCOMPARE_NE(valueOf(u"memory"_s), u"–"_s);
    QTRY_COMPARE_WITH_TIMEOUT(valueOf(u"actions"_s), u"0/s"_s, 10'000);
}

void StatisticsPanelTest::samplesOnlyWhileItCanBeSeen()
{
    QCOMPARE(m_monitor->timer().count(), quint64(0));
    m_panel->show();
    QTRY_VERIFY(m_monitor->timer().count() >= 2);
    m_panel->hide();
    const quint64 before = m_monitor->timer().count();
    QTest::qWait(2500);
    QCOMPARE(m_monitor->timer().count(), before);
    QCOMPARE(m_monitor->history().size(), qsizetype(before));
    m_panel->show();
    QTRY_VERIFY(m_monitor->timer().count() > before);
}

void StatisticsPanelTest::aPauseIsAGapInEveryLine()
{
    m_panel->show();
    feed(20, [this](int) { m_fake->act(1ms, 3); });
    m_fake->advance(30s);
    feed(20, [this](int) { m_fake->act(1ms, 3); });
    qsizetype gaps = 0;
    for (qsizetype i = 1; i < m_monitor->history().size(); ++i)
        gaps += m_monitor->history().sample(i).beginsRun ? 1 : 0;
    QCOMPARE(gaps, qsizetype(1));
    for (const QString &key : {u"connections"_s, u"actions"_s, u"action-time"_s}) {
        const auto segments = tile(key)->view()->segments(0);
        QVERIFY2(segments.size() == 2, qPrintable(key));
        // No line between them.
        QVERIFY(segments.at(0)->points().last().x() < -40);
        QVERIFY(segments.at(1)->points().first().x() > -21);
    }
    // It leaves the minute, and with it the second segment of the line.
    m_panel->setMinutes(1);
    feed(60);
    QCOMPARE(tile(u"connections"_s)->view()->segments(0).size(), 1);
}

void StatisticsPanelTest::oneClickEnlarges()
{
    m_panel->show();
    feed(5);
    PlotTile *actions = tile(u"actions"_s);
    const QSize small = actions->size();
    QTest::mouseClick(actions->view()->viewport(), Qt::LeftButton, {},
                      pointAt(*actions->view(), 0.5));
    QCOMPARE(m_panel->enlarged(), actions);
    QVERIFY(actions->width() > small.width() && actions->height() > small.height());
    QVERIFY(!tile(u"connections"_s)->isVisible());
    QTest::keyClick(actions->view(), Qt::Key_Escape);
    QVERIFY(!m_panel->enlarged());
    QVERIFY(tile(u"connections"_s)->isVisible());

    QTest::keyClick(tile(u"memory"_s)->view(), Qt::Key_Return);
    QCOMPARE(m_panel->enlarged(), tile(u"memory"_s));
    QTest::keyClick(tile(u"memory"_s)->view(), Qt::Key_Space);
    QVERIFY(!m_panel->enlarged());
}

void StatisticsPanelTest::keysMoveTheCrosshairOfAll()
{
    m_panel->show();
    m_panel->setMinutes(1);
    feed(40, [this](int i) { m_fake->statistics.gauges.connections = i; });
    PlotView *view = tile(u"actions"_s)->view();
    QCOMPARE(tile(u"connections"_s)->valueText(), u"39"_s);
    for (int i = 0; i < 4; ++i)
        QTest::keyClick(view, Qt::Key_Left);
    QCOMPARE(tile(u"connections"_s)->valueText(), u"36"_s);
    QVERIFY(m_panel->findChild<QLabel *>(u"moment"_s)->text().startsWith(u"at "_s));
    QTest::keyClick(view, Qt::Key_Right);
    QCOMPARE(tile(u"connections"_s)->valueText(), u"37"_s);
    QTest::keyClick(view, Qt::Key_Home);
    QCOMPARE(tile(u"connections"_s)->valueText(), u"–"_s);
    QTest::keyClick(view, Qt::Key_End);
    QCOMPARE(tile(u"connections"_s)->valueText(), u"39"_s);
}

void StatisticsPanelTest::theMouseMovesTheCrosshairOfAll()
{
    m_panel->show();
    m_panel->setMinutes(1);
    feed(61, [this](int i) { m_fake->statistics.gauges.connections = i; });
    PlotView *view = tile(u"bytes"_s)->view();
    QTest::mouseMove(view->viewport(), pointAt(*view, 0.5));
    const QPointF middle = pointAt(*view, 0.5);
    QMouseEvent move(QEvent::MouseMove, middle, view->viewport()->mapToGlobal(middle), Qt::NoButton,
                     Qt::NoButton, Qt::NoModifier);
    QCoreApplication::sendEvent(view->viewport(), &move);
    QCOMPARE(tile(u"connections"_s)->valueText(), u"30"_s);
    // New samples come, and the crosshair stays where the mouse is.
    feed(5, [this](int i) { m_fake->statistics.gauges.connections = 61 + i; });
    QCOMPARE(tile(u"connections"_s)->valueText(), u"35"_s);
    QEvent leave(QEvent::Leave);
    QCoreApplication::sendEvent(view, &leave);
    QCOMPARE(tile(u"connections"_s)->valueText(), u"65"_s);
}

void StatisticsPanelTest::numbersExplainThemselves()
{
    m_panel->show();
    feed(2);
    for (PlotTile *shown : m_panel->tiles()) {
        const Plot &plot = shown->plot();
        for (const QString &text : {plot.meaning, plot.healthy, plot.action})
            QVERIFY(shown->toolTip().contains(text.toHtmlEscaped()));
        QCOMPARE(shown->whatsThis(), shown->toolTip());
        // For the keyboard.
        const auto *help = shown->findChild<QToolButton *>();
        QVERIFY(help->focusPolicy() & Qt::TabFocus);
        QVERIFY(help->accessibleDescription().contains(plot.healthy));
    }
}

void StatisticsPanelTest::thresholdsAreShownWhenTheyAreNear()
{
    m_panel->show();
    const PlotThreshold slow{.value = 0.2, .name = u"alert"_s};
    feed(20, [this](int) { m_fake->act(1ms); });
    QVERIFY(!tile(u"action-time"_s)->view()->isVisible(slow));
    feed(20, [this](int) { m_fake->act(120ms); });
    QVERIFY(tile(u"action-time"_s)->view()->isVisible(slow));
    // 80 % of a thousand.
    const PlotThreshold many{.value = 800, .name = u"alert"_s};
    QVERIFY(!tile(u"connections"_s)->view()->isVisible(many));
    feed(1, [this](int) { m_fake->statistics.gauges.connections = 700; });
    QVERIFY(tile(u"connections"_s)->view()->isVisible(many));
}

void StatisticsPanelTest::reasonsThatDidNotOccurAreLeftOut()
{
    m_panel->show();
    feed(3);
    PlotTile *rejected = tile(u"rejected"_s);
    QVERIFY(rejected->view()->shownLines().isEmpty());
    QCOMPARE(rejected->valueText(), u"0/s"_s);
    feed(1, [this](int) {
        m_fake->statistics.counters.rejections[std::size_t(Rejection::Origin)] += 3;
        m_fake->statistics.counters.rejections[std::size_t(Rejection::TimedOut)] += 1;
    });
    QCOMPARE(rejected->valueText(), u"4/s"_s);
    const auto entries = rejected->findChild<PlotLegend *>()->entries();
    QCOMPARE(entries.size(), 2);
    QCOMPARE(entries.at(0).name, u"wrong origin"_s);
    QCOMPARE(entries.at(0).value, u"3/s"_s);
    QCOMPARE(entries.at(1).name, u"timed out"_s);
}

void StatisticsPanelTest::alertsAreListed()
{
    const QAbstractItemModelTester tester(&m_panel->alertTable(),
                                          QAbstractItemModelTester::FailureReportingMode::Fatal);
    const QSignalSpy firing(m_panel.get(), &StatisticsPanel::firingChanged);
    m_panel->show();
    feed(302, [this](int) { m_fake->act(300ms); });
    QCOMPARE(firing.count(), 1);
    QCOMPARE(firing.last().first().value<qsizetype>(), qsizetype(1));
    AlertTable &table = m_panel->alertTable();
    QCOMPARE(table.rowCount(), 1);
    const auto text = [&table](int column) {
        return table.index(0, column).data().toString();
    };
    QCOMPARE(text(0), u"Warning"_s);
    QCOMPARE(text(1), u"Actions are slow"_s);
    QVERIFY(text(4).endsWith(u" ms"_s));
    QCOMPARE(text(5), u"200 ms"_s);
    QVERIFY(text(6).contains(u"database"_s));
    const auto *strip = m_panel->findChild<AlertStrip *>();
    QVERIFY(strip->isVisible() && strip->text().contains(u"Actions are slow"_s));

    feed(61);
    QCOMPARE(firing.count(), 2);
    QCOMPARE(text(0), u"Resolved"_s);
    QVERIFY(!text(3).isEmpty());
    QVERIFY(!strip->isVisible());
}

void StatisticsPanelTest::alertsReachTheStatusBar()
{
    QWidget statusBar;
    statusBar.resize(400, 30);
    auto *indicator = new AlertIndicator(*m_monitor, &statusBar, &statusBar);
    statusBar.show();
    QTRY_VERIFY(m_monitor->timer().count() > 0);
    QVERIFY(!indicator->isVisible());
    feed(2);
    feed(1, [this](int) {
        m_fake->statistics.counters.rejections[std::size_t(Rejection::Capacity)] += 500;
    });
    QVERIFY(indicator->isVisible());
    QCOMPARE(indicator->text(), u"1 alert"_s);
    QVERIFY(indicator->toolTip().contains(u"turned away"_s));
    feed(301);
    QVERIFY(!indicator->isVisible());
}

void StatisticsPanelTest::redisIsShownWhereThereIsOne()
{
    m_panel->show();
    feed(2);
    QVERIFY(!tile(u"redis-time"_s)->isVisible());
    m_fake->statistics.redis.emplace();
    m_fake->statistics.redis->isConnected = true;
    feed(1);
    QVERIFY(tile(u"redis-time"_s)->isVisible());
}

void StatisticsPanelTest::plotsReflow_data()
{
    QTest::addColumn<int>("width");
    QTest::addColumn<int>("columns");
    QTest::newRow("a narrow dock") << 300 << 1;
    QTest::newRow("a dock") << 640 << 2;
    QTest::newRow("a window") << 1240 << 4;
}

void StatisticsPanelTest::plotsReflow()
{
    QFETCH(const int, width);
    QFETCH(const int, columns);
    m_panel->show();
    feed(2);
    m_panel->resize(width, 600);
    QTRY_COMPARE(m_panel->width(), width);
    QSet<int> lefts;
    QSet<int> widths;
    for (const PlotTile *shown : m_panel->tiles()) {
        if (!shown->isVisible())
            continue;
        lefts.insert(shown->x());
        QVERIFY(shown->geometry().right() < shown->parentWidget()->width());
    }
    QCOMPARE(lefts.size(), columns);
}

void StatisticsPanelTest::exportsWhatIsShown()
{
    m_panel->show();
    m_panel->setMinutes(1);
    feed(200);
    const QTemporaryDir folder;
    const QString fileName = folder.filePath(u"a.csv"_s);
    QVERIFY(m_panel->exportTo(fileName).has_value());
    QFile file(fileName);
    QVERIFY(file.open(QIODevice::ReadOnly));
    const QList<QByteArray> lines = file.readAll().trimmed().split('\n');
    QCOMPARE(lines.size(), 62);
    QVERIFY(lines.first().startsWith("\"time\",\"Connections: open (count)\","));
    for (const QByteArray &line : lines)
        QCOMPARE(line.count(','), lines.first().count(','));
}

void StatisticsPanelTest::sayWhyAFileCannotBeWritten()
{
    m_panel->show();
    feed(2);
    const auto written = m_panel->exportTo(u"/nowhere/at/all.csv"_s);
    QVERIFY(!written);
    QVERIFY(written.error().startsWith(u"/nowhere/at/all.csv could not be written: "_s));
}

void StatisticsPanelTest::copiesValues()
{
    m_panel->show();
    feed(3, [this](int) { m_fake->statistics.gauges.connections = 17; });
    for (QAction *command : m_panel->commands()) {
        QVERIFY(!command->text().isEmpty());
        if (command->text() == u"Copy Statistics"_s)
            command->trigger();
    }
    QVERIFY(QGuiApplication::clipboard()->text().contains(u"\nConnections: open 17\n"_s));
}

void StatisticsPanelTest::remembersItsWindow()
{
    const QTemporaryDir folder;
    QSettings settings(folder.filePath(u"a.ini"_s), QSettings::IniFormat);
    m_panel->setMinutes(30);
    m_panel->save(settings);
    StatisticsPanel other(*m_monitor);
    QCOMPARE(other.minutes(), 5);
    other.restore(settings);
    QCOMPARE(other.minutes(), 30);
    settings.setValue(u"minutes"_s, 7);
    other.restore(settings);
    QCOMPARE(other.minutes(), 30);
}

/// In half an hour there is one sample that is as expensive as all: with all points on the screen.
void StatisticsPanelTest::halfAnHourIsDrawnQuickly()
{
    feedStory(0, 1800);
    m_panel->setMinutes(30);
    m_panel->show();
    feed(1);
    int points = 0;
    for (const PlotTile *shown : m_panel->tiles()) {
        for (int line = 0; line < shown->plot().lines.size(); ++line) {
            for (const QLineSeries *series : shown->view()->segments(line)) {
                points += int(series->count());
                QVERIFY(series->count() <= 4 * shown->view()->width());
            }
        }
    }
    QVERIFY(points > 1000);
    QElapsedTimer timer;
    timer.start();
    constexpr int rounds = 5;
    for (int i = 0; i < rounds; ++i) {
        feed(1);
        QVERIFY(!m_panel->grab().isNull());
    }
    const double milliseconds = double(timer.nsecsElapsed()) / 1e6 / rounds;
    qInfo("%d points, %.1f ms for a sample and a picture of all plots", points, milliseconds);
    // It is about 60 ms here; what is meant is that it is no second.
    QVERIFY(milliseconds < 1000);
}

void StatisticsPanelTest::feedStory(int first, int count)
{
    // Rises and falls as a day does, with noise that is the same each time.
    std::uint64_t seed = 42;
    const auto noise = [&seed] {
        seed = seed * 6364136223846793005ULL + 1442695040888963407ULL;
        return double(seed >> 33) / double(1ULL << 31);
    };
    m_fake->statistics.process.cpuSeconds = m_fake->statistics.process.cpuSeconds.value_or(0);
    m_fake->statistics.process.maxFiles = 20000;
    feed(count, [&](int step) {
        const int i = first + step;
        if (i == 1100)
            m_fake->advance(150s);
        ServerStatistics &now = m_fake->statistics;
        const double load = 0.5 + 0.35 * std::sin(i / 230.0) + 0.1 * noise();
        now.gauges.connections = qint64(700 * load + 140);
        now.gauges.groups = qint64(330 * load + 60);
        now.gauges.pendingBytes = noise() > 0.97 ? qint64(noise() * 200'000) : 0;
        m_fake->act(std::chrono::microseconds(60 + int(80 * load + 40 * noise())), int(20 * load));
        m_fake->act(std::chrono::microseconds(900 + int(4000 * noise() * load)), 1);
        if (i > 1400) {
            // Something began to wait.
            m_fake->act(std::chrono::milliseconds(230 + int(60 * noise())), 4);
        }
        now.counters.broadcastsSent += quint64(12 * load);
        now.counters.dispatches += quint64(27 * load + 5 * noise());
        now.counters.bytesSent += quint64(52'000 * load + 9000 * noise());
        now.counters.bytesReceived += quint64(9'000 * load);
        now.buildDuration = now.actionDuration;
        if (i > 900 && i < 1000)
            now.counters.rejections[std::size_t(Rejection::Origin)] += noise() > 0.8 ? 1 : 0;
        if (i > 1500)
            now.counters.rejections[std::size_t(Rejection::Capacity)] += noise() > 0.5 ? 2 : 0;
        m_fake->lag(0, std::chrono::microseconds(200 + int(900 * load * noise())));
        m_fake->lag(1, std::chrono::microseconds(300 + int(2000 * load * noise())));
        now.process.residentBytes = 96'000'000 + now.gauges.connections * 42'000;
        *now.process.cpuSeconds += 0.4 * load + 0.05 * noise();
        now.process.openFiles = now.gauges.connections + 64;
    });
}

void StatisticsPanelTest::pictures_data()
{
    QTest::addColumn<Appearance>("appearance");
    QTest::addColumn<QString>("what");
    for (const auto &[name, appearance] :
         {std::pair(u"light"_s, Appearance::Light), {u"dark"_s, Appearance::Dark}}) {
        for (const QString &what :
             {u"all"_s, u"5min"_s, u"enlarged"_s, u"alerts"_s, u"first"_s, u"narrow"_s})
            QTest::newRow(qPrintable(what + u'-' + name)) << appearance << what;
    }
}

void StatisticsPanelTest::pictures()
{
    QFETCH(const Appearance, appearance);
    QFETCH(const QString, what);
    setAppearance(appearance);
    if (what == u"first"_s)
        feed(1);
    else
        feedStory(0, 1800);
    m_panel->setMinutes(what == u"5min"_s ? 5 : 30);
    if (what == u"narrow"_s)
        m_panel->resize(360, 700);
    m_panel->show();
    if (what != u"first"_s)
        feedStory(1800, 2);
    if (what == u"alerts"_s)
        m_panel->showAlerts();
    if (what == u"enlarged"_s) {
        m_panel->setEnlarged(tile(u"action-time"_s));
        for (int i = 0; i < 8; ++i)
            QTest::keyClick(m_panel->enlarged()->view(), Qt::Key_Left);
    }
    QCoreApplication::processEvents();
    QTest::qWait(50);
    const QString folder = qEnvironmentVariable("LIVETEMPLATE_TEST_ARTIFACTS", QDir::currentPath());
    QVERIFY(QDir().mkpath(folder));
    const QString file = folder
        + u"/statistics-%1.png"_s.arg(QString::fromUtf8(QTest::currentDataTag()));
    QVERIFY(m_panel->grab().save(file));
    const bool isDark = m_panel->palette().color(QPalette::Base).lightness() < 128;
    QCOMPARE(isDark, appearance == Appearance::Dark);
}

QTEST_MAIN(StatisticsPanelTest)
#include "tst_statisticspanel.moc"
