// SPDX-FileCopyrightText: 2026 The LiveTemplate for Qt authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "replicas.h"

#include <algorithm>

namespace LiveTemplate::Load {

namespace {

/// Of one page; its names come from outside.
constexpr qsizetype maxValues = 64;

constexpr auto quietTime = std::chrono::milliseconds(500);
constexpr auto checkInterval = std::chrono::milliseconds(200);

bool isSlot(const QString &key)
{
    return !key.isEmpty()
        && std::ranges::all_of(key, [](QChar c) { return c >= u'0' && c <= u'9'; });
}

std::optional<qint64> toNumber(const QString &text)
{
    bool ok = false;
    const qint64 number = text.toLongLong(&ok);
    return ok ? std::optional(number) : std::nullopt;
}

} // namespace

Replicas::Replicas(Crowd &crowd, std::optional<int> counterSlot)
    : Observer(crowd)
    , m_counterSlot(counterSlot ? QString::number(*counterSlot) : QString())
    , m_values(std::size_t(crowd.size()))
    , m_startOfCounter(std::size_t(crowd.groups()))
    , m_actions(std::size_t(crowd.groups()))
{
}

void Replicas::messageReceived(int index, const ServerMessage &message, TimePoint at)
{
    const auto group = std::size_t(crowd().groupOf(index));
    if (message.kind == ServerMessage::Kind::Answer && message.errors.isEmpty())
        ++m_actions[group];
    if (message.tree.isEmpty())
        return;
    m_lastChange = at;
    Values &values = m_values[std::size_t(index)];
    for (auto it = message.tree.begin(); it != message.tree.end(); ++it) {
        if (!isSlot(it.key()))
            continue;
        if (it->isObject() || it->isArray())
            values.remove(it.key());
        else if (values.size() < maxValues || values.contains(it.key()))
            values.insert(it.key(), it->toVariant().toString());
    }
    if (!m_startOfCounter[group])
        m_startOfCounter[group] = toNumber(values.value(m_counterSlot));
}

ReplicaFigures Replicas::figures() const
{
    std::vector<const Values *> firstOfGroup(std::size_t(crowd().groups()));
    std::vector<bool> differs(firstOfGroup.size());
    for (const int index : crowd().openConnections()) {
        const auto group = std::size_t(crowd().groupOf(index));
        const Values &values = m_values[std::size_t(index)];
        if (!firstOfGroup[group])
            firstOfGroup[group] = &values;
        else if (values != *firstOfGroup[group])
            differs[group] = true;
    }

    ReplicaFigures figures;
    figures.differing = int(std::ranges::count(differs, true));
    if (!m_counterSlot.isEmpty())
        figures.miscounted = 0;
    for (int group = 0; group < crowd().groups(); ++group) {
        const Values *values = firstOfGroup[std::size_t(group)];
        if (!values)
            continue;
        ++figures.groups;
        if (values->isEmpty())
            ++figures.withoutValues;
        if (figures.miscounted && !isCounted(group, *values))
            ++*figures.miscounted;
    }
    return figures;
}

bool Replicas::isCounted(int group, const Values &values) const
{
    const auto start = m_startOfCounter[std::size_t(group)];
    const auto now = toNumber(values.value(m_counterSlot));
    return start && now && *now - *start == m_actions[std::size_t(group)];
}

ReplicaCheck::ReplicaCheck(const Replicas &replicas, Duration timeout)
    : m_replicas(replicas)
    , m_start(Clock::now())
    , m_deadline(m_start + timeout)
{
}

std::optional<TimePoint> ReplicaCheck::proceed(TimePoint now)
{
    if (now >= m_deadline)
        return std::nullopt;
    const TimePoint quietSince = std::max(m_start, m_replicas.lastChange()) + quietTime;
    if (now < quietSince)
        return std::min(quietSince, m_deadline);
    if (m_replicas.figures().areRight())
        return std::nullopt;
    return std::min<TimePoint>(now + checkInterval, m_deadline);
}

} // namespace LiveTemplate::Load
