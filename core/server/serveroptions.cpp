// SPDX-FileCopyrightText: 2026 The LiveTemplate for Qt authors
// SPDX-License-Identifier: MIT

#include "serveroptions.h"

#include "serverlogging_p.h"

#include <QByteArray>
#include <QtEnvironmentVariables>

namespace LiveTemplate {

namespace {

void readSeconds(const char *variable, std::chrono::milliseconds &target)
{
    if (!qEnvironmentVariableIsSet(variable))
        return;
    bool ok = false;
    const int seconds = qEnvironmentVariableIntValue(variable, &ok);
    if (ok && seconds > 0)
        target = std::chrono::seconds(seconds);
    else
        qCWarning(lcServer) << variable << "is not a number of seconds above 0 and was ignored";
}

void readSwitch(const char *variable, bool &target)
{
    if (!qEnvironmentVariableIsSet(variable))
        return;
    const QByteArray value = qgetenv(variable).trimmed().toLower();
    if (value == "1" || value == "true")
        target = true;
    else if (value == "0" || value == "false" || value.isEmpty())
        target = false;
    else
        qCWarning(lcServer) << variable << "is neither 1 (true) nor 0 (false) and was ignored";
}

} // namespace

ServerOptions ServerOptions::fromEnvironment()
{
    ServerOptions options;
    readSwitch("LVT_DEV_MODE", options.developmentMode);
    readSeconds("LVT_SESSION_TTL", options.sessionTtl);
    readSeconds("LVT_SHUTDOWN_TIMEOUT", options.shutdownTimeout);
    return options;
}

} // namespace LiveTemplate
