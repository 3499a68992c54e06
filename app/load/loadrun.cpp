// SPDX-FileCopyrightText: 2026 The LiveTemplate for Qt authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "loadrun.h"

#include "farewell.h"
#include "heartbeats.h"
#include "pause.h"

namespace LiveTemplate::Load {

namespace {

/// After the last answer: so long the server may still work on what it has answered.
constexpr auto settlingTime = std::chrono::milliseconds(200);

} // namespace

LoadRun::LoadRun(const LoadOptions &options, const Target &target,
                 const std::optional<ServerProcess> &server)
    : m_options(options)
    , m_target(target)
    , m_server(server)
{
    m_report.url = options.url;
    m_report.connecting.wanted = options.connections;
    m_report.connecting.browsers = options.browsers;
}

Report LoadRun::run()
{
    if (m_server) {
        m_report.server = ServerFigures{.id = m_server->id(),
                                        .memoryBefore = m_server->residentMemory()};
    }
    Crowd crowd(m_loop, m_options.connections, m_options.browsers);
    std::optional<Replicas> replicas;
    if (m_options.verify)
        replicas.emplace(crowd, m_options.counterSlot);

    connect(crowd);
    if (m_options.heartbeat > Duration::zero())
        m_heartbeats = std::make_unique<Heartbeats>(crowd, m_options.heartbeat);
    if (m_options.idle > Duration::zero())
        wait(m_options.idle);
    if (m_server)
        m_report.server->memoryConnected = m_server->residentMemory();
    if (m_options.mode != LoadOptions::Mode::Idle && crowd.openCount() > 0)
        runScenario(crowd);
    if (m_server)
        m_report.server->memoryAfter = m_server->residentMemory();
    if (replicas) {
        ReplicaCheck check(*replicas, m_options.timeout);
        m_loop.run(check);
        m_report.replicas = replicas->figures();
    }
    Farewell farewell(crowd);
    m_loop.run(farewell);
    m_report.traffic = crowd.traffic();
    m_report.connecting.failures = crowd.failures();
    m_report.connecting.losses = crowd.losses();
    return m_report;
}

std::vector<CookieFetch::Cookie> LoadRun::cookies()
{
    if (!m_options.cookie.isEmpty())
        return {m_options.cookie};
    CookieFetch fetch(m_loop, m_target, m_options.browsers, m_options.parallel, m_options.timeout);
    m_loop.run(fetch);
    return fetch.cookies();
}

void LoadRun::connect(Crowd &crowd)
{
    const std::vector<CookieFetch::Cookie> groups = cookies();
    Connector connector(crowd,
                        {.target = m_target,
                         .origin = m_options.origin.isEmpty() ? m_target.origin()
                                                              : m_options.origin,
                         .cookies = groups,
                         .parallel = m_options.parallel,
                         .timeout = m_options.timeout});
    m_loop.run(connector);
    m_report.connecting.opened = crowd.openCount();
    m_report.connecting.duration = connector.duration();
    m_report.connecting.latency = connector.latencies().figures();
}

void LoadRun::wait(Duration duration)
{
    Pause pause(duration);
    m_loop.run(pause, m_heartbeats.get());
}

void LoadRun::runScenario(Crowd &crowd)
{
    const Duration before = m_server ? m_server->cpuTime() : Duration();
    if (m_options.mode == LoadOptions::Mode::Click)
        click(crowd);
    else
        broadcast(crowd);
    wait(settlingTime);
    if (m_server)
        m_report.server->cpu = m_server->cpuTime() - before;
}

void LoadRun::click(Crowd &crowd)
{
    ClickScenario scenario(crowd,
                           {.action = m_options.action,
                            .rate = m_options.rate,
                            .active = m_options.active,
                            .duration = m_options.duration,
                            .timeout = m_options.timeout});
    m_loop.run(scenario, m_heartbeats.get());
    m_report.click = scenario.figures();
}

void LoadRun::broadcast(Crowd &crowd)
{
    BroadcastScenario scenario(crowd,
                               {.action = m_options.action,
                                .times = m_options.times,
                                .rate = m_options.rate,
                                .timeout = m_options.timeout});
    m_loop.run(scenario, m_heartbeats.get());
    m_report.broadcast = scenario.figures();
}

} // namespace LiveTemplate::Load
