// SPDX-FileCopyrightText: 2026 The LiveTemplate for Qt authors
// SPDX-License-Identifier: MIT

#include "alertbook.h"
#include "fakestatistics.h"

#include <QFile>
#include <QRegularExpression>
#include <QSignalSpy>
#include <QTest>

using namespace LiveTemplate;
using namespace LiveTemplate::Ui;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {

/// Fires when there are more than ten connections for five seconds.
AlertRule connectionRule()
{
    return {.name = u"Test"_s,
            .title = u"Too many"_s,
            .plot = u"connections"_s,
            .duration = 5s,
            .value =
                [](const StatisticsHistory &history) {
                    return double(history.newest().gauges.connections);
                },
            .threshold =
                [](const StatisticsHistory &) {
                    return 10.0;
                }};
}

qsizetype ruleNamed(const AlertBook &book, const QString &name)
{
    for (qsizetype i = 0; i < book.rules().size(); ++i) {
        if (book.rules().at(i).name == name)
            return i;
    }
    return -1;
}

} // namespace

class AlertBookTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        m_fake = std::make_unique<FakeStatistics>();
        m_history = StatisticsHistory();
    }

    void firesAfterItsTimeAndIsResolved()
    {
        AlertBook book({connectionRule()});
        const QSignalSpy fired(&book, &AlertBook::fired);
        const QSignalSpy resolved(&book, &AlertBook::resolved);
        sample(book, 10);
        QVERIFY(book.alerts().isEmpty());

        sample(book, 11);
        const QDateTime since = m_history.newest().time;
        QCOMPARE(book.alerts().size(), 1);
        QCOMPARE(book.alerts().first().state, AlertState::Pending);
        QCOMPARE(book.firingCount(), qsizetype(0));
        for (int i = 0; i < 4; ++i)
            sample(book, 12);
        QCOMPARE(fired.count(), 0);
        sample(book, 13);
        QCOMPARE(fired.count(), 1);
        QCOMPARE(book.alerts().first().state, AlertState::Firing);
        QCOMPARE(book.alerts().first().since, since);
        QCOMPARE(book.alerts().first().firedAt, since.addSecs(5));
        QCOMPARE(book.alerts().first().value, 13.0);
        QCOMPARE(book.alerts().first().threshold, 10.0);
        QVERIFY(book.isFiring(u"connections"_s));
        QCOMPARE(book.worstFiring(), Severity::Warning);

        sample(book, 9);
        QCOMPARE(resolved.count(), 1);
        QCOMPARE(book.alerts().first().state, AlertState::Resolved);
        QCOMPARE(book.alerts().first().value, 13.0);
        QVERIFY(!book.isFiring(u"connections"_s));
        QVERIFY(!book.worstFiring());
        for (int i = 0; i < 10; ++i)
            sample(book, 9);
        QCOMPARE(resolved.count(), 1);
        QCOMPARE(fired.count(), 1);
    }

    void aShortPeakLeavesNothing()
    {
        AlertBook book({connectionRule()});
        const QSignalSpy fired(&book, &AlertBook::fired);
        for (int round = 0; round < 5; ++round) {
            for (int i = 0; i < 4; ++i)
                sample(book, 11);
            sample(book, 3);
            QVERIFY(book.alerts().isEmpty());
        }
        QCOMPARE(fired.count(), 0);
    }

    void whatWasPendingBeginsAnewAfterAGap()
    {
        AlertBook book({connectionRule()});
        sample(book, 11);
        sample(book, 11);
        m_fake->advance(1h);
        sample(book, 11);
        QCOMPARE(book.alerts().first().state, AlertState::Pending);
        QCOMPARE(book.alerts().first().since, m_history.newest().time);
    }

    void whatFiredGoesOnAfterAGap_data()
    {
        QTest::addColumn<int>("connections");
        QTest::addColumn<AlertState>("state");
        QTest::newRow("it still holds") << 12 << AlertState::Firing;
        QTest::newRow("it is over") << 2 << AlertState::Resolved;
    }

    void whatFiredGoesOnAfterAGap()
    {
        QFETCH(const int, connections);
        QFETCH(const AlertState, state);
        AlertBook book({connectionRule()});
        for (int i = 0; i < 7; ++i)
            sample(book, 11);
        QCOMPARE(book.firingCount(), qsizetype(1));
        const QDateTime since = book.alerts().first().since;
        m_fake->advance(10min);
        sample(book, connections);
        QCOMPARE(book.alerts().size(), 1);
        QCOMPARE(book.alerts().first().state, state);
        QCOMPARE(book.alerts().first().since, since);
    }

    void forgetsTheOldestOnes()
    {
        AlertRule rule = connectionRule();
        rule.duration = 0s;
        AlertBook book({rule});
        const qsizetype more = AlertBook::mostResolved + 7;
        for (qsizetype i = 0; i < more; ++i) {
            sample(book, 11);
            sample(book, 1);
        }
        QCOMPARE(book.alerts().size(), AlertBook::mostResolved);
        QCOMPARE(book.forgottenCount(), quint64(7));
        QCOMPARE(book.alerts().last().id, quint64(more));
    }

    void slowActionsFire()
    {
        AlertBook book;
        const QSignalSpy fired(&book, &AlertBook::fired);
        const qsizetype rule = ruleNamed(book, u"LiveTemplateActionsSlow"_s);
        for (int i = 0; i <= 300; ++i) {
            m_fake->act(300ms);
            sample(book, 1);
        }
        QCOMPARE(fired.count(), 0);
        m_fake->act(300ms);
        sample(book, 1);
        QCOMPARE(fired.count(), 1);
        const Alert alert = fired.first().first().value<Alert>();
        QCOMPARE(alert.rule, rule);
        QVERIFY(alert.value >= 0.3 && alert.value < 0.32);
    }

    void rejectedConnectionsFireAtOnce()
    {
        AlertBook book;
        const QSignalSpy fired(&book, &AlertBook::fired);
        auto &rejections = m_fake->statistics.counters.rejections;
        sample(book, 1);
        rejections[std::size_t(Rejection::Capacity)] += 100;
        // It is no connection.
        rejections[std::size_t(Rejection::BadRequest)] += 1000;
        sample(book, 1);
        QCOMPARE(fired.count(), 0);
        rejections[std::size_t(Rejection::GroupCapacity)] += 1;
        sample(book, 1);
        QCOMPARE(fired.count(), 1);
        QCOMPARE(book.worstFiring(), Severity::Critical);
        for (int i = 0; i < 301; ++i)
            sample(book, 1);
        QCOMPARE(book.firingCount(), qsizetype(0));
    }

    void aServerWithoutRedisHasNoneToMiss()
    {
        AlertBook book;
        for (int i = 0; i < 200; ++i)
            sample(book, 1);
        QVERIFY(book.alerts().isEmpty());
    }

    void redisThatIsGoneFires()
    {
        AlertBook book;
        m_fake->statistics.redis.emplace();
        m_fake->statistics.redis->isConnected = true;
        m_fake->statistics.redis->isSubscribed = true;
        sample(book, 1);
        QVERIFY(book.alerts().isEmpty());
        m_fake->statistics.redis->isConnected = false;
        m_fake->statistics.redis->isFallback = true;
        for (int i = 0; i <= 60; ++i)
            sample(book, 1);
        QCOMPARE(book.firingCount(), qsizetype(2));
    }

    void agreesWithTheRulesForPrometheus_data()
    {
        QTest::addColumn<int>("index");
        const QList<AlertRule> rules = alertRules();
        for (int i = 0; i < rules.size(); ++i)
            QTest::newRow(qPrintable(rules.at(i).name)) << i;
    }

    /// Same name, same time, same threshold, same severity.
    void agreesWithTheRulesForPrometheus()
    {
        QFETCH(const int, index);
        const AlertRule rule = alertRules().at(index);
        QFile file(QStringLiteral(ALERT_RULES));
        QVERIFY(file.open(QIODevice::ReadOnly));
        const QString text = QString::fromUtf8(file.readAll());
        const qsizetype begin = text.indexOf(u"- alert: %1\n"_s.arg(rule.name));
        QVERIFY2(begin >= 0, "There is no such rule.");
        const QString part = text.mid(begin, text.indexOf(u"- alert:"_s, begin + 1) - begin);

        static const QRegularExpression severity(u"severity: (\\w+)"_s);
        const QString name = severity.match(part).captured(1);
        QCOMPARE(severityName(rule.severity).toLower(),
                 name == u"info"_s ? u"information"_s : name);

        static const QRegularExpression duration(u"\\n +for: (\\d+)m"_s);
        const auto minutes = duration.match(part);
        QCOMPARE(rule.duration.count(),
                 minutes.hasMatch() ? minutes.captured(1).toLongLong() * 60 : 0);

        static const QRegularExpression expression(u"expr: (.*)"_s);
        static const QRegularExpression last(u"> ([0-9.e]+)(?: and .*)?$"_s);
        const auto number = last.match(expression.match(part).captured(1));
        StatisticsHistory history;
        m_fake->statistics.redis.emplace();
        history.add(m_fake->statistics);
        if (rule.unit != Unit::YesNo && number.hasMatch())
            QCOMPARE(rule.threshold(history), number.captured(1).toDouble());
        QVERIFY(!rule.title.isEmpty() && rule.meaning.endsWith(u'.') && rule.action.endsWith(u'.'));
    }

private:
    void sample(AlertBook &book, qint64 connections)
    {
        m_fake->statistics.gauges.connections = connections;
        m_history.add(m_fake->statistics);
        book.update(m_history);
        m_fake->advance();
    }

    std::unique_ptr<FakeStatistics> m_fake;
    StatisticsHistory m_history;
};

QTEST_GUILESS_MAIN(AlertBookTest)
#include "tst_alertbook.moc"
