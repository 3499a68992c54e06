// SPDX-FileCopyrightText: 2026 The LiveTemplate for Qt authors
// SPDX-License-Identifier: MIT

#include "distribution_p.h"
#include "histogram.h"
#include "histogrambuilder_p.h"

#include <QTest>

#include <array>
#include <memory>

using namespace LiveTemplate;

class TestHistogram : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void isEmptyAtFirst();
    void agreesWithItsDistribution_data();
    void agreesWithItsDistribution();
    void sinceHasWhatCameBetween_data();
    void sinceHasWhatCameBetween();
    void addsSeveral();
};

namespace {

using Values = QList<quint64>;

void record(Distribution &distribution, const Values &values)
{
    for (const quint64 value : values)
        distribution.record(value);
}

Histogram of(const Distribution &distribution)
{
    return HistogramBuilder::of(std::array{&distribution});
}

} // namespace

void TestHistogram::isEmptyAtFirst()
{
    const Histogram histogram;
    QVERIFY(histogram.isEmpty());
    QCOMPARE(histogram.quantile(0.5), quint64(0));
    QCOMPARE(histogram.mean(), 0.0);
    QCOMPARE(histogram.since(histogram), histogram);
}

void TestHistogram::agreesWithItsDistribution_data()
{
    QTest::addColumn<Values>("values");
    QTest::newRow("none") << Values();
    QTest::newRow("one") << Values{17};
    QTest::newRow("zero") << Values{0, 0};
    QTest::newRow("some") << Values{1, 2, 3, 100, 1000, 1'000'000, 5'000'000'000};
    QTest::newRow("the largest") << Values{~quint64(0)};
}

void TestHistogram::agreesWithItsDistribution()
{
    QFETCH(const Values, values);
    const auto distribution = std::make_unique<Distribution>();
    record(*distribution, values);
    const auto counts = std::make_unique<Distribution::Counts>();
    distribution->addTo(*counts);

    const Histogram histogram = of(*distribution);
    QCOMPARE(histogram.count(), quint64(values.size()));
    QCOMPARE(histogram.sum(), distribution->sum());
    for (const double quantile : {0.0, 0.01, 0.5, 0.9, 0.95, 0.99, 1.0})
        QCOMPARE(histogram.quantile(quantile), Distribution::quantile(*counts, quantile));
}

void TestHistogram::sinceHasWhatCameBetween_data()
{
    QTest::addColumn<Values>("before");
    QTest::addColumn<Values>("between");
    QTest::newRow("nothing came") << Values{1, 5} << Values();
    QTest::newRow("all came") << Values() << Values{1, 5};
    QTest::newRow("the same values") << Values{1, 5, 7} << Values{5, 5};
    QTest::newRow("others") << Values{100, 1'000'000} << Values{1, 200, 2'000'000};
}

void TestHistogram::sinceHasWhatCameBetween()
{
    QFETCH(const Values, before);
    QFETCH(const Values, between);
    const auto whole = std::make_unique<Distribution>();
    const auto part = std::make_unique<Distribution>();
    record(*whole, before);
    const Histogram older = of(*whole);
    record(*whole, between);
    record(*part, between);
    QCOMPARE(of(*whole).since(older), of(*part));
    // The other way round nothing is left, and nothing is below it.
    QCOMPARE(older.since(of(*whole)), Histogram());
}

void TestHistogram::addsSeveral()
{
    const auto one = std::make_unique<Distribution>();
    const auto other = std::make_unique<Distribution>();
    const auto both = std::make_unique<Distribution>();
    record(*one, {1, 2, 3});
    record(*other, {3, 4000});
    record(*both, {1, 2, 3, 3, 4000});
    QCOMPARE(HistogramBuilder::of(std::array<const Distribution *, 2>{one.get(), other.get()}),
             of(*both));
}

QTEST_GUILESS_MAIN(TestHistogram)
#include "tst_histogram.moc"
