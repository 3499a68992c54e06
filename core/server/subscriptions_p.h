// SPDX-FileCopyrightText: 2026 The LiveTemplate for Qt authors
// SPDX-License-Identifier: MIT

#pragma once

#include "broadcaster.h"
#include "ids.h"
#include "mailbox_p.h"

#include <QHash>

#include <functional>
#include <memory>
#include <vector>

namespace LiveTemplate {

/// Tells a broadcaster which groups and users have connections in this shard, and lets these begin
/// when their messages arrive: what another server publishes after a page has read its state is
/// not missed (PROTOCOL.md F.3).
class Subscriptions
{
public:
    /// @p broadcaster may be null, or want to be told nothing: then nobody waits.
    explicit Subscriptions(std::shared_ptr<Broadcaster> broadcaster);
    ~Subscriptions();
    Q_DISABLE_COPY_MOVE(Subscriptions)

    /// A connection more; calls @p ready when it may begin, perhaps at once. An empty user is
    /// nobody.
    void add(const GroupId &group, const UserId &user, std::move_only_function<void()> ready);
    /// A connection less.
    void remove(const GroupId &group, const UserId &user);

    /// For what comes from other threads; it changes threads with its owner.
    [[nodiscard]] QObject &mailbox() { return m_mailbox; }

private:
    using Ready = std::move_only_function<void()>;

    struct Interest
    {
        int connections = 0;
        /// Acknowledgements that have not come yet.
        int outstanding = 0;
        std::vector<Ready> waiting;
    };

    /// Behind pointers, as what waits cannot be copied.
    template<typename Id>
    using Interests = QHash<Id, std::shared_ptr<Interest>>;

    template<typename Id>
    void arrive(Interests<Id> &interests, const Id &id, Ready ready);
    template<typename Id>
    void acknowledge(Interests<Id> &interests, const Id &id);
    [[nodiscard]] int subscribe(const GroupId &group);
    [[nodiscard]] int subscribe(const UserId &user);
    [[nodiscard]] DynamicSubscriber::Subscribed acknowledgement(const GroupId &group);
    [[nodiscard]] DynamicSubscriber::Subscribed acknowledgement(const UserId &user);

    std::shared_ptr<Broadcaster> m_broadcaster;
    /// Null when there is nobody to tell.
    DynamicSubscriber *m_subscriber;
    Interests<GroupId> m_groups;
    Interests<UserId> m_users;
    Mailbox m_mailbox;
};

} // namespace LiveTemplate
