// SPDX-FileCopyrightText: 2026 The LiveTemplate for Qt authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "target.h"

#include <QCoreApplication>
#include <QUrl>

#include <bit>
#include <cstring>
#include <memory>

#include <arpa/inet.h>
#include <netdb.h>
#include <netinet/in.h>

using namespace Qt::StringLiterals;

namespace LiveTemplate::Load {

namespace {

/// Linux has 28,232 ports for outgoing connections by default, and those that were closed within
/// the last minute are not free yet.
constexpr int connectionsPerSource = 10'000;

QString tr(const char *text)
{
    return QCoreApplication::translate("LiveTemplate::Load::Target", text);
}

template<typename Address>
Address as(const SocketAddress &address)
{
    Address specific;
    std::memcpy(&specific, &address.storage, sizeof specific);
    return specific;
}

template<typename Address>
SocketAddress toSocketAddress(const Address &specific)
{
    SocketAddress address;
    std::memcpy(&address.storage, &specific, sizeof specific);
    address.length = sizeof specific;
    return address;
}

std::optional<SocketAddress> lookUp(const QString &host, quint16 port, int family)
{
    addrinfo hints{};
    hints.ai_family = family;
    hints.ai_socktype = SOCK_STREAM;
    addrinfo *first = nullptr;
    const QByteArray service = QByteArray::number(port);
    if (getaddrinfo(host.toUtf8().constData(), service.constData(), &hints, &first) != 0)
        return std::nullopt;
    const std::unique_ptr<addrinfo, decltype(&freeaddrinfo)> found(first, &freeaddrinfo);
    SocketAddress address;
    std::memcpy(&address.storage, found->ai_addr, found->ai_addrlen);
    address.length = found->ai_addrlen;
    return address;
}

} // namespace

std::expected<Target, QString> Target::parse(const QString &text)
{
    const QUrl url(text, QUrl::StrictMode);
    if (url.scheme() == "https"_L1) {
        return std::unexpected(tr("\"%1\": TLS is not spoken here. Give the http:// address of the "
                                  "server itself, behind the proxy.")
                                   .arg(text));
    }
    if (!url.isValid() || url.scheme() != "http"_L1 || url.host().isEmpty()) {
        return std::unexpected(
            tr("\"%1\" is not the address of a page, for example http://127.0.0.1:8080/counter.")
                .arg(text));
    }
    Target target;
    target.port = quint16(url.port(80));
    target.authority = url.host(QUrl::FullyEncoded).toLatin1();
    if (target.authority.contains(':'))
        target.authority = '[' + target.authority + ']';
    if (url.port() >= 0)
        target.authority += ':' + QByteArray::number(url.port());
    target.path = url.path(QUrl::FullyEncoded).toLatin1();
    if (target.path.isEmpty())
        target.path = "/";
    if (url.hasQuery())
        target.path += '?' + url.query(QUrl::FullyEncoded).toLatin1();

    auto address = lookUp(url.host(), target.port, AF_INET);
    if (!address)
        address = lookUp(url.host(), target.port, AF_INET6);
    if (!address)
        return std::unexpected(tr("\"%1\": no machine of this name was found.").arg(url.host()));
    target.address = *address;
    return target;
}

bool Target::isLoopback() const
{
    if (address.storage.ss_family == AF_INET6) {
        const in6_addr host = as<sockaddr_in6>(address).sin6_addr;
        return IN6_IS_ADDR_LOOPBACK(&host);
    }
    return ntohl(as<sockaddr_in>(address).sin_addr.s_addr) >> 24 == IN_LOOPBACKNET;
}

std::optional<SocketAddress> Target::source(int index) const
{
    const auto number = std::uint32_t(index / connectionsPerSource);
    if (number == 0 || address.storage.ss_family != AF_INET || !isLoopback())
        return std::nullopt;
    // Linux answers to all of 127.0.0.0/8.
    sockaddr_in source{};
    source.sin_family = AF_INET;
    source.sin_addr.s_addr = htonl(INADDR_LOOPBACK + number);
    return toSocketAddress(source);
}

} // namespace LiveTemplate::Load
