// SPDX-FileCopyrightText: 2026 The LiveTemplate for Qt authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "browserid.h"

#include <QWidget>

class QLabel;
class QToolButton;

namespace LiveTemplate::Ui {

class ElidedLabel;

/// The line above a page: which browser it is in, which session group, and its title.
class TabHeader : public QWidget
{
    Q_OBJECT

public:
    enum class Emphasis {
        /// The only visible tab, or one of several but not the current one.
        None,
        /// The current tab among several.
        Current,
    };

    explicit TabHeader(BrowserId browser, QWidget *parent = nullptr);

    void setTitle(const QString &title);
    /// The short id of the session group; empty when there is none (yet).
    void setSessionGroup(const QString &group);
    void setEmphasis(Emphasis emphasis);

Q_SIGNALS:
    void closeRequested();
    /// Somebody clicked the header.
    void activated();
    /// The other mouse button or a key asks what can be done with the tab.
    void menuRequested(const QPoint &globalPosition);

protected:
    void contextMenuEvent(QContextMenuEvent *event) override;
    void mousePressEvent(QMouseEvent *event) override;
    void paintEvent(QPaintEvent *event) override;

private:
    BrowserId m_browser;
    Emphasis m_emphasis = Emphasis::None;
    QLabel *m_sessionGroup = nullptr;
    ElidedLabel *m_title = nullptr;
    QToolButton *m_closeButton = nullptr;
};

} // namespace LiveTemplate::Ui
