// SPDX-FileCopyrightText: 2026 The LiveTemplate for Qt authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QByteArray>
#include <QList>
#include <QString>

namespace LiveTemplate::Ui {

/// What the bytes of somebody's message look like.
enum class PayloadKind {
    Empty,
    /// An object or an array.
    Json,
    Text,
    Binary,
};

[[nodiscard]] PayloadKind payloadKind(const QByteArray &payload);

/// The beginning in one line: text as it is, everything else as hexadecimal digits.
[[nodiscard]] QString payloadPreview(const QByteArray &payload, qsizetype mostCharacters = 200);

/// All of it: JSON indented, text as it is, everything else as hexDump().
[[nodiscard]] QString payloadText(const QByteArray &payload);

/// Sixteen bytes a line: offset, hexadecimal, and as text.
[[nodiscard]] QString hexDump(const QByteArray &bytes);

/// A line of the difference between two texts.
struct DifferenceLine
{
    enum class Kind {
        Same,
        Added,
        Removed,
    };
    Kind kind = Kind::Same;
    QString text;

    friend bool operator==(const DifferenceLine &, const DifferenceLine &) = default;
};

/// What turns @p before into @p after, line by line. Of texts with more than a thousand lines what
/// differs in the middle is taken for removed and added as a whole.
[[nodiscard]] QList<DifferenceLine> textDifference(const QString &before, const QString &after);

} // namespace LiveTemplate::Ui
