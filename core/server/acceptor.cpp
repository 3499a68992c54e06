// SPDX-FileCopyrightText: 2026 The LiveTemplate for Qt authors
// SPDX-License-Identifier: MIT

#include "acceptor_p.h"

#include "serverlogging_p.h"

#include <cerrno>
#include <sys/socket.h>
#include <unistd.h>
#include <utility>

using namespace std::chrono_literals;

namespace LiveTemplate {

namespace {

/// Qt's default of 50 is short for many browsers that come back at once.
constexpr int listenBacklog = 4096;

/// When accepting failed, it is tried again after this time: nobody says when it would succeed.
constexpr auto retryInterval = 200ms;

} // namespace

AcceptedDescriptor::~AcceptedDescriptor()
{
    if (m_descriptor >= 0)
        ::close(m_descriptor);
}

Acceptor::Acceptor(std::shared_ptr<SocketBudget> budget, Deal deal)
    : m_budget(std::move(budget))
    , m_deal(std::move(deal))
{
    setListenBacklogSize(listenBacklog);
    m_retryTimer.setSingleShot(true);
    connect(&m_retryTimer, &QTimer::timeout, this, &Acceptor::resumeWhenPossible);
}

void Acceptor::start()
{
    pauseAccepting(); // from here on it is done here
    m_notifier = std::make_unique<QSocketNotifier>(socketDescriptor(), QSocketNotifier::Read);
    connect(m_notifier.get(), &QSocketNotifier::activated, this, &Acceptor::acceptAll);
}

void Acceptor::close()
{
    m_notifier = nullptr; // before its descriptor is another's
    QTcpServer::close();
}

void Acceptor::acceptAll()
{
    while (!m_paused) {
        const int descriptor = ::accept4(int(socketDescriptor()), nullptr, nullptr, SOCK_CLOEXEC);
        if (descriptor >= 0) {
            m_deal(AcceptedDescriptor(descriptor, SocketBudget::Share(m_budget)));
            if (m_budget->isExhausted()) {
                pause();
                resumeWhenPossible(); // one may have gone in between
            }
        } else if (errno == EAGAIN || errno == EWOULDBLOCK) {
            return;
        } else if (errno != EINTR && errno != ECONNABORTED && errno != EPROTO) {
            // The process may have more files open than we know of: out of descriptors is out of
            // room.
            pause();
            m_retryTimer.start(retryInterval);
        }
    }
}

void Acceptor::pause()
{
    // At the limit of descriptors a listening socket stays readable for ever, and accepting fails
    // for ever: better not to listen for a while.
    m_paused = true;
    m_notifier->setEnabled(false);
    m_budget->awaitRoom();
    if (!std::exchange(m_hasWarned, true)) {
        qCWarning(lcServer) << "no more connections are accepted while" << m_budget->open()
                            << "are open: the limit of open files (ulimit -n) is reached";
    }
}

void Acceptor::resumeWhenPossible()
{
    if (!m_paused || !m_notifier || m_budget->isExhausted())
        return;
    m_paused = false;
    m_notifier->setEnabled(true);
}

} // namespace LiveTemplate
