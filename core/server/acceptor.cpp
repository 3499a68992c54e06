// SPDX-FileCopyrightText: 2026 The LiveTemplate for Qt authors
// SPDX-License-Identifier: MIT

#include "acceptor_p.h"

#include "serverlogging_p.h"

#include <unistd.h>

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
    // The process may have more files open than we know of: out of descriptors is out of room.
    connect(this, &QTcpServer::acceptError, this, [this] {
        stop();
        m_budget->awaitRoom();
        m_retryTimer.start(retryInterval);
    });
    m_retryTimer.setSingleShot(true);
    connect(&m_retryTimer, &QTimer::timeout, this, &Acceptor::resumeWhenPossible);
}

void Acceptor::incomingConnection(qintptr descriptor)
{
    m_deal(AcceptedDescriptor(int(descriptor), SocketBudget::Share(m_budget)));
    if (!m_budget->isExhausted())
        return;
    stop();
    m_budget->awaitRoom();
    resumeWhenPossible(); // one may have gone in between
}

void Acceptor::stop()
{
    // At the limit of descriptors a listening socket stays readable for ever, and accepting fails
    // for ever: better not to listen for a while.
    m_paused = true;
    pauseAccepting();
    if (!std::exchange(m_hasWarned, true)) {
        qCWarning(lcServer) << "no more connections are accepted while" << m_budget->open()
                            << "are open: the limit of open files (ulimit -n) is reached";
    }
}

void Acceptor::resumeWhenPossible()
{
    if (!m_paused || m_budget->isExhausted() || !isListening())
        return;
    m_paused = false;
    resumeAccepting();
}

} // namespace LiveTemplate
