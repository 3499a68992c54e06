// SPDX-FileCopyrightText: 2026 The LiveTemplate for Qt authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QAbstractTableModel>
#include <QJsonValue>
#include <QList>
#include <QSet>
#include <QString>
#include <QVariant>

#include <functional>

namespace LiveTemplate::Ui {

/// What a column of a panel's table is called and how it looks.
struct ColumnTitle
{
    /// In settings and in exported files: lower case and '_', the same in every language.
    QString key;
    QString title;
    /// What it means, in a sentence.
    QString toolTip;
    Qt::Alignment alignment = Qt::AlignLeft | Qt::AlignVCenter;
    /// As wide as so many digits at first.
    int width = 12;
    /// Whether it is shown before somebody chooses columns.
    bool isShown = true;
};

/// A condition that one switches on and off with a click, above the table.
struct FilterChip
{
    QString key;
    QString text;
    QString toolTip;
    /// Of several chips of one set that are on, one must hold; of several sets, each.
    int set = 0;
};

/// Which rows are shown.
struct TableFilter
{
    /// Words, each of which must be in one of the row's texts, in any case of letters.
    QString text;
    /// The keys of the chips that are on.
    QSet<QString> chips;

    bool operator==(const TableFilter &) const = default;
};

/// Rows that were taken out of a table to be written: it no longer follows the table.
struct TableExport
{
    QList<ColumnTitle> columns;
    qsizetype rowCount = 0;
    /// The value of a row and a column: a string, number, bool, QDateTime (UTC) or, for NDJSON
    /// only, any QJsonValue. May be called from one other thread.
    std::function<QVariant(qsizetype row, int column)> value;
};

/// What every panel's table shows: rows that can be searched, sorted, paused and exported. It
/// filters and sorts by itself, in one pass for a whole refresh: a proxy model would do so for each
/// row by itself.
///
/// KeyedTable holds things that change (connections, channels), StreamTable what comes one after
/// the other (messages, log lines).
class TableModel : public QAbstractTableModel
{
    Q_OBJECT

public:
    enum Role {
        /// What the cell is sorted by and exported as.
        ValueRole = Qt::UserRole,
        /// What names the row as long as it lives (a number or a string), in every column.
        KeyRole,
    };

    [[nodiscard]] virtual QList<ColumnTitle> columnTitles() const = 0;
    [[nodiscard]] virtual QList<FilterChip> filterChips() const = 0;

    [[nodiscard]] const TableFilter &filter() const { return m_filter; }
    void setFilter(const TableFilter &filter);

    /// Rows that there are, with those that the filter hides. rowCount() is what is shown.
    [[nodiscard]] virtual qsizetype totalCount() const = 0;

    /// While paused nothing that is shown changes; what comes is collected.
    [[nodiscard]] bool isPaused() const { return m_isPaused; }
    void setPaused(bool isPaused);
    /// Rows that came since the pause began and are not shown yet.
    [[nodiscard]] virtual qsizetype waitingCount() const = 0;

    /// The row with that key, or -1 when it is not shown.
    [[nodiscard]] virtual int rowOf(const QVariant &key) const = 0;

    /// What is shown now, in its order. Cheap: rows are shared with the table.
    [[nodiscard]] virtual TableExport takeExport() const = 0;

Q_SIGNALS:
    /// totalCount(), rowCount() or waitingCount().
    void countsChanged();
    void pausedChanged(bool isPaused);
    /// Rows are about to come, go or be in another order, with all that Qt says about that between
    /// this and refreshed(): a view can keep in mind what it shows, by key.
    void aboutToRefresh();
    void refreshed();

protected:
    explicit TableModel(QObject *parent = nullptr)
        : QAbstractTableModel(parent)
    {
    }

    /// The filter is another one: show what it lets through.
    virtual void applyFilter() = 0;
    /// The pause is over: show what waits.
    virtual void applyWaiting() = 0;

private:
    TableFilter m_filter;
    bool m_isPaused = false;
};

} // namespace LiveTemplate::Ui
