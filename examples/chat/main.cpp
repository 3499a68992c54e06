// SPDX-FileCopyrightText: 2026 The LiveTemplate for Qt authors
// SPDX-License-Identifier: MIT

#include "chatcontroller.h"
#include "guests.h"
#include "messages.h"
#include "presence.h"
#include "roomauthenticator.h"

#include <LiveTemplate/Server>
#include <LiveTemplate/Termination>

#include <QCommandLineParser>
#include <QCoreApplication>
#include <QTextStream>

using namespace Qt::StringLiterals;

int main(int argc, char *argv[])
{
    const QCoreApplication application(argc, argv);
    LiveTemplate::quitOnTermination();
    QCommandLineParser arguments;
    arguments.addHelpOption();
    arguments.addOption(
        {u"port"_s, u"Where to listen; 0: any free port."_s, u"number"_s, u"8080"_s});
    arguments.process(application);

    Guests guests;
    Messages messages;

    auto options = LiveTemplate::ServerOptions::fromEnvironment();
    options.authenticator = std::make_shared<RoomAuthenticator>(guests);
    LiveTemplate::Server server(options);
    Presence presence(server, guests);
    const auto cookies = options.cookieSecure ? ChatController::Cookies::Secure
                                              : ChatController::Cookies::Plain;
    server.mount<ChatState>(u"/", u":/chat.html", [&] {
        auto controller = std::make_unique<ChatController>(guests, messages, cookies);
        // From the server's threads to this one.
        QObject::connect(controller.get(), &ChatController::tabsChanged, &presence,
                         &Presence::lookSoon);
        return controller;
    });
    if (!server.listen(QHostAddress::LocalHost, arguments.value(u"port"_s).toUShort()))
        return EXIT_FAILURE; // the log says why
    QTextStream(stdout) << "Open " << server.url().toString() << Qt::endl;
    return QCoreApplication::exec();
}
