// SPDX-FileCopyrightText: 2026 The LiveTemplate for Qt authors
// SPDX-License-Identifier: MIT

#pragma once

#include "block_p.h"

#include <QSet>

namespace LiveTemplate {

/// The dynamics of @p page that are keyed ranges in places where the client's short way would be
/// wrong (PROTOCOL.md C, traps 6 and 7): it changes the rows of a range at the top of the page in
/// the DOM itself, and believes that the element around holds nothing else, that each row is one
/// element, and that no other element of the page has the same key.
///
/// One level deeper the client does not take that way: these ranges are put into a tree of their
/// own.
[[nodiscard]] QSet<qsizetype> rangesToNest(const Block &page);

} // namespace LiveTemplate
