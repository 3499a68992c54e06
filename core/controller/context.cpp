// SPDX-FileCopyrightText: 2026 The LiveTemplate for Qt authors
// SPDX-License-Identifier: MIT

#include "context.h"

#include <QLoggingCategory>

namespace LiveTemplate {

namespace {
Q_LOGGING_CATEGORY(lcController, "livetemplate.controller", QtInfoMsg)
}

Context::Context(Origin origin, QString action, ActionData data, GroupId group, UserId user)
    : m_origin(origin)
    , m_action(std::move(action))
    , m_data(std::move(data))
    , m_group(std::move(group))
    , m_user(std::move(user))
{
}

void Context::broadcastAction(const QString &action, const QJsonObject &data)
{
    if (m_origin == Origin::Broadcast || action.isEmpty())
        return;
    if (m_broadcasts.size() >= maxBroadcasts) {
        qCWarning(lcController) << "broadcast dropped: action" << m_action << "asked for more than"
                                << maxBroadcasts << "broadcasts";
        return;
    }
    m_broadcasts.append({action, data});
}

} // namespace LiveTemplate
