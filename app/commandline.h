// SPDX-FileCopyrightText: 2026 The LiveTemplate for Qt authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "listenaddress.h"
#include "serveroptions.h"

#include <QString>
#include <QStringList>

#include <expected>

class QCommandLineParser;

namespace LiveTemplate::App {

/// How a program ends.
enum class ExitCode {
    Success = 0,
    /// It could not do its work: the port is taken, say.
    Failure = 1,
    /// Its arguments, or LVT_* variables, are wrong.
    WrongArguments = 2,
};

/// Sets the version that --version and the About dialog show.
void setApplicationVersion();

/// Adds --listen, --dev, --templates, --help and --version.
void addCommonOptions(QCommandLineParser &parser);

/// Adds what only livetemplate-server has: every option of optionTable(), --allow-origin, those of
/// logging, --print-config and --check-config.
void addServerOptions(QCommandLineParser &parser);

/// Which options --help and the advice on misspelt ones know, besides what the parser tells.
enum class OptionSet {
    Common,
    /// Those of addServerOptions().
    Server,
};

/// Reads the program's arguments. Ends the program after --help and --version, and with
/// ExitCode::WrongArguments and a sentence when an option is wrong. A switch of optionTable() may
/// be given without a value.
void readOptions(QCommandLineParser &parser, OptionSet set = OptionSet::Common);

/// The same for a program that takes options only.
void readArguments(QCommandLineParser &parser, OptionSet set = OptionSet::Common);

/// Says @p sentences, at least one, and ends the program with ExitCode::WrongArguments.
[[noreturn]] void endBecauseOfArguments(const QStringList &sentences);
[[noreturn]] void endBecauseOfArguments(const QString &sentence);

/// A value, and where it came from: "default", "LVT_LISTEN" or "--listen".
struct Setting
{
    QString value;
    QString source;
};

/// The value of --@p name, or else of the variable @p variable, or else the option's default.
[[nodiscard]] Setting setting(const QCommandLineParser &parser, const QString &name,
                              const QString &variable);

/// How a person reads that @p setting is wrong: @p reason begins with the value in quotes.
[[nodiscard]] QString wrongSetting(const Setting &setting, const QString &reason);

/// The value of --listen, or of LVT_LISTEN. The error is a sentence.
[[nodiscard]] std::expected<ListenAddress, QString> readListenAddress(
    const QCommandLineParser &parser);
/// The same. Ends the program with ExitCode::WrongArguments when it is wrong.
[[nodiscard]] ListenAddress listenAddress(const QCommandLineParser &parser);

/// @p options, over them what the environment says, and over that --dev.
[[nodiscard]] ServerOptions readServerOptions(const QCommandLineParser &parser,
                                              ServerOptions options = {});
/// The same. Ends the program with ExitCode::WrongArguments when something is wrong.
[[nodiscard]] ServerOptions serverOptions(const QCommandLineParser &parser,
                                          ServerOptions options = {});

/// Sets in @p options what the options of addServerOptions() say.
void applyServerOptions(const QCommandLineParser &parser, ServerOptions &options);

/// The value of --templates as an absolute path; empty when it was not given. The error is a
/// sentence.
[[nodiscard]] std::expected<QString, QString> readTemplateFolder(const QCommandLineParser &parser);
/// The same. Ends the program with ExitCode::WrongArguments when it is not a folder.
[[nodiscard]] QString templateFolder(const QCommandLineParser &parser);

/// Writes "PROGRAM: @p sentence" to the standard error.
void printError(const QString &sentence);

/// Writes the first line of the standard output, which says where the pages are. Whoever started
/// the program may wait for it, so it leaves at once.
void announce(const QString &url);

} // namespace LiveTemplate::App
