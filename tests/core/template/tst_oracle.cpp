// SPDX-FileCopyrightText: 2026 The LiveTemplate for Qt authors
// SPDX-License-Identifier: MIT

#include "oracle.h"
#include "shrink.h"

#include <KTextTemplate/Engine>
#include <KTextTemplate/Filter>
#include <KTextTemplate/Node>
#include <KTextTemplate/TagLibraryInterface>

#include <QElapsedTimer>
#include <QMetaEnum>
#include <QRandomGenerator>
#include <QRegularExpression>
#include <QScopeGuard>
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
    void everyTagAndFilterWasThere();

private:
    /// The first finding of each template that has one.
    using Mismatches = QMap<int, OracleFinding>;

    [[nodiscard]] Mismatches checkTemplates(int first, int end);
    void report(int index, const OracleFinding &finding);

    const uint m_seed = uint(environmentNumber("LVT_TEST_SEED", int(defaultSeed)));
    const int m_cases = environmentNumber("LVT_TEST_CASES", defaultCases);
    const int m_only = environmentNumber("LVT_TEST_TEMPLATE", -1);
    const int m_mostReports = environmentNumber("LVT_TEST_REPORTS", defaultReports);

    Oracle m_oracle;
    Coverage m_coverage;
};

void TestOracle::randomTemplates()
{
    QElapsedTimer timer;
    timer.start();
    const int first = qMax(0, m_only);
    const int end = m_only < 0 ? qMax(1, m_cases / transitions) : m_only + 1;
    Mismatches mismatches;
    for (int start = first; start < end; start += batchSize)
        mismatches.insert(checkTemplates(start, qMin(start + batchSize, end)));

    qInfo("seed %u, %d cases of %d templates, %lld templates with mismatches, %lld ms", m_seed,
          (end - first) * transitions, end - first, qlonglong(mismatches.size()), timer.elapsed());
    const OracleTotals &totals = m_oracle.totals();
    qInfo("%lld differences of %lld bytes for trees of %lld bytes, %lld of them empty",
          totals.differences, totals.differenceBytes, totals.wholeBytes, totals.nothing);
    QMap<OracleFinding::Kind, QStringList> byKind;
    for (auto it = mismatches.begin(); it != mismatches.end(); ++it)
        byKind[it->kind].append(QString::number(it.key()));
    for (auto it = byKind.begin(); it != byKind.end(); ++it) {
        qInfo("  %s: %lld templates, such as %s",
              QMetaEnum::fromType<OracleFinding::Kind>().valueToKey(it.key()),
              qlonglong(it->size()), qPrintable(it->mid(0, 20).join(u' ')));
    }
    qInfo("templates of each construct: %s", qPrintable(m_coverage.toString()));
    int reports = 0;
    for (auto it = mismatches.begin(); it != mismatches.end() && reports < m_mostReports; ++it) {
        report(it.key(), *it);
        ++reports;
    }
    QCOMPARE(mismatches.size(), 0);
}

TestOracle::Mismatches TestOracle::checkTemplates(int first, int end)
{
    QList<OracleCase> cases;
    for (int i = first; i < end; ++i) {
        cases.append(makeOracleCase(bytesFor(m_seed, i), transitions + 1));
        m_coverage.add(cases.last().templates);
    }
    Mismatches mismatches;
    for (const OracleFinding &finding : m_oracle.check(cases)) {
        const int index = first + finding.caseIndex;
        // The others of a template mostly have the same cause.
        if (!mismatches.contains(index))
            mismatches.insert(index, finding);
    }
    return mismatches;
}

void TestOracle::everyTagAndFilterWasThere()
{
    if (m_only >= 0 || m_cases < defaultCases)
        QSKIP("too few cases");
    KTextTemplate::Engine engine;
    for (const auto &[kind, library] :
         {std::pair(u"tag "_s, u"ktexttemplate_defaulttags"_s),
          std::pair(u"tag "_s, u"ktexttemplate_loadertags"_s),
          std::pair(u"filter "_s, u"ktexttemplate_defaultfilters"_s)}) {
        KTextTemplate::TagLibraryInterface *const tags = engine.loadLibrary(library);
        const auto factories = tags->nodeFactories();
        const auto filters = tags->filters();
        const auto deleteAll = qScopeGuard([&] {
            qDeleteAll(factories);
            qDeleteAll(filters);
        });
        QStringList names = factories.keys() + filters.keys();
        names.removeAll(u"random"_s); // nothing to compare
        for (const QString &name : std::as_const(names))
            QVERIFY2(m_coverage.contains(kind + name), qPrintable(kind + name));
    }
}

/// Prints @p finding for the smallest template that can be found to have it.
void TestOracle::report(int index, const OracleFinding &finding)
{
    const auto sameFinding = [&](const OracleCase &subject) -> std::optional<OracleFinding> {
        for (const OracleFinding &other : m_oracle.check({subject})) {
            if (other.kind == finding.kind)
                return other;
        }
        return std::nullopt;
    };
    const QByteArray bytes = shrink(
        bytesFor(m_seed, index),
        [&](const QByteArray &candidate) {
            return sameFinding(makeOracleCase(candidate, transitions + 1)).has_value();
        },
        shrinkAttempts);
    const OracleCase smallest = makeOracleCase(bytes, transitions + 1);
    const OracleFinding found = sameFinding(smallest).value_or(finding);
    qWarning().noquote() << u"seed %1, template %2: "_s.arg(m_seed).arg(index)
            + found.report(smallest);
}

QTEST_GUILESS_MAIN(TestOracle)
#include "tst_oracle.moc"
