// SPDX-FileCopyrightText: 2026 The LiveTemplate for Qt authors
// SPDX-License-Identifier: MIT

#include "countingpage.h"

#include <chrono>
#include <thread>

using namespace LiveTemplate;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

CountingState CountingController::increment(CountingState state, Context &context)
{
    ++state.counter;
    context.broadcastAction(u"Increment"_s);
    return state;
}

CountingState CountingController::quiet(CountingState state, Context &)
{
    ++state.counter;
    return state;
}

CountingState CountingController::slow(CountingState state, Context &)
{
    std::this_thread::sleep_for(20ms);
    ++state.counter;
    return state;
}

CountingState CountingController::setTitle(CountingState state, Context &context)
{
    state.title = context.string(u"title");
    return state;
}

Result<CountingState> CountingController::fail(CountingState, Context &)
{
    return std::unexpected(ActionError(u"not today"_s));
}
