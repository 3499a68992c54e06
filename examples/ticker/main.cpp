// SPDX-FileCopyrightText: 2026 The LiveTemplate for Qt authors
// SPDX-License-Identifier: MIT

#include "feed.h"
#include "tickercontroller.h"

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
    arguments.addOptions({
        {u"port"_s, u"Where to listen; 0: any free port."_s, u"number"_s, u"8080"_s},
        {u"period"_s, u"Milliseconds from price to price."_s, u"number"_s, u"500"_s},
    });
    arguments.process(application);

    // Before the server, so that it goes after it.
    Feed feed(std::chrono::milliseconds(std::max(arguments.value(u"period"_s).toInt(), 10)));

    LiveTemplate::Server server(LiveTemplate::ServerOptions::fromEnvironment());
    server.mount<TickerState>(u"/", u":/ticker.html",
                              [&feed] { return std::make_unique<TickerController>(feed); });
    if (!server.listen(QHostAddress::LocalHost, arguments.value(u"port"_s).toUShort()))
        return EXIT_FAILURE; // the log says why
    QTextStream(stdout) << "Open " << server.url().toString() << Qt::endl;
    return QCoreApplication::exec();
}
