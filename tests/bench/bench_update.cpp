// SPDX-FileCopyrightText: 2026 The LiveTemplate for Qt authors
// SPDX-License-Identifier: MIT

// What one click on the counter costs the server between the message and the bytes on the wire.

#include "actiontable_p.h"
#include "context.h"
#include "counter.h"
#include "envelope_p.h"
#include "framewriter_p.h"
#include "template.h"
#include "tree_p.h"

#include <benchmark/benchmark.h>

#include <QCoreApplication>

using namespace LiveTemplate;
using namespace Qt::StringLiterals;

namespace {

Template counterTemplate()
{
    auto compiled = Template::load(u":/templates/counter.html"_s);
    if (!compiled)
        qFatal("%s", qPrintable(compiled.error().toString()));
    return *std::move(compiled);
}

void parseMessage(benchmark::State &run)
{
    const QByteArray text = R"({"action":"increment","data":{}})"_ba;
    for ([[maybe_unused]] auto _ : run)
        benchmark::DoNotOptimize(ClientMessage::parse(text));
}
BENCHMARK(parseMessage);

void callAction(benchmark::State &run)
{
    Demos::CounterController controller;
    const auto table = ActionTable::of(*controller.metaObject(),
                                       StateType::of<Demos::CounterState>(),
                                       ActionResultType::of<Demos::CounterState>());
    QVariant state = QVariant::fromValue(Demos::CounterState());
    for ([[maybe_unused]] auto _ : run) {
        Context context(Context::Origin::Client, u"increment"_s, ActionData(), GroupId(u"g"_s),
                        UserId());
        state = **table->run(u"increment"_s, &controller, state, context);
    }
}
BENCHMARK(callAction);

void renderTree(benchmark::State &run)
{
    const Template compiled = counterTemplate();
    const StateType type = StateType::of<Demos::CounterState>();
    const QVariant state = type.initial();
    for ([[maybe_unused]] auto _ : run)
        benchmark::DoNotOptimize(compiled.render(type.properties(state)));
}
BENCHMARK(renderTree);

/// The target is the design's for this path, to be met by the accessors of a later step.
void stateToFrame(benchmark::State &run)
{
    const Template compiled = counterTemplate();
    const StateType type = StateType::of<Demos::CounterState>();
    Demos::CounterState state;
    auto shown = *compiled.render(type.properties(QVariant::fromValue(state)));
    qsizetype bytes = 0;
    for ([[maybe_unused]] auto _ : run) {
        ++state.counter;
        auto tree = *compiled.render(type.properties(QVariant::fromValue(state)));
        const QByteArray frame = encodeTextFrame(
            answerMessage(*shown, *tree, {{}, u"increment"_s, {}}));
        shown = std::move(tree);
        bytes = frame.size();
        benchmark::DoNotOptimize(frame.constData());
    }
    run.counters["bytes"] = double(bytes);
    run.SetLabel("target <= 3 us");
}
BENCHMARK(stateToFrame);

} // namespace

int main(int argc, char *argv[])
{
    QCoreApplication application(argc, argv);
    benchmark::Initialize(&argc, argv);
    if (benchmark::ReportUnrecognizedArguments(argc, argv))
        return EXIT_FAILURE;
    benchmark::RunSpecifiedBenchmarks();
    benchmark::Shutdown();
    return EXIT_SUCCESS;
}
