// SPDX-FileCopyrightText: 2026 The LiveTemplate for Qt authors
// SPDX-License-Identifier: MIT

#include "remotecontrol.h"
#include "thermostat.h"
#include "thermostatwindow.h"

#include <LiveTemplate/Termination>

#include <QApplication>
#include <QCommandLineParser>
#include <QTextStream>

using namespace Qt::StringLiterals;

int main(int argc, char *argv[])
{
    const QApplication application(argc, argv);
    LiveTemplate::quitOnTermination();
    QCommandLineParser arguments;
    arguments.addHelpOption();
    arguments.addOption(
        {u"port"_s, u"Where to listen; 0: any free port."_s, u"number"_s, u"8080"_s});
    arguments.process(application);

    // The application as it was.
    Thermostat thermostat;
    ThermostatWindow window(thermostat);

    // What was added to it.
    auto options = LiveTemplate::ServerOptions::fromEnvironment();
    options.authenticator = std::make_shared<OneForAll>();
    LiveTemplate::Server server(options);
    const RemoteControl remoteControl(thermostat, server);
    if (!server.listen(QHostAddress::LocalHost, arguments.value(u"port"_s).toUShort()))
        return EXIT_FAILURE; // the log says why
    window.setAddress(server.url().toString());
    QTextStream(stdout) << "Open " << server.url().toString() << Qt::endl;

    window.show();
    return QApplication::exec();
}
