// SPDX-FileCopyrightText: 2026 The LiveTemplate for Qt authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "listenaddress.h"

#include <QCoreApplication>

#include <algorithm>
#include <optional>

using namespace Qt::StringLiterals;

namespace LiveTemplate::App {

namespace {

QString tr(const char *text)
{
    return QCoreApplication::translate("LiveTemplate::App::ListenAddress", text);
}

std::optional<quint16> parsePort(QStringView text)
{
    // QStringView::toUShort() also takes "+80", " 80" and "0x50".
    const bool onlyDigits = !text.isEmpty() && std::ranges::all_of(text, [](QChar character) {
        return character >= u'0' && character <= u'9';
    });
    bool inRange = false;
    const quint16 port = text.toUShort(&inRange);
    return onlyDigits && inRange ? std::optional(port) : std::nullopt;
}

std::optional<QHostAddress> parseHost(const QString &text)
{
    if (text.compare("localhost"_L1, Qt::CaseInsensitive) == 0)
        return QHostAddress(QHostAddress::LocalHost);

    if (text.startsWith(u'[') && text.endsWith(u']')) {
        const QHostAddress address(text.sliced(1, text.size() - 2));
        return address.protocol() == QAbstractSocket::IPv6Protocol ? std::optional(address)
                                                                   : std::nullopt;
    }

    // QHostAddress also reads "127.1" and "2130706433"; here that is a slip of the pen.
    const QHostAddress address(text);
    const bool isDottedQuad = address.protocol() == QAbstractSocket::IPv4Protocol
        && text.count(u'.') == 3;
    return isDottedQuad ? std::optional(address) : std::nullopt;
}

} // namespace

std::expected<ListenAddress, QString> ListenAddress::parse(const QString &text)
{
    // An IPv6 address has colons of its own: the port follows the closing bracket.
    const qsizetype colon = text.lastIndexOf(u':');
    if (colon >= 0 && !text.startsWith(u'[') && text.count(u':') > 1) {
        return std::unexpected(
            tr("\"%1\": write an IPv6 address in brackets, for example [::1]:8080.").arg(text));
    }

    const QString portText = colon < 0 ? text : text.sliced(colon + 1);
    const std::optional<quint16> port = parsePort(portText);
    if (!port) {
        return std::unexpected(
            tr("\"%1\": \"%2\" is not a port; a port is a number from 0 (any free port) to 65535.")
                .arg(text, portText));
    }
    if (colon < 0)
        return ListenAddress{.port = *port};

    const QString hostText = text.first(colon);
    const std::optional<QHostAddress> host = parseHost(hostText);
    if (!host) {
        return std::unexpected(
            tr("\"%1\": \"%2\" is not an address; write an IP address or localhost, "
               "for example 127.0.0.1:8080, or 0.0.0.0:8080 for all networks.")
                .arg(text, hostText));
    }
    return ListenAddress{.host = *host, .port = *port};
}

QString ListenAddress::toString() const
{
    const bool isIPv6 = host.protocol() == QAbstractSocket::IPv6Protocol;
    return (isIPv6 ? u"[%1]:%2"_s : u"%1:%2"_s).arg(host.toString()).arg(port);
}

} // namespace LiveTemplate::App
