// SPDX-FileCopyrightText: 2026 The LiveTemplate for Qt authors
// SPDX-License-Identifier: MIT

#include "clock.h"

#include <atomic>

namespace LiveTemplate {

Clock::~Clock() = default;

std::chrono::steady_clock::time_point Clock::steady() const
{
    return std::chrono::steady_clock::now();
}

QDateTime Clock::now() const
{
    return QDateTime::currentDateTimeUtc();
}

class ManualClock::Private
{
public:
    explicit Private(const QDateTime &time)
        : start(time.toUTC())
    {
    }

    [[nodiscard]] std::chrono::microseconds sinceStart() const
    {
        return std::chrono::microseconds(passed.load());
    }

    const std::chrono::steady_clock::time_point steadyStart = std::chrono::steady_clock::now();
    const QDateTime start;
    std::atomic<std::chrono::microseconds::rep> passed = 0;
};

ManualClock::ManualClock(const QDateTime &start)
    : d(std::make_unique<Private>(start))
{
}

ManualClock::~ManualClock() = default;

void ManualClock::advance(std::chrono::microseconds duration)
{
    Q_ASSERT_X(duration.count() >= 0, "ManualClock::advance", "time does not go back");
    d->passed += duration.count();
}

std::chrono::steady_clock::time_point ManualClock::steady() const
{
    return d->steadyStart + d->sinceStart();
}

QDateTime ManualClock::now() const
{
    return d->start.addDuration(std::chrono::floor<std::chrono::milliseconds>(d->sinceStart()));
}

} // namespace LiveTemplate
