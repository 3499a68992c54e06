// SPDX-FileCopyrightText: 2026 The LiveTemplate for Qt authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "listenaddress.h"
#include "logging.h"
#include "serveroptions.h"

#include <QList>
#include <QString>
#include <QStringList>

class QCommandLineParser;

namespace LiveTemplate::App {

/// All that livetemplate-server was told, by its environment and its arguments.
struct ServerConfiguration
{
    /// What --print-config says of an option.
    struct Row
    {
        /// "max-connections", say.
        QString option;
        /// "default", "code", the variable or the argument.
        QString source;
        /// Without secrets.
        QString value;
    };

    ServerOptions options;
    ListenAddress listen;
    LogLevel logLevel = LogLevel::Info;
    LogFormat logFormat = LogFormat::Text;
    /// Empty: the built-in templates.
    QString templateFolder;
    /// What is wrong with any of it, one sentence each. What is wrong stays at its default.
    QStringList errors;
    /// In the order of --help.
    QList<Row> rows;

    /// @p parser has the options of addCommonOptions() and addServerOptions().
    [[nodiscard]] static ServerConfiguration read(const QCommandLineParser &parser);

    /// The rows as a table, for --print-config.
    [[nodiscard]] QString toString() const;
};

/// The rows of the options that optionTable() has.
[[nodiscard]] QList<ServerConfiguration::Row> optionRows(const ServerOptions &options);

} // namespace LiveTemplate::App
