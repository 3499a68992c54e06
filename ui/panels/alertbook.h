// SPDX-FileCopyrightText: 2026 The LiveTemplate for Qt authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "alertrules.h"

#include <QDateTime>
#include <QMetaType>
#include <QObject>

#include <optional>

namespace LiveTemplate::Ui {

enum class AlertState {
    /// Above its threshold, but not yet for as long as the rule says.
    Pending,
    Firing,
    /// It was firing, and is over.
    Resolved,
};

/// One time that something was the matter.
struct Alert
{
    /// Counts from 1.
    quint64 id = 0;
    /// An index of AlertBook::rules().
    qsizetype rule = 0;
    AlertState state = AlertState::Pending;
    /// When the value was first above the threshold, when it had been so for long enough, and when
    /// it was below again (UTC).
    QDateTime since = {};
    QDateTime firedAt = {};
    QDateTime resolvedAt = {};
    /// As last seen while it was above.
    double value = 0;
    double threshold = 0;

    bool operator==(const Alert &) const = default;
};

/// Compares a history with the rules, each time a sample came, and remembers what was the matter.
///
/// Time is that of the samples. After a gap nobody knows what was: what was only pending begins
/// anew, what was firing goes on when it still holds and else was over with the gap's end.
class AlertBook : public QObject
{
    Q_OBJECT

public:
    /// More that are over are forgotten, the oldest first.
    static constexpr qsizetype mostResolved = 200;

    explicit AlertBook(QList<AlertRule> rules = alertRules(), QObject *parent = nullptr);

    [[nodiscard]] const QList<AlertRule> &rules() const { return m_rules; }
    [[nodiscard]] const AlertRule &rule(const Alert &alert) const { return m_rules.at(alert.rule); }

    /// After each sample.
    void update(const StatisticsHistory &history);

    /// Pending, firing and resolved ones, in the order in which they began.
    [[nodiscard]] const QList<Alert> &alerts() const { return m_alerts; }
    [[nodiscard]] qsizetype firingCount() const;
    /// The worst of those that fire.
    [[nodiscard]] std::optional<Severity> worstFiring() const;
    /// Whether a rule of @p plot fires.
    [[nodiscard]] bool isFiring(const QString &plot) const;
    /// Resolved ones that were forgotten.
    [[nodiscard]] quint64 forgottenCount() const { return m_forgotten; }

Q_SIGNALS:
    void fired(const LiveTemplate::Ui::Alert &alert);
    void resolved(const LiveTemplate::Ui::Alert &alert);
    /// Any of alerts().
    void changed();

private:
    void begin(qsizetype rule, const QDateTime &time, double value, double threshold);
    void goOn(Alert &alert, const QDateTime &time, double value, double threshold, bool afterGap);
    void end(Alert &alert, const QDateTime &time);
    void forgetOld();

    QList<AlertRule> m_rules;
    QList<Alert> m_alerts;
    quint64 m_lastId = 0;
    quint64 m_forgotten = 0;
    bool m_hasChanged = false;
};

} // namespace LiveTemplate::Ui

Q_DECLARE_METATYPE(LiveTemplate::Ui::Alert)
