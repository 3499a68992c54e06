// SPDX-FileCopyrightText: 2026 The LiveTemplate for Qt authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "eventloop.h"

#include <QByteArray>
#include <QString>

#include <expected>
#include <memory>
#include <vector>

namespace LiveTemplate::Load {

struct Target;

/// Loads a page as so many browsers for the first time, each of which gets a cookie.
class CookieFetch final : public Task
{
    Q_DISABLE_COPY_MOVE(CookieFetch)

public:
    /// The value of the cookie `livetemplate-id`, or why there is none.
    using Cookie = std::expected<QByteArray, QString>;

    /// No more than @p parallel pages are loaded at a time, and none for longer than @p timeout.
    CookieFetch(EventLoop &loop, const Target &target, int browsers, int parallel,
                Duration timeout);
    ~CookieFetch() override;

    [[nodiscard]] std::optional<TimePoint> proceed(TimePoint now) override;

    /// One for each browser. Complete when the task is done.
    [[nodiscard]] const std::vector<Cookie> &cookies() const { return m_cookies; }

private:
    class Visitor;

    EventLoop &m_loop;
    const Target &m_target;
    Duration m_timeout;
    std::vector<Cookie> m_cookies;
    std::size_t m_next = 0;
    std::vector<std::unique_ptr<Visitor>> m_visitors;
};

} // namespace LiveTemplate::Load
