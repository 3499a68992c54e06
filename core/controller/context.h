// SPDX-FileCopyrightText: 2026 The LiveTemplate for Qt authors
// SPDX-License-Identifier: MIT

#pragma once

#include "actiondata.h"
#include "ids.h"
#include "livetemplate_export.h"

#include <QJsonObject>
#include <QList>
#include <QString>

namespace LiveTemplate {

/// An action that waits to be run on the peers of the connection that asked for it.
struct BroadcastRequest
{
    QString action;
    QJsonObject data;
};

/// What an action is told besides the state, and what it may ask for. Valid during the call only.
class LIVETEMPLATE_EXPORT Context
{
public:
    /// How the action came about.
    enum class Origin {
        /// The client of this connection sent it, or it is this connection's own life-cycle hook.
        Client,
        /// A peer of the session group broadcast it.
        Broadcast,
    };

    /// At most this many broadcasts per action; more are dropped and logged.
    static constexpr int maxBroadcasts = 100;

    Context(Origin origin, QString action, ActionData data, GroupId group, UserId user);

    /// The action's name as it was sent; empty in a life-cycle hook.
    [[nodiscard]] const QString &action() const { return m_action; }

    /// The data that came with the action, with getters that convert. In `mount`: the parameters of
    /// the URL's query.
    [[nodiscard]] const ActionData &data() const { return m_data; }

    /// Shorthands for the getters of data().
    [[nodiscard]] bool has(QStringView key) const { return m_data.has(key); }
    [[nodiscard]] QString string(QStringView key, const QString &fallback = {}) const
    {
        return m_data.string(key, fallback);
    }
    [[nodiscard]] qint64 integer(QStringView key, qint64 fallback = 0) const
    {
        return m_data.integer(key, fallback);
    }
    [[nodiscard]] double number(QStringView key, double fallback = 0) const
    {
        return m_data.number(key, fallback);
    }
    [[nodiscard]] bool boolean(QStringView key, bool fallback = false) const
    {
        return m_data.boolean(key, fallback);
    }

    /// Whose tabs follow each other. It is a secret: who knows it can join the group.
    [[nodiscard]] const GroupId &group() const { return m_group; }
    /// Empty for anonymous visitors.
    [[nodiscard]] const UserId &user() const { return m_user; }

    /// Runs @p action on every other connection of the session group, each on its own state, after
    /// this action has succeeded and its answer was sent. An action that runs because of a
    /// broadcast cannot broadcast again (it would never end): there the call does nothing, so the
    /// same method may serve both.
    void broadcastAction(const QString &action, const QJsonObject &data = {});

    /// What broadcastAction() was asked for. The server takes it after the action succeeded.
    [[nodiscard]] const QList<BroadcastRequest> &broadcasts() const { return m_broadcasts; }

private:
    Origin m_origin;
    QString m_action;
    ActionData m_data;
    GroupId m_group;
    UserId m_user;
    QList<BroadcastRequest> m_broadcasts;
};

} // namespace LiveTemplate
