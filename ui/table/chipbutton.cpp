// SPDX-FileCopyrightText: 2026 The LiveTemplate for Qt authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "chipbutton.h"

#include <QEnterEvent>
#include <QPainter>

namespace LiveTemplate::Ui {

namespace {

constexpr int sideMargin = 10;
constexpr int topMargin = 3;
constexpr qreal tint = 0.18;
constexpr qreal hoverTint = 0.07;

QColor withAlpha(QColor color, qreal alpha)
{
    color.setAlphaF(static_cast<float>(alpha));
    return color;
}

} // namespace

ChipButton::ChipButton(const QString &text, QWidget *parent)
    : QAbstractButton(parent)
{
    setCheckable(true);
    setText(text);
    setAccessibleName(tr("Filter: %1").arg(text));
    setFocusPolicy(Qt::StrongFocus);
}

QSize ChipButton::sizeHint() const
{
    const QSize text = fontMetrics().size(Qt::TextSingleLine, this->text());
    return {text.width() + 2 * sideMargin, text.height() + 2 * topMargin};
}

void ChipButton::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    const QColor textColor = palette().color(QPalette::WindowText);
    const QColor accent = palette().color(QPalette::Accent);
    const QRectF frame = QRectF(rect()).adjusted(1, 1, -1, -1);

    QColor filling = Qt::transparent;
    if (isChecked())
        filling = withAlpha(accent, tint);
    else if (underMouse() && isEnabled())
        filling = withAlpha(textColor, hoverTint);
    painter.setBrush(filling);
    const bool isMarked = isChecked() || hasFocus();
    painter.setPen(QPen(isMarked ? accent : withAlpha(textColor, 0.35), hasFocus() ? 2 : 1));
    painter.drawRoundedRect(frame, frame.height() / 2, frame.height() / 2);

    painter.setPen(textColor);
    painter.drawText(rect(), Qt::AlignCenter, text());
}

void ChipButton::enterEvent(QEnterEvent *event)
{
    QAbstractButton::enterEvent(event);
    update();
}

void ChipButton::leaveEvent(QEvent *event)
{
    QAbstractButton::leaveEvent(event);
    update();
}

} // namespace LiveTemplate::Ui
