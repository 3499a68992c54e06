// SPDX-FileCopyrightText: 2026 The LiveTemplate for Qt authors
// SPDX-License-Identifier: MIT

#include "oracle.h"
#include "shrink.h"

#include <KTextTemplate/Engine>
#include <KTextTemplate/TagLibraryInterface>

#include <QElapsedTimer>
#include <QMetaEnum>
#include <QRandomGenerator>
#include <QRegularExpression>
#include <QTest>

using namespace LiveTemplate;
using namespace Qt::StringLiterals;

namespace {

constexpr uint defaultSeed = 20261122;
constexpr int defaultCases = LVT_ORACLE_CASES;
/// Transitions of one template's page.
constexpr int transitions = 8;
/// Templates that are checked with one question to the client's renderer.
constexpr int batchSize = 50;
constexpr int defaultReports = 5;
constexpr int shrinkAttempts = 1500;
/// More than a template and its states take, mostly: behind the end all choices are the simplest.
constexpr int bytesPerTemplate = 3000;

int environmentNumber(const char *name, int otherwise)
{
    bool isNumber = false;
    const int number = qEnvironmentVariableIntValue(name, &isNumber);
    return isNumber ? number : otherwise;
}

QByteArray bytesFor(uint seed, int index)
{
    QRandomGenerator random({seed, uint(index)});
    QList<quint32> words(bytesPerTemplate / 4);
    random.fillRange(words.data(), words.size());
    return QByteArray(reinterpret_cast<const char *>(words.constData()), bytesPerTemplate);
}

/// How many templates there were of each construct.
class Coverage
{
public:
    void add(const TemplateSet &templates)
    {
        QSet<QString> found = templates.features;
        for (const QString &source : templates.files) {
            addWords(found, u"tag "_s, source, u"\\{%\\s*(\\w+)"_s);
            addWords(found, u"filter "_s, source, u"\\|(\\w+)"_s);
        }
        for (const QString &construct : std::as_const(found))
            ++m_counts[construct];
    }

    [[nodiscard]] bool contains(const QString &construct) const
    {
        return m_counts.contains(construct);
    }

    [[nodiscard]] QString toString() const
    {
        QStringList lines;
        for (auto it = m_counts.begin(); it != m_counts.end(); ++it)
            lines.append(u"%1: %2"_s.arg(it.key()).arg(it.value()));
        return lines.join(u", "_s);
    }

private:
    static void addWords(QSet<QString> &found, const QString &kind, const QString &source,
                         const QString &pattern)
    {
        for (const auto &match : QRegularExpression(pattern).globalMatch(source))
            found.insert(kind + match.captured(1));
    }

    QMap<QString, int> m_counts;
};

} // namespace

/// The client's own renderer, fed with our trees and differences, holds what we render, and that is
/// what KTextTemplate renders alone: for thousands of random templates and changes of their state
/// (PROTOCOL.md H.1). LVT_TEST_SEED and LVT_TEST_CASES choose others, LVT_TEST_TEMPLATE one of them
/// by its number; LVT_TEST_REPORTS is the number of mismatches that are told in full.
class TestOracle : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void randomTemplates();

private:
    void report(uint seed, int index, const OracleFinding &finding);

    Oracle m_oracle;
};

void TestOracle::randomTemplates()
{
    const auto seed = uint(environmentNumber("LVT_TEST_SEED", int(defaultSeed)));
    const int cases = environmentNumber("LVT_TEST_CASES", defaultCases);
    const int mostReports = environmentNumber("LVT_TEST_REPORTS", defaultReports);
    const int only = environmentNumber("LVT_TEST_TEMPLATE", -1);
    const int start = qMax(0, only);
    const int end = only < 0 ? qMax(1, cases / transitions) : only + 1;
    Coverage coverage;
    QMap<OracleFinding::Kind, QList<int>> mismatchesByKind;
    int mismatches = 0;
    int reports = 0;
    QElapsedTimer timer;
    timer.start();

    for (int first = start; first < end; first += batchSize) {
        QList<OracleCase> batch;
        for (int i = first; i < qMin(first + batchSize, end); ++i) {
            batch.append(makeOracleCase(bytesFor(seed, i), transitions + 1));
            coverage.add(batch.last().templates);
        }
        QSet<int> mismatching;
        const QList<OracleFinding> findings = m_oracle.check(batch);
        for (const OracleFinding &finding : findings) {
            mismatchesByKind[finding.kind].append(first + finding.caseIndex);
            ++mismatches;
            // The others of a template mostly have the same cause.
            if (mismatching.contains(finding.caseIndex))
                continue;
            mismatching.insert(finding.caseIndex);
            if (reports++ < mostReports)
                report(seed, first + finding.caseIndex, finding);
        }
    }

    qInfo("seed %u, %d cases of %d templates, %d mismatches in %d templates, %lld ms", seed,
          (end - start) * transitions, end - start, mismatches, reports, timer.elapsed());
    const OracleTotals &totals = m_oracle.totals();
    qInfo("%lld differences of %lld bytes for trees of %lld bytes, %lld of them empty",
          totals.differences, totals.differenceBytes, totals.wholeBytes, totals.nothing);
    for (auto it = mismatchesByKind.begin(); it != mismatchesByKind.end(); ++it) {
        const QList<int> templates(it->begin(), std::unique(it->begin(), it->end()));
        QStringList examples;
        for (const int index : templates.first(qMin(templates.size(), 20)))
            examples.append(QString::number(index));
        qInfo("  %s: %lld in %lld templates, such as %s",
              QMetaEnum::fromType<OracleFinding::Kind>().valueToKey(it.key()),
              qlonglong(it->size()), qlonglong(templates.size()), qPrintable(examples.join(u' ')));
    }
    qInfo("templates of each construct: %s", qPrintable(coverage.toString()));
    QCOMPARE(mismatches, 0);

    if (only >= 0 || cases < defaultCases)
        return;
    KTextTemplate::Engine engine;
    for (const auto &[kind, library] :
         {std::pair(u"tag "_s, u"ktexttemplate_defaulttags"_s),
          std::pair(u"tag "_s, u"ktexttemplate_loadertags"_s),
          std::pair(u"filter "_s, u"ktexttemplate_defaultfilters"_s)}) {
        QStringList names = engine.loadLibrary(library)->nodeFactories().keys();
        names += engine.loadLibrary(library)->filters().keys();
        names.removeAll(u"random"_s);
        for (const QString &name : std::as_const(names))
            QVERIFY2(coverage.contains(kind + name), qPrintable(kind + name));
    }
}

/// Prints @p finding for the smallest template that can be found to have it.
void TestOracle::report(uint seed, int index, const OracleFinding &finding)
{
    const auto sameFinding = [&](const OracleCase &subject) -> std::optional<OracleFinding> {
        for (const OracleFinding &other : m_oracle.check({subject})) {
            if (other.kind == finding.kind)
                return other;
        }
        return std::nullopt;
    };
    const QByteArray bytes = shrink(
        bytesFor(seed, index),
        [&](const QByteArray &candidate) {
            return sameFinding(makeOracleCase(candidate, transitions + 1)).has_value();
        },
        shrinkAttempts);
    const OracleCase smallest = makeOracleCase(bytes, transitions + 1);
    const OracleFinding found = sameFinding(smallest).value_or(finding);
    qWarning().noquote() << u"seed %1, template %2: "_s.arg(seed).arg(index)
            + found.report(smallest);
}

QTEST_GUILESS_MAIN(TestOracle)
#include "tst_oracle.moc"
