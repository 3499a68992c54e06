// SPDX-FileCopyrightText: 2026 The LiveTemplate for Qt authors
// SPDX-License-Identifier: MIT

#include "channelcounts_p.h"

#include <algorithm>
#include <tuple>

namespace LiveTemplate {

namespace {

constexpr QByteArrayView ownPrefix("livetemplate:");
/// Full seconds that a rate is the mean of.
constexpr qint64 rateSeconds = 5;

qint64 secondOf(ChannelCounts::Time time)
{
    return std::chrono::floor<std::chrono::seconds>(time.time_since_epoch()).count();
}

} // namespace

void ChannelCounts::Entry::countIn(qint64 second)
{
    // A clock that was set back counts into the newest second.
    if (second > newestSecond) {
        const qint64 passed = std::min(second - newestSecond, historyLength);
        for (qint64 i = 0; i < passed; ++i)
            seconds[std::size_t((second - i) % historyLength)] = 0;
        newestSecond = second;
    }
    ++seconds[std::size_t(newestSecond % historyLength)];
}

QList<quint32> ChannelCounts::Entry::history(qint64 second) const
{
    if (second - newestSecond >= historyLength)
        return {};
    QList<quint32> result(historyLength, 0);
    for (qint64 i = 0; i < historyLength; ++i) {
        const qint64 at = second - historyLength + 1 + i;
        if (at <= newestSecond && at > newestSecond - historyLength)
            result[i] = seconds[std::size_t(at % historyLength)];
    }
    return result;
}

const QByteArray &ChannelCounts::count(const QByteArray &channel, bool isSharded, qint64 size,
                                       Time now)
{
    ++m_messages;
    m_bytes += quint64(size);
    auto found = m_entries.find({channel, isSharded});
    if (found == m_entries.end()) {
        if (qsizetype(m_entries.size()) >= m_mostChannels)
            makeRoom();
        found = m_entries.try_emplace({channel, isSharded}).first;
    }
    Entry &entry = found->second;
    ++entry.messages;
    entry.bytes += quint64(size);
    entry.lastAt = now;
    entry.countIn(secondOf(now));
    return found->first.channel;
}

void ChannelCounts::makeRoom()
{
    // One pass over all of them for each sixteenth that comes. What was only listed goes before
    // what has had messages.
    using Rank = std::tuple<bool, Time>;
    const auto rank = [](const Entries::value_type &entry) {
        return Rank(entry.second.messages > 0, entry.second.lastAt);
    };
    std::vector<Rank> ranks;
    ranks.reserve(m_entries.size());
    for (const auto &entry : m_entries)
        ranks.push_back(rank(entry));
    const auto limit = ranks.begin() + std::ptrdiff_t(ranks.size() / 16);
    std::ranges::nth_element(ranks, limit);
    std::size_t excess = ranks.size() / 16 + 1;
    for (auto it = m_entries.begin(); it != m_entries.end() && excess > 0;) {
        if (rank(*it) > *limit) {
            ++it;
            continue;
        }
        m_forgottenChannels += it->second.messages > 0 ? 1 : 0;
        m_forgottenMessages += it->second.messages;
        m_forgottenBytes += it->second.bytes;
        it = m_entries.erase(it);
        --excess;
    }
}

void ChannelCounts::list(const std::vector<QByteArray> &channels, bool isSharded)
{
    m_listedCount[isSharded ? 1 : 0] = qint64(channels.size());
    for (auto &[key, entry] : m_entries) {
        if (key.isSharded != isSharded)
            continue;
        entry.isListed = false;
        entry.subscribers = 0;
    }
    const auto take = [&](bool own) {
        for (const QByteArray &channel : channels) {
            if (channel.startsWith(ownPrefix) != own)
                continue;
            auto found = m_entries.find({channel, isSharded});
            if (found == m_entries.end()) {
                if (qsizetype(m_entries.size()) >= m_mostChannels)
                    continue;
                found = m_entries.try_emplace({channel, isSharded}).first;
            }
            found->second.isListed = true;
            found->second.subscribers.reset();
        }
    };
    take(true);
    take(false);
    // What nobody is subscribed to and never had a message is over.
    std::erase_if(m_entries, [&](const auto &entry) {
        return entry.first.isSharded == isSharded && !entry.second.isListed
            && entry.second.messages == 0;
    });
}

void ChannelCounts::setSubscribers(const QByteArray &channel, bool isSharded, qint64 subscribers)
{
    if (const auto found = m_entries.find({channel, isSharded}); found != m_entries.end())
        found->second.subscribers = subscribers;
}

std::vector<QByteArray> ChannelCounts::listed(bool isSharded) const
{
    std::vector<QByteArray> names;
    for (const auto &[key, entry] : m_entries) {
        if (key.isSharded == isSharded && entry.isListed)
            names.push_back(key.channel);
    }
    return names;
}

void ChannelCounts::observe(RedisObservation &observation, Time now) const
{
    const qint64 second = secondOf(now);
    observation.channels.reserve(qsizetype(m_entries.size()));
    for (const auto &[key, entry] : m_entries) {
        RedisChannel channel{.name = key.channel, .isSharded = key.isSharded};
        channel.subscribers = entry.subscribers;
        channel.messages = entry.messages;
        channel.bytes = entry.bytes;
        channel.lastMessageAt = entry.lastAt;
        channel.history = entry.history(second);
        if (!channel.history.isEmpty()) {
            quint64 sum = 0;
            for (qint64 i = 0; i < rateSeconds; ++i)
                sum += channel.history[RedisChannel::historyLength - 2 - i];
            channel.rate = double(sum) / double(rateSeconds);
        }
        observation.channels.append(std::move(channel));
    }
    observation.listedChannels = m_listedCount[0] + m_listedCount[1];
    observation.messages = m_messages;
    observation.bytes = m_bytes;
    observation.forgottenChannels = m_forgottenChannels;
    observation.forgottenMessages = m_forgottenMessages;
    observation.forgottenBytes = m_forgottenBytes;
}

} // namespace LiveTemplate
