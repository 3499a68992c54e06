// SPDX-FileCopyrightText: 2026 The LiveTemplate for Qt authors
// SPDX-License-Identifier: MIT

#pragma once

#include "socketbudget_p.h"

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
class Acceptor : public QTcpServer
{
    Q_OBJECT

public:
    using Deal = std::function<void(AcceptedDescriptor)>;

    Acceptor(std::shared_ptr<SocketBudget> budget, Deal deal);

    /// Goes on to accept when there is room again.
    void resumeWhenPossible();

protected:
    void incomingConnection(qintptr descriptor) override;

private:
    void stop();

    std::shared_ptr<SocketBudget> m_budget;
    Deal m_deal;
    QTimer m_retryTimer{this};
    bool m_paused = false;
    bool m_hasWarned = false;
};

} // namespace LiveTemplate
