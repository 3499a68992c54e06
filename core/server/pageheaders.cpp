// SPDX-FileCopyrightText: 2026 The LiveTemplate for Qt authors
// SPDX-License-Identifier: MIT

#include "pageheaders_p.h"

#include "serveroptions.h"

#include <QRandomGenerator>
#include <QUrl>

#include <array>

namespace LiveTemplate {

namespace {

constexpr QByteArrayView noncePlace = "{nonce}";

/// 128 bits (Content Security Policy Level 3, 7.1).
QByteArray newNonce()
{
    std::array<quint32, 4> words;
    QRandomGenerator::system()->fillRange(words.data(), qsizetype(words.size()));
    return QByteArray(reinterpret_cast<const char *>(words.data()), sizeof words)
        .toBase64(QByteArray::Base64UrlEncoding | QByteArray::OmitTrailingEquals);
}

} // namespace

PagePolicy::PagePolicy(const ServerOptions &options)
    : m_contentSecurityPolicy(options.contentSecurityPolicy.toUtf8())
{
    if (!m_contentSecurityPolicy.contains(noncePlace))
        return;
    m_nonce = newNonce();
    m_contentSecurityPolicy.replace(noncePlace, m_nonce);
}

void PagePolicy::addTo(HttpResponse &response) const
{
    if (!m_contentSecurityPolicy.isEmpty())
        response.headers.emplace_back("Content-Security-Policy", m_contentSecurityPolicy);
    response.headers.emplace_back("X-Frame-Options", "SAMEORIGIN");
    response.headers.emplace_back("Cross-Origin-Opener-Policy", "same-origin");
}

bool prefersJson(const Request &request)
{
    for (const QByteArray &range : request.header("Accept").split(',')) {
        const QByteArray type = range
                                    .first(range.indexOf(';') < 0 ? range.size()
                                                                  : range.indexOf(';'))
                                    .trimmed()
                                    .toLower();
        if (type.isEmpty() || type == "*/*")
            continue;
        return type == "application/json" || type.endsWith("+json");
    }
    return false;
}

QByteArray selfReference(const Request &request)
{
    const QString segment = request.path.sliced(request.path.lastIndexOf(u'/') + 1);
    QByteArray reference = "./" + QUrl::toPercentEncoding(segment);
    if (!request.query.isEmpty())
        reference += '?' + request.query.toString(QUrl::FullyEncoded).toLatin1();
    return reference;
}

} // namespace LiveTemplate
