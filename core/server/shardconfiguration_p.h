// SPDX-FileCopyrightText: 2026 The LiveTemplate for Qt authors
// SPDX-License-Identifier: MIT

#pragma once

#include "authenticator.h"
#include "broadcaster.h"
#include "groupdirectory_p.h"
#include "page_p.h"
#include "serveroptions.h"
#include "sessionstore.h"
#include "socketbudget_p.h"

#include <memory>
#include <vector>

namespace LiveTemplate {

class Health;
class MetricsExporter;

/// What all shards of a server share. Nothing of it changes while the server listens, and what it
/// points to may be used from any thread.
struct ShardConfiguration
{
    ServerOptions options;
    std::shared_ptr<Authenticator> authenticator;
    std::shared_ptr<SessionStore> sessionStore;
    /// Null: there are no other servers.
    std::shared_ptr<Broadcaster> broadcaster;
    std::vector<std::shared_ptr<const Page>> pages;
    std::shared_ptr<GroupDirectory> directory;
    std::shared_ptr<SocketBudget> sockets;
    std::shared_ptr<Health> health;
    std::shared_ptr<MetricsExporter> metrics;
};

} // namespace LiveTemplate
