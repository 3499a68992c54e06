// SPDX-FileCopyrightText: 2026 The LiveTemplate for Qt authors
// SPDX-License-Identifier: MIT

#pragma once

#include "socketbudget_p.h"

#include <QSocketNotifier>
#include <QTcpServer>
#include <QTimer>

#include <functional>
#include <memory>
#include <utility>

namespace LiveTemplate {

/// A descriptor that was accepted and that nobody serves yet; closed when nobody comes to.
class AcceptedDescriptor
{
public:
    AcceptedDescriptor(int descriptor, SocketBudget::Share share)
        : m_descriptor(descriptor)
        , m_share(std::move(share))
    {
    }
    AcceptedDescriptor(AcceptedDescriptor &&other) noexcept
        : m_descriptor(std::exchange(other.m_descriptor, -1))
        , m_share(std::move(other.m_share))
    {
    }
    AcceptedDescriptor &operator=(AcceptedDescriptor &&) = delete;
    ~AcceptedDescriptor();

    /// Whoever takes it closes it.
    [[nodiscard]] int take() { return std::exchange(m_descriptor, -1); }
    [[nodiscard]] SocketBudget::Share takeShare() { return std::move(m_share); }

private:
    int m_descriptor;
    SocketBudget::Share m_share;
};

/// The listening socket. Deals what it accepts, and stops for a while when no more can be open.
///
/// QTcpServer listens only. It keeps the first error of a listening socket for ever, and that is
/// mostly "nobody is waiting any more", which it passes over: at the limit of descriptors it would
/// try again at once, and go on trying.
class Acceptor : public QTcpServer
{
    Q_OBJECT

public:
    using Deal = std::function<void(AcceptedDescriptor)>;

    Acceptor(std::shared_ptr<SocketBudget> budget, Deal deal);

    /// Begins to accept. Call it in the turn in which the socket began to listen.
    void start();

    /// Goes on to accept when there is room again.
    void resumeWhenPossible();

    /// Instead of QTcpServer's.
    void close();

private:
    void acceptAll();
    void pause();

    std::shared_ptr<SocketBudget> m_budget;
    Deal m_deal;
    std::unique_ptr<QSocketNotifier> m_notifier;
    QTimer m_retryTimer{this};
    bool m_paused = false;
    bool m_hasWarned = false;
};

} // namespace LiveTemplate
