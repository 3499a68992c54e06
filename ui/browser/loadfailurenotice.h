// SPDX-FileCopyrightText: 2026 The LiveTemplate for Qt authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QWidget>

class QLabel;
class QPushButton;
class QUrl;

namespace LiveTemplate::Ui {

/// Stands where a page would be that could not be loaded.
class LoadFailureNotice : public QWidget
{
    Q_OBJECT

public:
    explicit LoadFailureNotice(QWidget *parent = nullptr);

    void explain(const QUrl &url, const QString &reason);

Q_SIGNALS:
    void reloadRequested();

private:
    QLabel *m_details = nullptr;
    QPushButton *m_reload = nullptr;
};

} // namespace LiveTemplate::Ui
