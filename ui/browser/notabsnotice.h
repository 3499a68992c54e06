// SPDX-FileCopyrightText: 2026 The LiveTemplate for Qt authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QWidget>

class QAction;

namespace LiveTemplate::Ui {

/// Stands in the window when no tab is open, and offers the ways on.
class NoTabsNotice : public QWidget
{
    Q_OBJECT

public:
    /// Each of @p actions gets a button; the first is the one that Enter presses.
    explicit NoTabsNotice(const QList<QAction *> &actions, QWidget *parent = nullptr);
};

} // namespace LiveTemplate::Ui
