// SPDX-FileCopyrightText: 2026 The LiveTemplate for Qt authors
// SPDX-License-Identifier: MIT

#include "redisconnection_p.h"

#include "rediscommand_p.h"

#include <QCoreApplication>
#include <QEvent>
#include <QFile>
#include <QNetworkProxy>
#include <QSslCertificate>
#include <QSslConfiguration>
#include <QSslError>
#include <QSslKey>
#include <QSslSocket>
#include <QTcpSocket>
#include <QTimerEvent>

#include <algorithm>
#include <array>
#include <utility>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace LiveTemplate {

namespace {

constexpr qint64 readChunk = 64 * 1024;
/// What Qt may read ahead of us.
constexpr qint64 readAhead = 1024 * 1024;
/// An output buffer that has grown beyond is given back.
constexpr qsizetype keptOutput = 1024 * 1024;
/// How often deadlines are looked at while something waits, at most and at least.
constexpr auto mostSweepInterval = 100ms;
constexpr auto leastSweepInterval = 5ms;

QEvent::Type flushEvent()
{
    static const auto type = QEvent::Type(QEvent::registerEventType());
    return type;
}

std::expected<QByteArray, QString> readFile(const QString &path)
{
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly))
        return std::unexpected(u"%1 cannot be read: %2"_s.arg(path, file.errorString()));
    return file.readAll();
}

/// The files are read anew for each connection, so that renewed certificates are used.
std::expected<QSslConfiguration, QString> tlsConfiguration(const RedisConnectionSettings &settings)
{
    auto configuration = QSslConfiguration::defaultConfiguration();
    configuration.setPeerVerifyMode(settings.verifyPeer ? QSslSocket::VerifyPeer
                                                        : QSslSocket::VerifyNone);
    if (!settings.caFile.isEmpty()) {
        const auto pem = readFile(settings.caFile);
        if (!pem)
            return std::unexpected(pem.error());
        const auto authorities = QSslCertificate::fromData(*pem, QSsl::Pem);
        if (authorities.isEmpty())
            return std::unexpected(u"%1 holds no certificate in PEM form"_s.arg(settings.caFile));
        configuration.setCaCertificates(authorities);
    }
    if (!settings.certificateFile.isEmpty()) {
        const auto pem = readFile(settings.certificateFile);
        if (!pem)
            return std::unexpected(pem.error());
        const auto chain = QSslCertificate::fromData(*pem, QSsl::Pem);
        if (chain.isEmpty()) {
            return std::unexpected(
                u"%1 holds no certificate in PEM form"_s.arg(settings.certificateFile));
        }
        configuration.setLocalCertificateChain(chain);
        const auto keyPem = readFile(settings.keyFile);
        if (!keyPem)
            return std::unexpected(keyPem.error());
        QSslKey key;
        for (const auto algorithm : {QSsl::Rsa, QSsl::Ec, QSsl::Dsa}) {
            if (key.isNull())
                key = QSslKey(*keyPem, algorithm);
        }
        if (key.isNull()) {
            return std::unexpected(
                u"%1 holds no private key in PEM form that is not encrypted"_s.arg(
                    settings.keyFile));
        }
        configuration.setPrivateKey(key);
    }
    return configuration;
}

/// Acknowledgements and messages are arrays whose first element is one of few words.
QByteArray firstWord(const RedisValue &value)
{
    return value.isArray() ? value.at(0).toBytes() : QByteArray();
}

bool isMessage(QByteArrayView word)
{
    return word == "message" || word == "pmessage" || word == "smessage";
}

} // namespace

RedisConnectionSettings RedisConnectionSettings::fromOptions(const RedisOptions &options,
                                                             const RedisUrl::Endpoint &endpoint)
{
    const RedisUrl &url = options.url;
    return {
        .endpoint = endpoint,
        .user = url.user,
        .password = url.password,
        .database = url.database,
        .clientName = options.clientName,
        .tls = url.tls,
        .caFile = url.caFile,
        .certificateFile = url.certificateFile,
        .keyFile = url.keyFile,
        .verifyPeer = url.verifyPeer,
        .connectTimeout = options.connectTimeout,
        .commandTimeout = options.commandTimeout,
        .pingInterval = options.commandTimeout,
        .maxReplySize = options.maxReplySize,
    };
}

RedisConnection::RedisConnection(RedisConnectionSettings settings,
                                 std::shared_ptr<RedisMetrics> metrics, QObject *parent)
    : QObject(parent)
    , m_settings(std::move(settings))
    , m_metrics(std::move(metrics))
{
}

RedisConnection::~RedisConnection()
{
    close(error(RedisError::Kind::Closed, u"the connection was closed."_s));
}

QString RedisConnection::name(const RedisUrl::Endpoint &endpoint)
{
    const bool isIpv6 = endpoint.host.contains(u':');
    return (isIpv6 ? u"[%1]:%2"_s : u"%1:%2"_s).arg(endpoint.host, QString::number(endpoint.port));
}

RedisError RedisConnection::serverError(const QByteArray &text)
{
    QByteArrayView code = QByteArrayView(text).first(std::max(text.indexOf(' '), qsizetype(0)));
    const auto isOfCode = [](char c) {
        return (c >= 'A' && c <= 'Z') || c == '_';
    };
    if (!std::ranges::all_of(code, isOfCode))
        code = {};
    const bool isAuthentication = code == "NOAUTH" || code == "WRONGPASS";
    return {
        .kind = isAuthentication ? RedisError::Kind::Authentication : RedisError::Kind::Server,
        .code = code.toByteArray(),
        .message = QString::fromUtf8(text),
    };
}

RedisError RedisConnection::error(RedisError::Kind kind, const QString &text) const
{
    return {.kind = kind, .message = u"Redis at %1: %2"_s.arg(name(m_settings.endpoint), text)};
}

void RedisConnection::open()
{
    if (m_state != State::Closed)
        return;
    m_state = State::Opening;
    ++m_generation;
    m_connectDeadline = Clock::now() + m_settings.connectTimeout;
    sweepEvery(std::clamp(m_settings.connectTimeout / 20, leastSweepInterval, mostSweepInterval));
    // Later, because a socket can fail while it is told to connect.
    const auto connectLater = [this, generation = m_generation] {
        if (generation == m_generation)
            connectSocket();
    };
    QMetaObject::invokeMethod(this, connectLater, Qt::QueuedConnection);
}

std::expected<QTcpSocket *, RedisError> RedisConnection::newSocket()
{
    // A plain connection needs no QSslSocket, which keeps all bytes twice.
    if (!m_settings.tls)
        return new QTcpSocket(this);
    auto configuration = tlsConfiguration(m_settings);
    if (!configuration)
        return std::unexpected(error(RedisError::Kind::Tls, configuration.error() + u'.'));
    auto *const socket = new QSslSocket(this);
    socket->setSslConfiguration(*configuration);
    connect(socket, &QSslSocket::encrypted, this, &RedisConnection::logIn);
    connect(socket, &QSslSocket::sslErrors, this, &RedisConnection::handleTlsErrors);
    return socket;
}

void RedisConnection::connectSocket()
{
    auto created = newSocket();
    if (!created) {
        close(created.error(), true);
        return;
    }
    m_socket = *created;
    m_tlsErrors.clear();
    m_reader = std::make_shared<RespReader>(RespReader::Limits{.size = m_settings.maxReplySize});
    m_socket->setProxy(QNetworkProxy::NoProxy);
    m_socket->setReadBufferSize(readAhead);
    connect(m_socket, &QTcpSocket::readyRead, this, &RedisConnection::readSocket);
    connect(m_socket, &QTcpSocket::errorOccurred, this, &RedisConnection::handleSocketError);
    if (auto *const tls = qobject_cast<QSslSocket *>(m_socket)) {
        tls->connectToHostEncrypted(m_settings.endpoint.host, m_settings.endpoint.port);
    } else {
        connect(m_socket, &QTcpSocket::connected, this, &RedisConnection::logIn);
        m_socket->connectToHost(m_settings.endpoint.host, m_settings.endpoint.port);
    }
}

void RedisConnection::logIn()
{
    m_socket->setSocketOption(QAbstractSocket::LowDelayOption, 1);
    m_socket->setSocketOption(QAbstractSocket::KeepAliveOption, 1);
    m_canWrite = true;
    m_lastReceived = Clock::now();

    QList<QList<QByteArray>> commands;
    if (!m_settings.password.isEmpty()) {
        QList<QByteArray> authenticate{"AUTH"};
        if (!m_settings.user.isEmpty())
            authenticate += m_settings.user.toUtf8();
        commands += authenticate << m_settings.password.toUtf8();
    }
    if (!m_settings.clientName.isEmpty())
        commands += {"CLIENT", "SETNAME", m_settings.clientName};
    if (m_settings.database != 0)
        commands += {"SELECT", QByteArray::number(m_settings.database)};
    // Somebody has to say that it is a Redis, and lets us in.
    if (commands.isEmpty())
        commands += {"PING"};
    const quint64 generation = m_generation;
    for (qsizetype i = 0; i < commands.size(); ++i) {
        const bool isLast = i + 1 == commands.size();
        // The time to connect is what limits it.
        send(
            encodeRedisCommand(commands[i]), 1,
            [this, generation, command = commands[i].first(), isLast](const Reply &reply) {
                if (generation == m_generation)
                    handleLogin(command, reply, isLast);
            },
            m_settings.connectTimeout);
    }
    if (m_prologue)
        m_prologue();
    if (generation == m_generation)
        flush();
}

void RedisConnection::handleLogin(const QByteArray &command, const Reply &reply, bool isLast)
{
    const auto refuse = [&](RedisError reason, const QString &what) {
        reason.message = error(reason.kind, what + reason.message).message;
        close(reason, true);
    };
    if (!reply) {
        RedisError reason = reply.error();
        const bool isLimit = reason.message.startsWith("ERR max number of clients"_L1);
        if (reason.kind == RedisError::Kind::TimedOut)
            return; // seen by sweep()
        if (reason.kind == RedisError::Kind::Authentication && reason.code == "NOAUTH")
            return refuse(reason, u"it wants a password, and there is none in the URL: "_s);
        if (reason.kind == RedisError::Kind::Authentication)
            return refuse(reason, u"the user or the password is wrong: "_s);
        if (isLimit || reason.code == "DENIED")
            return refuse(reason, u"it accepts no connection: "_s);
        if (command == "AUTH" && !reason.isTransient()) {
            reason.kind = RedisError::Kind::Authentication;
            return refuse(reason, u"logging in failed: "_s);
        }
        // A name is for people only; an old Redis may not know the command, or a user not be
        // allowed to use it.
        if (command != "CLIENT") {
            const QString what = command == "SELECT"
                ? u"database %1 cannot be selected: "_s.arg(m_settings.database)
                : u"%1 failed: "_s.arg(QLatin1StringView(command));
            return refuse(reason, what);
        }
    }
    if (!isLast)
        return;
    m_state = State::Open;
    Q_EMIT opened();
}

void RedisConnection::handleTlsErrors(const QList<QSslError> &errors)
{
    QStringList texts;
    for (const QSslError &tlsError : errors)
        texts += tlsError.errorString();
    m_tlsErrors = texts.join(", "_L1);
}

void RedisConnection::handleSocketError()
{
    const quint64 generation = m_generation;
    const QAbstractSocket::SocketError code = m_socket->error();
    const QString text = m_socket->errorString();
    // A server that turns somebody away says why, and hangs up.
    if (m_canWrite)
        readSocket();
    if (generation != m_generation)
        return;
    switch (code) {
    case QAbstractSocket::RemoteHostClosedError:
        if (m_settings.tls && !m_canWrite) {
            close(error(RedisError::Kind::Tls,
                        u"the server hung up before TLS was agreed on; is it a port for TLS?"_s),
                  true);
        } else {
            close(error(RedisError::Kind::Disconnected, u"the server closed the connection."_s),
                  true);
        }
        return;
    case QAbstractSocket::SslHandshakeFailedError:
    case QAbstractSocket::SslInternalError:
    case QAbstractSocket::SslInvalidUserDataError:
        close(error(RedisError::Kind::Tls,
                    u"TLS failed: %1."_s.arg(m_tlsErrors.isEmpty() ? text : m_tlsErrors)),
              true);
        return;
    default:
        close(error(m_canWrite ? RedisError::Kind::Disconnected : RedisError::Kind::Unreachable,
                    text + u'.'),
              true);
    }
}

void RedisConnection::close(const RedisError &reason, bool emitLost)
{
    if (m_state == State::Closed)
        return;
    m_state = State::Closed;
    ++m_generation;
    m_canWrite = false;
    if (QTcpSocket *const socket = std::exchange(m_socket, nullptr)) {
        socket->disconnect(this);
        socket->abort();
        // It may be one of its signals that we are called from.
        socket->deleteLater();
    }
    m_reader.reset();
    m_output = {};
    m_sweepTimer.stop();
    m_sweepInterval = 0ms;
    m_nextDeadline = Clock::time_point::max();
    m_waiting = 0;
    std::deque<Pending> pending;
    pending.swap(m_pending);
    for (Pending &entry : pending) {
        if (entry.done)
            entry.done(std::unexpected(reason));
    }
    if (emitLost)
        Q_EMIT lost(reason);
}

void RedisConnection::send(const QByteArray &encoded, int replies, Done done,
                           std::chrono::milliseconds timeout)
{
    Pending pending;
    pending.done = std::move(done);
    pending.replies = replies;
    enqueue(encoded, std::move(pending), timeout);
}

void RedisConnection::sendSubscription(const QByteArray &encoded, Subscription subscription,
                                       Done done)
{
    Pending pending;
    pending.done = std::move(done);
    pending.subscription = std::make_unique<Subscription>(std::move(subscription));
    enqueue(encoded, std::move(pending), 0ms);
}

void RedisConnection::enqueue(const QByteArray &encoded, Pending pending,
                              std::chrono::milliseconds timeout)
{
    if (!m_canWrite) {
        pending.done(std::unexpected(error(RedisError::Kind::Disconnected, u"not connected."_s)));
        return;
    }
    if (m_output.size() + encoded.size() + m_socket->bytesToWrite() > m_settings.maxOutgoingSize) {
        pending.done(std::unexpected(
            error(RedisError::Kind::Overflow,
                  u"it does not take commands as fast as they come; %1 bytes wait."_s.arg(
                      m_output.size() + m_socket->bytesToWrite()))));
        return;
    }
    pending.sentAt = Clock::now();
    pending.deadline = pending.sentAt + (timeout > 0ms ? timeout : m_settings.commandTimeout);
    m_nextDeadline = std::min(m_nextDeadline, pending.deadline);
    m_pending.push_back(std::move(pending));
    ++m_waiting;
    m_output += encoded;
    if (m_state == State::Open)
        sweepEvery(
            std::clamp(m_settings.commandTimeout / 20, leastSweepInterval, mostSweepInterval));
    if (!m_flushPosted) {
        m_flushPosted = true;
        QCoreApplication::postEvent(this, new QEvent(flushEvent()));
    }
}

bool RedisConnection::event(QEvent *event)
{
    if (event->type() != flushEvent())
        return QObject::event(event);
    m_flushPosted = false;
    flush();
    return true;
}

void RedisConnection::flush()
{
    if (!m_canWrite || m_output.isEmpty())
        return;
    m_metrics->bytesSent.add(quint64(m_output.size()));
    m_socket->write(m_output.constData(), m_output.size());
    if (m_output.capacity() > keptOutput)
        m_output = {};
    else
        m_output.resize(0);
    // Now, and not when the event loop finds the socket writable. This may lose the connection.
    m_socket->flush();
}

void RedisConnection::readSocket()
{
    const quint64 generation = m_generation;
    // Values are in use while callbacks are called, which may close the connection.
    const std::shared_ptr<RespReader> reader = m_reader;
    m_lastReceived = Clock::now();
    std::array<char, readChunk> chunk; // NOLINT(cppcoreguidelines-pro-type-member-init)
    while (true) {
        const qint64 size = m_socket->read(chunk.data(), readChunk);
        if (size <= 0)
            return;
        m_metrics->bytesReceived.add(quint64(size));
        reader->feed(QByteArrayView(chunk.data(), size));
        while (RedisValue *const value = reader->next()) {
            take(*value);
            if (generation != m_generation)
                return;
        }
        if (reader->error()) {
            close(error(reader->error()->kind, reader->error()->message + u'.'), true);
            return;
        }
    }
}

bool RedisConnection::takeUnasked(const RedisValue &value)
{
    const QByteArray word = firstWord(value);
    if (isMessage(word)) {
        m_pushHandler(value);
        return true;
    }
    if (m_pending.empty()) {
        m_pushHandler(value);
        return true;
    }
    const Subscription *const expected = m_pending.front().subscription.get();
    // A Cluster takes shard channels back when their slot moves; any time, also while another
    // acknowledgement is waited for.
    const bool isExpected = expected && word == expected->verb
        && value.at(1).toBytes() == expected->channels.at(m_pending.front().acknowledged);
    if (word == "sunsubscribe" && !isExpected) {
        m_pushHandler(value);
        return true;
    }
    if (m_reader->isPush() && !expected) {
        m_pushHandler(value);
        return true;
    }
    return false;
}

void RedisConnection::take(RedisValue &value)
{
    if (m_pushHandler && !value.isError() && takeUnasked(value))
        return;
    if (m_pending.empty()) {
        // So says a server that closes the connection for a reason of its own.
        RedisError reason = value.isError()
            ? serverError(value.toBytes())
            : error(RedisError::Kind::Protocol, u"an answer came to no question."_s);
        close(reason, true);
        return;
    }
    Pending &front = m_pending.front();
    if (front.subscription) {
        if (value.isError()) {
            complete(std::unexpected(serverError(value.toBytes())));
            return;
        }
        if (firstWord(value) != front.subscription->verb
            || value.at(1).toBytes() != front.subscription->channels.at(front.acknowledged)) {
            close(error(RedisError::Kind::Protocol,
                        u"a subscription was answered by something else."_s),
                  true);
            return;
        }
        if (++front.acknowledged == front.subscription->channels.size())
            complete(RedisValue());
        return;
    }
    if (front.replies > 1) {
        front.received.emplace_back(std::move(value));
        if (front.received.size() == front.replies)
            complete(RedisValue(std::move(front.received)));
        return;
    }
    if (value.isError())
        complete(std::unexpected(serverError(value.toBytes())));
    else
        complete(std::move(value));
}

void RedisConnection::complete(Reply reply)
{
    Done done = std::move(m_pending.front().done);
    m_pending.pop_front();
    if (!done)
        return;
    --m_waiting;
    done(std::move(reply));
}

void RedisConnection::sweepEvery(std::chrono::milliseconds interval)
{
    if (interval == m_sweepInterval)
        return;
    m_sweepInterval = interval;
    if (interval > 0ms)
        m_sweepTimer.start(interval, this);
    else
        m_sweepTimer.stop();
}

void RedisConnection::timerEvent(QTimerEvent *event)
{
    if (event->id() == m_sweepTimer.id())
        sweep();
    else
        QObject::timerEvent(event);
}

void RedisConnection::sweep()
{
    const auto now = Clock::now();
    if (m_state == State::Opening && now >= m_connectDeadline) {
        const auto limit = m_settings.connectTimeout.count();
        if (m_canWrite) {
            close(error(RedisError::Kind::TimedOut,
                        u"no answer to the login within %1 ms."_s.arg(limit)),
                  true);
        } else if (m_socket && m_socket->state() == QAbstractSocket::ConnectedState) {
            close(error(RedisError::Kind::Tls,
                        u"no answer to the offer of TLS within %1 ms; is it a port for TLS?"_s.arg(
                            limit)),
                  true);
        } else {
            close(error(RedisError::Kind::Unreachable, u"no connection within %1 ms."_s.arg(limit)),
                  true);
        }
        return;
    }
    if (now >= m_nextDeadline) {
        const quint64 generation = m_generation;
        auto next = Clock::time_point::max();
        // Callbacks may send, which adds at the end.
        for (std::size_t i = 0; i < m_pending.size(); ++i) {
            if (!m_pending[i].done)
                continue;
            if (m_pending[i].deadline > now) {
                next = std::min(next, m_pending[i].deadline);
                continue;
            }
            Done done = std::exchange(m_pending[i].done, nullptr);
            --m_waiting;
            done(std::unexpected(error(RedisError::Kind::TimedOut, u"no answer in time."_s)));
            if (generation != m_generation)
                return;
        }
        m_nextDeadline = next;
    }
    if (m_state != State::Open)
        return;
    if (m_pending.empty()) {
        if (m_settings.pingInterval <= 0ms) {
            sweepEvery(0ms);
        } else if (now - m_lastReceived >= m_settings.pingInterval) {
            send(encodeRedisCommand({"PING"}), 1, [](const Reply &) {});
        } else {
            sweepEvery(std::clamp(m_settings.pingInterval / 4, leastSweepInterval, 1000ms));
        }
        return;
    }
    const Pending &front = m_pending.front();
    if (front.done || now - std::max(m_lastReceived, front.sentAt) < m_settings.commandTimeout)
        return;
    close(error(RedisError::Kind::TimedOut,
                u"nothing came for %1 ms; the server hangs, or the network is cut."_s.arg(
                    m_settings.commandTimeout.count())),
          true);
}

} // namespace LiveTemplate
