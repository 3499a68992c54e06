// SPDX-FileCopyrightText: 2026 The LiveTemplate for Qt authors
// SPDX-License-Identifier: MIT

#pragma once

#include "livetemplate_export.h"
#include "tree_p.h"

#include <QByteArray>

namespace LiveTemplate {

/// Appends what a client that holds @p from must be sent so that it holds @p to: the dynamics that
/// changed, `{}` when none did. Never longer than the whole would be.
LIVETEMPLATE_PRIVATE_EXPORT void appendDifference(QByteArray &json, const Tree &from,
                                                  const Tree &to);

} // namespace LiveTemplate
