// SPDX-FileCopyrightText: 2026 The LiveTemplate for Qt authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "systemd.h"

#include "logging.h"

#include <QTimer>

#include <chrono>
#include <cstdint>

#include <systemd/sd-daemon.h>

#include <sys/socket.h>

using namespace Qt::StringLiterals;

namespace LiveTemplate::App {

namespace {

void notify(const QString &assignments)
{
    // 0: nobody listens, which is as well.
    if (const int result = sd_notify(0, qUtf8Printable(assignments)); result < 0)
        qCWarning(lcProgram).noquote() << "systemd cannot be told:" << qt_error_string(-result);
}

} // namespace

void notifyReady(const QString &status)
{
    notify(u"READY=1\nSTATUS="_s + QString(status).replace(u'\n', u' '));
}

void notifyStopping()
{
    notify(u"STOPPING=1\nSTATUS=Waiting for connections to go."_s);
}

void startWatchdog(QObject *owner)
{
    std::uint64_t period = 0;
    if (sd_watchdog_enabled(0, &period) <= 0)
        return;
    auto *timer = new QTimer(owner);
    QObject::connect(timer, &QTimer::timeout, timer, [] { notify(u"WATCHDOG=1"_s); });
    // Half the time, as sd_watchdog_enabled(3) recommends.
    timer->start(
        std::chrono::ceil<std::chrono::milliseconds>(std::chrono::microseconds(period / 2)));
}

std::optional<int> inheritedSocket()
{
    const int count = sd_listen_fds(1);
    if (count == 0)
        return std::nullopt;
    if (count < 0) {
        qCWarning(lcProgram).noquote()
            << "the sockets of systemd cannot be used:" << qt_error_string(-count);
        return std::nullopt;
    }
    if (count == 1 && sd_is_socket_inet(SD_LISTEN_FDS_START, AF_UNSPEC, SOCK_STREAM, 1, 0) > 0)
        return SD_LISTEN_FDS_START;
    qCWarning(lcProgram) << "systemd passed" << count
                         << "sockets; one that listens for TCP is expected, so none is used";
    return std::nullopt;
}

} // namespace LiveTemplate::App
