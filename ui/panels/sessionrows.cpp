// SPDX-FileCopyrightText: 2026 The LiveTemplate for Qt authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "sessionrows.h"

#include <QCoreApplication>
#include <QHash>
#include <QLocale>

#include <algorithm>
#include <utility>

using namespace Qt::StringLiterals;

namespace LiveTemplate::Ui {

namespace {

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(LiveTemplate::Ui::SessionRows)
};

void addTo(QStringList &list, const QString &item)
{
    if (!item.isEmpty() && !list.contains(item))
        list.append(item);
}

void addTo(GroupRow &group, const ConnectionRow &row)
{
    const ConnectionSnapshot &connection = row.connection;
    if (group.shortId.isEmpty()) {
        group.id = connection.groupId;
        group.shortId = connection.group;
        group.browser = row.browser;
    }
    ++(connection.tier == ConnectionTier::WebSocket ? group.connections : group.visitors);
    addTo(group.users, connection.user);
    addTo(group.pages, connection.page);
    group.age = std::max(group.age, row.age);
    group.actions += connection.actions;
    group.bytesIn += connection.bytesIn;
    group.bytesOut += connection.bytesOut;
    if (connection.lastActionAt.isValid()
        && (!group.lastActionAt.isValid() || connection.lastActionAt > group.lastActionAt)) {
        group.lastAction = connection.lastAction;
        group.lastActionAt = connection.lastActionAt;
    }
}

} // namespace

QString TabName::text() const
{
    return Text::tr("Tab %1").arg(number);
}

QList<TabMark> tabMarks(const TabModel &model)
{
    QList<TabMark> marks;
    for (const Tab &tab : model.tabs()) {
        marks.append({.name = {.id = tab.id, .number = int(marks.size()) + 1},
                      .browser = tab.browser,
                      .label = tab.connectionLabel,
                      .group = tab.sessionGroup,
                      .url = tab.url});
    }
    return marks;
}

QString ConnectionRow::name() const
{
    if (tab)
        return tab->text();
    return connection.tier == ConnectionTier::WebSocket
        ? Text::tr("Connection %1").arg(connection.id)
        : Text::tr("Visitor %1").arg(connection.id);
}

SessionRows sessionRows(const ServerSnapshot &snapshot, const QList<TabMark> &tabs)
{
    QHash<QString, TabMark> byLabel;
    QHash<QString, BrowserId> byGroup;
    for (const TabMark &tab : tabs) {
        byLabel.insert(tab.label, tab);
        byGroup.insert(tab.group, tab.browser);
    }
    // What no tab has, is no tab's.
    byLabel.remove(QString());
    byGroup.remove(QString());

    SessionRows rows;
    rows.connections.reserve(snapshot.connections.size() + snapshot.visitors.size());
    QHash<GroupId, qsizetype> indexOfGroup;
    const auto add = [&](const ConnectionSnapshot &connection) {
        ConnectionRow row{.connection = connection,
                          .instance = snapshot.instance,
                          .tab = {},
                          .browser = {},
                          .age = std::max(connection.connectedAt.secsTo(snapshot.takenAt), 0LL)};
        if (const auto tab = byLabel.constFind(connection.label); tab != byLabel.cend()) {
            row.tab = tab->name;
            row.browser = tab->browser;
        } else if (const auto found = byGroup.constFind(connection.group);
                   found != byGroup.cend()) {
            row.browser = *found;
        }
        const qsizetype index = indexOfGroup.value(connection.groupId, rows.groups.size());
        if (index == rows.groups.size()) {
            indexOfGroup.insert(connection.groupId, index);
            rows.groups.emplace_back();
        }
        addTo(rows.groups[index], row);
        rows.connections.append(std::move(row));
    };
    std::ranges::for_each(snapshot.connections, add);
    std::ranges::for_each(snapshot.visitors, add);
    return rows;
}

QString ageText(qint64 seconds)
{
    if (seconds < 60)
        return Text::tr("%1 s").arg(seconds);
    const qint64 minutes = seconds / 60;
    if (minutes < 60)
        return Text::tr("%1 min").arg(minutes);
    const qint64 hours = minutes / 60;
    if (hours < 24)
        return Text::tr("%1 h %2 min").arg(hours).arg(minutes % 60);
    return Text::tr("%1 d %2 h").arg(hours / 24).arg(hours % 24);
}

QString tierName(ConnectionTier tier)
{
    switch (tier) {
    case ConnectionTier::WebSocket:
        return Text::tr("WebSocket");
    case ConnectionTier::Http:
        return Text::tr("HTTP");
    case ConnectionTier::Form:
        return Text::tr("Form");
    }
    Q_UNREACHABLE_RETURN({});
}

QString momentText(const QDateTime &utc)
{
    if (!utc.isValid())
        return {};
    const QDateTime local = utc.toLocalTime();
    if (local.date() == QDate::currentDate())
        return local.toString(u"HH:mm:ss"_s);
    return QLocale().toString(local, QLocale::ShortFormat);
}

} // namespace LiveTemplate::Ui
