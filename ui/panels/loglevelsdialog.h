// SPDX-FileCopyrightText: 2026 The LiveTemplate for Qt authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QDialog>

class QLineEdit;
class QTableWidget;

namespace LiveTemplate::Ui {

class LogLevels;

/// Chooses from which level on the messages of each category are written. What is chosen holds at
/// once.
class LogLevelsDialog : public QDialog
{
    Q_OBJECT

public:
    explicit LogLevelsDialog(LogLevels &levels, QWidget *parent = nullptr);

private:
    void createTable();
    void fill();
    void addCategory(int row, const QString &category);
    void applySearch();

    LogLevels &m_levels;
    QLineEdit *m_search = nullptr;
    QTableWidget *m_table = nullptr;
};

} // namespace LiveTemplate::Ui
