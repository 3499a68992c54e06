// SPDX-FileCopyrightText: 2026 The LiveTemplate for Qt authors
// SPDX-License-Identifier: MIT

#pragma once

#include <QString>

namespace LiveTemplate {

/// What is wrong with a template, and where.
struct TemplateError
{
    /// The template's name as it was asked for.
    QString file;
    /// Starts at 1; 0 when the place is not known.
    int line = 0;
    QString message;

    /// "file:line: message".
    [[nodiscard]] QString toString() const
    {
        return line > 0 ? QStringLiteral("%1:%2: %3").arg(file, QString::number(line), message)
                        : QStringLiteral("%1: %2").arg(file, message);
    }
};

} // namespace LiveTemplate
