// SPDX-FileCopyrightText: 2026 The LiveTemplate for Qt authors
// SPDX-License-Identifier: GPL-3.0-or-later

// livetemplate-load: many tabs at a time, to see how a server bears them.

#include "commandline.h"
#include "loadoptions.h"
#include "loadrun.h"
#include "openfiles.h"

#include <QCommandLineParser>
#include <QCoreApplication>
#include <QJsonDocument>

#include <cstdio>
#include <utility>

using namespace LiveTemplate;

namespace {

/// What a process has open besides its connections; more than it is.
constexpr quint64 otherFiles = 64;

QString translate(const char *text)
{
    return QCoreApplication::translate("main", text);
}

Load::LoadOptions readOptions(QCommandLineParser &parser)
{
    App::readOptions(parser);
    const auto options = Load::LoadOptions::read(parser);
    if (!options)
        App::endBecauseOfArguments(options.error());
    const quint64 allowed = Load::raiseOpenFileLimit();
    if (quint64(options->connections) + otherFiles > allowed) {
        App::endBecauseOfArguments(
            translate("--connections %1 is too many: this system allows a process %2 open files "
                      "(ulimit -Hn), and each connection is one.")
                .arg(options->connections)
                .arg(allowed));
    }
    return *options;
}

Load::Target findTarget(const Load::LoadOptions &options)
{
    const auto target = Load::Target::parse(options.url);
    if (!target)
        App::endBecauseOfArguments(target.error());
    if (!target->isLoopback() && !options.allowRemote) {
        App::endBecauseOfArguments(
            translate("\"%1\" is on another machine. What this program does is an attack on a "
                      "server that is not yours; --allow-remote says that it is.")
                .arg(options.url));
    }
    return *target;
}

std::optional<Load::ServerProcess> findServer(const Load::LoadOptions &options,
                                              const Load::Target &target)
{
    if (!options.serverId) {
        return target.isLoopback() ? Load::ServerProcess::listeningOn(target.port) : std::nullopt;
    }
    const auto process = Load::ServerProcess::withId(*options.serverId);
    if (!process)
        App::endBecauseOfArguments(
            translate("--pid %1: there is no such process.").arg(*options.serverId));
    return process;
}

void print(const Load::Report &report, bool json)
{
    const QByteArray text = json ? QJsonDocument(report.toJson()).toJson()
                                 : report.toText().toUtf8();
    std::fwrite(text.constData(), 1, std::size_t(text.size()), stdout);
}

} // namespace

int main(int argc, char *argv[])
{
    const QCoreApplication application(argc, argv);
    App::setApplicationVersion();

    QCommandLineParser parser;
    parser.setApplicationDescription(
        translate("Opens many tabs of a live page, without browsers: loads the page for each "
                  "cookie, opens the WebSockets, has tabs send actions, and prints what came of "
                  "it. The server may be any LiveTemplate server."));
    Load::LoadOptions::addTo(parser);
    parser.addHelpOption();
    parser.addVersionOption();
    const Load::LoadOptions options = readOptions(parser);
    const Load::Target target = findTarget(options);

    Load::LoadRun run(options, target, findServer(options, target));
    const Load::Report report = run.run();
    print(report, options.json);
    return std::to_underlying(report.problems().isEmpty() ? App::ExitCode::Success
                                                          : App::ExitCode::Failure);
}
