// SPDX-FileCopyrightText: 2026 The LiveTemplate for Qt authors
// SPDX-License-Identifier: MIT

#include "groupdirectory_p.h"

#include "serverlogging_p.h"

#include <QJsonDocument>
#include <QJsonParseError>

#include <utility>

using namespace Qt::StringLiterals;

namespace LiveTemplate {

namespace {

/// What fails later the broadcaster itself logs and counts.
void report(const Broadcaster::Published &published, const QString &what)
{
    if (!published && published.error() == Broadcaster::PublishError::TooLarge)
        qCWarning(lcServer).noquote()
            << what << "did not go to other servers: it is larger than the broadcaster takes";
}

/// For a log line.
QString shortened(const std::variant<Everyone, GroupId, UserId> &target)
{
    if (const auto *group = std::get_if<GroupId>(&target))
        return u"group "_s + group->shortened();
    if (const auto *user = std::get_if<UserId>(&target))
        return u"user "_s + user->shortened();
    return u"everyone"_s;
}

std::variant<Everyone, GroupId, UserId> targetOf(const BroadcastMessage &message)
{
    switch (message.scope) {
    case BroadcastMessage::Scope::Group:
        return message.group;
    case BroadcastMessage::Scope::User:
        return message.user;
    case BroadcastMessage::Scope::Global:
        break;
    }
    return Everyone{};
}

} // namespace

GroupDirectory::GroupDirectory(int maxConnections, int maxConnectionsPerGroup,
                               std::shared_ptr<Broadcaster> broadcaster)
    : m_maxConnections(maxConnections)
    , m_maxConnectionsPerGroup(maxConnectionsPerGroup)
    , m_broadcaster(std::move(broadcaster))
{
}

void GroupDirectory::open(Deliver deliver)
{
    {
        const std::lock_guard lock(m_mutex);
        m_deliver = std::move(deliver);
    }
    if (!m_broadcaster)
        return;
    // That nobody is here any more, is no error: who left last lingers in the subscriptions.
    m_broadcaster->subscribe([this](const BroadcastMessage &message) { receive(message); });
    m_broadcaster->subscribeServerActions([this](const ServerActionMessage &message) {
        (void)this->deliver({message.user, BroadcastRequest{message.action, message.data},
                             Context::Origin::Trigger, message.time, ActionSource::OtherServer});
    });
    m_broadcaster->subscribeGroupActions([this](const GroupActionMessage &message) {
        (void)this->deliver({message.group, BroadcastRequest{message.action, message.data},
                             Context::Origin::Broadcast, message.time, ActionSource::OtherServer});
    });
}

void GroupDirectory::close()
{
    if (m_broadcaster) {
        m_broadcaster->subscribe({});
        m_broadcaster->subscribeServerActions({});
        m_broadcaster->subscribeGroupActions({});
    }
    const std::lock_guard lock(m_mutex);
    m_deliver = {};
}

std::expected<ConnectionSlot, Rejection> GroupDirectory::reserve(const GroupId &group)
{
    const std::lock_guard lock(m_mutex);
    if (m_maxConnections > 0 && m_connections >= m_maxConnections)
        return std::unexpected(Rejection::Capacity);
    const int inGroup = m_groups.value(group);
    if (m_maxConnectionsPerGroup > 0 && inGroup >= m_maxConnectionsPerGroup)
        return std::unexpected(Rejection::GroupCapacity);
    m_groups.insert(group, inGroup + 1);
    ++m_connections;
    return ConnectionSlot(shared_from_this(), group);
}

void GroupDirectory::release(const GroupId &group)
{
    const std::lock_guard lock(m_mutex);
    --m_connections;
    const auto found = m_groups.find(group);
    if (--*found == 0)
        m_groups.erase(found);
}

int GroupDirectory::connections() const
{
    const std::lock_guard lock(m_mutex);
    return m_connections;
}

std::expected<void, TriggerError> GroupDirectory::deliver(const Delivery &delivery)
{
    // Delivered under the lock, so that after close() nothing is on its way any more.
    const std::lock_guard lock(m_mutex);
    if (!m_deliver)
        return std::unexpected(TriggerError::ServerGone);
    if (const auto *group = std::get_if<GroupId>(&delivery.target)) {
        if (!m_groups.contains(*group))
            return std::unexpected(TriggerError::Disconnected);
    } else if (m_connections == 0) {
        return std::unexpected(TriggerError::Disconnected);
    }
    m_deliver(delivery);
    return {};
}

void GroupDirectory::receive(const BroadcastMessage &message)
{
    QJsonParseError error;
    const QJsonDocument values = QJsonDocument::fromJson(message.payload, &error);
    if (!values.isObject()) {
        qCWarning(lcServer) << "a broadcast for" << shortened(targetOf(message))
                            << "was ignored: its payload is no JSON object"
                            << (error.error == QJsonParseError::NoError ? QString()
                                                                        : error.errorString());
        return;
    }
    (void)deliver({targetOf(message), values.object(), Context::Origin::Broadcast});
}

std::expected<void, TriggerError> GroupDirectory::trigger(const GroupId &group,
                                                          const QString &action,
                                                          const QJsonObject &data)
{
    const auto delivered = deliver({group, BroadcastRequest{action, data}});
    if (!publishes() || (!delivered && delivered.error() == TriggerError::ServerGone))
        return delivered;
    publish(group, {action, data});
    return {};
}

std::expected<void, TriggerError> GroupDirectory::triggerForUser(const UserId &user,
                                                                 const QString &action,
                                                                 const QJsonObject &data)
{
    // An empty one is everybody who is anonymous: strangers.
    if (user.isEmpty())
        return std::unexpected(TriggerError::Disconnected);
    const auto delivered = deliver({user, BroadcastRequest{action, data}});
    if (!publishes() || (!delivered && delivered.error() == TriggerError::ServerGone))
        return delivered;
    report(m_broadcaster->publishServerAction(user, action, data), u"an action for a user"_s);
    return {};
}

std::expected<void, TriggerError> GroupDirectory::show(
    const std::variant<Everyone, GroupId, UserId> &target, const QJsonObject &values)
{
    const auto *user = std::get_if<UserId>(&target);
    if (user && user->isEmpty())
        return std::unexpected(TriggerError::Disconnected);
    const auto delivered = deliver({target, values});
    if (!publishes() || (!delivered && delivered.error() == TriggerError::ServerGone))
        return delivered;
    const QByteArray payload = QJsonDocument(values).toJson(QJsonDocument::Compact);
    if (user)
        report(m_broadcaster->publishToUser(*user, payload), u"values for a user"_s);
    else if (const auto *group = std::get_if<GroupId>(&target))
        report(m_broadcaster->publishToGroup(*group, payload), u"values for a group"_s);
    else
        report(m_broadcaster->publishGlobal(payload), u"values for everyone"_s);
    return {};
}

void GroupDirectory::publish(const GroupId &group, const BroadcastRequest &request) const
{
    if (m_broadcaster) {
        report(m_broadcaster->publishGroupAction(group, request.action, request.data),
               u"a broadcast"_s);
    }
}

} // namespace LiveTemplate
