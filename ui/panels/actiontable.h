// SPDX-FileCopyrightText: 2026 The LiveTemplate for Qt authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "connectiondetails.h"
#include "keyedtable.h"

#include <QHash>

namespace LiveTemplate::Ui {

/// An action that a connection ran.
struct ActionRow
{
    ActionRecord record;
    /// Who had it run, for a person.
    QString source;

    bool operator==(const ActionRow &) const = default;
};

/// The newest first. @p names are those of clients, by id.
[[nodiscard]] QList<ActionRow> actionRows(const QList<ActionRecord> &records,
                                          const QHash<quint64, QString> &names);

[[nodiscard]] TableDefinition<ActionRow> actionTable();

} // namespace LiveTemplate::Ui
