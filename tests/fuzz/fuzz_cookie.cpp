// SPDX-FileCopyrightText: 2026 The LiveTemplate for Qt authors
// SPDX-License-Identifier: MIT

// Any cookies: the first line of the input is the name, the others are Cookie headers.

#include "fuzzing.h"
#include "request.h"

using namespace LiveTemplate;

namespace {

/// What is found stands in a header, next to its name.
void checkFound(const QByteArray &name, const QByteArray &value, const QByteArrayList &headers)
{
    if (value.contains(';'))
        qFatal("the value goes on into the next cookie");
    const auto isThere = [&](const QByteArray &header) {
        return header.contains(name + '=' + value);
    };
    if (std::ranges::none_of(headers, isThere))
        qFatal("the value is in no header");
}

/// A cookie that is well formed is found behind those of other names.
void checkWritten(const QByteArray &name, const QByteArray &value)
{
    if (name.isEmpty() || name != name.trimmed() || name.contains('=') || name.contains(';'))
        return;
    Request request;
    request.headers = {{"Cookie", name + "x=1; y" + name + "=2; " + name + '=' + value + " ; z=3"}};
    if (request.cookie(name) != value)
        qFatal("the cookie is not found");
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size)
{
    QByteArrayList lines = toByteArray(data, size).split('\n');
    const QByteArray name = lines.takeFirst();
    Request request;
    for (const QByteArray &line : lines)
        request.headers.emplace_back("cookie", line);
    const auto value = request.cookie(name);
    if (value) {
        checkFound(name, *value, lines);
        checkWritten(name, *value);
    }
    return 0;
}
