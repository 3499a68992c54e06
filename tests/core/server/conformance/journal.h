// SPDX-FileCopyrightText: 2026 The LiveTemplate for Qt authors
// SPDX-License-Identifier: MIT

#pragma once

#include "context.h"

#include <QJsonObject>
#include <QList>
#include <QMutex>
#include <QSemaphore>
#include <QStringList>

#include <atomic>

/// A call of a controller, and what it was told.
struct Call
{
    /// By its name in C++.
    QString method;
    /// The action as it was sent.
    QString action = {};
    QString submitter = {};
    QJsonObject data = {};
    LiveTemplate::GroupId group = {};
    LiveTemplate::UserId user = {};
    LiveTemplate::Context::Origin origin = LiveTemplate::Context::Origin::Client;
    bool isInitialMount = false;
    bool isNewConnect = false;
    bool isReconnect = false;
    bool isHttp = false;
};

/// What the controllers of a server were called for, in the order of the calls.
///
/// Threading: any thread; each shard has controllers of its own.
class Journal
{
public:
    void record(const QString &method, const LiveTemplate::Context &context)
    {
        add({.method = method,
             .action = context.action(),
             .submitter = context.submitter(),
             .data = context.data().values(),
             .group = context.group(),
             .user = context.user(),
             .origin = context.origin(),
             .isInitialMount = context.isInitialMount(),
             .isNewConnect = context.isNewConnect(),
             .isReconnect = context.isReconnect(),
             .isHttp = context.isHttp()});
    }

    void add(const Call &call)
    {
        const QMutexLocker lock(&m_mutex);
        m_calls.append(call);
    }

    void clear()
    {
        const QMutexLocker lock(&m_mutex);
        m_calls.clear();
    }

    [[nodiscard]] QList<Call> calls() const
    {
        const QMutexLocker lock(&m_mutex);
        return m_calls;
    }

    [[nodiscard]] QStringList methods() const
    {
        QStringList methods;
        for (const Call &call : calls())
            methods.append(call.method);
        return methods;
    }

    [[nodiscard]] qsizetype count(const QString &method) const { return methods().count(method); }

    /// The last call of @p method; one without a method when there was none.
    [[nodiscard]] Call last(const QString &method) const
    {
        Call last;
        for (const Call &call : calls()) {
            if (call.method == method)
                last = call;
        }
        return last;
    }

    /// The session that an action has kept.
    void keep(const LiveTemplate::Session &session)
    {
        const QMutexLocker lock(&m_mutex);
        m_session = session;
    }
    [[nodiscard]] LiveTemplate::Session session() const
    {
        const QMutexLocker lock(&m_mutex);
        return m_session;
    }

    /// Lets one action pass that waits at the gate.
    void openGate() { m_gate.release(); }
    /// Takes back what nobody has used.
    void closeGate()
    {
        while (m_gate.tryAcquire()) {
        }
    }
    /// Waits for openGate(), and not for ever.
    void passGate()
    {
        if (m_gate.tryAcquire(1, 2000))
            ++m_passed;
    }
    /// How many did not wait in vain.
    [[nodiscard]] int passed() const { return m_passed; }

private:
    mutable QMutex m_mutex;
    QList<Call> m_calls;
    LiveTemplate::Session m_session;
    QSemaphore m_gate;
    std::atomic<int> m_passed = 0;
};
