// SPDX-FileCopyrightText: 2026 The LiveTemplate for Qt authors
// SPDX-License-Identifier: MIT

#include "actionwatch_p.h"

#include "serverlogging_p.h"

using namespace std::chrono_literals;

namespace LiveTemplate {

namespace {

/// A client takes a heartbeat that is answered ten seconds late for a dead connection.
constexpr auto tooLong = 1s;

} // namespace

ActionWatch::~ActionWatch()
{
    const std::chrono::nanoseconds passed = std::chrono::steady_clock::now() - m_start;
    m_durations.record(quint64(passed.count()));
    if (m_passed)
        *m_passed = passed;
    if (passed < tooLong)
        return;
    qCWarning(lcServer) << "action" << m_action.left(64) << "of page" << m_page << "took"
                        << std::chrono::duration_cast<std::chrono::milliseconds>(passed).count()
                        << "ms, in which its thread served nobody else: let slow work run in "
                           "another thread, and trigger an action when it is done";
}

} // namespace LiveTemplate
