// SPDX-FileCopyrightText: 2026 The LiveTemplate for Qt authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "plotgridlayout.h"

#include <QWidget>

#include <algorithm>

namespace LiveTemplate::Ui {

namespace {

// Three digits with a unit, three marks of time, and a line that says something.
constexpr int tileWidth = 290;
constexpr int tileHeight = 220;
constexpr int gap = 8;

} // namespace

PlotGridLayout::PlotGridLayout(QWidget *parent)
    : QLayout(parent)
{
    setContentsMargins(gap, gap, gap, gap);
    setSpacing(gap);
}

PlotGridLayout::~PlotGridLayout() = default;

void PlotGridLayout::setRoom(int height)
{
    if (m_room == height)
        return;
    m_room = height;
    invalidate();
}

int PlotGridLayout::columnsFor(int width, int count)
{
    return std::clamp((width - gap) / (tileWidth + gap), 1, std::max(count, 1));
}

std::vector<QLayoutItem *> PlotGridLayout::visible() const
{
    std::vector<QLayoutItem *> items;
    for (const auto &item : m_items) {
        if (!item->isEmpty())
            items.push_back(item.get());
    }
    return items;
}

int PlotGridLayout::heightForWidth(int width) const
{
    const int tiles = int(visible().size());
    if (tiles <= 1)
        return std::max(tileHeight + 2 * gap, m_room);
    const int columns = columnsFor(width, tiles);
    const int rows = (tiles + columns - 1) / columns;
    return gap + rows * (tileHeight + gap);
}

void PlotGridLayout::setGeometry(const QRect &rect)
{
    QLayout::setGeometry(rect);
    const std::vector<QLayoutItem *> items = visible();
    const int tiles = int(items.size());
    if (tiles == 1) {
        items.front()->setGeometry(rect.marginsRemoved(contentsMargins()));
        return;
    }
    const int columns = columnsFor(rect.width(), tiles);
    const int room = rect.width() - gap;
    for (int i = 0; i < tiles; ++i) {
        const int column = i % columns;
        const int left = room * column / columns;
        const int right = room * (column + 1) / columns;
        items[std::size_t(i)]->setGeometry(
            QRect(rect.left() + gap + left, rect.top() + gap + i / columns * (tileHeight + gap),
                  right - left - gap, tileHeight));
    }
}

void PlotGridLayout::addItem(QLayoutItem *item)
{
    m_items.emplace_back(item);
}

int PlotGridLayout::count() const
{
    return int(m_items.size());
}

QLayoutItem *PlotGridLayout::itemAt(int index) const
{
    return index >= 0 && index < count() ? m_items[std::size_t(index)].get() : nullptr;
}

QLayoutItem *PlotGridLayout::takeAt(int index)
{
    if (index < 0 || index >= count())
        return nullptr;
    QLayoutItem *item = m_items[std::size_t(index)].release();
    m_items.erase(m_items.begin() + index);
    return item;
}

QSize PlotGridLayout::sizeHint() const
{
    return {2 * tileWidth + 3 * gap, 2 * tileHeight + 3 * gap};
}

QSize PlotGridLayout::minimumSize() const
{
    return {tileWidth * 2 / 3, tileHeight};
}

} // namespace LiveTemplate::Ui
