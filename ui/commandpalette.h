// SPDX-FileCopyrightText: 2026 The LiveTemplate for Qt authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "commandlist.h"

#include <QFrame>

class QLineEdit;
class QListView;

namespace LiveTemplate::Ui {

/// All that the window can do, found by typing some letters of it.
class CommandPalette : public QFrame
{
    Q_OBJECT

public:
    /// @p window is the one over which it opens.
    explicit CommandPalette(QWidget *window);

    /// Opens it with @p commands.
    void open(const QList<Command> &commands);

    [[nodiscard]] CommandList &list() { return m_list; }

Q_SIGNALS:
    /// Just before it is triggered.
    void chosen(QAction *action);

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    bool handleKey(int key);
    void step(int distance);
    void select(int row);
    void triggerSelected();
    void fitToRows();
    void place();

    CommandList m_list;
    QLineEdit *m_input = nullptr;
    QListView *m_view = nullptr;
};

} // namespace LiveTemplate::Ui
