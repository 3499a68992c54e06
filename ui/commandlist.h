// SPDX-FileCopyrightText: 2026 The LiveTemplate for Qt authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QAbstractListModel>
#include <QPointer>
#include <QStringList>

class QAction;

namespace LiveTemplate::Ui {

/// What somebody can ask for by name.
struct Command
{
    QPointer<QAction> action;
    /// Where it belongs, "Logs" say; may be empty.
    QString place;
};

/// Commands that have what was typed in their names, the best first; those that were used last
/// before others.
class CommandList : public QAbstractListModel
{
    Q_OBJECT

public:
    enum Role {
        /// Where the letters are that were typed: a list of numbers.
        PositionsRole = Qt::UserRole,
        PlaceRole,
        ShortcutRole,
        /// Why it cannot be used now.
        ReasonRole,
    };

    using QAbstractListModel::QAbstractListModel;

    /// Actions without a text, separators and those that are there twice are left out.
    void setCommands(const QList<Command> &commands);
    void setTyped(const QString &typed);

    [[nodiscard]] QAction *action(int row) const;
    /// Remembers that it was used now.
    void use(int row);
    /// Names of those that were used, the last first.
    [[nodiscard]] const QStringList &recent() const { return m_recent; }
    void setRecent(const QStringList &recent);

    [[nodiscard]] int rowCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex &index,
                                int role = Qt::DisplayRole) const override;
    [[nodiscard]] Qt::ItemFlags flags(const QModelIndex &index) const override;

private:
    struct Entry
    {
        Command command;
        QString title;
        int score = 0;
        QList<qsizetype> positions;
    };

    void update();

    QList<Command> m_commands;
    QList<Entry> m_entries;
    QStringList m_recent;
    QString m_typed;
};

} // namespace LiveTemplate::Ui
