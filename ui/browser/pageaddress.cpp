// SPDX-FileCopyrightText: 2026 The LiveTemplate for Qt authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "pageaddress.h"

using namespace Qt::StringLiterals;

namespace LiveTemplate::Ui {

namespace {

bool looksLikeHost(QStringView text)
{
    const QStringView authority = text.left(text.indexOf(u'/'));
    return authority.contains(u'.') || authority.contains(u':')
        || authority.compare("localhost"_L1, Qt::CaseInsensitive) == 0;
}

bool isSafeScheme(const QString &scheme)
{
    // Not "javascript:", which would run what somebody was talked into pasting.
    return scheme == "http"_L1 || scheme == "https"_L1 || scheme == "about"_L1;
}

} // namespace

QUrl pageFromInput(const QString &text, const QUrl &server)
{
    const QString input = text.trimmed();
    if (input.isEmpty())
        return {};

    if (input.contains("://"_L1) || input.startsWith("about:"_L1)) {
        const QUrl url(input, QUrl::TolerantMode);
        return isSafeScheme(url.scheme()) ? url : QUrl();
    }
    if (input.startsWith(u'/') || input.startsWith(u'?'))
        return server.resolved(QUrl(input, QUrl::TolerantMode));
    if (looksLikeHost(input)) {
        const QUrl url(u"http://"_s + input, QUrl::TolerantMode);
        return url.host().isEmpty() ? QUrl() : url;
    }
    return server.resolved(QUrl(u'/' + input, QUrl::TolerantMode));
}

QString pageToSave(const QUrl &page, const QUrl &server)
{
    const bool isOurs = page.scheme() == server.scheme() && page.host() == server.host()
        && page.port() == server.port();
    if (!isOurs)
        return page.toString(QUrl::FullyEncoded);
    return page.toString(QUrl::FullyEncoded | QUrl::RemoveScheme | QUrl::RemoveAuthority);
}

QUrl savedPage(const QString &text, const QUrl &server)
{
    const QUrl url(text, QUrl::StrictMode);
    return url.isRelative() ? server.resolved(url) : url;
}

} // namespace LiveTemplate::Ui
