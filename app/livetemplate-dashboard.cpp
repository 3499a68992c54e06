// SPDX-FileCopyrightText: 2026 The LiveTemplate for Qt authors
// SPDX-License-Identifier: GPL-3.0-or-later

// livetemplate-dashboard: the sample pages, and a window with browsers that show them.

#include "commandline.h"
#include "dashboardarguments.h"
#include "demos.h"
#include "mainwindow.h"
#include "messagebar.h"
#include "redismembership.h"
#include "redisurl.h"
#include "server.h"
#include "terminationwatcher.h"

#include <kdsingleapplication.h>

#include <QApplication>
#include <QCommandLineParser>
#include <QCryptographicHash>

#include <chrono>
#include <utility>

#include <unistd.h>

using namespace LiveTemplate;
using namespace std::chrono_literals;
using namespace Qt::StringLiterals;

namespace {

// What the second start says to the first.
const QByteArray raiseMessage = "raise";

// Ports that are tried after the one that was asked for, before any free one will do.
constexpr quint16 portsToTry = 20;

QString translate(const char *text)
{
    return QCoreApplication::translate("main", text);
}

void switchOffSandboxForRoot()
{
    // Chromium refuses to run its sandbox as root. Everybody else keeps it.
    if (geteuid() == 0)
        qputenv("QTWEBENGINE_DISABLE_SANDBOX", "1");
}

QString instanceName(const QString &profileDirectory)
{
    // Two desktops with two profiles have nothing in common.
    QString name = u"org.livetemplate.Dashboard"_s;
    if (profileDirectory.isEmpty())
        return name;
    const QByteArray digest = QCryptographicHash::hash(
        Ui::UserDirectories::inside(profileDirectory).settingsFile.toUtf8(),
        QCryptographicHash::Sha256);
    return name + u'-' + QString::fromLatin1(digest.toHex().first(16));
}

/// The server of a desktop: one that can join a Redis while it runs, by @p membership, instead of
/// one that is part of it from beginning to end. Which one, @p dashboard says.
ServerOptions serverOptions(const QCommandLineParser &parser, const RedisMembership &membership,
                            Ui::DashboardOptions &dashboard)
{
    ServerOptions options;
    // The pages are on this machine, so asking often costs nothing, and after a restart they are
    // back before one wonders.
    options.heartbeatInterval = 2s;
    // Nobody waits long for a window to close.
    options.shutdownTimeout = 2s;
    // The panels show what became of each click.
    options.actionHistory = 50;
    options = App::serverOptions(parser, options);
    if (dashboard.redisUrl.isEmpty())
        dashboard.redisUrl = options.redisUrl;
    options.redisUrl.clear();
    if (!dashboard.redisUrl.isEmpty()) {
        auto url = RedisUrl::parse(dashboard.redisUrl);
        if (!url)
            App::endBecauseOfArguments(url.error().message);
        if (url->password.isEmpty())
            url->password = options.redisPassword;
        dashboard.redisUrl = url->toStringWithPasswords();
    }
    options.sessionStore = membership.sessionStore();
    options.broadcaster = membership.broadcaster();
    return options;
}

/// Listens on @p wanted, or on the next free port when that one is taken.
bool listenOnFreePort(Server &server, const App::ListenAddress &wanted)
{
    if (server.listen(wanted.host, wanted.port))
        return true;
    for (quint16 step = 1; step <= portsToTry && wanted.port <= 65535 - step; ++step) {
        if (server.listenError() != Server::ListenError::AddressInUse)
            return false;
        if (server.listen(wanted.host, static_cast<quint16>(wanted.port + step)))
            return true;
    }
    return server.listenError() == Server::ListenError::AddressInUse
        && server.listen(wanted.host, 0);
}

/// Says in the window and on the standard error that it is not the port that was asked for.
void warnAboutOtherPort(Ui::MainWindow &window, const App::ListenAddress &wanted, quint16 port)
{
    const QString sentence
        = translate("Port %1 is taken by another program, so the pages are on port %2.")
              .arg(wanted.port)
              .arg(port);
    App::printError(sentence);
    window.messageBar().showMessage(Ui::MessageBar::Kind::Warning, sentence);
}

} // namespace

int main(int argc, char *argv[])
{
    switchOffSandboxForRoot();

    const QApplication application(argc, argv);
    QApplication::setApplicationName(u"livetemplate-dashboard"_s);
    QApplication::setApplicationDisplayName(translate("LiveTemplate"));
    QApplication::setDesktopFileName(u"org.livetemplate.Dashboard"_s);
    App::setApplicationVersion();

    QCommandLineParser parser;
    parser.setApplicationDescription(
        translate("Serves the LiveTemplate sample pages and shows them in several browsers."));
    App::addCommonOptions(parser);
    const QCommandLineOption profileOption(
        u"profile-dir"_s,
        translate("Keep settings, cookies and storage in DIRECTORY, apart from everything else."),
        translate("DIRECTORY"));
    parser.addOption(profileOption);
    App::addDashboardOptions(parser);
    App::readArguments(parser);
    auto dashboardOptions = App::readDashboardOptions(parser);
    if (!dashboardOptions)
        App::endBecauseOfArguments(dashboardOptions.error());
    const App::ListenAddress address = App::listenAddress(parser);
    const QString templateFolder = App::templateFolder(parser);
    const QString profileDirectory = parser.value(profileOption);

    KDSingleApplication instance(instanceName(profileDirectory));
    if (!instance.isPrimaryInstance()) {
        if (instance.sendMessage(raiseMessage))
            return std::to_underlying(App::ExitCode::Success);
        App::printError(translate("Another one is running, but it does not answer."));
        return std::to_underlying(App::ExitCode::Failure);
    }

    // From here on a signal waits for the window, which it closes.
    TerminationWatcher watcher;

    RedisMembership membership;
    Server server(serverOptions(parser, membership, *dashboardOptions));
    Demos::mountSamplePages(server, templateFolder);
    if (!listenOnFreePort(server, address)) {
        App::printError(server.errorString());
        return std::to_underlying(App::ExitCode::Failure);
    }
    App::announce(server.url().toString());

    Ui::MainWindow window(server,
                          profileDirectory.isEmpty()
                              ? Ui::UserDirectories::standard()
                              : Ui::UserDirectories::inside(profileDirectory),
                          *dashboardOptions, &membership);
    if (address.port != 0 && server.port() != address.port)
        warnAboutOtherPort(window, address, server.port());

    QObject::connect(&instance, &KDSingleApplication::messageReceived, &window,
                     [&window] { window.raiseToUser(); });
    QObject::connect(&watcher, &TerminationWatcher::terminationRequested, &window, [&window] {
        window.close();
        QCoreApplication::quit(); // also when it was not on the screen yet
    });
    window.show();
    watcher.start();
    return QApplication::exec();
}
