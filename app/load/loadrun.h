// SPDX-FileCopyrightText: 2026 The LiveTemplate for Qt authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "connector.h"
#include "loadoptions.h"
#include "report.h"
#include "serverprocess.h"
#include "target.h"

namespace LiveTemplate::Load {

/// One run of the program, from the first request to the goodbye.
class LoadRun
{
public:
    /// @p server is the process to look at, if it is known.
    LoadRun(const LoadOptions &options, const Target &target,
            const std::optional<ServerProcess> &server);

    /// Takes as long as the options say. Call it once.
    [[nodiscard]] Report run();

private:
    [[nodiscard]] std::vector<CookieFetch::Cookie> cookies();
    void connect(Crowd &crowd);
    void wait(Duration duration);
    void runScenario(Crowd &crowd);
    void click(Crowd &crowd);
    void broadcast(Crowd &crowd);

    LoadOptions m_options;
    Target m_target;
    std::optional<ServerProcess> m_server;
    EventLoop m_loop;
    std::unique_ptr<Task> m_heartbeats;
    Report m_report;
};

} // namespace LiveTemplate::Load
