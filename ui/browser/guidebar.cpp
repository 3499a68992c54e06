// SPDX-FileCopyrightText: 2026 The LiveTemplate for Qt authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "guidebar.h"

#include <QHBoxLayout>
#include <QKeyEvent>
#include <QLabel>
#include <QPainter>
#include <QPushButton>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;

namespace LiveTemplate::Ui {

namespace {

constexpr int accentWidth = 4;
constexpr qreal instructionFontFactor = 1.15;

} // namespace

GuideBar::GuideBar(QWidget *parent)
    : QFrame(parent)
    , m_number(new QLabel)
    , m_happened(new QLabel)
    , m_instruction(new QLabel)
    , m_again(new QPushButton(tr("Again")))
    , m_close(new QPushButton(tr("Close")))
{
    setObjectName(u"guide"_s);
    setAutoFillBackground(true);
    setBackgroundRole(QPalette::Base);
    m_number->setForegroundRole(QPalette::PlaceholderText);
    m_happened->setWordWrap(true);
    m_instruction->setWordWrap(true);
    QFont font = m_instruction->font();
    font.setPointSizeF(font.pointSizeF() * instructionFontFactor);
    font.setWeight(QFont::DemiBold);
    m_instruction->setFont(font);
    m_again->setToolTip(tr("Begin with the first step"));
    m_close->setToolTip(tr("End the demonstration; the tabs stay open"));
    connect(m_again, &QPushButton::clicked, this, &GuideBar::againWanted);
    connect(m_close, &QPushButton::clicked, this, &GuideBar::close);

    auto *texts = new QVBoxLayout;
    texts->setSpacing(3);
    texts->addWidget(m_number);
    texts->addWidget(m_happened);
    texts->addWidget(m_instruction);
    auto *layout = new QHBoxLayout(this);
    layout->setContentsMargins(accentWidth + 12, 8, 10, 8);
    layout->setSpacing(8);
    layout->addLayout(texts, 1);
    layout->addWidget(m_again, 0, Qt::AlignVCenter);
    layout->addWidget(m_close, 0, Qt::AlignVCenter);
    hide();
}

void GuideBar::showStep(const Step &step)
{
    m_number->setText(step.isLast ? tr("Done")
                                  : tr("Step %1 of %2").arg(step.number).arg(step.count));
    m_happened->setText(step.happened);
    m_happened->setVisible(!step.happened.isEmpty());
    m_instruction->setText(step.instruction);
    m_again->setVisible(step.isLast);
    m_close->setText(step.isLast ? tr("Finish") : tr("Close"));
    setAccessibleName(tr("Demonstration, %1").arg(m_number->text()));
    setAccessibleDescription(text());
    show();
}

QString GuideBar::text() const
{
    return m_happened->text().isEmpty() ? m_instruction->text()
                                        : m_happened->text() + u' ' + m_instruction->text();
}

void GuideBar::close()
{
    hide();
    Q_EMIT closed();
}

void GuideBar::keyPressEvent(QKeyEvent *event)
{
    if (event->key() == Qt::Key_Escape)
        close();
    else
        QFrame::keyPressEvent(event);
}

void GuideBar::paintEvent(QPaintEvent *event)
{
    QFrame::paintEvent(event);
    QPainter painter(this);
    painter.fillRect(QRect(0, 0, accentWidth, height()), palette().color(QPalette::Highlight));
    painter.fillRect(QRect(0, height() - 1, width(), 1), palette().color(QPalette::Mid));
}

} // namespace LiveTemplate::Ui
