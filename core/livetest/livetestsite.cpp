// SPDX-FileCopyrightText: 2026 The LiveTemplate for Qt authors
// SPDX-License-Identifier: MIT

#include "livetestsite.h"

#include "failure_p.h"
#include "inprocessbroadcaster.h"
#include "sessionstore.h"

#include <source_location>

using namespace LiveTemplate;
using namespace Qt::StringLiterals;

namespace LiveTest {

class Cluster::Private
{
public:
    std::shared_ptr<ManualClock> clock = std::make_shared<ManualClock>();
    std::shared_ptr<MemorySessionStore> store;
    /// The first server's, which all others join.
    std::shared_ptr<InProcessBroadcaster> broadcaster;

    /// @p options with what the servers share.
    [[nodiscard]] ServerOptions join(ServerOptions options)
    {
        options.clock = clock;
        if (!store) {
            store = std::make_shared<MemorySessionStore>(options.sessionTtl,
                                                         [time = clock] { return time->steady(); });
        }
        options.sessionStore = store;
        const auto own = std::make_shared<InProcessBroadcaster>();
        if (broadcaster)
            own->join(*broadcaster);
        else
            broadcaster = own;
        options.broadcaster = own;
        return options;
    }
};

Cluster::Cluster()
    : d(std::make_unique<Private>())
{
}

Cluster::~Cluster() = default;

ServerOptions Site::defaultOptions()
{
    ServerOptions options;
    options.messageRate = 0;
    return options;
}

namespace {

ServerOptions withClock(ServerOptions options, const std::shared_ptr<ManualClock> &clock)
{
    if (!options.clock)
        options.clock = clock;
    return options;
}

} // namespace

Site::Site(ServerOptions options)
    : Site(std::move(options), std::make_shared<ManualClock>())
{
}

Site::Site(Cluster &cluster, ServerOptions options)
    : Site(cluster.d->join(std::move(options)), cluster.d->clock)
{
}

Site::Site(ServerOptions options, std::shared_ptr<ManualClock> clock)
    : m_manualClock(options.clock && options.clock != clock ? nullptr : clock)
    , m_clock(options.clock ? options.clock : clock)
    , m_server(withClock(std::move(options), clock))
{
}

Site::~Site() = default;

bool Site::checkMounted(bool mounted, const std::source_location &where)
{
    return mounted || fail(m_server.errorString(), where);
}

bool Site::start(std::source_location where)
{
    return m_server.isListening() || m_server.startWithoutPort()
        || fail(u"The server does not start: "_s + m_server.errorString(), where);
}

void Site::stop()
{
    m_server.close();
}

void Site::settle()
{
    // A thread answers, asks itself to save when its turn is over, and only then takes what others
    // ask of it. So the second of two calls comes after what the turn of the first one asked for.
    m_server.expire();
    m_server.expire();
}

bool Site::advance(std::chrono::milliseconds duration, std::source_location where)
{
    if (!m_manualClock)
        return fail(u"The clock is one that the options brought: let it go on by itself."_s, where);
    if (duration < duration.zero())
        return fail(u"Time does not go back."_s, where);
    // What is saved after an answer is not of the new time.
    settle();
    m_manualClock->advance(duration);
    m_server.expire();
    return true;
}

} // namespace LiveTest
