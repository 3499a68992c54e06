// SPDX-FileCopyrightText: 2026 The LiveTemplate for Qt authors
// SPDX-License-Identifier: MIT

#pragma once

#include "livetemplate_export.h"
#include "redisobserver.h"

#include <array>
#include <chrono>
#include <optional>
#include <unordered_map>
#include <vector>

namespace LiveTemplate {

/// Counts the messages of each channel, and of all. Keeps a limited number of channels: at the
/// limit those go that nobody has listed and that were silent for the longest time, and what was
/// counted of them is kept as a sum, so that all sums stay exact.
class LIVETEMPLATE_PRIVATE_EXPORT ChannelCounts
{
public:
    using Time = RedisMessage::Time;

    explicit ChannelCounts(qsizetype mostChannels)
        : m_mostChannels(mostChannels)
    {
    }

    /// Returns the channel's name as it is kept, for all that need a copy.
    const QByteArray &count(const QByteArray &channel, bool isSharded, qint64 size, Time now);

    /// What Redis says has subscribers: takes in as many as there is room for, LiveTemplate's
    /// first, and forgets the subscribers of all others.
    void list(const std::vector<QByteArray> &channels, bool isSharded);
    void setSubscribers(const QByteArray &channel, bool isSharded, qint64 subscribers);
    /// Names of the channels that the last list() had and that are kept.
    [[nodiscard]] std::vector<QByteArray> listed(bool isSharded) const;

    /// Writes what is known into @p observation.
    void observe(RedisObservation &observation, Time now) const;

private:
    static constexpr qint64 historyLength = RedisChannel::historyLength;

    struct Key
    {
        QByteArray channel;
        bool isSharded = false;
        friend bool operator==(const Key &, const Key &) = default;
    };
    struct KeyHash
    {
        std::size_t operator()(const Key &key) const noexcept
        {
            return qHash(key.channel, std::size_t(key.isSharded));
        }
    };
    struct Entry
    {
        quint64 messages = 0;
        quint64 bytes = 0;
        Time lastAt = {};
        bool isListed = false;
        std::optional<qint64> subscribers;
        /// Messages of each second, at the second modulo the length.
        std::array<quint32, std::size_t(historyLength)> seconds = {};
        qint64 newestSecond = 0;

        void countIn(qint64 second);
        [[nodiscard]] QList<quint32> history(qint64 second) const;
    };
    using Entries = std::unordered_map<Key, Entry, KeyHash>;

    void makeRoom();

    const qsizetype m_mostChannels;
    Entries m_entries;
    std::array<qint64, 2> m_listedCount = {};
    quint64 m_messages = 0;
    quint64 m_bytes = 0;
    quint64 m_forgottenChannels = 0;
    quint64 m_forgottenMessages = 0;
    quint64 m_forgottenBytes = 0;
};

} // namespace LiveTemplate
