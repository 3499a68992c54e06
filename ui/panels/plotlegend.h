// SPDX-FileCopyrightText: 2026 The LiveTemplate for Qt authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "plotdata.h"

#include <QWidget>

namespace LiveTemplate::Ui {

/// Which line of a plot is which, each with its value.
class PlotLegend : public QWidget
{
    Q_OBJECT

public:
    struct Entry
    {
        /// The line's number in Plot::lines.
        int line = 0;
        QString name;
        QString value;

        bool operator==(const Entry &) const = default;
    };

    explicit PlotLegend(QWidget *parent = nullptr);

    void setEntries(const QList<Entry> &entries);
    [[nodiscard]] const QList<Entry> &entries() const { return m_entries; }

    [[nodiscard]] QSize sizeHint() const override;

protected:
    void paintEvent(QPaintEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;

private:
    /// Where each entry begins, and how many lines of text they take.
    [[nodiscard]] QList<QPoint> places(int *rows = nullptr) const;
    [[nodiscard]] int widthOf(const Entry &entry) const;
    void fitHeight();

    QList<Entry> m_entries;
    int m_valueWidth = 0;
};

} // namespace LiveTemplate::Ui
