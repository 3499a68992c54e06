// SPDX-FileCopyrightText: 2026 The LiveTemplate for Qt authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QString>

#include <optional>

class QObject;

// What a program and systemd tell each other (sd_notify(3), sd_listen_fds(3)). Without systemd, or
// in a build without libsystemd, nothing happens.
namespace LiveTemplate::App {

/// Says that the program does its work now, and what `systemctl status` shows: @p status.
void notifyReady(const QString &status);

/// Says that the program is about to end.
void notifyStopping();

/// Tells systemd from now on, as often as it wants to hear it (WatchdogSec=), that the event loop
/// of this thread runs. Ends with @p owner.
void startWatchdog(QObject *owner);

/// The listening TCP socket that systemd opened for the program, which owns it from now on. Nothing
/// when there is none; when there is something else, this is logged. Call it once, early: the
/// environment that tells of it is taken away from child processes.
[[nodiscard]] std::optional<int> inheritedSocket();

} // namespace LiveTemplate::App
