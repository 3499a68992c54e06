// SPDX-FileCopyrightText: 2026 The LiveTemplate for Qt authors
// SPDX-License-Identifier: MIT

#pragma once

#include "tickerstate.h"

#include <LiveTemplate/Context>

#include <QObject>

class Feed;

/// The page's actions, and what the feed triggers.
class TickerController : public QObject
{
    Q_OBJECT

public:
    /// @p feed must outlive the server.
    explicit TickerController(Feed &feed);

    Q_INVOKABLE TickerState mount(TickerState state, LiveTemplate::Context &context);
    Q_INVOKABLE TickerState start(TickerState state, LiveTemplate::Context &context);
    Q_INVOKABLE TickerState stop(TickerState state, LiveTemplate::Context &context);

    /// There is a new price. It is read from the feed, not from the action's data: anybody can send
    /// an action, and a tab that was too slow for one tick is right again with the next.
    Q_INVOKABLE TickerState tick(TickerState state, LiveTemplate::Context &context);

private:
    /// @p state with the prices of now.
    [[nodiscard]] TickerState drawn(TickerState state) const;

    Feed &m_feed;
};
