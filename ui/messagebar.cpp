// SPDX-FileCopyrightText: 2026 The LiveTemplate for Qt authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "messagebar.h"

#include "symbolicicon.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>
#include <QToolButton>

#include <utility>

using namespace Qt::StringLiterals;

namespace LiveTemplate::Ui {

namespace {

constexpr int iconSize = 16;

} // namespace

MessageBar::MessageBar(QWidget *parent)
    : QFrame(parent)
    , m_icon(new QLabel)
    , m_text(new QLabel)
    , m_button(new QPushButton)
{
    setAutoFillBackground(true);
    setBackgroundRole(QPalette::ToolTipBase);
    setForegroundRole(QPalette::ToolTipText);

    m_text->setWordWrap(true);
    m_text->setTextFormat(Qt::PlainText);
    m_text->setTextInteractionFlags(Qt::TextSelectableByMouse);
    m_text->setForegroundRole(QPalette::ToolTipText);

    auto *closeButton = new QToolButton;
    closeButton->setAutoRaise(true);
    closeButton->setIcon(symbolicIcon(u"close"_s));
    closeButton->setToolTip(tr("Close this message"));
    closeButton->setAccessibleName(closeButton->toolTip());
    connect(closeButton, &QToolButton::clicked, this, &QWidget::hide);

    m_button->hide();
    connect(m_button, &QAbstractButton::clicked, this, [this] {
        hide();
        if (const auto act = std::exchange(m_act, {}))
            act();
    });

    auto *layout = new QHBoxLayout(this);
    layout->setContentsMargins(10, 6, 6, 6);
    layout->addWidget(m_icon);
    layout->addWidget(m_text, 1);
    layout->addWidget(m_button);
    layout->addWidget(closeButton);
    hide();
}

void MessageBar::showMessage(Kind kind, const QString &text)
{
    showMessage(kind, text, {}, {});
}

void MessageBar::showMessage(Kind kind, const QString &text, const QString &buttonText,
                             const std::function<void()> &act)
{
    m_act = act;
    m_button->setText(buttonText);
    m_button->setVisible(!buttonText.isEmpty());
    const QIcon icon = symbolicIcon(kind == Kind::Warning ? u"warning"_s : u"information"_s);
    m_icon->setPixmap(icon.pixmap(QSize(iconSize, iconSize), devicePixelRatio()));
    m_text->setText(text);
    setAccessibleName(kind == Kind::Warning ? tr("Warning") : tr("Information"));
    setAccessibleDescription(text);
    show();
}

QString MessageBar::text() const
{
    return m_text->text();
}

} // namespace LiveTemplate::Ui
