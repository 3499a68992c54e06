// SPDX-FileCopyrightText: 2026 The LiveTemplate for Qt authors
// SPDX-License-Identifier: MIT

#include "units.h"

#include <QLocale>
#include <QTest>

#include <cmath>
#include <limits>

using namespace LiveTemplate::Ui;
using namespace Qt::StringLiterals;

class UnitsTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { QLocale::setDefault(QLocale(QLocale::English, QLocale::UnitedStates)); }

    void formats_data()
    {
        QTest::addColumn<Unit>("unit");
        QTest::addColumn<double>("value");
        QTest::addColumn<QString>("text");
        const double none = std::numeric_limits<double>::quiet_NaN();
        QTest::newRow("nothing") << Unit::Seconds << none << u"–"_s;
        QTest::newRow("endless") << Unit::Count << std::numeric_limits<double>::infinity()
                                 << u"–"_s;
        QTest::newRow("none") << Unit::Count << 0.0 << u"0"_s;
        QTest::newRow("few") << Unit::Count << 7.0 << u"7"_s;
        QTest::newRow("thousands") << Unit::Count << 12345.0 << u"12,345"_s;
        QTest::newRow("millions") << Unit::Count << 3.2e6 << u"3.2 M"_s;
        QTest::newRow("a rate") << Unit::PerSecond << 0.4 << u"0.4/s"_s;
        QTest::newRow("a high rate") << Unit::PerSecond << 1234.4 << u"1,234/s"_s;
        QTest::newRow("less than a microsecond") << Unit::Seconds << 250e-9 << u"0.25 µs"_s;
        QTest::newRow("microseconds") << Unit::Seconds << 123.4e-6 << u"123 µs"_s;
        QTest::newRow("almost a millisecond") << Unit::Seconds << 999.6e-6 << u"1 ms"_s;
        QTest::newRow("milliseconds") << Unit::Seconds << 4.5e-3 << u"4.5 ms"_s;
        QTest::newRow("tens of milliseconds") << Unit::Seconds << 31.26e-3 << u"31.3 ms"_s;
        QTest::newRow("seconds") << Unit::Seconds << 1.25 << u"1.25 s"_s;
        QTest::newRow("bytes") << Unit::Bytes << 512.0 << u"512 B"_s;
        QTest::newRow("kibibytes") << Unit::Bytes << 1536.0 << u"1.5 KiB"_s;
        QTest::newRow("mebibytes") << Unit::Bytes << 12.25 * 1024 * 1024 << u"12.3 MiB"_s;
        QTest::newRow("gibibytes") << Unit::Bytes << 13e9 << u"12.1 GiB"_s;
        QTest::newRow("a rate of bytes") << Unit::BytesPerSecond << 2048.0 << u"2 KiB/s"_s;
        QTest::newRow("a share") << Unit::Share << 0.845 << u"84.5 %"_s;
        QTest::newRow("more than the whole") << Unit::Share << 1.5 << u"150 %"_s;
        QTest::newRow("yes") << Unit::YesNo << 1.0 << u"yes"_s;
        QTest::newRow("no") << Unit::YesNo << 0.0 << u"no"_s;
    }

    void formats()
    {
        QFETCH(const Unit, unit);
        QFETCH(const double, value);
        QFETCH(const QString, text);
        QCOMPARE(formatted(unit, value), text);
    }

    void ticks_data()
    {
        QTest::addColumn<Unit>("unit");
        QTest::addColumn<double>("largest");
        QTest::addColumn<QStringList>("labels");
        QTest::newRow("nothing yet") << Unit::Count << 0.0 << QStringList{u"0"_s, u"1"_s};
        QTest::newRow("no number") << Unit::Count << std::nan("") << QStringList{u"0"_s, u"1"_s};
        QTest::newRow("three") << Unit::Count << 3.0 << QStringList{u"0"_s, u"1"_s, u"2"_s, u"3"_s};
        QTest::newRow("thousands")
            << Unit::Count << 9'100.0 << QStringList{u"0"_s, u"5,000"_s, u"10,000"_s};
        QTest::newRow("rates") << Unit::PerSecond << 0.55
                               << QStringList{u"0"_s, u"0.2/s"_s, u"0.4/s"_s, u"0.6/s"_s};
        QTest::newRow("microseconds") << Unit::Seconds << 410e-6
                                      << QStringList{u"0"_s, u"200 µs"_s, u"400 µs"_s, u"600 µs"_s};
        // All labels are in the unit of the last one.
        QTest::newRow("around a millisecond")
            << Unit::Seconds << 1.4e-3 << QStringList{u"0"_s, u"0.5 ms"_s, u"1 ms"_s, u"1.5 ms"_s};
        QTest::newRow("bytes are in powers of two")
            << Unit::Bytes << 200.0 * 1024 * 1024
            << QStringList{u"0"_s, u"128 MiB"_s, u"256 MiB"_s};
        QTest::newRow("kibibytes")
            << Unit::BytesPerSecond << 1500.0
            << QStringList{u"0"_s, u"0.5 KiB/s"_s, u"1 KiB/s"_s, u"1.5 KiB/s"_s};
        QTest::newRow("shares") << Unit::Share << 0.07 << QStringList{u"0"_s, u"5 %"_s, u"10 %"_s};
    }

    void ticks()
    {
        QFETCH(const Unit, unit);
        QFETCH(const double, largest);
        QFETCH(const QStringList, labels);
        const QList<AxisTick> ticks = axisTicks(unit, largest, 3);
        QStringList found;
        for (const AxisTick &tick : ticks)
            found.append(tick.label);
        QCOMPARE(found, labels);
        QCOMPARE(ticks.first().value, 0.0);
        if (std::isfinite(largest))
            QCOMPARE_GE(ticks.last().value, largest);
    }

    void ticksOfTime_data()
    {
        QTest::addColumn<int>("seconds");
        QTest::addColumn<QStringList>("labels");
        QTest::newRow("1 min") << 60 << QStringList{u"−60 s"_s, u"−40 s"_s, u"−20 s"_s, u"now"_s};
        QTest::newRow("5 min") << 300 << QStringList{u"−4 min"_s, u"−2 min"_s, u"now"_s};
        QTest::newRow("30 min") << 1800
                                << QStringList{u"−30 min"_s, u"−20 min"_s, u"−10 min"_s, u"now"_s};
    }

    void ticksOfTime()
    {
        QFETCH(const int, seconds);
        QFETCH(const QStringList, labels);
        QStringList found;
        for (const AxisTick &tick : timeTicks(seconds))
            found.append(tick.label);
        QCOMPARE(found, labels);
    }
};

QTEST_GUILESS_MAIN(UnitsTest)
#include "tst_units.moc"
