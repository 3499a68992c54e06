// SPDX-FileCopyrightText: 2026 The LiveTemplate for Qt authors
// SPDX-License-Identifier: MIT

#include "postgresserver.h"

#include <QDeadlineTimer>
#include <QDir>
#include <QFile>
#include <QTcpServer>
#include <QUrl>

#include <algorithm>
#include <chrono>
#include <csignal>
#include <cstdlib>
#include <grp.h>
#include <pwd.h>
#include <ranges>
#include <sys/prctl.h>
#include <unistd.h>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {

/// Far more than PostgreSQL takes.
constexpr auto patience = 60s;

/// Debian keeps them outside of the PATH.
QString folderOfPrograms()
{
    const QDir versions(u"/usr/lib/postgresql"_s);
    QStringList names = versions.entryList(QDir::Dirs | QDir::NoDotAndDotDot);
    std::ranges::sort(names, {}, [](const QString &name) { return name.toInt(); });
    for (const QString &name : names | std::views::reverse) {
        const QString folder = versions.filePath(name + u"/bin"_s);
        if (QFile::exists(folder + u"/initdb"_s))
            return folder;
    }
    return {};
}

int freePort()
{
    QTcpServer server;
    return server.listen(QHostAddress::LocalHost) ? server.serverPort() : 0;
}

} // namespace

PostgresServer::~PostgresServer()
{
    stop();
}

void PostgresServer::prepare(QProcess &process) const
{
    process.setProcessChannelMode(QProcess::MergedChannels);
    process.setWorkingDirectory(m_folder.path());
    process.setChildProcessModifier([uid = m_uid, gid = m_gid] {
        if (uid != 0 && (setgroups(0, nullptr) != 0 || setgid(gid) != 0 || setuid(uid) != 0))
            _exit(EXIT_FAILURE);
        // After the change of the user, which forgets it.
        prctl(PR_SET_PDEATHSIG, SIGKILL);
    });
}

QString PostgresServer::run(const QString &program, const QStringList &arguments)
{
    QProcess process;
    prepare(process);
    process.start(m_programs + u'/' + program, arguments);
    if (!process.waitForFinished(std::chrono::milliseconds(patience).count())
        || process.exitCode() != 0) {
        return u"%1 failed: %2 %3"_s.arg(program, process.errorString(),
                                         QString::fromLocal8Bit(process.readAll()));
    }
    return {};
}

QString PostgresServer::create()
{
    m_programs = folderOfPrograms();
    if (m_programs.isEmpty())
        return u"PostgreSQL is not installed"_s;
    if (!m_folder.isValid())
        return m_folder.errorString();
    if (geteuid() == 0) {
        const passwd *postgres = getpwnam("postgres");
        if (!postgres)
            return u"PostgreSQL refuses to run as root, and there is no user \"postgres\""_s;
        m_uid = postgres->pw_uid;
        m_gid = postgres->pw_gid;
        if (chown(QFile::encodeName(m_folder.path()).constData(), m_uid, m_gid) != 0)
            return u"the temporary folder cannot be given to the user \"postgres\""_s;
    }
    QFile passwordFile(m_folder.filePath(u"password"_s));
    if (!passwordFile.open(QIODevice::WriteOnly) || passwordFile.write(password) < 0)
        return passwordFile.errorString();
    passwordFile.setPermissions(QFile::ReadOwner | QFile::ReadGroup | QFile::ReadOther);
    passwordFile.close();
    const QString error = run(u"initdb"_s,
                              {u"--pgdata=data"_s, u"--username=%1"_s.arg(QLatin1StringView(user)),
                               u"--pwfile=password"_s, u"--auth=scram-sha-256"_s, u"--no-sync"_s,
                               u"--encoding=UTF8"_s, u"--locale=C"_s});
    return error.isEmpty() ? start() : error;
}

QString PostgresServer::start()
{
    // Somebody else may take a port between its choice and its use.
    for (int attempt = 0; attempt < 3; ++attempt) {
        if (m_port == 0)
            m_port = freePort();
        m_server.emplace();
        prepare(*m_server);
        // The folder in quotes, because it is one of a list.
        m_server->start(m_programs + u"/postgres"_s,
                        {u"-D"_s, u"data"_s, u"-p"_s, QString::number(m_port), u"-h"_s,
                         u"127.0.0.1"_s, u"-k"_s, u"\"%1\""_s.arg(m_folder.path()), u"-c"_s,
                         u"fsync=off"_s, u"-c"_s, u"autovacuum=off"_s});
        if (waitUntilReady())
            return {};
        const QString output = QString::fromLocal8Bit(m_server->readAll());
        stop();
        if (!output.contains("in use"_L1))
            return u"postgres did not start: "_s + output;
        m_port = 0;
    }
    return u"there was no free port"_s;
}

bool PostgresServer::waitUntilReady()
{
    const QDeadlineTimer deadline(patience);
    while (!deadline.hasExpired() && m_server->state() != QProcess::NotRunning) {
        m_server->waitForReadyRead(100);
        if (m_server->peek(1 << 16).contains("ready to accept connections"))
            return true;
    }
    return false;
}

void PostgresServer::stop()
{
    if (!m_server)
        return;
    thaw();
    if (m_server->state() != QProcess::NotRunning) {
        // The fast shutdown: it ends connections.
        kill(pid_t(m_server->processId()), SIGINT);
        if (!m_server->waitForFinished(std::chrono::milliseconds(patience).count()))
            m_server->kill();
        m_server->waitForFinished();
    }
    m_server.reset();
}

void PostgresServer::freeze()
{
    const auto server = pid_t(m_server->processId());
    // First, so that no more children come.
    kill(server, SIGSTOP);
    m_frozen = {server};
    QFile children(u"/proc/%1/task/%1/children"_s.arg(server));
    if (!children.open(QIODevice::ReadOnly))
        return;
    for (const QByteArray &child : children.readAll().simplified().split(' ')) {
        const auto id = pid_t(child.toInt());
        if (id > 0 && kill(id, SIGSTOP) == 0)
            m_frozen.push_back(id);
    }
}

void PostgresServer::thaw()
{
    for (const pid_t id : m_frozen | std::views::reverse)
        kill(id, SIGCONT);
    m_frozen.clear();
}

QString PostgresServer::url() const
{
    QUrl url;
    url.setScheme(u"postgres"_s);
    url.setUserName(QString::fromLatin1(user));
    url.setPassword(QString::fromLatin1(password), QUrl::DecodedMode);
    url.setHost(u"127.0.0.1"_s);
    url.setPort(m_port);
    url.setPath(u"/postgres"_s);
    return url.toString(QUrl::FullyEncoded);
}
