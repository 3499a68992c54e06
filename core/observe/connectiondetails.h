// SPDX-FileCopyrightText: 2026 The LiveTemplate for Qt authors
// SPDX-License-Identifier: MIT

#pragma once

#include "serversnapshot.h"

#include <QJsonObject>
#include <QList>
#include <QMap>
#include <QString>
#include <QStringList>

#include <chrono>
#include <optional>

namespace LiveTemplate {

/// A moment by this machine's clock, fine enough to tell what came first.
using Moment = std::chrono::sys_time<std::chrono::microseconds>;

/// Who had an action run on a connection.
enum class ActionSource {
    /// Its own client.
    Client,
    /// Another connection of its session group, by a broadcast.
    Connection,
    /// A request by HTTP of its session group, by a broadcast.
    Request,
    /// A broadcast or trigger of another server.
    OtherServer,
    /// The program (Server::triggerAction() and its like).
    Program,
};

/// One action that a connection ran, or refused to.
struct ActionRecord
{
    enum class Result {
        Succeeded,
        /// It gave errors; the state stayed.
        Failed,
        /// The page has no such action.
        Unknown,
        /// Not run: the client sent too many messages.
        RateLimited,
    };

    /// As it was sent, at most 64 characters.
    QString name;
    ActionSource source = ActionSource::Client;
    /// The id of the connection (or visitor, ActionSource::Request) of this server that broadcast
    /// it; 0 when it is not one.
    quint64 from = 0;
    Moment at = {};
    /// How long the controller's method took.
    std::chrono::nanoseconds duration = {};
    /// Bytes of the frame that was sent for it. Of several actions that were shown by one frame
    /// the last has them.
    quint64 frameBytes = 0;
    Result result = Result::Succeeded;

    friend bool operator==(const ActionRecord &, const ActionRecord &) = default;
};

/// One broadcast that a connection's action made.
struct SentBroadcast
{
    /// Unique within the shard; what ReceivedDispatch::broadcast of the receivers says.
    quint64 id = 0;
    QString action;
    Moment at = {};
    /// Other connections of its session group on this server, on whatever page.
    int peers = 0;
    /// Whether it went to other servers, too.
    bool isPublished = false;

    friend bool operator==(const SentBroadcast &, const SentBroadcast &) = default;
};

/// One action that came to a connection from somewhere else, and what became of it.
struct ReceivedDispatch
{
    enum class Outcome {
        /// It waits for its turn.
        Waiting,
        /// It was run, and the page has changed.
        Changed,
        /// It was run, and the page looks as before.
        Unchanged,
        /// It was run, but the client does not read: it is sent what it comes to when it reads
        /// again.
        Coalesced,
        /// Dropped: too many waited.
        QueueFull,
        /// The page has no such action. A broadcast reaches all pages of the session group.
        ActionUnknown,
        /// The action gave errors; the state stayed.
        ActionFailed,
        /// Not run: the connection was about to begin with a saved state, which has it in it.
        Contained,
        /// Not run: the connection was on its way out.
        Closing,
    };

    quint64 broadcast = 0;
    ActionSource source = ActionSource::Connection;
    /// As ActionRecord::from.
    quint64 from = 0;
    QString action;
    Moment queuedAt = {};
    /// When the outcome was known; 1970 while it waits.
    Moment endedAt = {};
    Outcome outcome = Outcome::Waiting;

    friend bool operator==(const ReceivedDispatch &, const ReceivedDispatch &) = default;
};

/// What a connection sent to its peers and got from them, the oldest first.
struct FollowTrace
{
    /// The last 16.
    QList<SentBroadcast> broadcasts;
    /// The last 64.
    QList<ReceivedDispatch> dispatches;

    friend bool operator==(const FollowTrace &, const FollowTrace &) = default;
};

/// All that a server knows of one open connection.
struct ConnectionDetails
{
    ConnectionSnapshot connection;
    /// The state's properties. What cannot be written as JSON is the name of its type, in
    /// parentheses.
    QJsonObject state;
    /// Properties that are never saved.
    QStringList ephemeral;
    /// What the session store has for this session group and page; nothing when it has nothing.
    std::optional<QJsonObject> saved;
    /// When a connection of this server that is still open last saved it (UTC); invalid when none
    /// has, or ServerOptions::actionHistory is 0.
    QDateTime savedAt;
    /// The last ServerOptions::actionHistory of them, the oldest first.
    QList<ActionRecord> actions;
    /// Empty when ServerOptions::actionHistory is 0.
    FollowTrace trace;
};

/// What a session group had saved.
struct SavedSession
{
    GroupId group = {};
    /// By the path of the page; pages for which nothing is saved are not in it.
    QMap<QString, QJsonObject> states = {};
    /// Connections that were closed.
    int disconnected = 0;
};

} // namespace LiveTemplate
