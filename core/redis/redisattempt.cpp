// SPDX-FileCopyrightText: 2026 The LiveTemplate for Qt authors
// SPDX-License-Identifier: MIT

#include "redisattempt_p.h"

#include "rediscommand_p.h"

#include <numeric>
#include <utility>

using namespace Qt::StringLiterals;

namespace LiveTemplate {

namespace {

/// The number in a line "*3\r\n" or "$12\r\n" that begins at @p position, which is moved behind it.
qsizetype takeLength(QByteArrayView encoded, qsizetype &position)
{
    const qsizetype end = encoded.indexOf("\r\n", position);
    const qsizetype length = encoded.sliced(position + 1, end - position - 1).toLongLong();
    position = end + 2;
    return length;
}

QList<QByteArray> splitCommands(const QByteArray &encoded)
{
    QList<QByteArray> result;
    qsizetype position = 0;
    while (position < encoded.size()) {
        const qsizetype start = position;
        for (qsizetype left = takeLength(encoded, position); left > 0; --left) {
            const qsizetype length = takeLength(encoded, position);
            position += length + 2;
        }
        result.append(encoded.sliced(start, position - start));
    }
    return result;
}

const QByteArray &askingCommand()
{
    static const QByteArray command = encodeRedisCommand({"ASKING"});
    return command;
}

std::optional<RedisError> errorOf(const RedisValue &value)
{
    if (!value.isError())
        return std::nullopt;
    return RedisConnection::serverError(value.toBytes());
}

} // namespace

RedisAttempt::RedisAttempt(RedisRequest request)
    : m_request(std::move(request))
{
    static const QByteArray multi = encodeRedisCommand({"MULTI"});
    m_isTransaction = m_request.encoded.size() > multi.size()
        && QByteArrayView(m_request.encoded).first(multi.size()).compare(multi, Qt::CaseInsensitive)
            == 0;
}

RedisAttempt::~RedisAttempt()
{
    fail({RedisError::Kind::Closed, {}, u"The connection to Redis was closed."_s});
}

RedisAttempt::Outgoing RedisAttempt::outgoing(bool asking)
{
    m_asking = asking;
    const bool isWhole = m_request.replies == 1 || m_isTransaction;
    if (isWhole || (!asking && m_open.empty())) {
        m_expected = m_request.replies + (asking ? 1 : 0);
        return {asking ? askingCommand() + m_request.encoded : m_request.encoded, m_expected};
    }
    split();
    QByteArray encoded;
    for (const qsizetype index : m_open)
        encoded += asking ? askingCommand() + m_commands[index] : m_commands[index];
    m_expected = int(m_open.size()) * (asking ? 2 : 1);
    return {encoded, m_expected};
}

void RedisAttempt::split()
{
    if (!m_commands.isEmpty())
        return;
    m_commands = splitCommands(m_request.encoded);
    if (m_open.empty()) {
        m_open.resize(size_t(m_request.replies));
        std::iota(m_open.begin(), m_open.end(), 0);
    }
}

std::optional<RedisError> RedisAttempt::take(RedisConnection::Reply reply, Refused isRefused)
{
    if (!reply) {
        if (reply.error().kind == RedisError::Kind::Server && isRefused(reply.error().code))
            return reply.error();
        m_reply = std::move(reply);
        return std::nullopt;
    }
    const bool isWhole = m_request.replies == 1 || m_isTransaction;
    RedisValue::Array values = m_expected == 1 ? RedisValue::Array{*reply} : reply->toArray();
    if (m_asking) {
        // The answers to ASKING.
        RedisValue::Array kept;
        for (qsizetype index = 1; index < values.size(); index += isWhole ? 1 : 2)
            kept.append(values[index]);
        values = std::move(kept);
    }

    if (m_request.replies == 1) {
        const auto error = errorOf(values.value(0));
        if (error && isRefused(error->code))
            return error;
        m_reply = error ? RedisConnection::Reply(std::unexpected(*error))
                        : RedisConnection::Reply(values.value(0));
        return std::nullopt;
    }

    if (m_open.empty()) {
        m_open.resize(size_t(m_request.replies));
        std::iota(m_open.begin(), m_open.end(), 0);
    }
    m_answers.resize(m_request.replies);
    std::optional<RedisError> refusal;
    std::vector<qsizetype> open;
    for (size_t position = 0; position < m_open.size(); ++position) {
        const RedisValue &value = values.value(qsizetype(position));
        const auto error = errorOf(value);
        // What is answered behind a READONLY was only read, from what is no longer the truth.
        const bool isStale = refusal && refusal->code == "READONLY";
        if (isStale || (error && isRefused(error->code))) {
            open.push_back(m_open[position]);
            if (!refusal)
                refusal = error;
        }
        m_answers[m_open[position]] = value;
    }
    if (!refusal) {
        m_reply = RedisConnection::Reply(RedisValue(std::move(m_answers)));
        return std::nullopt;
    }
    if (m_isTransaction)
        m_open.clear(); // all again
    else
        m_open = std::move(open);
    return refusal;
}

void RedisAttempt::settle()
{
    if (!m_request.done)
        return;
    std::exchange(m_request.done, nullptr)(std::move(*m_reply));
}

void RedisAttempt::fail(RedisError reason)
{
    if (m_request.done)
        std::exchange(m_request.done, nullptr)(std::unexpected(std::move(reason)));
}

} // namespace LiveTemplate
