// SPDX-FileCopyrightText: 2026 The LiveTemplate for Qt authors
// SPDX-License-Identifier: MIT

#pragma once

#include "livetemplate_export.h"

#include <QByteArray>
#include <QList>

#include <initializer_list>
#include <span>

namespace LiveTemplate {

/// Adds a command to @p output as Redis reads it: an array of strings.
LIVETEMPLATE_PRIVATE_EXPORT void appendRedisCommand(QByteArray &output,
                                                    std::span<const QByteArray> arguments);

[[nodiscard]] LIVETEMPLATE_PRIVATE_EXPORT QByteArray
encodeRedisCommand(std::span<const QByteArray> arguments);

[[nodiscard]] inline QByteArray encodeRedisCommand(std::initializer_list<QByteArray> arguments)
{
    return encodeRedisCommand(std::span(arguments.begin(), arguments.size()));
}

} // namespace LiveTemplate
