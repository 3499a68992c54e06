// SPDX-FileCopyrightText: 2026 The LiveTemplate for Qt authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "addressbar.h"

#include <QKeyEvent>

namespace LiveTemplate::Ui {

AddressBar::AddressBar(QWidget *parent)
    : QLineEdit(parent)
{
    setAccessibleName(tr("Address"));
    setPlaceholderText(tr("Address or path, for example /counter"));

    connect(this, &QLineEdit::returnPressed, this, [this] {
        setModified(false);
        Q_EMIT addressEntered(text());
    });
}

void AddressBar::showUrl(const QUrl &url)
{
    const bool isSamePage = url == m_url;
    m_url = url;
    if (!isSamePage || !isModified())
        restore();
}

void AddressBar::startEditing()
{
    setFocus(Qt::ShortcutFocusReason);
    selectAll();
}

void AddressBar::keyPressEvent(QKeyEvent *event)
{
    if (event->key() == Qt::Key_Escape) {
        restore();
        Q_EMIT editingCancelled();
        return;
    }
    QLineEdit::keyPressEvent(event);
}

void AddressBar::restore()
{
    const QString address = m_url.toDisplayString();
    if (text() != address)
        setText(address);
    setCursorPosition(0);
    setModified(false);
}

} // namespace LiveTemplate::Ui
