// SPDX-FileCopyrightText: 2026 The LiveTemplate for Qt authors
// SPDX-License-Identifier: MIT

#pragma once

#include "controls_p.h"

#include <QByteArray>

namespace LiveTest {

/// The body of a form as a browser sends it without the client.
struct EncodedForm
{
    QByteArray contentType;
    QByteArray body;
};

/// As application/x-www-form-urlencoded (URL, 5.2).
[[nodiscard]] QByteArray urlEncoded(const QList<FormEntry> &entries);
/// As multipart/form-data (RFC 7578). A file input in which nothing is chosen sends an empty file
/// without a name.
[[nodiscard]] EncodedForm multipartEncoded(const QList<FormEntry> &entries);

} // namespace LiveTest
