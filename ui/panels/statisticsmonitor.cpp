// SPDX-FileCopyrightText: 2026 The LiveTemplate for Qt authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "statisticsmonitor.h"

#include "redismembership.h"
#include "server.h"

#include <utility>

namespace LiveTemplate::Ui {

StatisticsMonitor::StatisticsMonitor(const Server &server, const RedisMembership *membership,
                                     QObject *parent)
    : StatisticsMonitor(
          [&server, membership] {
              ServerStatistics statistics = server.statistics();
              if (membership && !statistics.redis)
                  statistics.redis = membership->statistics();
              return statistics;
          },
          parent)
{
}

StatisticsMonitor::StatisticsMonitor(Source source, QObject *parent)
    : QObject(parent)
    , m_source(std::move(source))
    , m_timer(StatisticsHistory::interval)
{
    connect(&m_timer, &SampleTimer::sampleDue, this, &StatisticsMonitor::sample);
}

void StatisticsMonitor::sample()
{
    m_history.add(m_source());
    m_alerts.update(m_history);
    Q_EMIT sampled();
}

} // namespace LiveTemplate::Ui
