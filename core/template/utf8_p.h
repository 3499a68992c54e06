// SPDX-FileCopyrightText: 2026 The LiveTemplate for Qt authors
// SPDX-License-Identifier: MIT

#pragma once

#include <QByteArray>
#include <QStringView>

namespace LiveTemplate {

/// Appends @p text as UTF-8. Half of a surrogate pair becomes U+FFFD.
inline void appendUtf8(QByteArray &utf8, QStringView text)
{
    const qsizetype size = utf8.size();
    utf8.resizeForOverwrite(size + text.size());
    char *out = utf8.data() + size;
    const char16_t *at = text.utf16();
    const char16_t *const end = at + text.size();
    while (at != end && *at < 0x80)
        *out++ = char(*at++);
    if (at == end)
        return;

    const qsizetype written = out - utf8.constData();
    // No code unit takes more than three bytes.
    utf8.resizeForOverwrite(written + (end - at) * 3);
    out = utf8.data() + written;
    const auto put = [&out](uint byte) {
        *out++ = char(uchar(byte));
    };
    while (at != end) {
        char32_t code = *at++;
        if (code < 0x80) {
            put(code);
            continue;
        }
        if (code >= 0xd800 && code <= 0xdfff) {
            if (code <= 0xdbff && at != end && *at >= 0xdc00 && *at <= 0xdfff)
                code = 0x10000 + ((code - 0xd800) << 10) + (*at++ - 0xdc00U);
            else
                code = 0xfffd;
        }
        if (code < 0x800) {
            put(0xc0 | code >> 6);
        } else {
            if (code < 0x10000) {
                put(0xe0 | code >> 12);
            } else {
                put(0xf0 | code >> 18);
                put(0x80 | (code >> 12 & 0x3f));
            }
            put(0x80 | (code >> 6 & 0x3f));
        }
        put(0x80 | (code & 0x3f));
    }
    utf8.truncate(out - utf8.constData());
}

} // namespace LiveTemplate
