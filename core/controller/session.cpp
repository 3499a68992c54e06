// SPDX-FileCopyrightText: 2026 The LiveTemplate for Qt authors
// SPDX-License-Identifier: MIT

#include "session.h"

using namespace Qt::StringLiterals;

namespace LiveTemplate {

QString toString(TriggerError error)
{
    switch (error) {
    case TriggerError::NoAction:
        return u"An action without a name cannot be triggered."_s;
    case TriggerError::Disconnected:
        return u"The session is disconnected: there are no connected sessions of its group."_s;
    case TriggerError::ServerGone:
        return u"The server that the session was on is gone."_s;
    }
    return {};
}

std::expected<void, TriggerError> Session::triggerAction(const QString &action,
                                                         const QJsonObject &data) const
{
    if (action.isEmpty())
        return std::unexpected(TriggerError::NoAction);
    const auto dispatcher = m_dispatcher.lock();
    if (!dispatcher)
        return std::unexpected(TriggerError::ServerGone);
    return dispatcher->trigger(m_group, action, data);
}

} // namespace LiveTemplate
