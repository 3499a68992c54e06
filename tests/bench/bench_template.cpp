// SPDX-FileCopyrightText: 2026 The LiveTemplate for Qt authors
// SPDX-License-Identifier: MIT

// What templates cost: rendering, the difference of two renderings, and the bytes that are sent.
// Prints medians of CPU time in one process, each with its target, and how many allocations and
// bytes an update takes.

#include "allocationcounter.h"
#include "counter.h"
#include "envelope_p.h"
#include "framewriter_p.h"
#include "template.h"
#include "tree_p.h"
#include "treedifference_p.h"
#include "treewriter_p.h"

#include <KTextTemplate/Context>
#include <KTextTemplate/Engine>
#include <KTextTemplate/Template>

#include <QCoreApplication>

#include <algorithm>
#include <ctime>
#include <functional>
#include <vector>

using namespace LiveTemplate;
using namespace Qt::StringLiterals;

namespace {

/// A row of the table, as an author would declare it.
class Row
{
    Q_GADGET
    Q_PROPERTY(int id MEMBER id)
    Q_PROPERTY(QString name MEMBER name)
    Q_PROPERTY(QString city MEMBER city)
    Q_PROPERTY(double price MEMBER price)
public:
    int id = 0;
    QString name;
    QString city;
    double price = 0;
};

const QString tableSource
    = u"<table><tbody>{% for row in rows %}<tr data-key=\"{{ row.id }}\"><td>{{ row.id }}</td>"
      "<td>{{ row.name }}</td><td>{{ row.city }}</td><td>{{ row.price }}</td></tr>{% endfor %}"
      "</tbody></table>"_s;

QList<Row> makeRows(int count)
{
    QList<Row> rows;
    for (int i = 0; i < count; ++i)
        rows.append({i, u"Name of row %1"_s.arg(i), u"Gothenburg & Århus"_s, i * 1.25});
    return rows;
}

QVariantHash valuesOf(const QList<Row> &rows)
{
    return {{u"rows"_s, QVariant::fromValue(rows)}};
}

Template load(const QString &source)
{
    TemplateOptions options;
    options.sources.insert(u"page.html"_s, source);
    auto compiled = Template::load(u"page.html"_s, options);
    if (!compiled)
        qFatal("%s", qPrintable(compiled.error().toString()));
    return *std::move(compiled);
}

double cpuMicroseconds()
{
    timespec time{};
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time);
    return double(time.tv_sec) * 1e6 + double(time.tv_nsec) / 1e3;
}

/// The median CPU time of one call in µs, of batches that are long enough to be measured.
double median(const std::function<void()> &function)
{
    constexpr double batchMicroseconds = 5000;
    constexpr int batches = 41;
    int calls = 1;
    for (;;) {
        const double start = cpuMicroseconds();
        for (int i = 0; i < calls; ++i)
            function();
        if (cpuMicroseconds() - start > batchMicroseconds)
            break;
        calls *= 2;
    }
    std::vector<double> times;
    for (int batch = 0; batch < batches; ++batch) {
        const double start = cpuMicroseconds();
        for (int i = 0; i < calls; ++i)
            function();
        times.push_back((cpuMicroseconds() - start) / calls);
    }
    std::ranges::nth_element(times, times.begin() + batches / 2);
    return times[batches / 2];
}

void print(const char *what, double microseconds, const QString &target = {})
{
    std::printf("%-56s %10.2f us   %s\n", what, microseconds, qPrintable(target));
    std::fflush(stdout);
}

void printUpdate(const char *what, qsizetype bytes, qsizetype page, std::size_t allocations)
{
    std::printf("%-56s %10lld bytes of a page of %lld (%.2f %%), %zu allocations\n", what,
                qlonglong(bytes), qlonglong(page), 100. * double(bytes) / double(page),
                allocations);
    std::fflush(stdout);
}

qsizetype pageSize(const Tree &tree)
{
    QByteArray html;
    appendHtml(html, tree);
    return html.size();
}

void measureTable()
{
    const QList<Row> rows = makeRows(200);
    const Template compiled = load(tableSource);
    KTextTemplate::Engine engine;
    const auto reference = engine.newTemplate(tableSource, u"reference"_s);
    const QVariantHash values = valuesOf(rows);

    const double library = median([&] {
        KTextTemplate::Context context(values);
        const QString html = reference->render(&context);
        if (html.isEmpty())
            qFatal("The library renders nothing.");
    });
    const double ours = median([&] { (void)*compiled.render(values); });
    print("200 rows x 4 columns: the library's plain render", library);
    print("200 rows x 4 columns: tree", ours,
          u"%1 of the library's, target <= 0.30"_s.arg(ours / library, 0, 'f', 2));

    const auto before = *compiled.render(values);
    QList<Row> changed = rows;
    changed[100].price = 9999.5;
    const auto after = *compiled.render(valuesOf(changed));
    QByteArray json;
    const double difference = median([&] {
        json.resize(0);
        appendDifference(json, *before, *after);
    });
    print("200 rows x 4 columns: difference, one cell", difference,
          u"%1 % of the render, target <= 5 %"_s.arg(100 * difference / ours, 0, 'f', 1));
    const double first = median([&] {
        QByteArray bytes;
        appendTree(bytes, *before);
        (void)encodeTextFrame(bytes);
    });
    print("200 rows x 4 columns: first frame to bytes", first);
    const double update = median([&] {
        QByteArray bytes;
        appendDifference(bytes, *before, *after);
        (void)encodeTextFrame(bytes);
    });
    print("200 rows x 4 columns: update frame to bytes, one cell", update);

    const AllocationCounter counter;
    const auto tree = *compiled.render(valuesOf(changed));
    QByteArray bytes;
    appendDifference(bytes, *before, *tree);
    printUpdate("200 rows x 4 columns: update, one cell", bytes.size(), pageSize(*tree),
                counter.count());
}

void measureMovedRow()
{
    QList<Row> rows = makeRows(1000);
    const Template compiled = load(tableSource);
    const auto before = *compiled.render(valuesOf(rows));
    rows.move(100, 900);
    const auto after = *compiled.render(valuesOf(rows));
    QByteArray json;
    print("1,000 keyed rows: difference, one moved", median([&] {
              json.resize(0);
              appendDifference(json, *before, *after);
          }));
    const AllocationCounter counter;
    QByteArray bytes;
    appendDifference(bytes, *before, *after);
    printUpdate("1,000 keyed rows: update, one moved", bytes.size(), pageSize(*after),
                counter.count());
}

void measureCounter()
{
    auto loaded = Template::load(u":/templates/counter.html"_s);
    if (!loaded)
        qFatal("%s", qPrintable(loaded.error().toString()));
    const Template &compiled = *loaded;
    const QVariantHash globals{{u"lvtClientScriptURL"_s, u"/client.js"_s}};
    Demos::CounterState state;
    auto shown = *compiled.render(QVariant::fromValue(state), globals);
    QByteArray frame;
    const auto step = [&] {
        ++state.counter;
        auto tree = *compiled.render(QVariant::fromValue(state), globals);
        frame = encodeTextFrame(answerMessage(*shown, *tree, {{}, u"increment"_s, {}}));
        shown = std::move(tree);
    };
    print("counter: state to frame", median(step), u"target <= 3 us"_s);
    const AllocationCounter counter;
    step();
    printUpdate("counter: update", frame.size(), pageSize(*shown), counter.count());
}

} // namespace

int main(int argc, char *argv[])
{
    QCoreApplication application(argc, argv);
    measureTable();
    measureMovedRow();
    measureCounter();
    return EXIT_SUCCESS;
}

#include "bench_template.moc"
