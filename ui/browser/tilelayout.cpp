// SPDX-FileCopyrightText: 2026 The LiveTemplate for Qt authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "tilelayout.h"

#include <QWidget>

#include <algorithm>

namespace LiveTemplate::Ui {

namespace {

// The width of a small phone: pages are made to be read in it.
constexpr int minimumTileWidth = 320;
constexpr int minimumTileHeight = 160;

constexpr int divideUp(int dividend, int divisor)
{
    return (dividend + divisor - 1) / divisor;
}

/// Where part @p index of @p count ends and the next begins, without a gap from rounding.
constexpr int boundary(int length, int index, int count)
{
    return length * index / count;
}

} // namespace

TileGrid TileGrid::forTiles(int count, int width)
{
    if (count == 0)
        return {};
    const int fitting = std::clamp(width / minimumTileWidth, 1, count);
    const int rows = divideUp(count, fitting);
    return {.columns = divideUp(count, rows), .rows = rows};
}

TileWindow TileWindow::around(int current, int tabs, int tiles, int before)
{
    const int count = std::clamp(tiles, 0, tabs);
    if (count == 0)
        return {};
    int first = std::clamp(before, 0, tabs - count);
    if (current >= 0)
        first = std::clamp(first, current - count + 1, current);
    return {.first = std::clamp(first, 0, tabs - count), .count = count};
}

TileLayout::TileLayout(QWidget *parent)
    : QLayout(parent)
{
    setContentsMargins({});
    setSpacing(1);
}

TileLayout::~TileLayout() = default;

void TileLayout::setOrder(const QList<QWidget *> &widgets)
{
    std::ranges::stable_sort(m_items, {}, [&widgets](const std::unique_ptr<QLayoutItem> &item) {
        return widgets.indexOf(item->widget());
    });
    invalidate();
}

void TileLayout::addItem(QLayoutItem *item)
{
    m_items.emplace_back(item);
}

int TileLayout::count() const
{
    return static_cast<int>(m_items.size());
}

QLayoutItem *TileLayout::itemAt(int index) const
{
    return index >= 0 && index < count() ? m_items[static_cast<size_t>(index)].get() : nullptr;
}

QLayoutItem *TileLayout::takeAt(int index)
{
    if (index < 0 || index >= count())
        return nullptr;
    QLayoutItem *item = m_items[static_cast<size_t>(index)].release();
    m_items.erase(m_items.begin() + index);
    return item;
}

QSize TileLayout::sizeHint() const
{
    return minimumSize();
}

QSize TileLayout::minimumSize() const
{
    // Of one tile: with less room there are more rows, and at last the tiles get small. The window
    // must not grow because a tab was opened.
    return {minimumTileWidth, minimumTileHeight};
}

Qt::Orientations TileLayout::expandingDirections() const
{
    return Qt::Horizontal | Qt::Vertical;
}

void TileLayout::setGeometry(const QRect &rect)
{
    QLayout::setGeometry(rect);

    std::vector<QLayoutItem *> visible;
    for (const std::unique_ptr<QLayoutItem> &item : m_items) {
        if (!item->isEmpty())
            visible.push_back(item.get());
    }

    const int tiles = static_cast<int>(visible.size());
    const TileGrid grid = TileGrid::forTiles(tiles, rect.width());
    for (int index = 0; index < tiles; ++index) {
        const int row = index / grid.columns;
        const int column = index % grid.columns;
        // The tiles of a last row that is not full share its whole width.
        const int columns = std::min(grid.columns, tiles - row * grid.columns);

        const int left = boundary(rect.width() + spacing(), column, columns);
        const int right = boundary(rect.width() + spacing(), column + 1, columns) - spacing();
        const int top = boundary(rect.height() + spacing(), row, grid.rows);
        const int bottom = boundary(rect.height() + spacing(), row + 1, grid.rows) - spacing();
        visible[static_cast<size_t>(index)]->setGeometry(
            QRect(QPoint(rect.left() + left, rect.top() + top), QSize(right - left, bottom - top)));
    }
}

} // namespace LiveTemplate::Ui
