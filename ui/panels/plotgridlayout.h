// SPDX-FileCopyrightText: 2026 The LiveTemplate for Qt authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QLayout>

#include <memory>
#include <vector>

namespace LiveTemplate::Ui {

/// Plots beside and below each other, as many in a row as are wide enough, all of one size. A
/// single visible one has all the room there is.
class PlotGridLayout : public QLayout
{
    Q_OBJECT

public:
    explicit PlotGridLayout(QWidget *parent = nullptr);
    ~PlotGridLayout() override;

    /// Room that a single one fills: the height of what scrolls it.
    void setRoom(int height);

    /// In a row, in so much width.
    [[nodiscard]] static int columnsFor(int width, int count);

    void addItem(QLayoutItem *item) override;
    [[nodiscard]] int count() const override;
    [[nodiscard]] QLayoutItem *itemAt(int index) const override;
    QLayoutItem *takeAt(int index) override;
    [[nodiscard]] QSize sizeHint() const override;
    [[nodiscard]] QSize minimumSize() const override;
    [[nodiscard]] bool hasHeightForWidth() const override { return true; }
    [[nodiscard]] int heightForWidth(int width) const override;
    void setGeometry(const QRect &rect) override;

private:
    [[nodiscard]] std::vector<QLayoutItem *> visible() const;

    std::vector<std::unique_ptr<QLayoutItem>> m_items;
    int m_room = 0;
};

} // namespace LiveTemplate::Ui
