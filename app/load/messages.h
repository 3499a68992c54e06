// SPDX-FileCopyrightText: 2026 The LiveTemplate for Qt authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QByteArray>
#include <QJsonObject>
#include <QString>
#include <QStringList>

namespace LiveTemplate::Load {

/// What a client sends to have an action run.
[[nodiscard]] QByteArray actionMessage(const QString &action);

/// What a client sends to see whether its connection is alive (PROTOCOL.md B.5).
[[nodiscard]] QByteArray heartbeatMessage();

/// A message of a live connection's server (PROTOCOL.md B.4, B.5).
struct ServerMessage
{
    enum class Kind {
        /// The answer to a heartbeat.
        Pong,
        /// The answer to an action.
        Answer,
        /// A tree that nobody asked for; a connection's first message is one, too.
        Update,
        /// Something that has no tree.
        Other,
        /// No JSON object.
        Unreadable,
    };

    Kind kind = Kind::Unreadable;
    /// What is answered. A server that refuses a message may leave it out.
    QString action;
    /// What was wrong with the action: "field: sentence" each.
    QStringList errors;
    QJsonObject tree;

    [[nodiscard]] static ServerMessage parse(const QByteArray &json);
};

} // namespace LiveTemplate::Load
