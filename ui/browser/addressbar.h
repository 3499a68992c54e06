// SPDX-FileCopyrightText: 2026 The LiveTemplate for Qt authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QLineEdit>
#include <QUrl>

namespace LiveTemplate::Ui {

/// Shows where the current tab is, and takes where to go. What is being typed is not overwritten;
/// Escape brings the page's address back.
class AddressBar : public QLineEdit
{
    Q_OBJECT

public:
    explicit AddressBar(QWidget *parent = nullptr);

    void showUrl(const QUrl &url);
    void startEditing();

Q_SIGNALS:
    void addressEntered(const QString &text);
    /// Escape: the page should have the focus again.
    void editingCancelled();

protected:
    void keyPressEvent(QKeyEvent *event) override;

private:
    void restore();

    QUrl m_url;
};

} // namespace LiveTemplate::Ui
