// SPDX-FileCopyrightText: 2026 The LiveTemplate for Qt authors
// SPDX-License-Identifier: MIT

#include "redisproblem_p.h"

#include "redisconnection_p.h"

#include <QStringList>

using namespace Qt::StringLiterals;

namespace LiveTemplate {

namespace {

using Kind = RedisProblem::Kind;
using Finding = PortProbe::Finding;

QString addresses(const RedisUrl &url)
{
    QStringList names;
    for (const RedisUrl::Endpoint &endpoint : url.endpoints)
        names += RedisConnection::name(endpoint);
    return names.join(", "_L1);
}

RedisProblem tlsToPlain(const RedisUrl &url)
{
    return {Kind::TlsToPlainPort,
            u"%1 speaks Redis without TLS, and TLS was asked for."_s.arg(addresses(url)),
            u"Switch TLS off, or give the port for TLS."_s};
}

RedisProblem plainToTls(const RedisUrl &url)
{
    return {Kind::PlainToTlsPort,
            u"%1 speaks TLS only, and TLS was not asked for."_s.arg(addresses(url)),
            u"Switch TLS on."_s};
}

RedisProblem notRedis(const RedisUrl &url)
{
    return {Kind::NotRedis, u"Something answers at %1, but it is no Redis."_s.arg(addresses(url)),
            u"Check the port; Redis' own is 6379."_s};
}

RedisProblem silent(const RedisUrl &url, bool wasConnected)
{
    return {Kind::Silent,
            wasConnected
                ? u"Redis at %1 has stopped to answer: it hangs, or the network is cut."_s.arg(
                      addresses(url))
                : u"%1 takes connections but does not answer: it hangs, or it is no Redis."_s.arg(
                      addresses(url)),
            u"Look at that server; it may be stopped, or busy with one long command."_s};
}

RedisProblem unreachable(const RedisError &error, const RedisUrl &url, bool wasConnected)
{
    if (wasConnected) {
        return {Kind::Lost, u"Redis is gone. %1"_s.arg(error.message),
                u"Nothing needs to be done here when it comes back."_s};
    }
    return {Kind::Unreachable, u"Redis cannot be reached. %1"_s.arg(error.message),
            u"Check that it runs, and that host and port are right (%1)."_s.arg(addresses(url))};
}

RedisProblem ofAuthentication(const RedisError &error)
{
    if (error.code == "NOAUTH" || error.message.contains("wants a password"_L1)) {
        return {Kind::PasswordWanted, u"This Redis wants a password, and none was given."_s,
                u"Enter the password, and the user if it has one."_s};
    }
    return {Kind::WrongPassword, u"The user or the password is wrong."_s,
            u"Enter them again; without a user the default one is meant."_s};
}

RedisProblem ofServer(const RedisError &error)
{
    if (error.code == "NOPERM") {
        return {Kind::NotAllowed, u"This user may not do that. %1"_s.arg(error.message),
                u"Ask whoever keeps the ACL of this Redis for the right."_s};
    }
    return {Kind::Other, error.message, {}};
}

} // namespace

bool RedisProblem::needsSomebody() const
{
    switch (kind) {
    case Kind::BadUrl:
    case Kind::TlsToPlainPort:
    case Kind::PlainToTlsPort:
    case Kind::Certificate:
    case Kind::PasswordWanted:
    case Kind::WrongPassword:
    case Kind::NotRedis:
    case Kind::NotAllowed:
        return true;
    case Kind::None:
    case Kind::Unreachable:
    case Kind::Silent:
    case Kind::Lost:
    case Kind::Other:
        break;
    }
    return false;
}

bool isAmbiguous(const RedisError &error)
{
    switch (error.kind) {
    case RedisError::Kind::Tls:
    case RedisError::Kind::Disconnected:
    case RedisError::Kind::Protocol:
    case RedisError::Kind::TimedOut:
        return true;
    default:
        return false;
    }
}

RedisProblem explain(const RedisError &error, const RedisUrl &url, Finding finding,
                     bool wasConnected)
{
    if (error.kind == RedisError::Kind::Authentication)
        return ofAuthentication(error);
    if (error.kind == RedisError::Kind::BadUrl)
        return {Kind::BadUrl, error.message, u"Correct the address."_s};
    if (error.kind == RedisError::Kind::Server)
        return ofServer(error);
    if (!wasConnected && isAmbiguous(error)) {
        if (url.tls && finding == Finding::PlainRedis)
            return tlsToPlain(url);
        if (!url.tls && finding == Finding::Tls)
            return plainToTls(url);
        if (finding == Finding::SomethingElse)
            return notRedis(url);
        if (finding == Finding::Silent)
            return silent(url, wasConnected);
    }
    switch (error.kind) {
    case RedisError::Kind::Tls:
        return {Kind::Certificate, error.message,
                u"Check the file with the authority's certificate, and whether this Redis wants "
                "one of ours."_s};
    case RedisError::Kind::Protocol:
        return wasConnected ? RedisProblem{Kind::Other, error.message, {}} : notRedis(url);
    case RedisError::Kind::TimedOut:
        return silent(url, wasConnected);
    default:
        return unreachable(error, url, wasConnected);
    }
}

} // namespace LiveTemplate
