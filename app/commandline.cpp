// SPDX-FileCopyrightText: 2026 The LiveTemplate for Qt authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "commandline.h"

#include <QCommandLineParser>
#include <QCoreApplication>
#include <QFileInfo>

#include <cstdio>
#include <cstdlib>
#include <utility>

using namespace Qt::StringLiterals;

namespace LiveTemplate::App {

namespace {

QString tr(const char *text)
{
    return QCoreApplication::translate("LiveTemplate::App::CommandLine", text);
}

} // namespace

void setApplicationVersion()
{
    QCoreApplication::setApplicationVersion(QStringLiteral(LIVETEMPLATE_VERSION));
}

void addCommonOptions(QCommandLineParser &parser)
{
    parser.addOption(
        {u"listen"_s,
         tr("Where to listen: HOST:PORT, [IPv6]:PORT or PORT. Port 0 is any free port."),
         tr("HOST:PORT"), ListenAddress().toString()});
    parser.addOption({u"dev"_s,
                      tr("Development mode: open pages follow changes of their templates, and show "
                         "errors in them. Not for production. Also: LVT_DEV_MODE=1.")});
    parser.addOption({u"templates"_s,
                      tr("Use the templates in FOLDER (counter.html, say) in the place of the "
                         "built-in ones. With --dev they can be edited while pages are open."),
                      tr("FOLDER")});
    parser.addHelpOption();
    parser.addVersionOption();
}

void readOptions(QCommandLineParser &parser)
{
    // QCommandLineParser::process() would end with 1, which here means that the work failed.
    const bool understood = parser.parse(QCoreApplication::arguments());
    if (parser.isSet(u"help"_s))
        parser.showHelp();
    if (parser.isSet(u"version"_s))
        parser.showVersion();
    if (!understood)
        endBecauseOfArguments(parser.errorText());
}

void readArguments(QCommandLineParser &parser)
{
    readOptions(parser);
    if (const QStringList unexpected = parser.positionalArguments(); !unexpected.isEmpty())
        endBecauseOfArguments(tr("Unexpected argument \"%1\".").arg(unexpected.first()));
}

void endBecauseOfArguments(const QString &sentence)
{
    printError(sentence);
    std::exit(std::to_underlying(ExitCode::WrongArguments));
}

ListenAddress listenAddress(const QCommandLineParser &parser)
{
    const auto address = ListenAddress::parse(parser.value(u"listen"_s));
    if (!address)
        endBecauseOfArguments(tr("--listen %1").arg(address.error()));
    return *address;
}

ServerOptions serverOptions(const QCommandLineParser &parser)
{
    ServerOptions options = ServerOptions::fromEnvironment();
    if (parser.isSet(u"dev"_s))
        options.developmentMode = true;
    return options;
}

QString templateFolder(const QCommandLineParser &parser)
{
    const QString folder = parser.value(u"templates"_s);
    if (parser.isSet(u"templates"_s) && !QFileInfo(folder).isDir())
        endBecauseOfArguments(tr("--templates \"%1\": there is no such folder.").arg(folder));
    return folder;
}

void printError(const QString &sentence)
{
    const QString program = QFileInfo(QCoreApplication::applicationFilePath()).fileName();
    std::fprintf(stderr, "%s: %s\n", qUtf8Printable(program), qUtf8Printable(sentence));
}

void announce(const QString &url)
{
    std::fprintf(stdout, "LiveTemplate: %s\n", qUtf8Printable(url));
    std::fflush(stdout);
}

} // namespace LiveTemplate::App
