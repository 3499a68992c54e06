// SPDX-FileCopyrightText: 2026 The LiveTemplate for Qt authors
// SPDX-License-Identifier: MIT

#pragma once

#include "databasehealth.h"
#include "databaseurl_p.h"
#include "health.h"
#include "livetemplate_export.h"

#include <chrono>
#include <cstddef>
#include <memory>
#include <thread>

namespace LiveTemplate {

/// databaseHealthCheckFromUrl()'s check.
///
/// Nothing can end a question to a database that hangs: Qt SQL blocks, and so does libpq. So there
/// is one thread for it and never a second; while it hangs the check fails at once. A check that is
/// destroyed in the meantime leaves its thread behind, which ends when the database answers or its
/// connection breaks.
class LIVETEMPLATE_PRIVATE_EXPORT DatabaseHealthCheck final : public HealthCheck
{
public:
    /// Probes that may wait for the answer to one question; more fail at once.
    static constexpr std::size_t maxWaiting = 256;
    /// How long the destructor waits for a question that is being answered.
    static constexpr std::chrono::milliseconds closingTime = std::chrono::seconds(1);

    /// A question without an answer after this time hangs. Less than Health::defaultBudget: when a
    /// probe has given up, the next one does not wait as long.
    static constexpr std::chrono::milliseconds hangsAfter = std::chrono::milliseconds(2500);

    explicit DatabaseHealthCheck(DatabaseUrl url, DatabasePoolStatisticsFunction statistics = {});
    ~DatabaseHealthCheck() override;
    Q_DISABLE_COPY_MOVE(DatabaseHealthCheck)

    [[nodiscard]] QString name() const override;
    [[nodiscard]] QJsonObject details() const override;
    void run(Done done) override;

private:
    class Worker;

    const DatabasePoolStatisticsFunction m_statistics;
    /// Shared with the thread, which may outlive the check.
    const std::shared_ptr<Worker> m_worker;
};

} // namespace LiveTemplate
