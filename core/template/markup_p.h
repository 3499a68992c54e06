// SPDX-FileCopyrightText: 2026 The LiveTemplate for Qt authors
// SPDX-License-Identifier: MIT

#pragma once

#include "livetemplate_export.h"

#include <QByteArray>
#include <QMetaType>
#include <QVariant>

namespace LiveTemplate {

/// Whole attributes, like `aria-invalid="true"`, that may stand in a tag as they are: a plain value
/// there is filtered, because it could be a handler.
struct AttributesMarkup
{
    /// Well-formed, quoted, escaped.
    QByteArray attributes;

    friend bool operator==(const AttributesMarkup &, const AttributesMarkup &) = default;
};

/// HTML that may stand in text as it is. Made by us from escaped parts, never from a value.
[[nodiscard]] LIVETEMPLATE_PRIVATE_EXPORT QVariant htmlMarkup(const QString &html);

/// Attributes that may stand in a tag as they are.
[[nodiscard]] LIVETEMPLATE_PRIVATE_EXPORT QVariant attributesMarkup(const QByteArray &attributes);

} // namespace LiveTemplate

Q_DECLARE_METATYPE(LiveTemplate::AttributesMarkup)
