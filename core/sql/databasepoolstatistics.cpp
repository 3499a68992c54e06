// SPDX-FileCopyrightText: 2026 The LiveTemplate for Qt authors
// SPDX-License-Identifier: MIT

#include "databasehealth.h"

using namespace Qt::StringLiterals;

namespace LiveTemplate {

double DatabasePoolStatistics::utilizationPercent() const
{
    return maxOpen > 0 ? 100.0 * openConnections / maxOpen : 0.0;
}

QJsonObject DatabasePoolStatistics::toJson() const
{
    const double utilization = utilizationPercent();
    QJsonObject object = {
        {u"connection_pool"_s,
         QJsonObject{
             {u"open_connections"_s, openConnections},
             {u"in_use"_s, inUse},
             {u"idle"_s, idle},
             {u"max_open"_s, maxOpen},
             {u"wait_count"_s, waitCount},
             {u"wait_duration_ms"_s, qint64(waitDuration.count())},
             {u"max_idle_closed"_s, maxIdleClosed},
             {u"max_idle_time_closed"_s, maxIdleTimeClosed},
             {u"max_lifetime_closed"_s, maxLifetimeClosed},
         }},
        {u"pool_utilization_percent"_s, utilization},
    };
    if (utilization > highUtilizationPercent)
        object.insert(u"warning"_s, u"connection pool utilization high"_s);
    return object;
}

} // namespace LiveTemplate
