// SPDX-FileCopyrightText: 2026 The LiveTemplate for Qt authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "alerttable.h"
#include "panel.h"
#include "plotdata.h"
#include "statisticsmonitor.h"

#include <expected>
#include <optional>

class QAction;
class QActionGroup;
class QLabel;
class QScrollArea;
class QToolBar;

namespace LiveTemplate::Ui {

class AlertStrip;
class PlotGridLayout;
class PlotTile;
class TablePanel;

/// How the server feels: plots of what it counts over the last minutes, and what is the matter.
///
/// Where the server was not looked at, because the panel could not be seen, there is a gap in the
/// lines.
class StatisticsPanel : public Panel
{
    Q_OBJECT

public:
    /// @p monitor must outlive the panel.
    explicit StatisticsPanel(StatisticsMonitor &monitor, QWidget *parent = nullptr);
    ~StatisticsPanel() override;

    /// The last minutes that are shown: 1, 5 or 30.
    [[nodiscard]] int minutes() const { return m_minutes; }
    void setMinutes(int minutes);

    /// All plots, in their order.
    [[nodiscard]] const QList<PlotTile *> &tiles() const { return m_tiles; }
    /// The one that has all the room; null: all are shown.
    [[nodiscard]] PlotTile *enlarged() const { return m_enlarged; }
    void setEnlarged(PlotTile *tile);

    /// Shows the list of alerts.
    void showAlerts();
    [[nodiscard]] AlertTable &alertTable() { return m_alertTable; }

    /// Writes the last minutes as CSV; the error is a sentence.
    [[nodiscard]] std::expected<void, QString> exportTo(const QString &fileName) const;

    [[nodiscard]] QList<QAction *> commands() const override;
    void save(QSettings &settings) const override;
    void restore(QSettings &settings) override;

Q_SIGNALS:
    /// For the window's status bar: so many fire.
    void firingChanged(qsizetype count);

protected:
    void keyPressEvent(QKeyEvent *event) override;
    void showEvent(QShowEvent *event) override;
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    void createActions();
    void createToolBar();
    void createContent();
    void createTiles();

    void refresh();
    void showAlertRows();
    void moveCrosshair(std::optional<double> age);
    void chooseFile();
    void copyValues();
    void say(const QString &sentence);
    [[nodiscard]] int seconds() const { return m_minutes * 60; }
    [[nodiscard]] QList<Plot> shownPlots() const;
    [[nodiscard]] bool isShown(const Plot &plot) const;

    StatisticsMonitor &m_monitor;
    AlertTable m_alertTable;
    QList<PlotTile *> m_tiles;
    PlotTile *m_enlarged = nullptr;
    int m_shardCount = 0;
    int m_minutes = 5;
    std::optional<double> m_crosshair;
    qsizetype m_firing = 0;

    QActionGroup *m_windows = nullptr;
    QAction *m_showAll = nullptr;
    QAction *m_copy = nullptr;
    QAction *m_export = nullptr;
    QAction *m_showAlerts = nullptr;
    QToolBar *m_toolBar = nullptr;
    QLabel *m_moment = nullptr;
    QLabel *m_message = nullptr;
    AlertStrip *m_strip = nullptr;
    QScrollArea *m_scroll = nullptr;
    QWidget *m_grid = nullptr;
    PlotGridLayout *m_layout = nullptr;
    TablePanel *m_alerts = nullptr;
};

} // namespace LiveTemplate::Ui
