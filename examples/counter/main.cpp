// SPDX-FileCopyrightText: 2026 The LiveTemplate for Qt authors
// SPDX-License-Identifier: MIT

#include <LiveTemplate/Server>
#include <LiveTemplate/Termination>
#include <QCommandLineParser>
#include <QCoreApplication>
#include <QTextStream>

using namespace Qt::StringLiterals;

struct CounterState
{
    Q_GADGET
    Q_PROPERTY(int count MEMBER count)

public:
    int count = 0;
    bool operator==(const CounterState &) const = default;
};

class CounterController : public QObject
{
    Q_OBJECT

public:
    Q_INVOKABLE CounterState increment(CounterState state, LiveTemplate::Context &context)
    {
        ++state.count;
        context.broadcastAction(u"increment"_s); // the other tabs of this browser follow
        return state;
    }
    Q_INVOKABLE CounterState reset(const CounterState &, LiveTemplate::Context &context)
    {
        context.broadcastAction(u"reset"_s);
        return {};
    }
};

int main(int argc, char *argv[])
{
    const QCoreApplication application(argc, argv);
    LiveTemplate::quitOnTermination();
    QCommandLineParser arguments;
    arguments.addHelpOption();
    arguments.addOption(
        {u"port"_s, u"Where to listen; 0: any free port."_s, u"number"_s, u"8080"_s});
    arguments.process(application);

    LiveTemplate::Server server(LiveTemplate::ServerOptions::fromEnvironment());
    server.mount<CounterState>(u"/", u":/counter.html",
                               [] { return std::make_unique<CounterController>(); });
    if (!server.listen(QHostAddress::LocalHost, arguments.value(u"port"_s).toUShort()))
        return EXIT_FAILURE; // the log says why
    QTextStream(stdout) << "Open " << server.url().toString() << Qt::endl;
    return QCoreApplication::exec();
}

#include "main.moc"
