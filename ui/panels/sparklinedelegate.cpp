// SPDX-FileCopyrightText: 2026 The LiveTemplate for Qt authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "sparklinedelegate.h"

#include "tablecolumns.h"

#include <QApplication>
#include <QPainter>

#include <algorithm>

namespace LiveTemplate::Ui {

namespace {

constexpr int margin = 3;
/// Of a second with any message at all, so that it is seen beside a busy one.
constexpr qreal leastHeight = 1.5;

} // namespace

void SparklineDelegate::paint(QPainter *painter, const QStyleOptionViewItem &option,
                              const QModelIndex &index) const
{
    QStyleOptionViewItem background = option;
    initStyleOption(&background, index);
    background.text.clear();
    const QStyle *const style = option.widget ? option.widget->style() : QApplication::style();
    style->drawPrimitive(QStyle::PE_PanelItemViewItem, &background, painter, option.widget);
    const auto values = index.data(extraRole).value<QList<quint32>>();
    const QRectF area = QRectF(option.rect).adjusted(margin, margin, -margin, -margin);
    if (values.isEmpty() || area.width() < 8)
        return;
    const quint32 greatest = std::max(*std::ranges::max_element(values), 1U);
    const bool isSelected = option.state.testFlag(QStyle::State_Selected);
    const QColor colour = option.palette.color(isSelected ? QPalette::HighlightedText
                                                          : QPalette::Highlight);
    painter->save();
    painter->setRenderHint(QPainter::Antialiasing);
    painter->setPen(Qt::NoPen);
    painter->setBrush(colour);
    const qreal step = area.width() / qreal(values.size());
    for (qsizetype i = 0; i < values.size(); ++i) {
        if (values[i] == 0)
            continue;
        const qreal height = std::max(leastHeight,
                                      area.height() * qreal(values[i]) / qreal(greatest));
        painter->drawRect(QRectF(area.left() + qreal(i) * step, area.bottom() - height,
                                 std::max(step - 0.6, 0.8), height));
    }
    painter->restore();
}

} // namespace LiveTemplate::Ui
