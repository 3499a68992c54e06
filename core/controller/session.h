// SPDX-FileCopyrightText: 2026 The LiveTemplate for Qt authors
// SPDX-License-Identifier: MIT

#pragma once

#include "ids.h"
#include "livetemplate_export.h"

#include <QJsonObject>
#include <QString>

#include <expected>
#include <memory>

namespace LiveTemplate {

/// Why an action could not be triggered.
enum class TriggerError {
    /// It has no name.
    NoAction,
    /// The session has no connected sessions: no tab of the group is open.
    Disconnected,
    /// The server is gone, or does not listen any more.
    ServerGone,
};

/// The error as a sentence.
[[nodiscard]] LIVETEMPLATE_EXPORT QString toString(TriggerError error);

/// Takes actions to the open tabs of session groups. Threading: any thread.
class GroupDispatcher
{
public:
    virtual ~GroupDispatcher() = default;

    /// Has @p action run on each open tab of @p group.
    [[nodiscard]] virtual std::expected<void, TriggerError> trigger(const GroupId &group,
                                                                    const QString &action,
                                                                    const QJsonObject &data)
        = 0;
};

/// A session group, to be reached long after the action that was called for it: keep a copy, and
/// trigger an action when there is news.
///
/// @code
/// ReportState start(ReportState state, LiveTemplate::Context &context) {
///     state.running = true;
///     QThreadPool::globalInstance()->start([session = context.session()] {
///         const QString report = makeReport();    // takes a minute
///         (void)session.triggerAction(u"finished"_s, {{u"report"_s, report}});
///     });
///     return state;
/// }
/// @endcode
///
/// Threading: a value; its functions may be called from any thread.
class LIVETEMPLATE_EXPORT Session
{
public:
    /// Belongs to no group: each trigger fails.
    Session() = default;
    Session(std::weak_ptr<GroupDispatcher> dispatcher, GroupId group)
        : m_dispatcher(std::move(dispatcher))
        , m_group(std::move(group))
    {
    }

    /// It is a secret: who knows it can join the group.
    [[nodiscard]] const GroupId &group() const { return m_group; }

    /// Has @p action run on every open tab of the group, each on its own state, as a broadcast
    /// does. Returns at once; the tabs have it in their order of events. Broadcasts that the action
    /// makes there are dropped.
    std::expected<void, TriggerError> triggerAction(const QString &action,
                                                    const QJsonObject &data = {}) const;

private:
    std::weak_ptr<GroupDispatcher> m_dispatcher;
    GroupId m_group;
};

} // namespace LiveTemplate
