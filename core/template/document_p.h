// SPDX-FileCopyrightText: 2026 The LiveTemplate for Qt authors
// SPDX-License-Identifier: MIT

#pragma once

#include <QString>

namespace LiveTemplate {

/// A page's source, cut where the live part begins and ends (PROTOCOL.md A.4).
struct DocumentParts
{
    /// Up to and including the `<body>` tag; empty for a fragment.
    QString before;
    /// What the client keeps up to date.
    QString live;
    /// From the first script of the body on; empty for a fragment.
    QString after;
    /// The lines of the file at which the second and third part start, from 1.
    int liveLine = 1;
    int afterLine = 1;
};

/// Cuts a full document (with a body) around the body's content; anything else is all live.
/// HTML comments are removed, their line breaks kept.
[[nodiscard]] DocumentParts splitDocument(const QString &source);

} // namespace LiveTemplate
