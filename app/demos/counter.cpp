// SPDX-FileCopyrightText: 2026 The LiveTemplate for Qt authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "counter.h"

using namespace Qt::StringLiterals;

namespace LiveTemplate::Demos {

CounterState CounterController::increment(CounterState state, Context &context)
{
    ++state.counter;
    context.broadcastAction(u"increment"_s);
    return state;
}

CounterState CounterController::decrement(CounterState state, Context &context)
{
    --state.counter;
    context.broadcastAction(u"decrement"_s);
    return state;
}

} // namespace LiveTemplate::Demos
