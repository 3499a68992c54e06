// SPDX-FileCopyrightText: 2026 The LiveTemplate for Qt authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "panel.h"

namespace LiveTemplate::Ui {

Panel::Panel(const QString &name, const QString &title, const QString &icon, QWidget *parent)
    : QWidget(parent)
    , m_title(title)
    , m_icon(icon)
{
    setObjectName(name);
    setAccessibleName(title);
}

void Panel::save(QSettings &) const {}

void Panel::restore(QSettings &) {}

} // namespace LiveTemplate::Ui
