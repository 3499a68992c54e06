// SPDX-FileCopyrightText: 2026 The LiveTemplate for Qt authors
// SPDX-License-Identifier: MIT

#pragma once

#include <QByteArray>

#include <functional>

namespace LiveTemplate {

/// Makes the bytes that led to a failure fewer and smaller, as long as @p fails of them. Since a
/// generator reads them as choices, what it makes gets smaller, too. Tries at most @p attempts.
[[nodiscard]] inline QByteArray shrink(QByteArray bytes,
                                       const std::function<bool(const QByteArray &)> &fails,
                                       int attempts)
{
    const auto tryInstead = [&](const QByteArray &candidate) {
        if (candidate == bytes || attempts-- <= 0 || !fails(candidate))
            return false;
        bytes = candidate;
        return true;
    };
    for (qsizetype size = bytes.size() / 2; size > 0 && attempts > 0; size /= 2) {
        for (qsizetype start = 0; start < bytes.size();) {
            QByteArray without = bytes;
            without.remove(start, size);
            QByteArray zeroed = bytes;
            zeroed.replace(start, size, QByteArray(qMin(size, bytes.size() - start), '\0'));
            if (!tryInstead(without) && !tryInstead(zeroed))
                start += size;
            else if (bytes == zeroed)
                start += size;
        }
    }
    return bytes;
}

} // namespace LiveTemplate
