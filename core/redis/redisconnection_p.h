// SPDX-FileCopyrightText: 2026 The LiveTemplate for Qt authors
// SPDX-License-Identifier: MIT

#pragma once

#include "livetemplate_export.h"
#include "redisclient.h"
#include "redismetrics_p.h"
#include "respreader_p.h"

#include <QBasicTimer>
#include <QObject>

#include <chrono>
#include <deque>
#include <functional>
#include <memory>
#include <optional>

QT_BEGIN_NAMESPACE
class QSslError;
class QTcpSocket;
QT_END_NAMESPACE

namespace LiveTemplate {

/// Where a RedisConnection goes, and how.
struct LIVETEMPLATE_PRIVATE_EXPORT RedisConnectionSettings
{
    RedisUrl::Endpoint endpoint;
    /// Empty: no AUTH; without a user the default one.
    QString user = {};
    QString password = {};
    /// 0: no SELECT.
    int database = 0;
    /// Empty: no CLIENT SETNAME.
    QByteArray clientName = {};
    bool tls = false;
    QString caFile = {};
    QString certificateFile = {};
    QString keyFile = {};
    bool verifyPeer = true;
    std::chrono::milliseconds connectTimeout = std::chrono::seconds(5);
    std::chrono::milliseconds commandTimeout = std::chrono::seconds(5);
    /// A connection on which nothing came for so long, and nothing waits, is asked for a PING. 0:
    /// never.
    std::chrono::milliseconds pingInterval = std::chrono::seconds(5);
    qint64 maxReplySize = 64 * 1024 * 1024;
    /// What may wait to be written, in bytes; further commands are refused.
    qint64 maxOutgoingSize = 256 * 1024 * 1024;

    /// As the options say, with the user and password of the data nodes; those of Sentinels are to
    /// be put in by whoever connects to Sentinels.
    [[nodiscard]] static RedisConnectionSettings fromOptions(const RedisOptions &options,
                                                             const RedisUrl::Endpoint &endpoint);
};

/// One connection to one server of Redis: takes commands, and matches them with their answers by
/// order. It connects when open() is called and is done when it is lost; whether and when open() is
/// called again its owner decides.
///
/// Threading: all of it is used in the thread it lives in. No callback, and no slot of its signals,
/// may delete it: use deleteLater(). They may call any of its functions.
class LIVETEMPLATE_PRIVATE_EXPORT RedisConnection : public QObject
{
    Q_OBJECT

public:
    using Clock = std::chrono::steady_clock;
    using Reply = RedisClient::Reply;
    using Done = RedisClient::Done;
    using PushHandler = std::function<void(const RedisValue &)>;

    enum class State {
        /// Before open(), after a loss, after close().
        Closed,
        /// Resolves, connects, agrees on TLS, logs in.
        Opening,
        /// Logged in.
        Open,
    };

    /// What SUBSCRIBE and its kin are answered by: one acknowledgement for each channel, or one
    /// error for all.
    struct Subscription
    {
        /// "subscribe", "punsubscribe" and so on: the first element of the acknowledgements.
        QByteArray verb;
        QList<QByteArray> channels;
    };

    RedisConnection(RedisConnectionSettings settings, std::shared_ptr<RedisMetrics> metrics,
                    QObject *parent = nullptr);
    /// Completes what is outstanding with Kind::Closed; emits nothing.
    ~RedisConnection() override;

    [[nodiscard]] const RedisConnectionSettings &settings() const { return m_settings; }
    /// For the next open().
    void setSettings(RedisConnectionSettings settings) { m_settings = std::move(settings); }

    /// Begins to connect. Ends in opened() or lost(), never before it has returned. Does nothing
    /// unless closed.
    void open();
    /// Drops the connection and completes what is outstanding with @p reason. Emits lost() only
    /// when @p emitLost says so.
    void close(const RedisError &reason, bool emitLost = false);

    [[nodiscard]] State state() const { return m_state; }
    [[nodiscard]] bool isOpen() const { return m_state == State::Open; }
    /// Answers that are waited for; those of commands that timed out are not counted.
    [[nodiscard]] qsizetype waiting() const { return m_waiting; }

    /// Called as soon as there is a socket to write to: what it sends goes out in one write with
    /// the login and ahead of all else, and is answered after it (and fails with it).
    void setPrologue(std::function<void()> prologue) { m_prologue = std::move(prologue); }

    /// Sends what was encoded by encodeRedisCommand(): one command for every reply that is
    /// expected. With one, an error reply is a RedisError of Kind::Server; with more, @p done gets
    /// an array, errors among its elements. What is sent in one turn of the event loop goes out in
    /// one write. When there is no socket yet or any more, fails with Kind::Disconnected before
    /// send() returns.
    ///
    /// A command that gets no answer within @p timeout (0: RedisConnectionSettings::commandTimeout)
    /// fails with Kind::TimedOut; when nothing at all comes for commandTimeout then, the connection
    /// is lost.
    void send(const QByteArray &encoded, int replies, Done done,
              std::chrono::milliseconds timeout = std::chrono::milliseconds(0));

    /// Sends one SUBSCRIBE or the like; @p done gets a null value when all of its channels are
    /// acknowledged, or the error that came instead.
    void sendSubscription(const QByteArray &encoded, Subscription subscription, Done done);

    /// For what comes without having been asked for: the messages of channels, an sunsubscribe of
    /// the server's own, pushes of RESP3, lines of MONITOR. Without a handler messages are dropped,
    /// and everything else unasked for is an error of the protocol.
    void setPushHandler(PushHandler handler) { m_pushHandler = std::move(handler); }

    /// "host:port", with an IPv6 address in brackets.
    [[nodiscard]] static QString name(const RedisUrl::Endpoint &endpoint);

    /// What an error reply says, "CODE message": of Kind::Authentication for a password that is
    /// wrong or missing, otherwise of Kind::Server.
    [[nodiscard]] static RedisError serverError(const QByteArray &text);

Q_SIGNALS:
    /// Logged in: State::Open. Answers of the prologue come later.
    void opened();
    /// Could not be opened, or was lost. All that was outstanding has been completed with an error;
    /// open() may be called at once.
    void lost(const LiveTemplate::RedisError &reason);

protected:
    bool event(QEvent *event) override;
    void timerEvent(QTimerEvent *event) override;

private:
    /// A command that waits for its answer; one that timed out stays, without its callback, so
    /// that the answers behind it are still matched.
    struct Pending
    {
        Done done;
        Clock::time_point sentAt;
        Clock::time_point deadline;
        int replies = 1;
        RedisValue::Array received;
        std::unique_ptr<Subscription> subscription;
        qsizetype acknowledged = 0;
    };

    void connectSocket();
    [[nodiscard]] std::expected<QTcpSocket *, RedisError> newSocket();
    void logIn();
    void handleLogin(const QByteArray &command, const Reply &reply, bool isLast);
    void readSocket();
    void handleSocketError();
    void handleTlsErrors(const QList<QSslError> &errors);
    void take(RedisValue &value);
    [[nodiscard]] bool takeUnasked(const RedisValue &value);
    void complete(Reply reply);
    void enqueue(const QByteArray &encoded, Pending pending, std::chrono::milliseconds timeout);
    void flush();
    void sweep();
    void sweepEvery(std::chrono::milliseconds interval);
    [[nodiscard]] RedisError error(RedisError::Kind kind, const QString &text) const;

    RedisConnectionSettings m_settings;
    const std::shared_ptr<RedisMetrics> m_metrics;
    State m_state = State::Closed;
    QTcpSocket *m_socket = nullptr;
    std::shared_ptr<RespReader> m_reader;
    std::function<void()> m_prologue;
    PushHandler m_pushHandler;
    std::deque<Pending> m_pending;
    qsizetype m_waiting = 0;
    /// What is to be written at the end of this turn.
    QByteArray m_output;
    bool m_flushPosted = false;
    /// There is a socket that is connected, and encrypted when it is to be.
    bool m_canWrite = false;
    /// Counts sockets: tells what called somebody that its socket is gone since.
    quint64 m_generation = 0;
    Clock::time_point m_connectDeadline;
    Clock::time_point m_lastReceived;
    /// No deadline of what is pending is earlier.
    Clock::time_point m_nextDeadline = Clock::time_point::max();
    /// What the certificate lacks.
    QString m_tlsErrors;
    QBasicTimer m_sweepTimer;
    std::chrono::milliseconds m_sweepInterval = std::chrono::milliseconds(0);
};

} // namespace LiveTemplate
