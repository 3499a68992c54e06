// SPDX-FileCopyrightText: 2026 The LiveTemplate for Qt authors
// SPDX-License-Identifier: MIT

#pragma once

#include <QDateTime>
#include <QList>
#include <QMetaType>
#include <QString>

namespace LiveTemplate {

/// What a running server knows of one live connection (one open tab) at one moment.
struct ConnectionSnapshot
{
    /// Unique within the process, starts at 1, never used twice.
    quint64 id = 0;
    /// The first eight characters of the session group's id. The whole id is a secret.
    QString group;
    /// The path of the page as it is mounted, for example "/counter".
    QString page;
    /// When the WebSocket was opened (UTC).
    QDateTime connectedAt;
    /// Actions that this connection's client sent and the server accepted.
    quint64 actions = 0;
    /// Actions that peers broadcast to this connection.
    quint64 broadcasts = 0;
    /// Payload bytes of the messages received from the client.
    quint64 bytesIn = 0;
    /// Bytes of the frames sent to the client.
    quint64 bytesOut = 0;
};

/// A consistent picture of a server: all rows were read at the same moment.
struct ServerSnapshot
{
    /// When the picture was taken (UTC).
    QDateTime takenAt = {};
    /// The open connections, by ascending id.
    QList<ConnectionSnapshot> connections = {};
    /// The number of session groups that have an open connection.
    int groups = 0;
};

} // namespace LiveTemplate

Q_DECLARE_METATYPE(LiveTemplate::ServerSnapshot)
