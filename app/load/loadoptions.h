// SPDX-FileCopyrightText: 2026 The LiveTemplate for Qt authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "eventloop.h"

#include <QByteArray>
#include <QString>

#include <expected>
#include <optional>

class QCommandLineParser;

namespace LiveTemplate::Load {

/// What the program's arguments say.
struct LoadOptions
{
    enum class Mode {
        /// Connect, and wait when so wanted.
        Idle,
        Click,
        Broadcast,
    };

    QString url;
    int connections = 100;
    /// Each has a cookie of its own. At most as many as connections.
    int browsers = 100;
    /// The value of the one cookie that all connections have; empty: the page gives them.
    QByteArray cookie;
    /// Empty: the server's own.
    QByteArray origin;
    int parallel = 200;
    Duration timeout = std::chrono::seconds(30);
    /// 0: none.
    Duration heartbeat = std::chrono::seconds(20);

    Duration idle{};
    Mode mode = Mode::Idle;
    QString action;
    double rate = 10;
    int active = 100;
    Duration duration = std::chrono::seconds(10);
    int times = 10;

    bool verify = false;
    std::optional<int> counterSlot;

    std::optional<pid_t> serverId;
    bool json = false;
    bool allowRemote = false;

    /// Adds the program's options to @p parser.
    static void addTo(QCommandLineParser &parser);

    /// Reads what @p parser has parsed. The error is a sentence for whoever typed it.
    [[nodiscard]] static std::expected<LoadOptions, QString> read(const QCommandLineParser &parser);
};

} // namespace LiveTemplate::Load
