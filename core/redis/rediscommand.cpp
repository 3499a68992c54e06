// SPDX-FileCopyrightText: 2026 The LiveTemplate for Qt authors
// SPDX-License-Identifier: MIT

#include "rediscommand_p.h"

#include <array>
#include <charconv>

namespace LiveTemplate {

namespace {

void appendLength(QByteArray &output, char type, qsizetype length)
{
    std::array<char, 24> text{};
    text[0] = type;
    char *const end = std::to_chars(text.data() + 1, text.data() + text.size() - 2, length).ptr;
    end[0] = '\r';
    end[1] = '\n';
    output.append(text.data(), end + 2 - text.data());
}

} // namespace

void appendRedisCommand(QByteArray &output, std::span<const QByteArray> arguments)
{
    appendLength(output, '*', qsizetype(arguments.size()));
    for (const QByteArray &argument : arguments) {
        appendLength(output, '$', argument.size());
        output.append(argument);
        output.append("\r\n", 2);
    }
}

QByteArray encodeRedisCommand(std::span<const QByteArray> arguments)
{
    qsizetype size = 16;
    for (const QByteArray &argument : arguments)
        size += argument.size() + 16;
    QByteArray output;
    output.reserve(size);
    appendRedisCommand(output, arguments);
    return output;
}

} // namespace LiveTemplate
