// SPDX-FileCopyrightText: 2026 The LiveTemplate for Qt authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "statisticshistory.h"
#include "units.h"

#include <QList>
#include <QString>

#include <chrono>
#include <functional>

namespace LiveTemplate::Ui {

enum class Severity {
    /// It explains other things.
    Information,
    /// It will be critical if it goes on.
    Warning,
    /// Visitors notice it now, or lose data.
    Critical,
};

/// When somebody should look at the server: a number that is above a threshold for some time. The
/// rules are those of docs/deploy/prometheus/livetemplate.rules.yml that a server can see of
/// itself, under the same names, with the same thresholds.
struct AlertRule
{
    /// The name there.
    QString name;
    Severity severity = Severity::Warning;
    /// What is the matter, in some words.
    QString title;
    /// Whom it hurts, in a sentence.
    QString meaning = {};
    /// What to do, in some sentences.
    QString action = {};
    /// Of value and threshold.
    Unit unit = Unit::Count;
    /// Statistics plots that show it have this key; empty: none does.
    QString plot = {};
    /// It fires when the value was above the threshold for so long.
    std::chrono::seconds duration{};
    using Number = std::function<double(const StatisticsHistory &)>;
    /// StatisticsHistory::none when it cannot be said: then it does not fire.
    Number value;
    /// The same.
    Number threshold;
    /// Where the threshold is in the plot; by default as it is. None: nowhere.
    Number plotThreshold = {};
};

[[nodiscard]] QList<AlertRule> alertRules();

/// "Warning".
[[nodiscard]] QString severityName(Severity severity);

} // namespace LiveTemplate::Ui
