// SPDX-FileCopyrightText: 2026 The LiveTemplate for Qt authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "browserid.h"

#include <QAbstractListModel>
#include <QList>
#include <QUrl>

#include <optional>

namespace LiveTemplate::Ui {

/// Names one open tab. Never used twice in a model, also not for a reopened tab.
enum class TabId : quint64 {
};

/// What there is to know of an open tab, however it is shown.
struct Tab
{
    TabId id{};
    BrowserId browser{};
    QUrl url;
    QString title;
    /// The short id of its session group; empty when the page's server has not set one.
    QString sessionGroup;
    /// BrowserTab::connectionLabel(): by it a server's connection is known as this tab's.
    QString connectionLabel;

    bool operator==(const Tab &) const = default;
};

/// The open tabs in their order, which one is current, and the closed ones that can come back.
///
/// It holds no widgets: TabArea makes a view for each row, and every other place that lists tabs
/// reads the same model.
class TabModel : public QAbstractListModel
{
    Q_OBJECT

public:
    enum Role {
        /// A TabId as quint64.
        IdRole = Qt::UserRole,
        /// A BrowserId as int.
        BrowserRole,
        UrlRole,
        SessionGroupRole,
        ConnectionLabelRole,
    };
    Q_ENUM(Role)

    explicit TabModel(QObject *parent = nullptr);

    [[nodiscard]] int rowCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex &index, int role) const override;
    [[nodiscard]] QHash<int, QByteArray> roleNames() const override;

    [[nodiscard]] const QList<Tab> &tabs() const { return m_tabs; }
    /// Null when there is no such tab.
    [[nodiscard]] const Tab *tab(TabId id) const;
    /// -1 when there is no such tab.
    [[nodiscard]] int row(TabId id) const;

    /// Adds a tab at the end. The first one becomes the current tab.
    TabId open(BrowserId browser, const QUrl &url);
    /// Removes a tab and keeps it for reopenClosed(). If it was current, its right neighbour is
    /// next, or else its left one.
    void close(TabId id);
    /// Opens the tab that was closed last where it was, and makes it current.
    std::optional<TabId> reopenClosed();
    [[nodiscard]] bool canReopen() const { return !m_closed.isEmpty(); }
    void move(int from, int to);
    /// Opens the tab's page in another browser, in its place, and returns what it is called now. A
    /// browser is a cookie jar, so this is another tab: it has no history and another session
    /// group. Its old self is not one that reopenClosed() brings back.
    TabId moveToBrowser(TabId id, BrowserId browser);

    void setUrl(TabId id, const QUrl &url);
    void setTitle(TabId id, const QString &title);
    void setSessionGroup(TabId id, const QString &group);
    void setConnectionLabel(TabId id, const QString &label);

    /// Empty only when no tab is open.
    [[nodiscard]] std::optional<TabId> current() const { return m_current; }
    void setCurrent(TabId id);
    /// Makes the tab current that is @p distance after the current one (before it if negative),
    /// and goes round at the ends.
    void step(int distance);

Q_SIGNALS:
    void currentChanged();
    void canReopenChanged();

private:
    struct ClosedTab
    {
        Tab tab;
        int row = 0;
    };

    void insert(int row, const Tab &tab);
    template<typename Value>
    void set(TabId id, Value Tab::*member, const Value &value, const QList<int> &roles);

    QList<Tab> m_tabs;
    QList<ClosedTab> m_closed;
    std::optional<TabId> m_current;
    quint64 m_lastId = 0;
};

} // namespace LiveTemplate::Ui
