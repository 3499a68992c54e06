// SPDX-FileCopyrightText: 2026 The LiveTemplate for Qt authors
// SPDX-License-Identifier: MIT

#pragma once

#include "blockbuilder_p.h"

#include <QString>

#include <expected>

namespace LiveTemplate {

/// The part of a page that lives within the wrapper (PROTOCOL.md A.4).
struct LivePart
{
    BlockPosition start;
    BlockPosition end;
    /// What an author should know, and need not mend; empty: nothing.
    QString warning;
};

/// Finds the live part of a page: the body of a document up to its scripts, or a whole fragment
/// but for the scripts at its end. The error says what is missing.
[[nodiscard]] std::expected<LivePart, QString> findLivePart(const BlockBuilder &page);

} // namespace LiveTemplate
