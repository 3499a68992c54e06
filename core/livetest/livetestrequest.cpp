// SPDX-FileCopyrightText: 2026 The LiveTemplate for Qt authors
// SPDX-License-Identifier: MIT

#include "livetestrequest.h"

#include <QJsonDocument>

namespace LiveTest {

QByteArray Response::header(QByteArrayView name) const
{
    QByteArrayList values;
    for (const auto &[key, value] : headers) {
        if (key == name)
            values.append(value);
    }
    return values.join('\n');
}

QJsonObject Response::json() const
{
    return QJsonDocument::fromJson(body).object();
}

} // namespace LiveTest
