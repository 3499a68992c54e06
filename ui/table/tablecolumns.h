// SPDX-FileCopyrightText: 2026 The LiveTemplate for Qt authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "tablemodel.h"

#include <QBrush>
#include <QIcon>

#include <functional>

namespace LiveTemplate::Ui {

/// A column of a table with rows of type @p Row.
template<typename Row>
struct TableColumn
{
    ColumnTitle title;
    /// What it is sorted by and exported as; never empty.
    std::function<QVariant(const Row &)> value;
    /// What is shown and searched; by default the value as text.
    std::function<QString(const Row &)> text = {};
    std::function<QString(const Row &)> toolTip = {};
    /// QIcon or QColor; what a cell shows before its text.
    std::function<QVariant(const Row &)> decoration = {};
    /// For what a person should look at; by default the palette's colour.
    std::function<QVariant(const Row &)> foreground = {};
    /// For a delegate of the panel's own (a sparkline, say): what Qt::UserRole + 100 gives.
    std::function<QVariant(const Row &)> extra = {};
};

/// What decides whether a chip lets a row through.
template<typename Row>
struct TableChip
{
    FilterChip chip;
    std::function<bool(const Row &)> holds;
};

/// What a table is made of.
template<typename Row>
struct TableDefinition
{
    QList<TableColumn<Row>> columns;
    QList<TableChip<Row>> chips = {};
    /// What names a row as long as it lives: a quint64 or a QString.
    std::function<QVariant(const Row &)> key;
};

/// The role of TableColumn::extra.
inline constexpr int extraRole = Qt::UserRole + 100;

} // namespace LiveTemplate::Ui
