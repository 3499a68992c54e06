// SPDX-FileCopyrightText: 2026 The LiveTemplate for Qt authors
// SPDX-License-Identifier: MIT

#pragma once

#include "httpanswer.h"
#include "server.h"

#include <QObject>

/// What the page at / shows: the title as value "0" of its tree, the counter as "1".
class AbusedState
{
    Q_GADGET
    Q_PROPERTY(int counter MEMBER counter)
    Q_PROPERTY(QString title MEMBER title)
public:
    int counter = 0;
    QString title;
    bool operator==(const AbusedState &) const = default;
};

class AbusedController : public QObject
{
    Q_OBJECT

public:
    /// Takes the title from the query, if it has one.
    Q_INVOKABLE AbusedState mount(AbusedState state, LiveTemplate::Context &context);
    Q_INVOKABLE AbusedState increment(AbusedState state, LiveTemplate::Context &context);
    /// Counts without a word to the other tabs.
    Q_INVOKABLE AbusedState quiet(AbusedState state, LiveTemplate::Context &context);
    /// Broadcasts the title.
    Q_INVOKABLE AbusedState setTitle(AbusedState state, LiveTemplate::Context &context);
};

/// A server of four threads that remembers what it had before it was abused. It is used from the
/// main thread.
class AbusedServer : public QObject
{
    Q_OBJECT

public:
    /// Listens on loopback. Takes no limit for the message rate unless @p options has another than
    /// the default.
    explicit AbusedServer(LiveTemplate::ServerOptions options);

    [[nodiscard]] quint16 port() const { return m_server->port(); }
    [[nodiscard]] LiveTemplate::Server &server() { return *m_server; }

    [[nodiscard]] HttpAnswer get(const QByteArray &path, const QByteArray &headers = {}) const;
    /// Of a new session group.
    [[nodiscard]] QByteArray newCookie() const;
    /// The number of a metric, with its labels as /metrics writes them.
    [[nodiscard]] qint64 metric(const QByteArray &name) const;

    [[nodiscard]] LiveTemplate::ServerSnapshot snapshot();
    [[nodiscard]] qsizetype connections() { return snapshot().connections.size(); }

    /// What this process has allocated beyond what it had at the beginning, in bytes; 0 where that
    /// cannot be told.
    [[nodiscard]] qint64 allocated() const;

    /// What is not as it was at the beginning, in a sentence; empty when all is.
    [[nodiscard]] QString damage();
    /// Has a visitor load the page and click: what came in the place of the right answer; empty
    /// when that did.
    [[nodiscard]] QString trouble() const;

private:
    std::unique_ptr<LiveTemplate::Server> m_server;
    qint64 m_openFiles = 0;
    qint64 m_allocated = 0;
};
