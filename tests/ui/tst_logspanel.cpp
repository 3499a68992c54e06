// SPDX-FileCopyrightText: 2026 The LiveTemplate for Qt authors
// SPDX-License-Identifier: MIT

#include "loglevelsdialog.h"
#include "logspanel.h"
#include "screenshot.h"
#include "tablepanel.h"

#include <QAbstractItemModelTester>
#include <QComboBox>
#include <QDialogButtonBox>
#include <QLineEdit>
#include <QLoggingCategory>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QSettings>
#include <QTableView>
#include <QTableWidget>
#include <QTemporaryDir>
#include <QTest>
#include <QThread>

#include <atomic>
#include <memory>
#include <vector>

using namespace LiveTemplate::Ui;
using namespace Qt::StringLiterals;

Q_LOGGING_CATEGORY(lcFirst, "test.first", QtInfoMsg)
Q_LOGGING_CATEGORY(lcSecond, "test.second", QtInfoMsg)

namespace {

std::atomic<int> handledBefore = 0;

void countMessage(QtMsgType, const QMessageLogContext &, const QString &)
{
    ++handledBefore;
}

QStringList texts(const QList<LogLine> &lines)
{
    QStringList texts;
    for (const LogLine &line : lines)
        texts.append(line.text);
    return texts;
}

} // namespace

class LogsPanelTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        handledBefore = 0;
        m_handler = qInstallMessageHandler(countMessage);
        // Known to the registry from here on.
        (void)lcFirst().isDebugEnabled();
        (void)lcSecond().isDebugEnabled();
    }

    void cleanup()
    {
        QVERIFY(qInstallMessageHandler(m_handler) == countMessage);
        QLoggingCategory::setFilterRules({});
    }

    void collectsAndStillCallsTheHandlerBefore()
    {
        LogCollector collector;
        qCInfo(lcFirst, "one");
        qCWarning(lcSecond, "two");
        const QList<LogLine> lines = collector.take();
        QCOMPARE(texts(lines), (QStringList{u"one"_s, u"two"_s}));
        QCOMPARE(lines.at(0).category, u"test.first"_s);
        QCOMPARE(lines.at(1).type, QtWarningMsg);
        QVERIFY(lines.at(0).time.isValid());
        QCOMPARE(handledBefore.load(), 2);
        QVERIFY(collector.take().isEmpty());
    }

    void leavesWhatCameLater()
    {
        {
            const LogCollector collector;
            qInstallMessageHandler(qInstallMessageHandler(countMessage));
        }
        qCInfo(lcFirst, "after");
        QCOMPARE(handledBefore.load(), 1);
    }

    void collectsFromAllThreads()
    {
        LogCollector collector;
        std::vector<std::unique_ptr<QThread>> threads;
        for (int i = 0; i < 4; ++i) {
            threads.emplace_back(QThread::create([] {
                for (int message = 0; message < 1000; ++message)
                    qCInfo(lcFirst, "%d", message);
            }));
            threads.back()->start();
        }
        qsizetype count = 0;
        while (count < 4000) {
            count += collector.take().size();
            QThread::yieldCurrentThread();
        }
        for (const auto &thread : threads)
            QVERIFY(thread->wait());
        QCOMPARE(count, 4000);
        QCOMPARE(collector.droppedCount(), 0u);
        QCOMPARE(handledBefore.load(), 4000);
    }

    void keepsTheLastOnes()
    {
        LogCollector collector;
        for (int message = 0; message < LogCollector::capacity + 5; ++message)
            qCInfo(lcFirst, "%d", message);
        QCOMPARE(collector.droppedCount(), 5u);
        const QList<LogLine> lines = collector.take();
        QCOMPARE(lines.size(), LogCollector::capacity);
        QCOMPARE(lines.first().text, u"5"_s);
    }

    void longMessagesAreCut()
    {
        LogCollector collector;
        qCInfo(lcFirst).noquote() << QString(1'000'000, u'x');
        QCOMPARE(collector.take().first().text.size(), LogCollector::maxTextLength);
    }

    void levelsHoldAtOnce_data()
    {
        QTest::addColumn<LogLevel>("level");
        QTest::addColumn<QString>("written");
        QTest::newRow("debug") << LogLevel::Debug << u"diwc"_s;
        QTest::newRow("info") << LogLevel::Info << u"iwc"_s;
        QTest::newRow("warning") << LogLevel::Warning << u"wc"_s;
        QTest::newRow("critical") << LogLevel::Critical << u"c"_s;
        QTest::newRow("off") << LogLevel::Off << QString();
    }

    void levelsHoldAtOnce()
    {
        QFETCH(const LogLevel, level);
        QFETCH(const QString, written);
        LogLevels levels;
        levels.setLevel(u"test.first"_s, level);
        QCOMPARE(levels.level(u"test.first"_s), level);
        QCOMPARE(enabled(lcFirst()), written);
        QCOMPARE(enabled(lcSecond()), u"iwc"_s);
        levels.reset();
        QCOMPARE(enabled(lcFirst()), u"iwc"_s);
        QCOMPARE(levels.level(u"test.first"_s), LogLevel::Info);
    }

    void theRulesHoldForTheOthers()
    {
        QLoggingCategory::setFilterRules(u"test.*.debug=true\ntest.second.info=false"_s);
        LogLevels levels;
        QCOMPARE(enabled(lcFirst()), u"diwc"_s);
        levels.setLevel(u"test.first"_s, LogLevel::Warning);
        QCOMPARE(enabled(lcFirst()), u"wc"_s);
        QCOMPARE(enabled(lcSecond()), u"dwc"_s);

        // Also those that come later.
        QLoggingCategory::setFilterRules(u"test.second.warning=false"_s);
        QCOMPARE(enabled(lcFirst()), u"wc"_s);
        QVERIFY(!lcSecond().isWarningEnabled());
        const QLoggingCategory late("test.late", QtWarningMsg);
        QCOMPARE(enabled(late), u"wc"_s);
        QVERIFY(levels.categories().contains(u"test.late"_s));
        QLoggingCategory::setFilterRules(u"test.second.*=true"_s);
    }

    void aLevelOfACategoryToCome()
    {
        LogLevels levels;
        levels.setLevel(u"test.tocome"_s, LogLevel::Debug);
        const QLoggingCategory toCome("test.tocome", QtWarningMsg);
        QCOMPARE(enabled(toCome), u"diwc"_s);
    }

    void allIsAsBeforeWhenItGoes()
    {
        {
            LogLevels levels;
            levels.setLevel(u"test.first"_s, LogLevel::Off);
        }
        QCOMPARE(enabled(lcFirst()), u"iwc"_s);
    }

    void samplesOnlyWhileItCanBeSeen()
    {
        LogsPanel panel;
        // What the platform says of itself.
        panel.levels().setLevel(u"default"_s, LogLevel::Off);
        const QAbstractItemModelTester tester(&panel.model());
        qCInfo(lcFirst, "before");
        QTest::qWait(300);
        QCOMPARE(panel.model().rowCount(), 0);
        panel.show();
        QTRY_COMPARE(panel.model().rowCount(), 1);
        qCInfo(lcFirst, "while");
        QTRY_COMPARE(panel.model().rowCount(), 2);
        panel.hide();
        for (int message = 0; message < LogCollector::capacity + 3; ++message)
            qCInfo(lcFirst, "hidden %d", message);
        panel.show();
        // A line says what was lost.
        QTRY_COMPARE(panel.model().totalCount(), 2 + LogCollector::capacity + 1);
        QVERIFY(panel.model().row(2).text.contains(u'3'));
    }

    void detailsShowAllLines()
    {
        LogsPanel panel;
        // What the platform says of itself.
        panel.levels().setLevel(u"default"_s, LogLevel::Off);
        panel.show();
        qCWarning(lcFirst, "first line\nsecond line");
        QTRY_COMPARE(panel.model().rowCount(), 1);
        QCOMPARE(panel.model().index(0, 3).data().toString(), u"first line ↵ second line"_s);
        auto *table = panel.findChild<TablePanel *>();
        auto *details = panel.findChild<QPlainTextEdit *>();
        QVERIFY(details->isHidden());
        table->select(quint64(1));
        QTest::keyClick(table->view(), Qt::Key_Return);
        QVERIFY(details->isVisible());
        QVERIFY(details->toPlainText().contains(u"first line\nsecond line"_s));
    }

    void chipsFilterLevels()
    {
        LogsPanel panel;
        // What the platform says of itself.
        panel.levels().setLevel(u"default"_s, LogLevel::Off);
        panel.show();
        qCInfo(lcFirst, "info");
        qCWarning(lcFirst, "warning");
        qCCritical(lcFirst, "critical");
        QTRY_COMPARE(panel.model().rowCount(), 3);
        panel.findChild<QAbstractButton *>(u"warning"_s)->click();
        panel.findChild<QAbstractButton *>(u"critical"_s)->click();
        QCOMPARE(panel.model().rowCount(), 2);
        QCOMPARE(panel.model().row(0).text, u"warning"_s);
    }

    void levelsAreRemembered()
    {
        const QTemporaryDir folder;
        QSettings settings(folder.filePath(u"s.ini"_s), QSettings::IniFormat);
        {
            LogsPanel panel;
            panel.levels().setLevel(u"test.first"_s, LogLevel::Debug);
            panel.levels().setLevel(u"test.second"_s, LogLevel::Off);
            panel.save(settings);
            panel.levels().setLevel(u"test.second"_s, std::nullopt);
            panel.save(settings);
        }
        settings.setValue(u"levels/test.wrong"_s, u"loud"_s);
        QCOMPARE(enabled(lcFirst()), u"iwc"_s);
        LogsPanel panel;
        panel.restore(settings);
        QCOMPARE(enabled(lcFirst()), u"diwc"_s);
        QCOMPARE(panel.levels().chosenLevels().size(), 1);
    }

    void theDialogChangesLevels()
    {
        LogLevels levels;
        LogLevelsDialog dialog(levels);
        dialog.show();
        auto *search = dialog.findChild<QLineEdit *>();
        search->setText(u"TEST.fir"_s);
        const auto *table = dialog.findChild<QTableWidget *>();
        int row = -1;
        for (int each = 0; each < table->rowCount(); ++each) {
            if (!table->isRowHidden(each)) {
                QCOMPARE(row, -1);
                row = each;
            }
        }
        auto *level = qobject_cast<QComboBox *>(table->cellWidget(row, 1));
        QVERIFY(level->accessibleName().contains(u"test.first"_s));
        level->setFocus();
        QTest::keyClick(level, Qt::Key_Down);
        QCOMPARE(enabled(lcFirst()), u"diwc"_s);
        Screenshot::takeBoth(dialog, u"log-levels"_s);
        dialog.findChild<QDialogButtonBox *>()->button(QDialogButtonBox::Reset)->click();
        QCOMPARE(enabled(lcFirst()), u"iwc"_s);
    }

    void screenshots()
    {
        LogsPanel panel;
        // What the platform says of itself.
        panel.levels().setLevel(u"default"_s, LogLevel::Off);
        panel.levels().setLevel(u"test.first"_s, LogLevel::Debug);
        panel.resize(1100, 300);
        panel.show();
        for (int group = 1; group < 5; ++group) {
            qCInfo(lcFirst, "session group 3f9a1c%02d: first connection", group);
            qCDebug(lcFirst, "render 41 µs, diff 6 µs, 182 bytes");
            qCWarning(lcSecond, "Redis does not answer: Connection refused.\nTrying again in 2 s.");
            qCCritical(lcSecond, "Cannot write the state of group 3f9a1c%02d", group);
        }
        QTRY_COMPARE(panel.model().rowCount(), 16);
        auto *table = panel.findChild<TablePanel *>();
        table->select(quint64(11));
        QTest::keyClick(table->view(), Qt::Key_Return);
        Screenshot::takeBoth(panel, u"logs"_s);
    }

private:
    /// The first letters of the levels that are written.
    static QString enabled(const QLoggingCategory &category)
    {
        QString letters;
        if (category.isDebugEnabled())
            letters += u'd';
        if (category.isInfoEnabled())
            letters += u'i';
        if (category.isWarningEnabled())
            letters += u'w';
        if (category.isCriticalEnabled())
            letters += u'c';
        return letters;
    }

    QtMessageHandler m_handler = nullptr;
};

QTEST_MAIN(LogsPanelTest)
#include "tst_logspanel.moc"
