// SPDX-FileCopyrightText: 2026 The LiveTemplate for Qt authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "sessiontables.h"

#include "browserid.h"
#include "units.h"

#include <QCoreApplication>
#include <QPalette>

using namespace Qt::StringLiterals;

namespace LiveTemplate::Ui {

namespace {

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(LiveTemplate::Ui::SessionTables)
};

constexpr auto toTheRight = Qt::AlignRight | Qt::AlignVCenter;

QVariant iconOf(const std::optional<BrowserId> &browser)
{
    return browser ? QVariant(browserIcon(*browser)) : QVariant();
}

QString nameOf(const std::optional<BrowserId> &browser)
{
    return browser ? browserName(*browser) : Text::tr("Elsewhere");
}

template<typename Row>
TableColumn<Row> bytesColumn(const ColumnTitle &title, quint64 Row::*member)
{
    return {.title = title,
            .value = [member](const Row &row) { return row.*member; },
            .text =
                [member](const Row &row) {
                    return formatted(Unit::Bytes, double(row.*member));
                }};
}

using Connection = ConnectionRow;

TableColumn<Connection> connectionBytes(const ColumnTitle &title,
                                        quint64 ConnectionSnapshot::*member)
{
    return {.title = title,
            .value = [member](const Connection &row) { return row.connection.*member; },
            .text =
                [member](const Connection &row) {
                    return formatted(Unit::Bytes, double(row.connection.*member));
                }};
}

QList<TableColumn<Connection>> whoColumns()
{
    return {
        {.title = {.key = u"tab"_s,
                   .title = Text::tr("Client"),
                   .toolTip = Text::tr("A tab of this window, or the number of the connection"),
                   .width = 14},
         .value = [](const Connection &row) { return row.name(); },
         .decoration =
             [](const Connection &row) {
                 return iconOf(row.browser);
             }},
        {.title = {.key = u"browser"_s,
                   .title = Text::tr("Browser"),
                   .toolTip = Text::tr("The browser of this window that is in its session group"),
                   .width = 11},
         .value =
             [](const Connection &row) {
                 return nameOf(row.browser);
             }},
        {.title = {.key = u"group"_s,
                   .title = Text::tr("Group"),
                   .toolTip = Text::tr("The first eight characters of its session group's id; the "
                                       "whole id is a secret"),
                   .width = 10},
         .value =
             [](const Connection &row) {
                 return row.connection.group;
             }},
        {.title = {.key = u"page"_s,
                   .title = Text::tr("Page"),
                   .toolTip = Text::tr("The page that it shows"),
                   .width = 12},
         .value =
             [](const Connection &row) {
                 return row.connection.page;
             }},
        {.title = {.key = u"user"_s,
                   .title = Text::tr("User"),
                   .toolTip = Text::tr("As the authenticator names them; empty for visitors who "
                                       "are anonymous"),
                   .width = 9,
                   .isShown = false},
         .value =
             [](const Connection &row) {
                 return row.connection.user;
             }},
    };
}

QList<TableColumn<Connection>> activityColumns()
{
    return {
        {.title = {.key = u"age_s"_s,
                   .title = Text::tr("Age"),
                   .toolTip = Text::tr("How long it has been connected"),
                   .alignment = toTheRight,
                   .width = 8},
         .value = [](const Connection &row) { return row.age; },
         .text =
             [](const Connection &row) {
                 return ageText(row.age);
             }},
        {.title = {.key = u"last_action"_s,
                   .title = Text::tr("Last action"),
                   .toolTip = Text::tr("The last action that its own page sent"),
                   .width = 13},
         .value =
             [](const Connection &row) {
                 return row.connection.lastAction;
             }},
        {.title = {.key = u"last_action_at"_s,
                   .title = Text::tr("At"),
                   .toolTip = Text::tr("When the last action began"),
                   .width = 9},
         .value = [](const Connection &row) { return row.connection.lastActionAt; },
         .text =
             [](const Connection &row) {
                 return momentText(row.connection.lastActionAt);
             }},
        {.title = {.key = u"actions"_s,
                   .title = Text::tr("Actions"),
                   .toolTip = Text::tr("Actions that its page sent"),
                   .alignment = toTheRight,
                   .width = 8},
         .value =
             [](const Connection &row) {
                 return row.connection.actions;
             }},
        {.title = {.key = u"broadcasts"_s,
                   .title = Text::tr("Followed"),
                   .toolTip = Text::tr("Actions that others broadcast to it"),
                   .alignment = toTheRight,
                   .width = 9},
         .value =
             [](const Connection &row) {
                 return row.connection.broadcasts;
             }},
        connectionBytes({.key = u"bytes_in"_s,
                         .title = Text::tr("In"),
                         .toolTip = Text::tr("Bytes received from it"),
                         .alignment = toTheRight,
                         .width = 8},
                        &ConnectionSnapshot::bytesIn),
        connectionBytes({.key = u"bytes_out"_s,
                         .title = Text::tr("Out"),
                         .toolTip = Text::tr("Bytes sent to it"),
                         .alignment = toTheRight,
                         .width = 8},
                        &ConnectionSnapshot::bytesOut),
        {.title = {.key = u"waiting_bytes"_s,
                   .title = Text::tr("Waiting"),
                   .toolTip = Text::tr("Bytes that it has not taken yet"),
                   .alignment = toTheRight,
                   .width = 9},
         .value = [](const Connection &row) { return row.connection.pendingBytes; },
         .text =
             [](const Connection &row) {
                 const QString bytes = formatted(Unit::Bytes, double(row.connection.pendingBytes));
                 return row.connection.isBehind ? Text::tr("%1, behind").arg(bytes) : bytes;
             },
         .toolTip =
             [](const Connection &row) {
                 return row.connection.isBehind
                     ? Text::tr("It reads too slowly: it is not sent each change, but the last one "
                                "when it reads again.")
                     : QString();
             }},
    };
}

QList<TableColumn<Connection>> placeColumns()
{
    return {
        {.title = {.key = u"tier"_s,
                   .title = Text::tr("Way"),
                   .toolTip = Text::tr("How it reaches the server: by a live WebSocket, or, in the "
                                       "last minute, by HTTP or a form without JavaScript"),
                   .width = 10},
         .value =
             [](const Connection &row) {
                 return tierName(row.connection.tier);
             }},
        {.title = {.key = u"shard"_s,
                   .title = Text::tr("Shard"),
                   .toolTip = Text::tr("The thread of the server that serves it"),
                   .alignment = toTheRight,
                   .width = 6,
                   .isShown = false},
         .value =
             [](const Connection &row) {
                 return row.connection.shard;
             }},
        {.title = {.key = u"instance"_s,
                   .title = Text::tr("Instance"),
                   .toolTip = Text::tr("The server, among those that are joined by Redis"),
                   .width = 10,
                   .isShown = false},
         .value = [](const Connection &row) { return row.instance; },
         .text = [](const Connection &row) { return row.instance.left(8); },
         .toolTip =
             [](const Connection &row) {
                 return row.instance;
             }},
        {.title = {.key = u"id"_s,
                   .title = Text::tr("Id"),
                   .toolTip = Text::tr("The number of the connection"),
                   .alignment = toTheRight,
                   .width = 7,
                   .isShown = false},
         .value =
             [](const Connection &row) {
                 return row.connection.id;
             }},
    };
}

} // namespace

TableDefinition<GroupRow> groupTable()
{
    using Group = GroupRow;
    return {
        .columns = {
            {.title = {.key = u"group"_s,
                       .title = Text::tr("Group"),
                       .toolTip = Text::tr("The first eight characters of the session group's id; "
                                           "the whole id is a secret"),
                       .width = 12},
             .value = [](const Group &row) { return row.shortId; },
             .decoration = [](const Group &row) { return iconOf(row.browser); }},
            {.title = {.key = u"browser"_s,
                       .title = Text::tr("Browser"),
                       .toolTip = Text::tr("The browser of this window that it is the group of"),
                       .width = 11},
             .value = [](const Group &row) { return nameOf(row.browser); }},
            {.title = {.key = u"connections"_s,
                       .title = Text::tr("Tabs"),
                       .toolTip = Text::tr("Live connections"),
                       .alignment = toTheRight,
                       .width = 6},
             .value = [](const Group &row) { return row.connections; },
             .text =
                 [](const Group &row) {
                     return row.visitors == 0
                         ? QString::number(row.connections)
                         : Text::tr("%1 + %2").arg(row.connections).arg(row.visitors);
                 },
             .toolTip =
                 [](const Group &row) {
                     return row.visitors == 0 ? QString()
                                              : Text::tr("Live connections, and clients that "
                                                         "acted without one in the last minute");
                 }},
            {.title = {.key = u"pages"_s,
                       .title = Text::tr("Pages"),
                       .toolTip = Text::tr("The pages that are open"),
                       .width = 12},
             .value = [](const Group &row) { return row.pages.join(u", "_s); }},
            {.title = {.key = u"users"_s,
                       .title = Text::tr("Users"),
                       .toolTip = Text::tr("As the authenticator names them"),
                       .width = 9,
                       .isShown = false},
             .value = [](const Group &row) { return row.users.join(u", "_s); }},
            {.title = {.key = u"age_s"_s,
                       .title = Text::tr("Age"),
                       .toolTip = Text::tr("How long the oldest of its tabs has been connected"),
                       .alignment = toTheRight,
                       .width = 8,
                       .isShown = false},
             .value = [](const Group &row) { return row.age; },
             .text = [](const Group &row) { return ageText(row.age); }},
            {.title = {.key = u"last_action"_s,
                       .title = Text::tr("Last action"),
                       .toolTip = Text::tr("The last action of any of its tabs"),
                       .width = 13},
             .value = [](const Group &row) { return row.lastAction; }},
            {.title = {.key = u"last_action_at"_s,
                       .title = Text::tr("At"),
                       .toolTip = Text::tr("When the last action began"),
                       .width = 9},
             .value = [](const Group &row) { return row.lastActionAt; },
             .text = [](const Group &row) { return momentText(row.lastActionAt); }},
            {.title = {.key = u"actions"_s,
                       .title = Text::tr("Actions"),
                       .toolTip = Text::tr("Actions that its tabs sent"),
                       .alignment = toTheRight,
                       .width = 8},
             .value = [](const Group &row) { return row.actions; }},
            bytesColumn<Group>({.key = u"bytes_in"_s,
                                .title = Text::tr("In"),
                                .toolTip = Text::tr("Bytes received from its tabs"),
                                .alignment = toTheRight,
                                .width = 8,
                                .isShown = false},
                               &Group::bytesIn),
            bytesColumn<Group>({.key = u"bytes_out"_s,
                                .title = Text::tr("Out"),
                                .toolTip = Text::tr("Bytes sent to its tabs"),
                                .alignment = toTheRight,
                                .width = 8},
                               &Group::bytesOut),
        },
        .key = [](const Group &row) { return row.id.value(); }};
}

TableDefinition<ConnectionRow> connectionTable()
{
    return {.columns = whoColumns() + activityColumns() + placeColumns(),
            .chips = {{.chip = {.key = u"ours"_s,
                                .text = Text::tr("This window"),
                                .toolTip = Text::tr("Tabs of this window")},
                       .holds =
                           [](const Connection &row) {
                               return row.tab.has_value();
                           }},
                      {.chip = {.key = u"elsewhere"_s,
                                .text = Text::tr("Elsewhere"),
                                .toolTip = Text::tr("Clients that are no tabs of this window")},
                       .holds =
                           [](const Connection &row) {
                               return !row.tab;
                           }},
                      {.chip = {.key = u"behind"_s,
                                .text = Text::tr("Behind"),
                                .toolTip = Text::tr("Clients that read too slowly"),
                                .set = 1},
                       .holds =
                           [](const Connection &row) {
                               return row.connection.isBehind;
                           }}},
            .key = [](const Connection &row) {
                return row.connection.id;
            }};
}

} // namespace LiveTemplate::Ui
