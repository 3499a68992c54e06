// SPDX-FileCopyrightText: 2026 The LiveTemplate for Qt authors
// SPDX-License-Identifier: MIT

#include "todocontroller.h"
#include "todostore.h"

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
        {u"database"_s, u"The file that keeps the to-dos."_s, u"file"_s, u"todos.sqlite"_s},
    });
    arguments.process(application);

    // Makes the table, and says at once when the file cannot be used.
    const QString file = arguments.value(u"database"_s);
    if (const auto store = TodoStore::open(file); !store) {
        qCritical().noquote() << store.error();
        return EXIT_FAILURE;
    }

    LiveTemplate::Server server(LiveTemplate::ServerOptions::fromEnvironment());
    // A factory: a controller, and with it a connection to the database, for each thread.
    server.mount<TodoState>(u"/", u":/todos.html",
                            [file] { return std::make_unique<TodoController>(file); });
    if (!server.listen(QHostAddress::LocalHost, arguments.value(u"port"_s).toUShort()))
        return EXIT_FAILURE; // the log says why
    QTextStream(stdout) << "Open " << server.url().toString() << Qt::endl;
    return QCoreApplication::exec();
}
