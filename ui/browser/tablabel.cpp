// SPDX-FileCopyrightText: 2026 The LiveTemplate for Qt authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "tablabel.h"

#include <QHostAddress>
#include <QNetworkInterface>
#include <QUrl>
#include <QUuid>
#include <QWebEngineUrlRequestInfo>

using namespace Qt::StringLiterals;

namespace LiveTemplate::Ui {

TabLabel::TabLabel(QObject *parent)
    : QWebEngineUrlRequestInterceptor(parent)
    , m_label(QUuid::createUuid().toByteArray(QUuid::WithoutBraces))
{
}

void TabLabel::interceptRequest(QWebEngineUrlRequestInfo &info)
{
    if (info.resourceType() == QWebEngineUrlRequestInfo::ResourceTypeWebSocket
        && isThisMachine(info.requestUrl().host()))
        info.setHttpHeader("X-LiveTemplate-Tab", m_label);
}

bool TabLabel::isThisMachine(const QString &host)
{
    if (host == "localhost"_L1 || host.endsWith(".localhost"_L1))
        return true; // RFC 6761, 6.3
    const QHostAddress address(host);
    // A server may listen on the network, too.
    return !address.isNull()
        && (address.isLoopback() || QNetworkInterface::allAddresses().contains(address));
}

} // namespace LiveTemplate::Ui
