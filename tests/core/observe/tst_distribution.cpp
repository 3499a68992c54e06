// SPDX-FileCopyrightText: 2026 The LiveTemplate for Qt authors
// SPDX-License-Identifier: MIT

#include "distribution_p.h"

#include <QTest>

#include <algorithm>
#include <cmath>
#include <memory>
#include <random>
#include <vector>

using namespace LiveTemplate;

namespace {

using Values = std::vector<quint64>;

constexpr std::size_t sampleSize = 20'000;

template<typename Random>
Values sample(Random random)
{
    // A fixed seed: each run tests the same values.
    std::mt19937_64 engine(20260);
    Values values(sampleSize);
    std::ranges::generate(values, [&] { return quint64(std::max(0.0, double(random(engine)))); });
    return values;
}

std::unique_ptr<Distribution> distribution(const Values &values)
{
    auto result = std::make_unique<Distribution>();
    for (const quint64 value : values)
        result->record(value);
    return result;
}

Distribution::Counts counts(const Values &values)
{
    Distribution::Counts result{};
    distribution(values)->addTo(result);
    return result;
}

} // namespace

class TestDistribution : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void bucketsCoverAllValues();
    void quantiles_data();
    void quantiles();
    void extremes_data();
    void extremes();
    void fewValues();
    void nothing();
    void merging();
};

void TestDistribution::bucketsCoverAllValues()
{
    quint64 lowest = 0;
    for (std::size_t bucket = 0; bucket < Distribution::bucketCount; ++bucket) {
        const quint64 highest = Distribution::upperBound(bucket);
        QCOMPARE(Distribution::bucketOf(lowest), bucket);
        QCOMPARE(Distribution::bucketOf(highest), bucket);
        QVERIFY2(double(highest - lowest) <= double(lowest) / 32,
                 qPrintable(QString::number(lowest)));
        lowest = highest + 1;
    }
    QCOMPARE(lowest, quint64(1) << Distribution::largestBits);
}

void TestDistribution::quantiles_data()
{
    QTest::addColumn<Values>("values");
    QTest::newRow("all alike") << Values(sampleSize, 123'456);
    QTest::newRow("small") << sample(std::uniform_real_distribution(0.0, 40.0));
    QTest::newRow("uniform") << sample(std::uniform_real_distribution(0.0, 1e9));
    QTest::newRow("exponential") << sample(std::exponential_distribution(1e-6));
    QTest::newRow("over many magnitudes") << sample(std::lognormal_distribution(14.0, 3.0));
    QTest::newRow("normal") << sample(std::normal_distribution(5e6, 1e5));
    QTest::newRow("two humps") << sample([](auto &engine) {
        const bool isSlow = std::bernoulli_distribution(0.06)(engine);
        return std::normal_distribution(isSlow ? 2e9 : 3e5, 1e4)(engine);
    });
}

void TestDistribution::quantiles()
{
    QFETCH(Values, values);
    const Distribution::Counts counted = counts(values);
    QCOMPARE(Distribution::count(counted), values.size());

    std::ranges::sort(values);
    for (const int perMille : {1, 10, 250, 500, 900, 950, 990, 999, 1000}) {
        const std::size_t rank = (values.size() * std::size_t(perMille) + 999) / 1000;
        const auto exact = double(values[rank - 1]);
        const auto found = double(Distribution::quantile(counted, perMille / 1000.0));
        const QByteArray what = QByteArray::number(perMille)
            + " per mille: " + QByteArray::number(found) + " for " + QByteArray::number(exact);
        QVERIFY2(found >= exact, what.constData());
        QVERIFY2(found <= exact * 1.032, what.constData());
    }
}

void TestDistribution::extremes_data()
{
    constexpr quint64 largest = (quint64(1) << Distribution::largestBits) - 1;
    QTest::addColumn<quint64>("value");
    QTest::addColumn<quint64>("median");
    QTest::newRow("0") << quint64(0) << quint64(0);
    QTest::newRow("1") << quint64(1) << quint64(1);
    QTest::newRow("last exact one") << quint64(64) << quint64(65);
    QTest::newRow("largest") << largest << largest;
    QTest::newRow("beyond") << largest + 1 << largest;
    QTest::newRow("far beyond") << ~quint64(0) << largest;
}

void TestDistribution::extremes()
{
    QFETCH(quint64, value);
    const auto recorded = distribution({value});
    QCOMPARE(recorded->sum(), value);
    Distribution::Counts counted{};
    recorded->addTo(counted);
    QCOMPARE(Distribution::count(counted), quint64(1));
    QTEST(Distribution::quantile(counted, 0.5), "median");
}

void TestDistribution::fewValues()
{
    const Distribution::Counts counted = counts({1, 2, 3, 4});
    QCOMPARE(Distribution::quantile(counted, 0), quint64(1));
    QCOMPARE(Distribution::quantile(counted, 0.25), quint64(1));
    QCOMPARE(Distribution::quantile(counted, 0.26), quint64(2));
    QCOMPARE(Distribution::quantile(counted, 0.5), quint64(2));
    QCOMPARE(Distribution::quantile(counted, 0.99), quint64(4));
    QCOMPARE(Distribution::quantile(counted, 1), quint64(4));
}

void TestDistribution::nothing()
{
    const Distribution::Counts counted = counts({});
    QCOMPARE(Distribution::count(counted), quint64(0));
    QCOMPARE(Distribution::quantile(counted, 0.5), quint64(0));
}

void TestDistribution::merging()
{
    const Values some = sample(std::exponential_distribution(1e-6));
    const Values others = sample(std::uniform_real_distribution(0.0, 1e9));
    Values all = some;
    all.insert(all.end(), others.begin(), others.end());

    Distribution::Counts merged{};
    const auto first = distribution(some);
    const auto second = distribution(others);
    first->addTo(merged);
    second->addTo(merged);
    QCOMPARE(Distribution::count(merged), all.size());
    QVERIFY(merged == counts(all));
    QCOMPARE(first->sum() + second->sum(), distribution(all)->sum());
}

QTEST_GUILESS_MAIN(TestDistribution)
#include "tst_distribution.moc"
