// SPDX-FileCopyrightText: 2026 The LiveTemplate for Qt authors
// SPDX-License-Identifier: MIT

#pragma once

#include <QString>

#include <source_location>

namespace LiveTest {

/// Fails the running test at @p where. Returns false, for whoever has to return something.
bool fail(const QString &sentence, const std::source_location &where);

/// As a person reads it: at most a line of a long text.
[[nodiscard]] QString quoted(const QString &text);

} // namespace LiveTest
