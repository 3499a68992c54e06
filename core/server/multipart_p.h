// SPDX-FileCopyrightText: 2026 The LiveTemplate for Qt authors
// SPDX-License-Identifier: MIT

#pragma once

#include "livetemplate_export.h"

#include <QByteArray>
#include <QByteArrayView>
#include <QList>
#include <QString>

#include <expected>
#include <optional>

namespace LiveTemplate {

/// One part of a multipart/form-data body: a field of a form, or a file.
struct MultipartPart
{
    QString name;
    /// What the client calls the file, maybe nothing and maybe with a path: not a name to open.
    /// Only a file has one.
    std::optional<QString> fileName;
    /// As it was sent; empty when it was not.
    QByteArray contentType;
    /// Points into the body.
    QByteArrayView content;
};

/// At most this many parts, files included.
inline constexpr qsizetype maxMultipartParts = 1000;

/// At most this many bytes of headers for each part.
inline constexpr qsizetype maxMultipartHeadSize = 8 * 1024;

/// Reads a whole body (RFC 7578, on top of RFC 2046, 5.1) whose parts are separated by @p boundary.
/// Lines end in CRLF; what stands before the first boundary and behind the last is dropped. Names
/// are UTF-8, with %22, %0D and %0A for what browsers escape. The error is a sentence for the
/// client.
[[nodiscard]] LIVETEMPLATE_PRIVATE_EXPORT std::expected<QList<MultipartPart>, QString>
parseMultipart(QByteArrayView body, const QByteArray &boundary);

} // namespace LiveTemplate
