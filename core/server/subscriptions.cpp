// SPDX-FileCopyrightText: 2026 The LiveTemplate for Qt authors
// SPDX-License-Identifier: MIT

#include "subscriptions_p.h"

#include <utility>

namespace LiveTemplate {

Subscriptions::Subscriptions(std::shared_ptr<Broadcaster> broadcaster)
    : m_broadcaster(std::move(broadcaster))
    , m_subscriber(dynamic_cast<DynamicSubscriber *>(m_broadcaster.get()))
{
}

Subscriptions::~Subscriptions()
{
    if (!m_subscriber)
        return;
    for (auto group = m_groups.cbegin(); group != m_groups.cend(); ++group)
        m_subscriber->unsubscribeFromGroup(group.key());
    for (auto user = m_users.cbegin(); user != m_users.cend(); ++user) {
        m_subscriber->unsubscribeFromUser(user.key());
        m_subscriber->unsubscribeFromServerAction(user.key());
    }
}

void Subscriptions::add(const GroupId &group, const UserId &user, Ready ready)
{
    if (!m_subscriber) {
        ready();
        return;
    }
    if (user.isEmpty()) {
        arrive(m_groups, group, std::move(ready));
        return;
    }
    // One behind the other would cost a round trip more, so both at once and a common end.
    auto both = [missing = 2, ready = std::move(ready)]() mutable {
        if (--missing == 0)
            ready();
    };
    const auto shared = std::make_shared<decltype(both)>(std::move(both));
    arrive(m_users, user, [shared] { (*shared)(); });
    arrive(m_groups, group, [shared] { (*shared)(); });
}

void Subscriptions::remove(const GroupId &group, const UserId &user)
{
    if (!m_subscriber)
        return;
    if (const auto found = m_groups.find(group);
        found != m_groups.end() && --(*found)->connections == 0) {
        m_groups.erase(found);
        m_subscriber->unsubscribeFromGroup(group);
    }
    if (const auto found = m_users.find(user);
        found != m_users.end() && --(*found)->connections == 0) {
        m_users.erase(found);
        m_subscriber->unsubscribeFromUser(user);
        m_subscriber->unsubscribeFromServerAction(user);
    }
}

template<typename Id>
void Subscriptions::arrive(Interests<Id> &interests, const Id &id, Ready ready)
{
    auto &interest = interests[id];
    const bool isFirst = !interest;
    if (isFirst)
        interest = std::make_shared<Interest>();
    ++interest->connections;
    if (!isFirst && interest->outstanding == 0) {
        ready();
        return;
    }
    interest->waiting.push_back(std::move(ready));
    if (isFirst)
        interest->outstanding = subscribe(id);
}

int Subscriptions::subscribe(const GroupId &group)
{
    m_subscriber->subscribeToGroup(group, acknowledgement(group));
    return 1;
}

int Subscriptions::subscribe(const UserId &user)
{
    m_subscriber->subscribeToUser(user, acknowledgement(user));
    m_subscriber->subscribeToServerAction(user, acknowledgement(user));
    return 2;
}

DynamicSubscriber::Subscribed Subscriptions::acknowledgement(const GroupId &group)
{
    return [this, group, address = m_mailbox.address()] {
        address.post([this, group] { acknowledge(m_groups, group); });
    };
}

DynamicSubscriber::Subscribed Subscriptions::acknowledgement(const UserId &user)
{
    return [this, user, address = m_mailbox.address()] {
        address.post([this, user] { acknowledge(m_users, user); });
    };
}

template<typename Id>
void Subscriptions::acknowledge(Interests<Id> &interests, const Id &id)
{
    // It may be of a time before all left and others came: the channel is subscribed to all the
    // same.
    const auto interest = interests.value(id);
    if (!interest || interest->outstanding == 0 || --interest->outstanding > 0)
        return;
    for (Ready &ready : std::exchange(interest->waiting, {}))
        ready();
}

} // namespace LiveTemplate
