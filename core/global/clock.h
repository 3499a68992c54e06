// SPDX-FileCopyrightText: 2026 The LiveTemplate for Qt authors
// SPDX-License-Identifier: MIT

#pragma once

#include "livetemplate_export.h"

#include <QDateTime>

#include <chrono>
#include <memory>

namespace LiveTemplate {

/// Tells a server the time: what expires (saved states, flash messages, idle connections, the
/// budget of messages) goes by it, and so does Context::now(). A class of its own so that a test
/// can let a day pass at once: see ManualClock.
///
/// Threading: all functions may be called from any thread.
class LIVETEMPLATE_EXPORT Clock
{
public:
    Clock() = default;
    virtual ~Clock();
    Q_DISABLE_COPY_MOVE(Clock)

    /// For durations: never goes back.
    [[nodiscard]] virtual std::chrono::steady_clock::time_point steady() const;
    /// The date and time of day, in UTC.
    [[nodiscard]] virtual QDateTime now() const;
};

/// A clock that stands still until it is told to go on.
///
/// @code
/// auto clock = std::make_shared<LiveTemplate::ManualClock>();
/// options.clock = clock;
/// ...
/// clock->advance(25h);
/// @endcode
class LIVETEMPLATE_EXPORT ManualClock : public Clock
{
public:
    /// Stands at @p start.
    explicit ManualClock(const QDateTime &start = QDateTime::currentDateTimeUtc());
    ~ManualClock() override;

    /// Goes on by @p duration, which is not negative. A server notices within some seconds what
    /// has expired thereby, or at once by Server::expire().
    void advance(std::chrono::microseconds duration);

    [[nodiscard]] std::chrono::steady_clock::time_point steady() const override;
    [[nodiscard]] QDateTime now() const override;

private:
    class Private;
    std::unique_ptr<Private> d;
};

} // namespace LiveTemplate
