// SPDX-FileCopyrightText: 2026 The LiveTemplate for Qt authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QFrame>

class QLabel;
class QPushButton;

namespace LiveTemplate::Ui {

/// One step of a guided tour, above the pages: what just happened and what to do next. It stops
/// nothing, and can be closed at any time.
class GuideBar : public QFrame
{
    Q_OBJECT

public:
    /// Hidden until there is a step.
    explicit GuideBar(QWidget *parent = nullptr);

    struct Step
    {
        int number = 1;
        int count = 1;
        /// May be empty.
        QString happened;
        QString instruction;
        bool isLast = false;
    };
    void showStep(const Step &step);

    /// What is written in it.
    [[nodiscard]] QString text() const;

Q_SIGNALS:
    void closed();
    void againWanted();

protected:
    void paintEvent(QPaintEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;

private:
    void close();

    QLabel *m_number = nullptr;
    QLabel *m_happened = nullptr;
    QLabel *m_instruction = nullptr;
    QPushButton *m_again = nullptr;
    QPushButton *m_close = nullptr;
};

} // namespace LiveTemplate::Ui
