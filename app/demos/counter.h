// SPDX-FileCopyrightText: 2026 The LiveTemplate for Qt authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "context.h"

#include <QObject>

namespace LiveTemplate::Demos {

/// What the page /counter shows.
struct CounterState
{
    Q_GADGET
    Q_PROPERTY(int counter MEMBER counter)

public:
    int counter = 0;

    bool operator==(const CounterState &) const = default;
};

/// The actions of the page /counter. Each is broadcast, so that the tabs of one browser agree.
class CounterController : public QObject
{
    Q_OBJECT

public:
    Q_INVOKABLE CounterState increment(CounterState state, LiveTemplate::Context &context);
    Q_INVOKABLE CounterState decrement(CounterState state, LiveTemplate::Context &context);
};

} // namespace LiveTemplate::Demos
