// SPDX-FileCopyrightText: 2026 The LiveTemplate for Qt authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "tablemodel.h"

namespace LiveTemplate::Ui {

void TableModel::setFilter(const TableFilter &filter)
{
    if (m_filter == filter)
        return;
    m_filter = filter;
    applyFilter();
    Q_EMIT countsChanged();
}

void TableModel::setPaused(bool isPaused)
{
    if (m_isPaused == isPaused)
        return;
    m_isPaused = isPaused;
    if (!isPaused)
        applyWaiting();
    Q_EMIT pausedChanged(isPaused);
    Q_EMIT countsChanged();
}

} // namespace LiveTemplate::Ui
