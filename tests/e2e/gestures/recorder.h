// SPDX-FileCopyrightText: 2026 The LiveTemplate for Qt authors
// SPDX-License-Identifier: MIT

#pragma once

#include <LiveTemplate/Server>

#include <QJsonDocument>
#include <QMutex>
#include <QStringList>

#include <memory>

/// The calls of a controller, as text. Threading: any thread.
class CallLog
{
public:
    void add(const QString &call)
    {
        const QMutexLocker lock(&m_mutex);
        m_calls.append(call);
    }

    void clear()
    {
        const QMutexLocker lock(&m_mutex);
        m_calls.clear();
    }

    [[nodiscard]] QStringList calls() const
    {
        const QMutexLocker lock(&m_mutex);
        return m_calls;
    }

private:
    mutable QMutex m_mutex;
    QStringList m_calls;
};

struct RecorderState
{
    Q_GADGET
    Q_PROPERTY(int calls MEMBER calls STORED false)
    Q_PROPERTY(QString bound MEMBER bound)
    Q_PROPERTY(bool on MEMBER on)

public:
    int calls = 0;
    QString bound = QStringLiteral("bound");
    bool on = false;

    bool operator==(const RecorderState &) const = default;
};

/// Writes down every action of gestures.html, with all that came with it.
class Recorder : public QObject
{
    Q_OBJECT

public:
    explicit Recorder(std::shared_ptr<CallLog> log)
        : m_log(std::move(log))
    {
    }

    Q_INVOKABLE RecorderState mount(RecorderState state, LiveTemplate::Context &context)
    {
        if (!context.data().values().isEmpty())
            m_log->add(QStringLiteral("mount ") + dataOf(context));
        return state;
    }
    Q_INVOKABLE RecorderState orphan(RecorderState s, LiveTemplate::Context &c)
    {
        return note(s, c);
    }
    Q_INVOKABLE RecorderState outer(RecorderState s, LiveTemplate::Context &c)
    {
        return note(s, c);
    }
    Q_INVOKABLE RecorderState inner(RecorderState s, LiveTemplate::Context &c)
    {
        return note(s, c);
    }
    Q_INVOKABLE RecorderState typed(RecorderState s, LiveTemplate::Context &c)
    {
        return note(s, c);
    }
    Q_INVOKABLE RecorderState change(RecorderState s, LiveTemplate::Context &c)
    {
        return note(s, c);
    }
    Q_INVOKABLE RecorderState key(RecorderState s, LiveTemplate::Context &c) { return note(s, c); }
    Q_INVOKABLE RecorderState plain(RecorderState s, LiveTemplate::Context &c)
    {
        return note(s, c);
    }
    Q_INVOKABLE RecorderState named(RecorderState s, LiveTemplate::Context &c)
    {
        return note(s, c);
    }
    Q_INVOKABLE RecorderState routed(RecorderState s, LiveTemplate::Context &c)
    {
        return note(s, c);
    }
    Q_INVOKABLE RecorderState submit(RecorderState s, LiveTemplate::Context &c)
    {
        return note(s, c);
    }
    Q_INVOKABLE RecorderState submitted(RecorderState s, LiveTemplate::Context &c)
    {
        return note(s, c);
    }
    Q_INVOKABLE RecorderState kept(RecorderState s, LiveTemplate::Context &c) { return note(s, c); }
    Q_INVOKABLE RecorderState apart(RecorderState s, LiveTemplate::Context &c)
    {
        return note(s, c);
    }
    Q_INVOKABLE RecorderState clicked(RecorderState s, LiveTemplate::Context &c)
    {
        return note(s, c);
    }
    Q_INVOKABLE RecorderState sent(RecorderState s, LiveTemplate::Context &c) { return note(s, c); }

private:
    [[nodiscard]] static QString dataOf(const LiveTemplate::Context &context)
    {
        return QString::fromUtf8(
            QJsonDocument(context.data().values()).toJson(QJsonDocument::Compact));
    }

    [[nodiscard]] RecorderState note(RecorderState state, const LiveTemplate::Context &context)
    {
        m_log->add(QStringLiteral("%1 by '%2' %3")
                       .arg(context.action(), context.submitter(), dataOf(context)));
        ++state.calls;
        return state;
    }

    std::shared_ptr<CallLog> m_log;
};
