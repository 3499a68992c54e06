// SPDX-FileCopyrightText: 2026 The LiveTemplate for Qt authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "logcollector.h"
#include "loglevels.h"
#include "logmodel.h"
#include "panel.h"
#include "sampletimer.h"

class QAction;
class QPlainTextEdit;
class QSplitter;

namespace LiveTemplate::Ui {

class TablePanel;

/// What the program logs, line by line, and which categories log how much.
class LogsPanel : public Panel
{
    Q_OBJECT

public:
    explicit LogsPanel(QWidget *parent = nullptr);

    [[nodiscard]] QList<QAction *> commands() const override;
    void save(QSettings &settings) const override;
    void restore(QSettings &settings) override;

    [[nodiscard]] LogModel &model() { return m_model; }
    [[nodiscard]] LogLevels &levels() { return m_levels; }

private:
    void createActions();
    void showNewLines();
    void showDetails();
    void updateDetails();
    void chooseLevels();

    LogCollector m_collector;
    LogLevels m_levels;
    LogModel m_model;
    SampleTimer m_timer;
    quint64 m_droppedTold = 0;
    TablePanel *m_table = nullptr;
    QSplitter *m_splitter = nullptr;
    QPlainTextEdit *m_details = nullptr;
    QAction *m_clear = nullptr;
    QAction *m_chooseLevels = nullptr;
};

} // namespace LiveTemplate::Ui
