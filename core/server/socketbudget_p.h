// SPDX-FileCopyrightText: 2026 The LiveTemplate for Qt authors
// SPDX-License-Identifier: MIT

#pragma once

#include <QtTypes>

#include <atomic>
#include <functional>
#include <memory>

namespace LiveTemplate {

/// How many sockets the server may have open: as many as the process may open files, less some for
/// everything else. Threading: any thread.
class SocketBudget
{
public:
    /// An open socket's share; gives it back when it dies.
    class Share
    {
    public:
        Share() = default;
        explicit Share(std::shared_ptr<SocketBudget> budget)
            : m_budget(std::move(budget))
        {
            m_budget->m_open.fetch_add(1);
        }
        Share(Share &&) noexcept = default;
        Share &operator=(Share &&other) noexcept
        {
            std::swap(m_budget, other.m_budget);
            return *this;
        }
        ~Share()
        {
            if (m_budget)
                m_budget->release();
        }

    private:
        std::shared_ptr<SocketBudget> m_budget;
    };

    /// As the limit of open files is now.
    SocketBudget();

    [[nodiscard]] bool isExhausted() const { return m_open.load() >= m_max; }
    [[nodiscard]] qint64 open() const { return m_open.load(); }

    /// Has @p call called, from any thread, when there is room again, once. Set it before the first
    /// share is taken.
    void setRoomCallback(std::function<void()> call) { m_room = std::move(call); }
    void awaitRoom() { m_awaited.store(true); }

private:
    void release();

    const qint64 m_max;
    std::atomic<qint64> m_open = 0;
    std::atomic<bool> m_awaited = false;
    std::function<void()> m_room;
};

} // namespace LiveTemplate
