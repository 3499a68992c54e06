// SPDX-FileCopyrightText: 2026 The LiveTemplate for Qt authors
// SPDX-License-Identifier: MIT

// databasehealth.h in a build without Qt SQL.

#include "databasehealth.h"

using namespace Qt::StringLiterals;

namespace LiveTemplate {

std::expected<std::shared_ptr<HealthCheck>, QString> databaseHealthCheckFromUrl(
    const QString &, DatabasePoolStatisticsFunction)
{
    return std::unexpected(u"this build cannot check databases (LIVETEMPLATE_SQL is off)"_s);
}

} // namespace LiveTemplate
