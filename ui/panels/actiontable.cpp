// SPDX-FileCopyrightText: 2026 The LiveTemplate for Qt authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "actiontable.h"

#include "units.h"

#include <QCoreApplication>
#include <QDateTime>
#include <QLocale>

#include <chrono>
#include <ranges>

using namespace Qt::StringLiterals;

namespace LiveTemplate::Ui {

namespace {

using Result = ActionRecord::Result;

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(LiveTemplate::Ui::ActionTable)
};

constexpr auto toTheRight = Qt::AlignRight | Qt::AlignVCenter;

QDateTime timeOf(const ActionRow &row)
{
    return QDateTime::fromStdTimePoint(
        std::chrono::floor<std::chrono::milliseconds>(row.record.at));
}

QString resultText(Result result)
{
    switch (result) {
    case Result::Succeeded:
        return Text::tr("done");
    case Result::Failed:
        return Text::tr("✕ errors");
    case Result::Unknown:
        return Text::tr("? no such action");
    case Result::RateLimited:
        return Text::tr("✕ too many");
    }
    Q_UNREACHABLE_RETURN({});
}

QString durationText(std::chrono::nanoseconds duration)
{
    const double microseconds = double(duration.count()) / 1000;
    if (microseconds < 10)
        return Text::tr("%1 µs").arg(QLocale().toString(microseconds, 'f', 1));
    return microseconds < 1000
        ? Text::tr("%1 µs").arg(QLocale().toString(microseconds, 'f', 0))
        : Text::tr("%1 ms").arg(QLocale().toString(microseconds / 1000, 'f', 1));
}

QString sourceOf(const ActionRecord &record, const QHash<quint64, QString> &names)
{
    switch (record.source) {
    case ActionSource::Client:
        return Text::tr("its own page");
    case ActionSource::Connection:
        return names.value(record.from, Text::tr("connection %1").arg(record.from));
    case ActionSource::Request:
        return names.value(record.from, Text::tr("an HTTP request"));
    case ActionSource::OtherServer:
        return Text::tr("another server");
    case ActionSource::Program:
        return Text::tr("the program");
    }
    Q_UNREACHABLE_RETURN({});
}

} // namespace

QList<ActionRow> actionRows(const QList<ActionRecord> &records,
                            const QHash<quint64, QString> &names)
{
    QList<ActionRow> rows;
    rows.reserve(records.size());
    for (const ActionRecord &record : records | std::views::reverse)
        rows.append({record, sourceOf(record, names)});
    return rows;
}

TableDefinition<ActionRow> actionTable()
{
    using Row = ActionRow;
    return {
        .columns = {{.title = {.key = u"at"_s,
                               .title = Text::tr("At"),
                               .toolTip = Text::tr("When the action began"),
                               .width = 12},
                     .value = [](const Row &row) { return timeOf(row); },
                     .text =
                         [](const Row &row) {
                             return timeOf(row).toLocalTime().toString(u"HH:mm:ss.zzz"_s);
                         }},
                    {.title = {.key = u"action"_s,
                               .title = Text::tr("Action"),
                               .toolTip = Text::tr("The name of the action"),
                               .width = 14},
                     .value =
                         [](const Row &row) {
                             return row.record.name;
                         }},
                    {.title = {.key = u"source"_s,
                               .title = Text::tr("By"),
                               .toolTip = Text::tr(
                                   "Who had it run: its own page, or another by a broadcast"),
                               .width = 13},
                     .value =
                         [](const Row &row) {
                             return row.source;
                         }},
                    {.title = {.key = u"result"_s,
                               .title = Text::tr("Result"),
                               .toolTip = Text::tr("What came of it"),
                               .width = 14},
                     .value =
                         [](const Row &row) {
                             return resultText(row.record.result);
                         }},
                    {.title = {.key = u"duration_ns"_s,
                               .title = Text::tr("Took"),
                               .toolTip = Text::tr("How long the controller's method took"),
                               .alignment = toTheRight,
                               .width = 8},
                     .value = [](const Row &row) { return qint64(row.record.duration.count()); },
                     .text =
                         [](const Row &row) {
                             return durationText(row.record.duration);
                         }},
                    {.title = {.key = u"frame_bytes"_s,
                               .title = Text::tr("Sent"),
                               .toolTip = Text::tr(
                                   "Bytes that were sent to the page for it. Of several that "
                                   "one message shows the last has them."),
                               .alignment = toTheRight,
                               .width = 8},
                     .value = [](const Row &row) { return row.record.frameBytes; },
                     .text =
                         [](const Row &row) {
                             return formatted(Unit::Bytes, double(row.record.frameBytes));
                         }}},
        .key = [](const Row &row) {
            return quint64(row.record.at.time_since_epoch().count());
        }};
}

} // namespace LiveTemplate::Ui
