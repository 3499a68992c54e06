// SPDX-FileCopyrightText: 2026 The LiveTemplate for Qt authors
// SPDX-License-Identifier: MIT

#pragma once

#include <QByteArray>
#include <QJsonObject>
#include <QList>
#include <QString>

#include <utility>

namespace LiveTest {

/// A single HTTP request, for Browser::fetch().
struct Request
{
    QByteArray method = "GET";
    /// Path and query.
    QString address = QStringLiteral("/");
    QList<std::pair<QByteArray, QByteArray>> headers = {};
    QByteArray body = {};
};

/// What the server answered.
struct Response
{
    int status = 0;
    /// The names in small letters.
    QList<std::pair<QByteArray, QByteArray>> headers = {};
    QByteArray body = {};

    /// The value of a header, by its name in small letters; those of several lines are joined by
    /// line ends. Empty when there is none.
    [[nodiscard]] QByteArray header(QByteArrayView name) const;
    /// The body as JSON; empty when it is something else.
    [[nodiscard]] QJsonObject json() const;
};

} // namespace LiveTest
