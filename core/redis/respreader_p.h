// SPDX-FileCopyrightText: 2026 The LiveTemplate for Qt authors
// SPDX-License-Identifier: MIT

#pragma once

#include "livetemplate_export.h"
#include "rediserror.h"
#include "redisvalue.h"

#include <QByteArray>

#include <memory>
#include <optional>

struct redisReadTask;
struct redisReader;

namespace LiveTemplate {

/// Reads Redis' protocol, RESP2 and RESP3, from bytes as they come: hiredis' parser, which makes
/// our values.
class LIVETEMPLATE_PRIVATE_EXPORT RespReader
{
public:
    struct Limits
    {
        /// Bytes of one value, all that is in it counted.
        qint64 size = 64 * 1024 * 1024;
        /// Elements of one value, those of inner arrays counted.
        qint64 elements = 1'000'000;
        /// Arrays in arrays.
        int depth = 32;
    };

    RespReader()
        : RespReader(Limits{})
    {
    }
    explicit RespReader(Limits limits);
    ~RespReader();
    Q_DISABLE_COPY_MOVE(RespReader)

    /// Adds bytes. After an error they are ignored.
    void feed(QByteArrayView bytes);

    /// The next value that is complete; nothing when more bytes are needed, or after an error. It
    /// may be moved from, and is valid until the next call.
    [[nodiscard]] RedisValue *next();

    /// Whether the value that next() returned last is a push of RESP3.
    [[nodiscard]] bool isPush() const { return m_isPush; }

    /// Why no more can be read: what came is not the protocol, or is larger than the limits.
    [[nodiscard]] const std::optional<RedisError> &error() const { return m_error; }

private:
    struct Functions;
    friend struct Functions;

    void fail(const QString &reason);
    [[nodiscard]] void *add(const redisReadTask *task, RedisValue value);

    struct Free
    {
        void operator()(redisReader *reader) const;
    };

    const Limits m_limits;
    std::unique_ptr<redisReader, Free> m_reader;
    RedisValue m_value;
    /// What was fed of the value that is being read, and how many elements it has announced.
    qint64 m_pending = 0;
    qint64 m_elements = 0;
    bool m_isPush = false;
    std::optional<RedisError> m_error;
};

} // namespace LiveTemplate
