// SPDX-FileCopyrightText: 2026 The LiveTemplate for Qt authors
// SPDX-License-Identifier: GPL-3.0-or-later

// livetemplate-server: the sample pages, for a machine without a display.

#include "commandline.h"
#include "demos.h"
#include "logging.h"
#include "server.h"
#include "serverconfiguration.h"
#include "systemd.h"
#include "terminationwatcher.h"

#include <QCommandLineParser>
#include <QCoreApplication>

#include <cstdio>
#include <utility>

using namespace LiveTemplate;
using namespace Qt::StringLiterals;

namespace {

QString whyNotListening(const Server &server, const App::ListenAddress &address)
{
    switch (server.listenError()) {
    case Server::ListenError::AddressInUse:
        return QCoreApplication::translate(
                   "main", "%1 is taken by another program; choose another port with --listen.")
            .arg(address.toString());
    case Server::ListenError::AccessDenied:
        return QCoreApplication::translate(
                   "main", "Listening on %1 is not allowed; ports below 1024 need more rights.")
            .arg(address.toString());
    default:
        return server.errorString();
    }
}

void print(const App::ServerConfiguration &configuration)
{
    std::fputs(qUtf8Printable(configuration.toString()), stdout);
    for (const QString &warning : configuration.options.warnings)
        std::fprintf(stdout, "%s\n", qUtf8Printable(warning));
    std::fflush(stdout);
}

/// On the socket that systemd has opened, when there is one.
bool listen(Server &server, const App::ListenAddress &address)
{
    const auto inherited = App::inheritedSocket();
    return inherited ? server.listenOnDescriptor(*inherited)
                     : server.listen(address.host, address.port);
}

} // namespace

int main(int argc, char *argv[])
{
    const QCoreApplication application(argc, argv);
    App::setApplicationVersion();

    QCommandLineParser parser;
    parser.setApplicationDescription(
        QCoreApplication::translate("main", "Serves the LiveTemplate sample pages."));
    App::addCommonOptions(parser);
    App::addServerOptions(parser);
    App::readArguments(parser, App::OptionSet::Server);
    const auto configuration = App::ServerConfiguration::read(parser);
    const bool isPrinted = parser.isSet(u"print-config"_s);
    if (isPrinted)
        print(configuration);
    if (!configuration.errors.isEmpty())
        App::endBecauseOfArguments(configuration.errors);
    if (isPrinted || parser.isSet(u"check-config"_s))
        return std::to_underlying(App::ExitCode::Success);

    App::startLogging(configuration.logLevel, configuration.logFormat);
    for (const QString &warning : configuration.options.warnings)
        qCWarning(App::lcProgram).noquote() << warning;

    TerminationWatcher watcher;
    QObject::connect(&watcher, &TerminationWatcher::terminationRequested, &QCoreApplication::quit);
    watcher.start();

    Server server(configuration.options);
    Demos::mountSamplePages(server, configuration.templateFolder);
    if (!listen(server, configuration.listen)) {
        App::printError(whyNotListening(server, configuration.listen));
        return std::to_underlying(App::ExitCode::Failure);
    }
    App::announce(server.url().toString());
    App::startWatchdog(&server);
    App::notifyReady(
        QCoreApplication::translate("main", "Serving on %1").arg(server.url().toString()));

    const int exitCode = QCoreApplication::exec();
    App::notifyStopping();
    server.close();
    return exitCode;
}
