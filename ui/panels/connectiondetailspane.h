// SPDX-FileCopyrightText: 2026 The LiveTemplate for Qt authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "actiontable.h"
#include "sessionrows.h"
#include "statetree.h"

#include <QElapsedTimer>
#include <QWidget>

#include <optional>

class QLabel;
class QTreeView;

namespace LiveTemplate {
class Server;
}

namespace LiveTemplate::Ui {

class TablePanel;

/// One connection from near: its state as it changes, what is saved of it, and what it did last.
class ConnectionDetailsPane : public QWidget
{
    Q_OBJECT

public:
    /// @p server must outlive the pane.
    explicit ConnectionDetailsPane(const Server &server, QWidget *parent = nullptr);
    ~ConnectionDetailsPane() override;

    /// Looks at another one, or at none.
    void setConnection(const std::optional<ConnectionRow> &row);
    [[nodiscard]] std::optional<quint64> connection() const;

    /// Asks the server how it is now; @p names are those of clients, by id.
    void refresh(const QHash<quint64, QString> &names);

    [[nodiscard]] StateTree &stateTree() { return m_state; }
    [[nodiscard]] TableModel &actions() { return m_actions; }
    [[nodiscard]] QString title() const;

Q_SIGNALS:
    void closeRequested();

private:
    void showDetails(const std::optional<ConnectionDetails> &details);
    QWidget *createHeader();

    const Server &m_server;
    std::optional<ConnectionRow> m_row;
    QHash<quint64, QString> m_names;
    /// Runs while an answer is awaited.
    QElapsedTimer m_asked;
    StateTree m_state;
    KeyedTable<ActionRow> m_actions;
    QLabel *m_title = nullptr;
    QLabel *m_saved = nullptr;
    QTreeView *m_tree = nullptr;
    TablePanel *m_table = nullptr;
};

} // namespace LiveTemplate::Ui
