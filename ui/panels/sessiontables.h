// SPDX-FileCopyrightText: 2026 The LiveTemplate for Qt authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "keyedtable.h"
#include "sessionrows.h"

namespace LiveTemplate::Ui {

/// The session groups; the key is the whole id, which is shown nowhere.
[[nodiscard]] TableDefinition<GroupRow> groupTable();

/// Connections and visitors, by id.
[[nodiscard]] TableDefinition<ConnectionRow> connectionTable();

} // namespace LiveTemplate::Ui
