// SPDX-FileCopyrightText: 2026 The LiveTemplate for Qt authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "serversnapshot.h"
#include "tabmodel.h"

#include <QList>
#include <QString>
#include <QUrl>

#include <optional>

namespace LiveTemplate::Ui {

/// A tab of the window by its place.
struct TabName
{
    TabId id{};
    /// Its place in the row of tabs, from 1.
    int number = 0;

    /// "Tab 2".
    [[nodiscard]] QString text() const;

    bool operator==(const TabName &) const = default;
};

/// One of the window's tabs, as panels know it.
struct TabMark
{
    TabName name;
    BrowserId browser{};
    /// What its connections call themselves.
    QString label;
    /// The short id of its session group, as its cookie says; empty when it has none.
    QString group;
    QUrl url;

    bool operator==(const TabMark &) const = default;
};

[[nodiscard]] QList<TabMark> tabMarks(const TabModel &model);

/// A client of the server, with what the window knows of it.
struct ConnectionRow
{
    ConnectionSnapshot connection;
    /// What the server calls itself among others; empty when it is alone.
    QString instance;
    /// Where it is one of the window's. There are thousands of rows, so no more of it than this.
    std::optional<TabName> tab;
    /// The browser of the window that is in the same session group.
    std::optional<BrowserId> browser;
    /// Whole seconds since it came.
    qint64 age = 0;

    /// "Tab 2", or "Connection 17".
    [[nodiscard]] QString name() const;

    bool operator==(const ConnectionRow &) const = default;
};

/// All clients of one session group.
struct GroupRow
{
    GroupId id;
    QString shortId;
    std::optional<BrowserId> browser;
    int connections = 0;
    /// Clients that act without a connection.
    int visitors = 0;
    QStringList users;
    QStringList pages;
    /// Whole seconds since the first of those that are there came.
    qint64 age = 0;
    QString lastAction;
    QDateTime lastActionAt;
    quint64 actions = 0;
    quint64 bytesIn = 0;
    quint64 bytesOut = 0;

    bool operator==(const GroupRow &) const = default;
};

struct SessionRows
{
    QList<GroupRow> groups;
    /// Connections, then visitors.
    QList<ConnectionRow> connections;
};

[[nodiscard]] SessionRows sessionRows(const ServerSnapshot &snapshot, const QList<TabMark> &tabs);

/// "12 s", "3 min", "2 h 5 min".
[[nodiscard]] QString ageText(qint64 seconds);
/// "WebSocket", "HTTP" or "Form".
[[nodiscard]] QString tierName(ConnectionTier tier);
/// The time of day of a moment today, otherwise with the date; empty for an invalid one.
[[nodiscard]] QString momentText(const QDateTime &utc);

} // namespace LiveTemplate::Ui
