// SPDX-FileCopyrightText: 2026 The LiveTemplate for Qt authors
// SPDX-License-Identifier: MIT

#include "databasehealth.h"

#include "databasehealthcheck_p.h"
#include "databaseurl_p.h"

#include <QSqlDatabase>

using namespace Qt::StringLiterals;

namespace LiveTemplate {

std::expected<std::shared_ptr<HealthCheck>, QString> databaseHealthCheckFromUrl(
    const QString &url, DatabasePoolStatisticsFunction statistics)
{
    auto parsed = DatabaseUrl::parse(url);
    if (!parsed)
        return std::unexpected(std::move(parsed).error());
    if (!QSqlDatabase::isDriverAvailable(parsed->driver()))
        return std::unexpected(u"Qt's driver %1 is not installed"_s.arg(parsed->driver()));
    return std::make_shared<DatabaseHealthCheck>(*std::move(parsed), std::move(statistics));
}

} // namespace LiveTemplate
