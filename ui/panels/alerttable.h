// SPDX-FileCopyrightText: 2026 The LiveTemplate for Qt authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "alertbook.h"
#include "keyedtable.h"

namespace LiveTemplate::Ui {

/// An alert and its rule, as a row.
struct AlertRow
{
    Alert alert;
    /// Of AlertBook, which lives longer.
    const AlertRule *rule = nullptr;

    bool operator==(const AlertRow &) const = default;
};

using AlertTable = KeyedTable<AlertRow>;

/// What is the matter, what was, since when, and what to do.
[[nodiscard]] TableDefinition<AlertRow> alertTableDefinition();

/// All of @p alerts, as rows: the newest first.
[[nodiscard]] QList<AlertRow> alertRows(const AlertBook &alerts);

/// In one sentence: "Actions are slow: 310 ms, more than 200 ms, since 14:03."
[[nodiscard]] QString alertSentence(const Alert &alert, const AlertRule &rule);

} // namespace LiveTemplate::Ui
