// SPDX-FileCopyrightText: 2026 The LiveTemplate for Qt authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "plotlegend.h"

#include "plotcolors.h"

#include <QPainter>
#include <QResizeEvent>
#include <QStringList>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace LiveTemplate::Ui {

namespace {

constexpr int sampleWidth = 22;
constexpr int gap = 6;
constexpr int entryGap = 14;

} // namespace

PlotLegend::PlotLegend(QWidget *parent)
    : QWidget(parent)
{
    setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Fixed);
    fitHeight();
}

void PlotLegend::setEntries(const QList<Entry> &entries)
{
    if (m_entries == entries)
        return;
    m_entries = entries;
    QStringList texts;
    for (const Entry &entry : entries) {
        texts.append(entry.name + u' ' + entry.value);
        // A number that gets shorter must not make its neighbours jump: the widest has its room.
        m_valueWidth = std::max(m_valueWidth, fontMetrics().horizontalAdvance(entry.value));
    }
    setAccessibleName(texts.join(u", "_s));
    fitHeight();
    update();
}

int PlotLegend::widthOf(const Entry &entry) const
{
    return sampleWidth + gap + fontMetrics().horizontalAdvance(entry.name) + gap
        + std::max(fontMetrics().horizontalAdvance(entry.value), m_valueWidth) + entryGap;
}

QList<QPoint> PlotLegend::places(int *rows) const
{
    QList<QPoint> places;
    const int lineHeight = fontMetrics().height() + 2;
    QPoint place;
    for (const Entry &entry : m_entries) {
        const int entryWidth = widthOf(entry);
        if (place.x() > 0 && place.x() + entryWidth - entryGap > width())
            place = {0, place.y() + lineHeight};
        places.append(place);
        place.rx() += entryWidth;
    }
    if (rows)
        *rows = place.y() / lineHeight + 1;
    return places;
}

QSize PlotLegend::sizeHint() const
{
    return {100, fontMetrics().height() + 2};
}

void PlotLegend::fitHeight()
{
    int rows = 1;
    static_cast<void>(places(&rows));
    setFixedHeight(rows * (fontMetrics().height() + 2));
}

void PlotLegend::resizeEvent(QResizeEvent *event)
{
    QWidget::resizeEvent(event);
    fitHeight();
}

void PlotLegend::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    const PlotColors colors(palette());
    const QList<QPoint> starts = places();
    const int lineHeight = fontMetrics().height() + 2;
    for (qsizetype i = 0; i < m_entries.size(); ++i) {
        const Entry &entry = m_entries.at(i);
        const QPoint start = starts.at(i);
        const qreal middle = start.y() + lineHeight / 2.0;
        QPen pen = colors.linePen(entry.line);
        pen.setWidthF(2.2);
        painter.setPen(pen);
        painter.drawLine(QPointF(start.x(), middle), QPointF(start.x() + sampleWidth, middle));

        const int nameLeft = start.x() + sampleWidth + gap;
        painter.setPen(colors.quietText());
        painter.drawText(QRect(nameLeft, start.y(), width(), lineHeight),
                         Qt::AlignLeft | Qt::AlignVCenter, entry.name);
        painter.setPen(colors.text());
        painter.drawText(QRect(nameLeft + fontMetrics().horizontalAdvance(entry.name) + gap,
                               start.y(), width(), lineHeight),
                         Qt::AlignLeft | Qt::AlignVCenter, entry.value);
    }
}

} // namespace LiveTemplate::Ui
