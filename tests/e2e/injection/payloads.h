// SPDX-FileCopyrightText: 2026 The LiveTemplate for Qt authors
// SPDX-License-Identifier: MIT

#pragma once

#include <QList>
#include <QString>
#include <QVariant>

namespace LiveTemplate {

/// A value that somebody hostile hands to a template.
struct Payload
{
    QString name;
    QVariant value;
};

/// All payloads. The one at index n calls `top.pwned(n)`, `alert(n)` or, where the page above
/// cannot be reached, `top.postMessage(n, "*")`.
[[nodiscard]] QList<Payload> payloads();

} // namespace LiveTemplate
