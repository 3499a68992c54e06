// SPDX-FileCopyrightText: 2026 The LiveTemplate for Qt authors
// SPDX-License-Identifier: MIT

#pragma once

#include "tree_p.h"

#include <QStringList>

namespace LiveTemplate {

/// What a page shows in development mode: @p content, and above it a box with @p errors, when
/// there are any. @p version is that of the template which @p content was made by. Of the trees
/// that a client is sent one after the other, those by different templates must be less than three
/// versions apart.
[[nodiscard]] TreePtr framePage(Dynamic content, quint64 version, const QStringList &errors);

} // namespace LiveTemplate
