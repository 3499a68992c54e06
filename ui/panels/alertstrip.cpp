// SPDX-FileCopyrightText: 2026 The LiveTemplate for Qt authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "alertstrip.h"

#include "alerttable.h"
#include "elidedlabel.h"
#include "symbolicicon.h"

#include <QEvent>
#include <QHBoxLayout>
#include <QToolButton>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace LiveTemplate::Ui {

namespace {

constexpr int iconSize = 16;

} // namespace

AlertStrip::AlertStrip(QWidget *parent)
    : QFrame(parent)
    , m_icon(new QLabel)
    , m_text(new ElidedLabel)
{
    setObjectName(u"alert-strip"_s);
    setAutoFillBackground(true);
    setBackgroundRole(QPalette::ToolTipBase);
    m_text->setForegroundRole(QPalette::ToolTipText);
    QFont bold = m_text->font();
    bold.setWeight(QFont::DemiBold);
    m_text->setFont(bold);

    auto *button = new QToolButton;
    button->setAutoRaise(true);
    button->setFocusPolicy(Qt::StrongFocus);
    button->setText(tr("What to do"));
    button->setToolTip(tr("Show all alerts and what to do about them"));
    connect(button, &QToolButton::clicked, this, &AlertStrip::listWanted);

    auto *layout = new QHBoxLayout(this);
    layout->setContentsMargins(10, 4, 6, 4);
    layout->addWidget(m_icon);
    layout->addWidget(m_text, 1);
    layout->addWidget(button);
    applyIcon();
    hide();
}

void AlertStrip::showAlerts(const AlertBook &alerts)
{
    const auto worst = std::ranges::find_if(alerts.alerts(), [&](const Alert &alert) {
        return alert.state == AlertState::Firing
            && alerts.rule(alert).severity == alerts.worstFiring();
    });
    setVisible(worst != alerts.alerts().cend());
    if (isHidden())
        return;
    m_sentence = alertSentence(*worst, alerts.rule(*worst));
    if (const qsizetype others = alerts.firingCount() - 1; others > 0)
        m_sentence += u' ' + (others == 1 ? tr("And 1 more.") : tr("And %1 more.").arg(others));
    m_text->setFullText(m_sentence);
    setAccessibleName(m_sentence);
    setToolTip(alerts.rule(*worst).action);
}

void AlertStrip::changeEvent(QEvent *event)
{
    QFrame::changeEvent(event);
    if (event->type() == QEvent::PaletteChange)
        applyIcon();
}

void AlertStrip::applyIcon()
{
    m_icon->setPixmap(
        symbolicIcon(u"warning"_s).pixmap(QSize(iconSize, iconSize), devicePixelRatio()));
}

} // namespace LiveTemplate::Ui
