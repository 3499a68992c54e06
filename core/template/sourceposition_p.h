// SPDX-FileCopyrightText: 2026 The LiveTemplate for Qt authors
// SPDX-License-Identifier: MIT

#pragma once

namespace LiveTemplate {

/// A place in a template file. Both count from 1; a column is a UTF-16 code unit.
struct SourcePosition
{
    int line = 0;
    int column = 0;
};

} // namespace LiveTemplate
