// SPDX-FileCopyrightText: 2026 The LiveTemplate for Qt authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "rowwriter.h"
#include "tablemodel.h"

#include <QFrame>

class QLabel;
class QProgressBar;
class QToolButton;

namespace LiveTemplate::Ui {

class TableExporter;

/// A line at the end of a table that says how far an export is, ends it, and says what became of
/// it. Hidden while there is nothing to say.
class ExportBar : public QFrame
{
    Q_OBJECT

public:
    explicit ExportBar(QWidget *parent = nullptr);

    void start(const TableExport &table, const QString &fileName, ExportFormat format);
    [[nodiscard]] bool isRunning() const;
    [[nodiscard]] QString text() const;

Q_SIGNALS:
    void runningChanged(bool isRunning);

private:
    void say(const QString &icon, const QString &text);
    void cancelOrClose();
    void setRunning(bool isRunning);

    TableExporter *m_exporter = nullptr;
    QLabel *m_icon = nullptr;
    QLabel *m_text = nullptr;
    QProgressBar *m_progress = nullptr;
    QToolButton *m_button = nullptr;
};

} // namespace LiveTemplate::Ui
