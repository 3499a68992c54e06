// SPDX-FileCopyrightText: 2026 The LiveTemplate for Qt authors
// SPDX-License-Identifier: MIT

#include "httpexchange.h"

#include <algorithm>

namespace LiveTemplate {

namespace {

/// Browsers take 4096 bytes for the whole cookie.
constexpr qsizetype maxValueLength = 3800;

/// A token: RFC 9110, 5.6.2.
bool isToken(QByteArrayView text)
{
    return !text.isEmpty() && std::ranges::all_of(text, [](char character) {
        return character > 0x20 && character < 0x7f
            && !QByteArrayView("()<>@,;:\\\"/[]?={}").contains(character);
    });
}

bool isCookieOctet(char character)
{
    return character > 0x20 && character < 0x7f && !QByteArrayView("\",;\\").contains(character);
}

} // namespace

bool isCookieValue(QByteArrayView value)
{
    return !value.isEmpty() && value.size() <= maxValueLength
        && std::ranges::all_of(value, isCookieOctet);
}

bool Cookie::isValid() const
{
    return isToken(name) && value.size() <= maxValueLength && path.startsWith('/')
        && std::ranges::all_of(path, isCookieOctet);
}

QByteArray Cookie::toHeader() const
{
    QByteArray header = name + '=';
    header += value.isEmpty() || isCookieValue(value) ? value : value.toPercentEncoding();
    header += "; Path=" + path;
    if (maxAge)
        header += "; Max-Age=" + QByteArray::number(qint64(maxAge->count()));
    if (httpOnly)
        header += "; HttpOnly";
    if (secure)
        header += "; Secure";
    switch (sameSite) {
    case SameSite::Lax:
        return header + "; SameSite=Lax";
    case SameSite::Strict:
        return header + "; SameSite=Strict";
    case SameSite::None:
        return header + "; SameSite=None";
    }
    return header;
}

} // namespace LiveTemplate
