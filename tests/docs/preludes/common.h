// SPDX-FileCopyrightText: 2026 The LiveTemplate for Qt authors
// SPDX-License-Identifier: MIT

// What the samples of all documents take for granted: see cppsamples.py.

#pragma once

#include <LiveTemplate/Authenticator>
#include <LiveTemplate/BasicAuthenticator>
#include <LiveTemplate/Broadcaster>
#include <LiveTemplate/Clock>
#include <LiveTemplate/Context>
#include <LiveTemplate/DatabaseHealth>
#include <LiveTemplate/ExchangeableBroadcaster>
#include <LiveTemplate/ExchangeableSessionStore>
#include <LiveTemplate/Health>
#include <LiveTemplate/InProcessBroadcaster>
#include <LiveTemplate/LiveTest>
#include <LiveTemplate/OptionTable>
#include <LiveTemplate/RedisBroadcaster>
#include <LiveTemplate/RedisClient>
#include <LiveTemplate/RedisMembership>
#include <LiveTemplate/RedisSessionStore>
#include <LiveTemplate/RedisUrl>
#include <LiveTemplate/Result>
#include <LiveTemplate/Server>
#include <LiveTemplate/ServerOptions>
#include <LiveTemplate/ServerStatistics>
#include <LiveTemplate/Session>
#include <LiveTemplate/SessionStore>
#include <LiveTemplate/Template>
#include <LiveTemplate/Termination>
#include <LiveTemplate/Validation>

#include <QCoreApplication>
#include <QDebug>
#include <QObject>
#include <QTest>
#include <QThreadPool>
#include <QTimer>

#include <chrono>
#include <memory>
#include <thread>

using namespace LiveTemplate;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

extern int argc;
extern char **argv;
extern QCoreApplication &app;
extern Server &server;
extern ServerOptions &options;
extern Context &context;

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
};
