// SPDX-FileCopyrightText: 2026 The LiveTemplate for Qt authors
// SPDX-License-Identifier: MIT

#pragma once

#include <QByteArray>
#include <QProcess>
#include <QStringList>
#include <QTemporaryDir>

#include <chrono>

class TlsCertificates;

/// A real Redis, Valkey or Sentinel on the loopback address, with a folder of its own. It ends with
/// this object, and with the thread that started it, also when that one crashes.
///
/// Its functions wait in the calling thread.
class RedisServer
{
public:
    enum class Program {
        Redis,
        Valkey,
        Sentinel,
    };

    struct Options
    {
        /// 0: any that is free; it stays the same when the server is started anew.
        quint16 port = 0;
        Program program = Program::Redis;
        /// Of the default user; empty: it has none.
        QString password = {};
        /// One more user, who may do everything.
        QString user = {};
        QString userPassword = {};
        /// As Redis writes it, "2mb" say; empty: no limit.
        QString maxMemory = {};
        QString maxMemoryPolicy = QStringLiteral("noeviction");
        /// With them only TLS is spoken; they must outlive the server.
        const TlsCertificates *tls = nullptr;
        /// Whether a client must have a certificate.
        bool asksForCertificate = false;
        /// Whether data outlive stop() and kill().
        bool isPersistent = false;
        bool isClusterNode = false;
        /// More lines of redis.conf.
        QStringList configuration = {};
    };

    /// How long anything is waited for, at most.
    static constexpr std::chrono::milliseconds patience = std::chrono::seconds(20);

    RedisServer()
        : RedisServer(Options())
    {
    }
    explicit RedisServer(Options options);
    ~RedisServer();
    Q_DISABLE_COPY_MOVE(RedisServer)

    /// Returns when it answers a PING; false when it does not, log() says why.
    [[nodiscard]] bool start();
    /// Has it end in an orderly way.
    void stop();
    /// Ends it as a crash does (SIGKILL).
    void kill();
    /// Ends it, when it runs, and starts it on the same port, with the configuration as the server
    /// has rewritten it.
    [[nodiscard]] bool restart();

    /// The process stands still: the kernel takes connections and bytes, nobody reads them.
    void freeze();
    void thaw();

    [[nodiscard]] bool isRunning() const { return m_process.state() != QProcess::NotRunning; }
    [[nodiscard]] quint16 port() const { return m_port; }
    /// Of a cluster's nodes among themselves.
    [[nodiscard]] quint16 busPort() const { return m_busPort; }
    [[nodiscard]] qint64 processId() const { return m_process.processId(); }

    /// For RedisUrl::parse(); with user, password and certificates.
    [[nodiscard]] QString url() const { return url(m_port); }
    /// The same by way of another port: of a TcpProxy.
    [[nodiscard]] QString url(quint16 port) const;

    /// What redis-cli prints, without the last line's end.
    [[nodiscard]] QByteArray cli(const QStringList &arguments) const;
    /// cli(), when the answer does not matter.
    void run(const QStringList &arguments) const { static_cast<void>(cli(arguments)); }
    /// Repeats a command until the answer contains @p text.
    [[nodiscard]] bool waitFor(const QStringList &arguments, QByteArrayView text) const;
    /// The line "name:value" of INFO or CLUSTER INFO.
    [[nodiscard]] static QByteArray field(const QByteArray &info, QByteArrayView name);

    [[nodiscard]] QByteArray log() const;

    /// A port on which nothing listens, outside of the range of which the kernel takes ports for
    /// outgoing connections: those could take it while a server is down.
    [[nodiscard]] static quint16 freePort();

private:
    [[nodiscard]] bool writeConfiguration();
    [[nodiscard]] bool launch();

    Options m_options;
    quint16 m_port = 0;
    quint16 m_busPort = 0;
    QTemporaryDir m_folder;
    QProcess m_process;
};
