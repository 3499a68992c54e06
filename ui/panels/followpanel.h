// SPDX-FileCopyrightText: 2026 The LiveTemplate for Qt authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "followmatrix.h"
#include "panel.h"

#include <QElapsedTimer>
#include <QHash>
#include <QSet>

class QGridLayout;
class QLabel;
class QMenu;
class QTableView;
class QToolButton;

namespace LiveTemplate {
class Server;
}

namespace LiveTemplate::Ui {

class ServerMonitor;
class TabModel;

/// Why did it, or did it not, follow? A matrix of the window's tabs (and connections from
/// elsewhere that were added); a cell of it is explained in one sentence and its steps.
class FollowPanel : public Panel
{
    Q_OBJECT

public:
    /// More are not shown: a person compares a few.
    static constexpr qsizetype maxSides = 16;

    /// All must outlive the panel.
    FollowPanel(const Server &server, ServerMonitor &monitor, const TabModel &tabs,
                QWidget *parent = nullptr);
    ~FollowPanel() override;

    /// Compares a connection that is no tab, too.
    void addConnection(quint64 id);
    void removeConnection(quint64 id);

    [[nodiscard]] FollowMatrix &matrix() { return m_matrix; }
    [[nodiscard]] QTableView *view() const { return m_view; }
    /// What it says of the selected pair.
    [[nodiscard]] QString sentence() const;
    /// Of the steps, one a line: sign, title and text.
    [[nodiscard]] QStringList steps() const;

private:
    struct StepLabels
    {
        QLabel *sign = nullptr;
        QLabel *title = nullptr;
        QLabel *text = nullptr;
    };

    QWidget *createMatrix();
    QWidget *createAnswer();
    QWidget *createLegend();
    void requestTraces();
    void update(const QHash<quint64, FollowTrace> &traces);
    [[nodiscard]] QList<FollowSide> sides(const QHash<quint64, FollowTrace> &traces) const;
    [[nodiscard]] FollowSide sideOf(const TabMark &tab) const;
    [[nodiscard]] FollowSide sideOf(quint64 connection) const;
    void explain();
    void selectFirstPair();
    void fillMenu();

    const Server &m_server;
    ServerMonitor &m_monitor;
    const TabModel &m_tabs;
    FollowMatrix m_matrix;
    QSet<quint64> m_added;
    /// Runs while an answer is awaited.
    QElapsedTimer m_asked;
    QTableView *m_view = nullptr;
    QLabel *m_tooMany = nullptr;
    QToolButton *m_addButton = nullptr;
    QMenu *m_menu = nullptr;
    QLabel *m_sentence = nullptr;
    QGridLayout *m_stepGrid = nullptr;
    QList<StepLabels> m_steps;
};

} // namespace LiveTemplate::Ui
