// SPDX-FileCopyrightText: 2026 The LiveTemplate for Qt authors
// SPDX-License-Identifier: MIT

#pragma once

#include "tree_p.h"

#include <QByteArray>

namespace LiveTemplate {

enum class RangePlace {
    /// A dynamic of the page's own tree: the client looks its rows up in the DOM by their keys.
    Top,
    Nested
};

/// Appends what turns range @p from into @p to, which are not equal: the cheapest of the operations
/// of PROTOCOL.md C, or the whole range.
void appendRangeDifference(QByteArray &json, const Range &from, const Range &to, RangePlace place);

/// Appends the dynamics of @p to that differ from @p from, whose statics are the same.
void appendChanges(QByteArray &json, const std::vector<Dynamic> &from,
                   const std::vector<Dynamic> &to, RangePlace place);

} // namespace LiveTemplate
