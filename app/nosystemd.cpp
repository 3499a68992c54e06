// SPDX-FileCopyrightText: 2026 The LiveTemplate for Qt authors
// SPDX-License-Identifier: GPL-3.0-or-later

// systemd.h in a build without libsystemd.

#include "systemd.h"

namespace LiveTemplate::App {

void notifyReady(const QString &) {}

void notifyStopping() {}

void startWatchdog(QObject *) {}

std::optional<int> inheritedSocket()
{
    return std::nullopt;
}

} // namespace LiveTemplate::App
