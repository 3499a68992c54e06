// SPDX-FileCopyrightText: 2026 The LiveTemplate for Qt authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "alertbook.h"

#include <algorithm>
#include <utility>

namespace LiveTemplate::Ui {

AlertBook::AlertBook(QList<AlertRule> rules, QObject *parent)
    : QObject(parent)
    , m_rules(std::move(rules))
{
}

void AlertBook::update(const StatisticsHistory &history)
{
    if (history.isEmpty())
        return;
    const QDateTime time = history.newest().time;
    const bool afterGap = history.newest().beginsRun;
    for (qsizetype index = 0; index < m_rules.size(); ++index) {
        const AlertRule &rule = m_rules.at(index);
        const double value = rule.value(history);
        const double threshold = rule.threshold(history);
        const auto open = std::ranges::find_if(m_alerts, [index](const Alert &alert) {
            return alert.rule == index && alert.state != AlertState::Resolved;
        });
        // Comparisons with what is no number are false. Right after a gap quantiles are none, and
        // what fired may go on.
        const bool isAbove = value > threshold;
        const bool isUnknown = afterGap && value != value;
        if (open == m_alerts.end() && isAbove)
            begin(index, time, value, threshold);
        else if (open != m_alerts.end() && isAbove)
            goOn(*open, time, value, threshold, afterGap);
        else if (open != m_alerts.end() && !(isUnknown && open->state == AlertState::Firing))
            end(*open, time);
    }
    m_alerts.removeIf([](const Alert &alert) {
        return alert.state == AlertState::Resolved && !alert.firedAt.isValid();
    });
    forgetOld();
    if (std::exchange(m_hasChanged, false))
        Q_EMIT changed();
}

void AlertBook::begin(qsizetype rule, const QDateTime &time, double value, double threshold)
{
    m_alerts.append({.id = ++m_lastId, .rule = rule, .since = time});
    goOn(m_alerts.last(), time, value, threshold, false);
}

void AlertBook::goOn(Alert &alert, const QDateTime &time, double value, double threshold,
                     bool afterGap)
{
    m_hasChanged = true;
    alert.value = value;
    alert.threshold = threshold;
    if (alert.state != AlertState::Pending)
        return;
    if (afterGap)
        alert.since = time;
    if (alert.since.msecsTo(time) < std::chrono::milliseconds(rule(alert).duration).count())
        return;
    alert.state = AlertState::Firing;
    alert.firedAt = time;
    Q_EMIT fired(alert);
}

void AlertBook::end(Alert &alert, const QDateTime &time)
{
    m_hasChanged = true;
    const bool wasFiring = alert.state == AlertState::Firing;
    alert.state = AlertState::Resolved;
    alert.resolvedAt = time;
    if (wasFiring)
        Q_EMIT resolved(alert);
}

void AlertBook::forgetOld()
{
    const auto isResolved = [](const Alert &alert) {
        return alert.state == AlertState::Resolved;
    };
    auto tooMany = std::ranges::count_if(m_alerts, isResolved) - mostResolved;
    for (auto alert = m_alerts.begin(); tooMany > 0 && alert != m_alerts.end();) {
        if (!isResolved(*alert)) {
            ++alert;
            continue;
        }
        alert = m_alerts.erase(alert);
        ++m_forgotten;
        --tooMany;
    }
}

qsizetype AlertBook::firingCount() const
{
    return std::ranges::count(m_alerts, AlertState::Firing, &Alert::state);
}

std::optional<Severity> AlertBook::worstFiring() const
{
    std::optional<Severity> worst;
    for (const Alert &alert : m_alerts) {
        if (alert.state == AlertState::Firing)
            worst = std::max(worst.value_or(Severity::Information), rule(alert).severity);
    }
    return worst;
}

bool AlertBook::isFiring(const QString &plot) const
{
    return std::ranges::any_of(m_alerts, [&](const Alert &alert) {
        return alert.state == AlertState::Firing && rule(alert).plot == plot;
    });
}

} // namespace LiveTemplate::Ui
