// SPDX-FileCopyrightText: 2026 The LiveTemplate for Qt authors
// SPDX-License-Identifier: MIT

#include "origin_p.h"

namespace LiveTemplate {

bool isAllowedOrigin(const Request &request)
{
    const QByteArray origin = request.header("Origin");
    if (origin.isEmpty())
        return true;
    const QByteArray host = request.header("Host");
    return !host.isEmpty()
        && origin.compare(QByteArray("http://" + host), Qt::CaseInsensitive) == 0;
}

} // namespace LiveTemplate
