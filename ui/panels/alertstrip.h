// SPDX-FileCopyrightText: 2026 The LiveTemplate for Qt authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QFrame>

class QLabel;

namespace LiveTemplate::Ui {

class AlertBook;
class ElidedLabel;

/// One line about the worst of what is the matter now; hidden while nothing is.
class AlertStrip : public QFrame
{
    Q_OBJECT

public:
    explicit AlertStrip(QWidget *parent = nullptr);

    void showAlerts(const AlertBook &alerts);
    [[nodiscard]] const QString &text() const { return m_sentence; }

Q_SIGNALS:
    /// Somebody wants to see all of them.
    void listWanted();

protected:
    void changeEvent(QEvent *event) override;

private:
    void applyIcon();

    QString m_sentence;
    QLabel *m_icon = nullptr;
    ElidedLabel *m_text = nullptr;
};

} // namespace LiveTemplate::Ui
