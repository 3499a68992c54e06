// SPDX-FileCopyrightText: 2026 The LiveTemplate for Qt authors
// SPDX-License-Identifier: MIT

#include "redisserver.h"

#include "tlscertificates.h"

#include <QDeadlineTimer>
#include <QFile>
#include <QProcessEnvironment>
#include <QRandomGenerator>
#include <QTcpServer>
#include <QThread>
#include <QUrl>

#include <csignal>
#include <sys/prctl.h>
#include <unistd.h>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {

constexpr auto pollInterval = 10ms;

/// Has the process end with the thread that starts it.
void endWithParent(QProcess &process)
{
    process.setChildProcessModifier([parent = ::getpid()] {
        ::prctl(PR_SET_PDEATHSIG, SIGKILL);
        if (::getppid() != parent)
            ::_exit(1);
    });
}

QString encoded(const QString &text)
{
    return QString::fromLatin1(QUrl::toPercentEncoding(text));
}

} // namespace

RedisServer::RedisServer(Options options)
    : m_options(std::move(options))
    , m_port(m_options.port)
{
    endWithParent(m_process);
    m_process.setStandardInputFile(QProcess::nullDevice());
    m_process.setStandardOutputFile(m_folder.filePath(u"output"_s));
    m_process.setStandardErrorFile(m_folder.filePath(u"output"_s), QIODevice::Append);
}

RedisServer::~RedisServer()
{
    kill();
}

bool RedisServer::start()
{
    if (isRunning())
        return true;
    // Somebody else may take the port between the look and the start.
    const int attempts = m_port == 0 ? 5 : 1;
    for (int attempt = 0; attempt < attempts; ++attempt) {
        if (m_options.port == 0 && m_port == 0) {
            m_port = freePort();
            m_busPort = m_options.isClusterNode ? freePort() : quint16(0);
        }
        if (writeConfiguration() && launch())
            return true;
        kill();
        if (attempts > 1 && attempt + 1 < attempts) {
            m_port = 0;
            QFile::remove(m_folder.filePath(u"redis.conf"_s));
        }
    }
    return false;
}

bool RedisServer::launch()
{
    switch (m_options.program) {
    case Program::Redis:
        m_process.setProgram(u"redis-server"_s);
        break;
    case Program::Valkey:
        m_process.setProgram(u"valkey-server"_s);
        break;
    case Program::Sentinel:
        m_process.setProgram(u"redis-sentinel"_s);
        break;
    }
    m_process.setArguments({m_folder.filePath(u"redis.conf"_s)});
    m_process.setWorkingDirectory(m_folder.path());
    m_process.start();
    if (!m_process.waitForStarted())
        return false;
    const QDeadlineTimer deadline(patience);
    while (!deadline.hasExpired()) {
        if (m_process.waitForFinished(1))
            return false;
        if (cli({u"PING"_s}) == "PONG")
            return true;
        QThread::sleep(pollInterval);
    }
    return false;
}

bool RedisServer::writeConfiguration()
{
    const QString name = m_folder.filePath(u"redis.conf"_s);
    if (QFile::exists(name))
        return true; // the server may have rewritten it: with its new master, say
    const QString port = QString::number(m_port);
    QStringList lines{u"bind 127.0.0.1"_s, u"daemonize no"_s, u"protected-mode no"_s,
                      u"dir "_s + m_folder.path(), u"logfile "_s + m_folder.filePath(u"log"_s)};
    if (m_options.tls) {
        lines << u"port 0"_s << u"tls-port "_s + port
              << u"tls-cert-file "_s + m_options.tls->serverCertificate()
              << u"tls-key-file "_s + m_options.tls->serverKey()
              << u"tls-ca-cert-file "_s + m_options.tls->authority()
              << u"tls-auth-clients "_s + (m_options.asksForCertificate ? u"yes"_s : u"optional"_s)
              << u"tls-replication yes"_s;
        if (m_options.isClusterNode)
            lines << u"tls-cluster yes"_s;
    } else {
        lines << u"port "_s + port;
    }
    if (!m_options.password.isEmpty())
        lines << u"requirepass "_s + m_options.password;
    if (!m_options.user.isEmpty())
        lines << u"user %1 on >%2 ~* &* +@all"_s.arg(m_options.user, m_options.userPassword);
    if (m_options.program != Program::Sentinel) {
        // Replicas must be able to follow a master at once, also one that was a replica.
        lines << u"repl-diskless-sync-delay 0"_s;
        if (!m_options.password.isEmpty())
            lines << u"masterauth "_s + m_options.password;
        lines << u"save \"\""_s;
        if (m_options.isPersistent)
            lines << u"appendonly yes"_s;
        if (!m_options.maxMemory.isEmpty()) {
            lines << u"maxmemory "_s + m_options.maxMemory
                  << u"maxmemory-policy "_s + m_options.maxMemoryPolicy;
        }
        if (m_options.isClusterNode) {
            lines << u"cluster-enabled yes"_s << u"cluster-config-file nodes.conf"_s
                  << u"cluster-port "_s + QString::number(m_busPort);
        }
    }
    lines += m_options.configuration;
    QFile file(name);
    return file.open(QIODevice::WriteOnly) && file.write((lines.join(u'\n') + u'\n').toUtf8()) > 0;
}

void RedisServer::stop()
{
    if (!isRunning())
        return;
    thaw();
    m_process.terminate();
    if (!m_process.waitForFinished(int(patience.count())))
        kill();
}

void RedisServer::kill()
{
    if (!isRunning())
        return;
    m_process.kill();
    m_process.waitForFinished(int(patience.count()));
}

bool RedisServer::restart()
{
    stop();
    return start();
}

void RedisServer::freeze()
{
    if (isRunning())
        ::kill(pid_t(m_process.processId()), SIGSTOP);
}

void RedisServer::thaw()
{
    if (isRunning())
        ::kill(pid_t(m_process.processId()), SIGCONT);
}

QString RedisServer::url(quint16 port) const
{
    QString login;
    if (!m_options.user.isEmpty())
        login = encoded(m_options.user) + u':' + encoded(m_options.userPassword) + u'@';
    else if (!m_options.password.isEmpty())
        login = u':' + encoded(m_options.password) + u'@';
    QString query;
    if (m_options.tls) {
        query = u"?ca="_s + encoded(m_options.tls->authority());
        if (m_options.asksForCertificate) {
            query += u"&cert="_s + encoded(m_options.tls->clientCertificate()) + u"&key="_s
                + encoded(m_options.tls->clientKey());
        }
    }
    return (m_options.tls ? u"rediss://"_s : u"redis://"_s) + login + u"127.0.0.1:"_s
        + QString::number(port) + query;
}

QByteArray RedisServer::cli(const QStringList &arguments) const
{
    QStringList all{u"-h"_s, u"127.0.0.1"_s, u"-p"_s, QString::number(m_port)};
    if (m_options.tls) {
        all << u"--tls"_s << u"--cacert"_s << m_options.tls->authority() << u"--cert"_s
            << m_options.tls->clientCertificate() << u"--key"_s << m_options.tls->clientKey();
    }
    QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
    if (!m_options.user.isEmpty()) {
        all << u"--user"_s << m_options.user;
        environment.insert(u"REDISCLI_AUTH"_s, m_options.userPassword);
    } else if (!m_options.password.isEmpty()) {
        environment.insert(u"REDISCLI_AUTH"_s, m_options.password);
    }
    QProcess process;
    endWithParent(process);
    process.setProcessEnvironment(environment);
    process.start(u"redis-cli"_s, all + arguments);
    if (!process.waitForFinished(int(patience.count()))) {
        process.kill();
        process.waitForFinished();
        return {};
    }
    QByteArray output = process.readAllStandardOutput();
    while (output.endsWith('\n'))
        output.chop(1);
    return output;
}

bool RedisServer::waitFor(const QStringList &arguments, QByteArrayView text) const
{
    const QDeadlineTimer deadline(patience);
    while (!deadline.hasExpired()) {
        if (cli(arguments).contains(text))
            return true;
        QThread::sleep(pollInterval);
    }
    return false;
}

QByteArray RedisServer::field(const QByteArray &info, QByteArrayView name)
{
    for (const QByteArray &line : info.split('\n')) {
        const QByteArray trimmed = line.trimmed();
        if (trimmed.startsWith(name) && trimmed.mid(name.size()).startsWith(':'))
            return trimmed.mid(name.size() + 1);
    }
    return {};
}

QByteArray RedisServer::log() const
{
    QByteArray result;
    for (const QString &name : {u"output"_s, u"log"_s}) {
        QFile file(m_folder.filePath(name));
        if (file.open(QIODevice::ReadOnly))
            result += file.readAll();
    }
    return result;
}

quint16 RedisServer::freePort()
{
    QTcpServer probe;
    for (int attempt = 0; attempt < 1000; ++attempt) {
        const auto port = quint16(QRandomGenerator::global()->bounded(12'000, 32'000));
        if (probe.listen(QHostAddress::LocalHost, port))
            return port;
    }
    return 0;
}
