// SPDX-FileCopyrightText: 2026 The LiveTemplate for Qt authors
// SPDX-License-Identifier: MIT

#pragma once

#include <QString>

namespace LiveTemplate {

/// What is wrong with a template, and where.
struct TemplateError
{
    /// The file's name, as an include of it would write it; its path when it cannot be read.
    QString file;
    /// From 1; 0 when the error has no place within the file.
    int line = 0;
    /// From 1, in UTF-16 code units; 0 when only the line is known.
    int column = 0;
    QString message;

    /// "file:line:column: message".
    [[nodiscard]] QString toString() const
    {
        QString place = file;
        if (line > 0)
            place += u':' + QString::number(line);
        if (line > 0 && column > 0)
            place += u':' + QString::number(column);
        return place + QStringLiteral(": ") + message;
    }

    friend bool operator==(const TemplateError &, const TemplateError &) = default;
};

} // namespace LiveTemplate
