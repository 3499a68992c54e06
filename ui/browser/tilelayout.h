// SPDX-FileCopyrightText: 2026 The LiveTemplate for Qt authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QLayout>

#include <memory>
#include <vector>

namespace LiveTemplate::Ui {

/// How many columns and rows a number of tiles takes.
struct TileGrid
{
    int columns = 0;
    int rows = 0;

    bool operator==(const TileGrid &) const = default;

    /// One row as long as every tile is wide enough to read a page in; then as many columns as fit,
    /// with the rows filled evenly.
    [[nodiscard]] static TileGrid forTiles(int count, int width);
};

/// Which of a row of tabs are shown beside each other.
struct TileWindow
{
    int first = 0;
    int count = 0;

    bool operator==(const TileWindow &) const = default;

    /// At most @p tiles of @p tabs, neighbours, the one in row @p current among them. As long as it
    /// can be, it is where it was (@p before), so that tiles do not jump when another of them
    /// becomes the current one.
    [[nodiscard]] static TileWindow around(int current, int tabs, int tiles, int before);

    [[nodiscard]] bool contains(int row) const { return row >= first && row < first + count; }
};

/// Gives each visible widget an equal part of the room. Hidden widgets take none, so that one
/// visible widget has it all.
class TileLayout : public QLayout
{
    Q_OBJECT

public:
    explicit TileLayout(QWidget *parent = nullptr);
    ~TileLayout() override;

    /// Puts the widgets into the order of @p widgets, all of which are in the layout.
    void setOrder(const QList<QWidget *> &widgets);

    void addItem(QLayoutItem *item) override;
    [[nodiscard]] int count() const override;
    [[nodiscard]] QLayoutItem *itemAt(int index) const override;
    QLayoutItem *takeAt(int index) override;
    [[nodiscard]] QSize sizeHint() const override;
    [[nodiscard]] QSize minimumSize() const override;
    [[nodiscard]] Qt::Orientations expandingDirections() const override;
    void setGeometry(const QRect &rect) override;

private:
    std::vector<std::unique_ptr<QLayoutItem>> m_items;
};

} // namespace LiveTemplate::Ui
