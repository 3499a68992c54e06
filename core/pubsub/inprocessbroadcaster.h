// SPDX-FileCopyrightText: 2026 The LiveTemplate for Qt authors
// SPDX-License-Identifier: MIT

#pragma once

#include "broadcaster.h"

#include <memory>

namespace LiveTemplate {

/// Joins the servers of one process: for tests, and for a desktop with several.
///
/// @code
/// InProcessBroadcaster first, second;
/// second.join(first);
/// @endcode
class LIVETEMPLATE_EXPORT InProcessBroadcaster : public Broadcaster
{
public:
    InProcessBroadcaster();
    ~InProcessBroadcaster() override;

    /// From here on messages go to and fro between all that have joined each other.
    void join(InProcessBroadcaster &other);

    Published publishGlobal(const QByteArray &payload) override;
    Published publishToGroup(const GroupId &group, const QByteArray &payload) override;
    Published publishToUser(const UserId &user, const QByteArray &payload) override;
    Published publishServerAction(const UserId &user, const QString &action,
                                  const QJsonObject &data) override;
    Published publishGroupAction(const GroupId &group, const QString &action,
                                 const QJsonObject &data) override;
    void subscribe(MessageHandler handler) override;
    void subscribeServerActions(ServerActionHandler handler) override;
    void subscribeGroupActions(GroupActionHandler handler) override;
    void close() override;

private:
    class Private;
    std::shared_ptr<Private> d;
};

} // namespace LiveTemplate
