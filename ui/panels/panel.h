// SPDX-FileCopyrightText: 2026 The LiveTemplate for Qt authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QWidget>

class QAction;
class QSettings;

namespace LiveTemplate::Ui {

/// What a dock of the window shows. PanelDocks puts each into a dock that can be moved, floated,
/// tabbed and hidden.
class Panel : public QWidget
{
    Q_OBJECT

public:
    /// @p name is for settings and tests ("session-groups"), @p title for people; @p icon is one of
    /// symbolicIcon()'s.
    Panel(const QString &name, const QString &title, const QString &icon,
          QWidget *parent = nullptr);

    [[nodiscard]] const QString &title() const { return m_title; }
    [[nodiscard]] const QString &icon() const { return m_icon; }

    /// What the command palette and the menus offer of it.
    [[nodiscard]] virtual QList<QAction *> commands() const { return {}; }

    /// What it remembers besides its dock; @p settings is in a group of the panel's own.
    virtual void save(QSettings &settings) const;
    virtual void restore(QSettings &settings);

Q_SIGNALS:
    /// It has something to show that was asked for: its dock comes to the front.
    void attentionWanted();

private:
    QString m_title;
    QString m_icon;
};

} // namespace LiveTemplate::Ui
