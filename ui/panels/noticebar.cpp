// SPDX-FileCopyrightText: 2026 The LiveTemplate for Qt authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "noticebar.h"

#include "symbolicicon.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>
#include <QToolButton>

#include <utility>

using namespace Qt::StringLiterals;

namespace LiveTemplate::Ui {

NoticeBar::NoticeBar(QWidget *parent)
    : QFrame(parent)
    , m_text(new QLabel)
    , m_undoButton(new QPushButton(tr("&Undo")))
{
    setAutoFillBackground(true);
    setBackgroundRole(QPalette::ToolTipBase);
    m_text->setForegroundRole(QPalette::ToolTipText);
    m_text->setTextFormat(Qt::PlainText);
    m_text->setWordWrap(true);
    m_text->setTextInteractionFlags(Qt::TextSelectableByMouse);

    auto *closeButton = new QToolButton;
    closeButton->setAutoRaise(true);
    closeButton->setIcon(symbolicIcon(u"close"_s));
    closeButton->setToolTip(tr("Close this message"));
    closeButton->setAccessibleName(closeButton->toolTip());
    closeButton->setFocusPolicy(Qt::TabFocus);

    auto *layout = new QHBoxLayout(this);
    layout->setContentsMargins(10, 4, 6, 4);
    layout->addWidget(m_text, 1);
    layout->addWidget(m_undoButton);
    layout->addWidget(closeButton);

    connect(m_undoButton, &QPushButton::clicked, this, &NoticeBar::undo);
    connect(closeButton, &QToolButton::clicked, this, &NoticeBar::dismiss);
    m_timer.setSingleShot(true);
    connect(&m_timer, &QTimer::timeout, this, &NoticeBar::dismiss);
    hide();
}

void NoticeBar::say(const QString &text, std::function<void()> undo)
{
    const bool hasUndo = undo != nullptr;
    if (hasUndo && m_undo) {
        // Both, the last one first.
        m_undo = [last = std::move(undo), before = std::exchange(m_undo, {})] {
            last();
            before();
        };
        m_undoText = text + u'\n' + m_undoText;
    } else if (hasUndo) {
        m_undo = std::move(undo);
        m_undoText = text;
    }
    const bool isEarlierKept = !hasUndo && m_undo;
    m_text->setText(hasUndo ? m_undoText : isEarlierKept ? text + u'\n' + m_undoText : text);
    m_undoButton->setVisible(m_undo != nullptr);
    setAccessibleName(tr("Done"));
    setAccessibleDescription(m_text->text());
    if (hasUndo)
        m_timer.start(undoTime);
    else if (!m_undo)
        m_timer.start(readTime);
    setVisible(true);
}

QString NoticeBar::text() const
{
    return m_text->text();
}

void NoticeBar::undo()
{
    const auto undo = std::exchange(m_undo, {});
    dismiss();
    if (undo)
        undo();
}

void NoticeBar::dismiss()
{
    m_timer.stop();
    m_undo = {};
    hide();
}

} // namespace LiveTemplate::Ui
