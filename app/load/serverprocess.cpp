// SPDX-FileCopyrightText: 2026 The LiveTemplate for Qt authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "serverprocess.h"

#include <QDir>
#include <QFile>
#include <QSet>

#include <array>
#include <cerrno>
#include <csignal>
#include <ctime>

#include <unistd.h>

using namespace Qt::StringLiterals;

namespace LiveTemplate::Load {

namespace {

/// The inodes of the sockets that listen on @p port, by one of /proc/net/tcp and /proc/net/tcp6
/// (proc_net_tcp in the kernel's documentation).
QSet<QByteArray> listeningSockets(const QString &table, quint16 port)
{
    constexpr int localAddress = 1;
    constexpr int state = 3;
    constexpr int inode = 9;
    const QByteArray listening = "0A";
    const QByteArray wanted = ':' + QByteArray::number(port, 16).toUpper().rightJustified(4, '0');

    QSet<QByteArray> sockets;
    QFile file(table);
    if (!file.open(QIODevice::ReadOnly))
        return sockets;
    for (const QByteArray &line : file.readAll().split('\n')) {
        const QList<QByteArray> fields = line.simplified().split(' ');
        if (fields.size() > inode && fields.at(state) == listening
            && fields.at(localAddress).endsWith(wanted))
            sockets.insert("socket:[" + fields.at(inode) + ']');
    }
    return sockets;
}

bool hasOpen(const QString &process, const QSet<QByteArray> &sockets)
{
    const QDir descriptors(u"/proc/%1/fd"_s.arg(process));
    const QStringList names = descriptors.entryList(QDir::Files | QDir::System | QDir::Hidden);
    for (const QString &name : names) {
        // The link leads nowhere that QFile could tell: it only has a name.
        std::array<char, 64> target;
        const QByteArray path = QFile::encodeName(descriptors.filePath(name));
        const ssize_t length = readlink(path.constData(), target.data(), target.size());
        if (length > 0 && sockets.contains(QByteArray(target.data(), length)))
            return true;
    }
    return false;
}

} // namespace

std::optional<ServerProcess> ServerProcess::withId(pid_t id)
{
    if (id <= 0 || (kill(id, 0) != 0 && errno == ESRCH))
        return std::nullopt;
    return ServerProcess(id);
}

std::optional<ServerProcess> ServerProcess::listeningOn(quint16 port)
{
    const QSet<QByteArray> sockets = listeningSockets(u"/proc/net/tcp"_s, port)
        + listeningSockets(u"/proc/net/tcp6"_s, port);
    if (sockets.isEmpty())
        return std::nullopt;
    const QStringList names = QDir(u"/proc"_s).entryList(QDir::Dirs | QDir::NoDotAndDotDot);
    for (const QString &name : names) {
        const int id = name.toInt();
        if (id > 0 && hasOpen(name, sockets))
            return ServerProcess(id);
    }
    return std::nullopt;
}

qint64 ServerProcess::residentMemory() const
{
    QFile file(u"/proc/%1/status"_s.arg(m_id));
    if (!file.open(QIODevice::ReadOnly))
        return 0;
    for (const QByteArray &line : file.readAll().split('\n')) {
        if (line.startsWith("VmRSS:"))
            return line.simplified().split(' ').value(1).toLongLong() * 1024;
    }
    return 0;
}

Duration ServerProcess::cpuTime() const
{
    clockid_t clock{};
    timespec time{};
    if (clock_getcpuclockid(m_id, &clock) != 0 || clock_gettime(clock, &time) != 0)
        return {};
    return std::chrono::seconds(time.tv_sec) + std::chrono::nanoseconds(time.tv_nsec);
}

} // namespace LiveTemplate::Load
