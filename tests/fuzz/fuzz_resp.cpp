// SPDX-FileCopyrightText: 2026 The LiveTemplate for Qt authors
// SPDX-License-Identifier: MIT

// Any bytes as what a Redis answers; the first one says in how large pieces they come. Values do
// not depend on that, and are within the limits.

#include "fuzzing.h"
#include "respreader_p.h"

#include <algorithm>

using namespace LiveTemplate;

namespace {

constexpr RespReader::Limits limits{.size = 1000, .elements = 100, .depth = 6};

struct Outcome
{
    QList<RedisValue> values;
    QList<bool> pushes;
    bool failed = false;
};

Outcome read(QByteArrayView bytes, qsizetype pieceSize)
{
    RespReader reader(limits);
    Outcome outcome;
    while (!bytes.isEmpty()) {
        const qsizetype size = std::min(pieceSize, bytes.size());
        reader.feed(bytes.first(size));
        bytes = bytes.sliced(size);
        while (RedisValue *const value = reader.next()) {
            outcome.values += std::move(*value);
            outcome.pushes += reader.isPush();
        }
    }
    outcome.failed = reader.error().has_value();
    if (outcome.failed && reader.error()->message.isEmpty())
        qFatal("the failure has no reason");
    return outcome;
}

/// How many elements there are in a value, and in those.
qint64 elements(const RedisValue &value, int depth = 0)
{
    if (depth > limits.depth)
        qFatal("a value lies too deep");
    qint64 count = value.toArray().size();
    for (const RedisValue &element : value.toArray())
        count += elements(element, depth + (element.isArray() ? 1 : 0));
    return count;
}

/// Not a number is equal to nothing.
bool isSame(const RedisValue &left, const RedisValue &right)
{
    if (left.isArray() && right.isArray())
        return std::ranges::equal(left.toArray(), right.toArray(), isSame);
    return left == right || (left.toBytes() == "nan" && right.toBytes() == "nan");
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size)
{
    if (size == 0)
        return 0;
    const QByteArray bytes = toByteArray(data + 1, size - 1);
    const Outcome whole = read(bytes, std::max(bytes.size(), qsizetype(1)));
    const Outcome pieces = read(bytes, *data % 16 + 1);
    if (!std::ranges::equal(whole.values, pieces.values, isSame) || whole.pushes != pieces.pushes
        || whole.failed != pieces.failed)
        qFatal("in pieces it is read differently");
    for (const RedisValue &value : whole.values) {
        if (elements(value) > limits.elements)
            qFatal("a value has too many elements");
        if (value.toBytes().size() > limits.size)
            qFatal("a value is too large");
    }
    return 0;
}
