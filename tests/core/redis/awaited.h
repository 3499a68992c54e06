// SPDX-FileCopyrightText: 2026 The LiveTemplate for Qt authors
// SPDX-License-Identifier: MIT

#pragma once

#include "redisclient.h"

#include <chrono>
#include <future>
#include <optional>

/// Waits in the test's thread for what is called back in the worker's.
namespace Awaited {

inline constexpr std::chrono::milliseconds patience = std::chrono::seconds(30);

/// What a test gets when nothing came within its patience.
inline LiveTemplate::RedisError nothingCame()
{
    return {.kind = LiveTemplate::RedisError::Kind::TimedOut,
            .code = "TEST",
            .message = QStringLiteral("The callback was not called.")};
}

template<typename T>
class Answer
{
public:
    [[nodiscard]] auto callback()
    {
        return [promise = m_promise](T value) {
            promise->set_value(std::move(value));
        };
    }

    [[nodiscard]] T get()
    {
        if (m_future.wait_for(patience) != std::future_status::ready)
            return std::unexpected(nothingCame());
        return m_future.get();
    }

    [[nodiscard]] bool isThere() const
    {
        return m_future.wait_for(std::chrono::seconds(0)) == std::future_status::ready;
    }

private:
    std::shared_ptr<std::promise<T>> m_promise = std::make_shared<std::promise<T>>();
    std::future<T> m_future = m_promise->get_future();
};

using Reply = Answer<LiveTemplate::RedisClient::Reply>;
using Subscribed = Answer<std::expected<void, LiveTemplate::RedisError>>;

inline LiveTemplate::RedisClient::Reply command(
    LiveTemplate::RedisClient &client, const QList<QByteArray> &arguments,
    LiveTemplate::RedisClient::CommandOptions options = {.waitForConnection = true})
{
    Reply reply;
    client.command(arguments, reply.callback(), options);
    return reply.get();
}

inline LiveTemplate::RedisClient::Reply pipeline(
    LiveTemplate::RedisClient &client, const QList<QList<QByteArray>> &commands,
    LiveTemplate::RedisClient::CommandOptions options = {.waitForConnection = true})
{
    Reply reply;
    client.pipeline(commands, reply.callback(), options);
    return reply.get();
}

} // namespace Awaited
