// SPDX-FileCopyrightText: 2026 The LiveTemplate for Qt authors
// SPDX-License-Identifier: MIT

#pragma once

#include "ids.h"

#include <QDateTime>
#include <QList>
#include <QMetaType>
#include <QString>
#include <QStringList>

namespace LiveTemplate {

/// How a client reaches the server.
enum class ConnectionTier {
    /// A live connection.
    WebSocket,
    /// By requests that are answered with JSON, without a connection that stays.
    Http,
    /// By forms that are sent without JavaScript.
    Form,
};

/// What a running server knows of one client at one moment.
struct ConnectionSnapshot
{
    /// Unique within the process, starts at 1, never used twice.
    quint64 id = 0;
    ConnectionTier tier = ConnectionTier::WebSocket;
    /// The thread of the server that serves it, from 0.
    int shard = 0;
    /// The first eight characters of the session group's id. The whole id is a secret.
    QString group;
    /// The whole id, to be handed back to the server (Server::disconnectGroup() and its like). Who
    /// has it can be that visitor: never show it, log it or write it down.
    GroupId groupId;
    /// As the authenticator names them; empty for an anonymous visitor.
    QString user;
    /// The path of the page as it is mounted, for example "/counter".
    QString page;
    /// What the client called itself when it connected: the header X-LiveTemplate-Tab of the
    /// WebSocket's request, where it is 1 to 64 of the characters A–Z, a–z, 0–9 and '-'. Empty
    /// otherwise. Anybody can send anything: it says nothing of who it is.
    QString label;
    /// When the WebSocket was opened; without one, when it first acted (UTC).
    QDateTime connectedAt;
    /// Actions that this connection's client sent and the server accepted.
    quint64 actions = 0;
    /// Actions that peers broadcast to this connection.
    quint64 broadcasts = 0;
    /// Payload bytes of the messages received from the client.
    quint64 bytesIn = 0;
    /// Bytes of the frames sent to the client.
    quint64 bytesOut = 0;
    /// The last of @c actions and when it began; empty and invalid before the first.
    QString lastAction;
    QDateTime lastActionAt;
    /// The last of @c broadcasts and when it began.
    QString lastDispatch;
    QDateTime lastDispatchAt;
    /// Bytes of frames that the client has not taken yet.
    qint64 pendingBytes = 0;
    /// Actions that wait to be run, its own and those of peers.
    int waitingActions = 0;
    /// Whether it reads too slowly: it is not sent each change, but the last when it reads again.
    bool isBehind = false;

    friend bool operator==(const ConnectionSnapshot &, const ConnectionSnapshot &) = default;
};

/// A consistent picture of a server: all rows were read at the same moment.
struct ServerSnapshot
{
    /// When the picture was taken (UTC).
    QDateTime takenAt = {};
    /// Names this server among those that it is joined with; empty when there are none.
    QString instance = {};
    /// The open connections, by ascending id.
    QList<ConnectionSnapshot> connections = {};
    /// The number of session groups that have an open connection.
    int groups = 0;
    /// Clients without a connection that acted in the last minute, one for each session group, page
    /// and tier, by ascending id. @c broadcasts and all that comes after it in their rows is empty
    /// but for @c lastAction; @c bytesIn and @c bytesOut are those of bodies.
    QList<ConnectionSnapshot> visitors = {};
    /// Of those, the ones that were dropped before their minute was over, since the start: a shard
    /// keeps a thousand.
    quint64 visitorsDropped = 0;
};

/// A page as it is mounted.
struct MountedPage
{
    QString path;
    QString templateFile;
    /// The names of the controller's methods, sorted.
    QStringList actions;
    /// The name of the state's type.
    QString stateType;
};

} // namespace LiveTemplate

Q_DECLARE_METATYPE(LiveTemplate::ServerSnapshot)
