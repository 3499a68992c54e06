// SPDX-FileCopyrightText: 2026 The LiveTemplate for Qt authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "alerttable.h"

#include "symbolicicon.h"

#include <QCoreApplication>
#include <QLocale>

#include <ranges>

using namespace Qt::StringLiterals;

namespace LiveTemplate::Ui {

namespace {

QString tr(const char *text)
{
    return QCoreApplication::translate("LiveTemplate::Ui::AlertTable", text);
}

QString stateName(const AlertRow &row)
{
    switch (row.alert.state) {
    case AlertState::Pending:
        return tr("Pending");
    case AlertState::Firing:
        return severityName(row.rule->severity);
    case AlertState::Resolved:
        return tr("Resolved");
    }
    Q_UNREACHABLE_RETURN({});
}

QString clockTime(const QDateTime &time)
{
    return time.isValid() ? QLocale().toString(time.toLocalTime().time(), u"HH:mm:ss") : QString();
}

QVariant icon(const AlertRow &row)
{
    switch (row.alert.state) {
    case AlertState::Firing:
        return symbolicIcon(u"warning"_s);
    case AlertState::Pending:
    case AlertState::Resolved:
        return symbolicIcon(u"information"_s);
    }
    Q_UNREACHABLE_RETURN({});
}

QString actionOf(const AlertRow &row)
{
    return row.rule->action;
}

TableColumn<AlertRow> timeColumn(const QString &key, const QString &title, const QString &toolTip,
                                 QDateTime Alert::*field)
{
    return {.title = {.key = key, .title = title, .toolTip = toolTip, .width = 9},
            .value = [field](const AlertRow &row) { return row.alert.*field; },
            .text =
                [field](const AlertRow &row) {
                    return clockTime(row.alert.*field);
                }};
}

TableColumn<AlertRow> numberColumn(const QString &key, const QString &title, const QString &toolTip,
                                   double Alert::*field)
{
    return {.title = {.key = key,
                      .title = title,
                      .toolTip = toolTip,
                      .alignment = Qt::AlignRight | Qt::AlignVCenter,
                      .width = 9},
            .value = [field](const AlertRow &row) { return row.alert.*field; },
            .text =
                [field](const AlertRow &row) {
                    return formatted(row.rule->unit, row.alert.*field);
                }};
}

} // namespace

TableDefinition<AlertRow> alertTableDefinition()
{
    const auto explain = [](const AlertRow &row) {
        return row.rule->meaning + u' ' + row.rule->action;
    };
    TableDefinition<AlertRow> definition;
    definition.columns = {
        {.title = {.key = u"state"_s,
                   .title = tr("State"),
                   .toolTip = tr("Critical: visitors notice it now. Warning: they will if it goes "
                                 "on. Pending: not yet for long enough."),
                   .width = 11},
         .value = stateName,
         .decoration = icon},
        {.title = {.key = u"alert"_s,
                   .title = tr("Alert"),
                   .toolTip = tr("What is the matter."),
                   .width = 30},
         .value = [](const AlertRow &row) { return row.rule->title; },
         .toolTip = explain},
        timeColumn(u"since"_s, tr("Since"), tr("When the value was first above the threshold."),
                   &Alert::since),
        timeColumn(u"until"_s, tr("Until"), tr("When it was below again."), &Alert::resolvedAt),
        numberColumn(u"value"_s, tr("Value"), tr("As last seen while it was above."),
                     &Alert::value),
        numberColumn(u"threshold"_s, tr("Threshold"), tr("Above it the alert begins."),
                     &Alert::threshold),
        {.title = {.key = u"action"_s,
                   .title = tr("What to do"),
                   .toolTip = tr("Where to look first."),
                   .width = 60},
         .value = actionOf,
         .toolTip = explain},
        {.title = {.key = u"rule"_s,
                   .title = tr("Rule"),
                   .toolTip = tr("Its name in the rules for Prometheus."),
                   .width = 34,
                   .isShown = false},
         .value =
             [](const AlertRow &row) {
                 return row.rule->name;
             }},
    };
    definition.chips = {
        {.chip = {.key = u"firing"_s,
                  .text = tr("Firing"),
                  .toolTip = tr("Only what is the matter now.")},
         .holds =
             [](const AlertRow &row) {
                 return row.alert.state == AlertState::Firing;
             }},
        {.chip = {.key = u"resolved"_s,
                  .text = tr("Resolved"),
                  .toolTip = tr("Only what is over.")},
         .holds =
             [](const AlertRow &row) {
                 return row.alert.state == AlertState::Resolved;
             }},
    };
    definition.key = [](const AlertRow &row) {
        return row.alert.id;
    };
    return definition;
}

QList<AlertRow> alertRows(const AlertBook &alerts)
{
    QList<AlertRow> rows;
    for (const Alert &alert : std::views::reverse(alerts.alerts()))
        rows.append({.alert = alert, .rule = &alerts.rule(alert)});
    return rows;
}

QString alertSentence(const Alert &alert, const AlertRule &rule)
{
    if (rule.unit == Unit::YesNo)
        return tr("%1, since %2.").arg(rule.title, clockTime(alert.since));
    return tr("%1: %2, more than %3, since %4.")
        .arg(rule.title, formatted(rule.unit, alert.value), formatted(rule.unit, alert.threshold),
             clockTime(alert.since));
}

} // namespace LiveTemplate::Ui
