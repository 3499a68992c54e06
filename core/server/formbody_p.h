// SPDX-FileCopyrightText: 2026 The LiveTemplate for Qt authors
// SPDX-License-Identifier: MIT

#pragma once

#include "livetemplate_export.h"

#include <QByteArray>
#include <QJsonObject>
#include <QString>

#include <expected>

namespace LiveTemplate {

/// An action that came by POST: PROTOCOL.md A.7.
struct PostedAction
{
    /// Never empty.
    QString action;
    /// From a form all values are text, or lists of text where a name came several times.
    QJsonObject data;
    /// The name of the button that was clicked, where the request says it.
    QString submitter;
    /// Whether the body has files. They are not in the data; parseMultipart() gives them.
    bool hasFiles = false;
};

/// Why a body is no action.
struct PostedActionError
{
    enum Kind {
        /// Answered with 415.
        UnsupportedMediaType,
        /// Answered with 400.
        Malformed,
    };

    Kind kind = Malformed;
    /// A sentence for the client.
    QString message;
};

/// At most this many fields in a form, files included.
inline constexpr qsizetype maxFormFields = 1000;

/// Reads the whole body of a POST request: JSON, or a form in one of its two encodings, in UTF-8.
/// In a form, bytes that are no UTF-8 become U+FFFD, and fields without a name are dropped. The
/// caller bounds the size of @p body.
[[nodiscard]] LIVETEMPLATE_PRIVATE_EXPORT std::expected<PostedAction, PostedActionError>
parsePostedAction(const QByteArray &contentType, const QByteArray &body);

} // namespace LiveTemplate
