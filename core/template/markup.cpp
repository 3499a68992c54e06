// SPDX-FileCopyrightText: 2026 The LiveTemplate for Qt authors
// SPDX-License-Identifier: MIT

#include "markup_p.h"

#include <KTextTemplate/SafeString>

namespace LiveTemplate {

QVariant htmlMarkup(const QString &html)
{
    return QVariant::fromValue(KTextTemplate::SafeString(html, true));
}

QVariant attributesMarkup(const QByteArray &attributes)
{
    return QVariant::fromValue(AttributesMarkup{attributes});
}

} // namespace LiveTemplate
