// SPDX-FileCopyrightText: 2026 The LiveTemplate for Qt authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "broadcastguide.h"

#include <QCoreApplication>

#include <algorithm>
#include <utility>

namespace LiveTemplate::Ui {

namespace {

QString tr(const char *text)
{
    return QCoreApplication::translate("LiveTemplate::Ui::BroadcastGuide", text);
}

// Looks after which a tab that should follow is late: some seconds.
constexpr int patience = 15;

} // namespace

BroadcastGuide::BroadcastGuide(QString pair, QString other)
    : m_pair(std::move(pair))
    , m_other(std::move(other))
{
}

bool BroadcastGuide::observe(const Counters &counters, int lastUsed)
{
    if (std::ranges::any_of(counters, &QString::isEmpty))
        return false;
    switch (m_stage) {
    case Stage::Loading:
        // A page that has just come may still be told what its group did before.
        if (counters[0] != counters[1])
            return false;
        m_before = counters;
        m_stage = Stage::ClickInPair;
        return true;
    case Stage::ClickInPair:
    case Stage::ClickInOther: {
        const bool isNews = counters[2] != m_before[2] ? observeOther(counters)
                                                       : observePair(counters, lastUsed);
        return isNews;
    }
    case Stage::Finished:
        return false;
    }
    Q_UNREACHABLE_RETURN(false);
}

bool BroadcastGuide::observePair(const Counters &counters, int lastUsed)
{
    if (counters[0] == m_before[0] && counters[1] == m_before[1]) {
        m_waited = 0;
        return false;
    }
    if (counters[0] != counters[1]) {
        if (++m_waited != patience)
            return false;
        m_happened = tr("The two tabs of %1 do not agree yet. The panel \"Why did it follow?\" "
                        "says what became of the broadcast.")
                         .arg(m_pair);
        return true;
    }
    m_waited = 0;
    m_before = counters;
    const QString where = lastUsed == 0 ? tr("You clicked in the first tab of %1")
        : lastUsed == 1                 ? tr("You clicked in the second tab of %1")
                                        : tr("You clicked in a tab of %1");
    say(tr("%1; its other tab followed, and both show %2. %3 did not: it shows %4.")
            .arg(where.arg(m_pair), counters[0], m_other, counters[2]),
        Stage::ClickInOther);
    return true;
}

bool BroadcastGuide::observeOther(const Counters &counters)
{
    m_before = counters;
    const bool wasAwaited = m_stage == Stage::ClickInOther;
    say(tr("You clicked in %1: it shows %2. The tabs of %3 did not follow.")
            .arg(m_other, counters[2], m_pair),
        wasAwaited ? Stage::Finished : Stage::ClickInPair);
    return true;
}

void BroadcastGuide::say(const QString &sentence, Stage next)
{
    m_happened = sentence;
    m_stage = next;
}

int BroadcastGuide::step() const
{
    switch (m_stage) {
    case Stage::Loading:
    case Stage::ClickInPair:
        return 1;
    case Stage::ClickInOther:
        return 2;
    case Stage::Finished:
        return 3;
    }
    Q_UNREACHABLE_RETURN(1);
}

QString BroadcastGuide::instruction() const
{
    switch (m_stage) {
    case Stage::Loading:
        return tr("Opening two tabs of %1 and one of %2, all with a counter…").arg(m_pair, m_other);
    case Stage::ClickInPair:
        return tr("Click +1 in one of the two tabs of %1, and watch the other two.").arg(m_pair);
    case Stage::ClickInOther:
        return tr("Now click +1 in %1.").arg(m_other);
    case Stage::Finished:
        return tr("That is a broadcast: it reaches every tab with the same cookie, which is one "
                  "session group, and nobody else.");
    }
    Q_UNREACHABLE_RETURN({});
}

} // namespace LiveTemplate::Ui
