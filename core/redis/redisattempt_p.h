// SPDX-FileCopyrightText: 2026 The LiveTemplate for Qt authors
// SPDX-License-Identifier: MIT

#pragma once

#include "livetemplate_export.h"
#include "redisroute_p.h"

#include <functional>
#include <optional>
#include <vector>

namespace LiveTemplate {

/// A request that may have to be sent several times until it reaches the server that carries it
/// out. Commands of a pipeline that were carried out are not sent again; the others are, in their
/// order; so are those behind one that was refused with READONLY, which can only have read. A
/// transaction (MULTI to EXEC) is sent anew as a whole, because it was carried out as a
/// whole or not at all.
///
/// Complete it with one of settle() and fail(); otherwise its end does, with Kind::Closed.
class LIVETEMPLATE_PRIVATE_EXPORT RedisAttempt
{
public:
    /// Whether an answer with this code means: not here, or not now, and nothing was carried out.
    using Refused = bool (*)(QByteArrayView code);

    explicit RedisAttempt(RedisRequest request);
    ~RedisAttempt();
    Q_DISABLE_COPY_MOVE(RedisAttempt)

    [[nodiscard]] const RedisRequest &request() const { return m_request; }
    [[nodiscard]] bool isOverdue() const
    {
        return m_request.deadline <= RedisConnection::Clock::now();
    }

    /// What is still to be sent, and how many replies that will give. With @p asking each command
    /// stands behind an ASKING of its own.
    struct Outgoing
    {
        QByteArray encoded;
        int replies = 1;
    };
    [[nodiscard]] Outgoing outgoing(bool asking);

    /// Takes the reply to what outgoing() gave last: nothing when all is answered now, otherwise
    /// the first error that was a refusal. Errors of the connection are answers, too.
    [[nodiscard]] std::optional<RedisError> take(RedisConnection::Reply reply, Refused isRefused);

    /// Hands over what was answered; after take() gave nothing.
    void settle();
    void fail(RedisError reason);

    /// Why it was not carried out yet, for when its time runs out.
    std::optional<RedisError> lastError;
    /// How often it was sent to another node, or again.
    int redirections = 0;
    int retries = 0;

private:
    void split();

    RedisRequest m_request;
    /// Filled only when some were refused.
    QList<QByteArray> m_commands;
    bool m_isTransaction = false;
    /// Indices of the commands that have no answer.
    std::vector<qsizetype> m_open;
    RedisValue::Array m_answers;
    std::optional<RedisConnection::Reply> m_reply;
    // What was sent last.
    bool m_asking = false;
    int m_expected = 0;
};

} // namespace LiveTemplate
