// SPDX-FileCopyrightText: 2026 The LiveTemplate for Qt authors
// SPDX-License-Identifier: GPL-3.0-or-later

// livetemplate-server: the sample pages, for a machine without a display.

#include "commandline.h"
#include "demos.h"
#include "server.h"
#include "terminationwatcher.h"

#include <QCommandLineParser>
#include <QCoreApplication>

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

} // namespace

int main(int argc, char *argv[])
{
    const QCoreApplication application(argc, argv);
    App::setApplicationVersion();

    QCommandLineParser parser;
    parser.setApplicationDescription(
        QCoreApplication::translate("main", "Serves the LiveTemplate sample pages."));
    App::addCommonOptions(parser);
    App::readArguments(parser);
    const App::ListenAddress address = App::listenAddress(parser);
    const QString templateFolder = App::templateFolder(parser);

    App::TerminationWatcher watcher;
    QObject::connect(&watcher, &App::TerminationWatcher::terminationRequested,
                     &QCoreApplication::quit);
    watcher.start();

    Server server(App::serverOptions(parser));
    Demos::mountSamplePages(server, templateFolder);
    if (!server.listen(address.host, address.port)) {
        App::printError(whyNotListening(server, address));
        return std::to_underlying(App::ExitCode::Failure);
    }
    App::announce(server.url().toString());

    const int exitCode = QCoreApplication::exec();
    server.close();
    return exitCode;
}
