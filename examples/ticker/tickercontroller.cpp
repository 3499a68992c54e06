// SPDX-FileCopyrightText: 2026 The LiveTemplate for Qt authors
// SPDX-License-Identifier: MIT

#include "tickercontroller.h"

#include "feed.h"

#include <QStringList>

#include <algorithm>

using namespace Qt::StringLiterals;
using LiveTemplate::Context;

namespace {

// The drawing's own units; the template's viewBox has the same.
constexpr double width = 600;
constexpr double height = 160;
constexpr double margin = 8;

} // namespace

TickerController::TickerController(Feed &feed)
    : m_feed(feed)
{
}

TickerState TickerController::mount(TickerState state, Context &context)
{
    // A page that was opened again, also after the program was started anew.
    if (state.running && context.isNewConnect())
        m_feed.subscribe(context.session());
    return drawn(std::move(state));
}

TickerState TickerController::start(TickerState state, Context &context)
{
    // The session is the browser's: its other tabs are ticked, too, and only need to know.
    m_feed.subscribe(context.session());
    context.broadcastAction(u"start"_s);
    state.running = true;
    return drawn(std::move(state));
}

TickerState TickerController::stop(TickerState state, Context &context)
{
    m_feed.unsubscribe(context.session());
    context.broadcastAction(u"stop"_s);
    state.running = false;
    return state;
}

TickerState TickerController::tick(TickerState state, Context &)
{
    return state.running ? drawn(std::move(state)) : state;
}

TickerState TickerController::drawn(TickerState state) const
{
    const QList<double> prices = m_feed.prices();
    const auto [low, high] = std::ranges::minmax(prices);
    state.price = prices.last();
    state.change = prices.last() - prices.first();
    state.low = low;
    state.high = high;

    const double range = std::max(high - low, 0.01);
    QStringList places;
    for (qsizetype i = 0; i < prices.size(); ++i) {
        const double x = width * double(i + Feed::history - prices.size()) / (Feed::history - 1);
        const double y = margin + (height - 2 * margin) * (high - prices.at(i)) / range;
        places.append(u"%1,%2"_s.arg(x, 0, 'f', 1).arg(y, 0, 'f', 1));
    }
    state.line = places.join(u' ');
    const QString start = places.first().section(u',', 0, 0);
    state.area = u"%1,%3 %2 %4,%3"_s.arg(start, state.line).arg(height).arg(width);
    return state;
}
