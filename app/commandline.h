// SPDX-FileCopyrightText: 2026 The LiveTemplate for Qt authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "listenaddress.h"
#include "serveroptions.h"

#include <QString>

class QCommandLineParser;

namespace LiveTemplate::App {

/// How a program ends.
enum class ExitCode {
    Success = 0,
    /// It could not do its work: the port is taken, say.
    Failure = 1,
    /// Its arguments are wrong.
    WrongArguments = 2,
};

/// Sets the version that --version and the About dialog show.
void setApplicationVersion();

/// Adds --listen, --dev, --templates, --help and --version.
void addCommonOptions(QCommandLineParser &parser);

/// Reads the program's arguments. Ends the program after --help and --version, and with
/// ExitCode::WrongArguments and a sentence when an option is wrong.
void readOptions(QCommandLineParser &parser);

/// The same for a program that takes options only.
void readArguments(QCommandLineParser &parser);

/// Says @p sentence and ends the program with ExitCode::WrongArguments.
[[noreturn]] void endBecauseOfArguments(const QString &sentence);

/// The value of --listen. Ends the program with ExitCode::WrongArguments when it is wrong.
[[nodiscard]] ListenAddress listenAddress(const QCommandLineParser &parser);

/// The options of the environment, and --dev.
[[nodiscard]] ServerOptions serverOptions(const QCommandLineParser &parser);

/// The value of --templates; empty when it was not given. Ends the program with
/// ExitCode::WrongArguments when it is not a folder.
[[nodiscard]] QString templateFolder(const QCommandLineParser &parser);

/// Writes "PROGRAM: @p sentence" to the standard error.
void printError(const QString &sentence);

/// Writes the first line of the standard output, which says where the pages are. Whoever started
/// the program may wait for it, so it leaves at once.
void announce(const QString &url);

} // namespace LiveTemplate::App
