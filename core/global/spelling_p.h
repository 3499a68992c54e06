// SPDX-FileCopyrightText: 2026 The LiveTemplate for Qt authors
// SPDX-License-Identifier: MIT

#pragma once

#include "livetemplate_export.h"

#include <QString>
#include <QStringList>

namespace LiveTemplate {

/// The one of @p names that somebody who wrote @p name most likely meant; empty when none is near.
[[nodiscard]] LIVETEMPLATE_PRIVATE_EXPORT QString closestName(const QString &name,
                                                              const QStringList &names);

} // namespace LiveTemplate
