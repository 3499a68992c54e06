// SPDX-FileCopyrightText: 2026 The LiveTemplate for Qt authors
// SPDX-License-Identifier: MIT

#include "flashcookie_p.h"

#include "serverlogging_p.h"

#include <QUrl>

using namespace std::chrono_literals;

namespace LiveTemplate {

namespace {

constexpr std::chrono::seconds lifetime = 10s;
/// Of the encoded messages.
constexpr qsizetype maxLength = 3000;

QString decoded(QByteArray text)
{
    return QString::fromUtf8(QByteArray::fromPercentEncoding(text.replace('+', ' ')));
}

} // namespace

Cookie flashCookie(const FlashMessages &flash)
{
    QByteArray value;
    for (const QString &key : flash.keys()) {
        const QByteArray pair = QUrl::toPercentEncoding(key) + '='
            + QUrl::toPercentEncoding(flash.message(key));
        if (value.size() + pair.size() > maxLength) {
            qCWarning(lcServer) << "flash message" << key.left(64)
                                << "was dropped: it does not fit in a cookie";
            continue;
        }
        if (!value.isEmpty())
            value += '&';
        value += pair;
    }
    return {.name = flashCookieName.toByteArray(), .value = value, .maxAge = lifetime};
}

Cookie spentFlashCookie()
{
    return {.name = flashCookieName.toByteArray(), .value = {}, .maxAge = 0s};
}

FlashMessages parseFlashCookie(const QByteArray &value)
{
    FlashMessages flash;
    if (value.size() > 2 * maxLength)
        return flash;
    for (const QByteArray &pair : value.split('&')) {
        const qsizetype equals = pair.indexOf('=');
        if (equals < 0)
            continue;
        const QString key = decoded(pair.first(equals));
        if (FlashMessages::isKey(key))
            flash.set(key, decoded(pair.sliced(equals + 1)));
    }
    return flash;
}

} // namespace LiveTemplate
