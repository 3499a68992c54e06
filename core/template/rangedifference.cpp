// SPDX-FileCopyrightText: 2026 The LiveTemplate for Qt authors
// SPDX-License-Identifier: MIT

#include "rangedifference_p.h"

#include "treewriter_p.h"

#include <QHash>

#include <algorithm>
#include <functional>

namespace LiveTemplate {

namespace {

/// An item of the old range that is no more, or of the new one that was not there.
constexpr int nowhere = -1;

bool equal(const std::vector<Dynamic> &a, const std::vector<Dynamic> &b)
{
    return std::ranges::equal(a, b, [](const Dynamic &left, const Dynamic &right) {
        return LiveTemplate::equal(left, right);
    });
}

/// Which of @p values are on a longest run that ascends; those that are nowhere are not.
std::vector<bool> longestAscent(const std::vector<int> &values)
{
    // Patience sorting: the index of the smallest end of a run of each length, and of what is
    // before each value on its run.
    std::vector<std::size_t> ends;
    std::vector<std::size_t> before(values.size());
    for (std::size_t i = 0; i < values.size(); ++i) {
        if (values[i] == nowhere)
            continue;
        const auto place = std::ranges::lower_bound(ends, values[i], {},
                                                    [&](std::size_t end) { return values[end]; });
        before[i] = place == ends.begin() ? values.size() : *std::prev(place);
        if (place == ends.end())
            ends.push_back(i);
        else
            *place = i;
    }
    std::vector<bool> isOnRun(values.size());
    std::size_t at = ends.empty() ? values.size() : ends.back();
    while (at < values.size()) {
        isOnRun[at] = true;
        at = before[at];
    }
    return isOnRun;
}

/// Writes operations, one after the other.
class OperationWriter
{
public:
    OperationWriter() { m_json += '['; }

    void remove(const QByteArray &key)
    {
        begin("r");
        appendJsonString(m_json, key);
        end();
    }

    void update(const RangeItem &from, const RangeItem &to)
    {
        begin("u");
        appendJsonString(m_json, to.key);
        m_json += ',';
        appendChanges(m_json, from.dynamics, to.dynamics, RangePlace::Nested);
        end();
    }

    using Items = std::vector<const RangeItem *>;

    void append(const Items &items)
    {
        begin("a");
        write(items);
        end();
    }

    void prepend(const Items &items)
    {
        begin("p");
        write(items);
        end();
    }

    void insertAfter(const QByteArray &key, const Items &items)
    {
        begin("i");
        appendJsonString(m_json, key);
        m_json += ',';
        write(items);
        end();
    }

    void order(const std::vector<RangeItem> &items)
    {
        begin("o");
        m_json += '[';
        for (const RangeItem &item : items) {
            if (&item != &items.front())
                m_json += ',';
            appendJsonString(m_json, item.key);
        }
        m_json += ']';
        end();
    }

    [[nodiscard]] QByteArray take()
    {
        m_json += ']';
        return std::move(m_json);
    }

private:
    void begin(const char *operation)
    {
        if (m_json.size() > 1)
            m_json += ',';
        m_json += "[\"";
        m_json += operation;
        m_json += "\",";
    }

    void write(const Items &items)
    {
        if (items.size() == 1)
            return appendItem(m_json, *items.front());
        m_json += '[';
        for (const RangeItem *item : items) {
            if (item != items.front())
                m_json += ',';
            appendItem(m_json, *item);
        }
        m_json += ']';
    }

    void end() { m_json += ']'; }

    QByteArray m_json;
};

/// Finds which items of two ranges are the same, and writes what makes one range the other.
class RangeDifference
{
public:
    RangeDifference(const Range &from, const Range &to)
        : m_from(from.items)
        , m_to(to.items)
        , m_oldIndexes(to.items.size(), nowhere)
        , m_newIndexes(from.items.size(), nowhere)
    {
        match();
        m_stays = longestAscent(m_oldIndexes);
        m_moved = std::size_t(
                      std::ranges::count_if(m_oldIndexes, [](int old) { return old != nowhere; }))
            - std::size_t(std::ranges::count(m_stays, true));
    }

    /// The shorter of the two ways to bring moved items to their places.
    [[nodiscard]] QByteArray operations() const
    {
        const QByteArray byInserting = insertMoved();
        if (m_moved == 0)
            return byInserting;
        const QByteArray byOrdering = orderAll();
        return byOrdering.size() < byInserting.size() ? byOrdering : byInserting;
    }

private:
    void match()
    {
        std::size_t start = 0;
        const std::size_t shorter = std::min(m_from.size(), m_to.size());
        while (start < shorter && m_from[start].key == m_to[start].key) {
            pair(start, start);
            ++start;
        }
        std::size_t fromEnd = m_from.size();
        std::size_t toEnd = m_to.size();
        while (fromEnd > start && toEnd > start && m_from[fromEnd - 1].key == m_to[toEnd - 1].key)
            pair(--fromEnd, --toEnd);
        if (start == fromEnd || start == toEnd)
            return;
        QHash<QByteArrayView, std::size_t> byKey;
        byKey.reserve(qsizetype(fromEnd - start));
        for (std::size_t i = start; i < fromEnd; ++i)
            byKey.insert(m_from[i].key, i);
        for (std::size_t i = start; i < toEnd; ++i) {
            const auto found = byKey.constFind(m_to[i].key);
            if (found != byKey.constEnd())
                pair(*found, i);
        }
    }

    void pair(std::size_t oldIndex, std::size_t newIndex)
    {
        m_oldIndexes[newIndex] = int(oldIndex);
        m_newIndexes[oldIndex] = int(newIndex);
    }

    /// Takes moved items out and inserts them anew.
    [[nodiscard]] QByteArray insertMoved() const
    {
        OperationWriter writer;
        for (std::size_t i = 0; i < m_from.size(); ++i) {
            const int newIndex = m_newIndexes[i];
            if (newIndex == nowhere || !m_stays[std::size_t(newIndex)])
                writer.remove(m_from[i].key);
        }
        updateThose(writer, [this](std::size_t i) { return bool(m_stays[i]); });
        for (std::size_t i = 0; i < m_to.size();) {
            if (m_stays[i]) {
                ++i;
                continue;
            }
            OperationWriter::Items items;
            const std::size_t start = i;
            while (i < m_to.size() && !m_stays[i])
                items.push_back(&m_to[i++]);
            if (i == m_to.size())
                writer.append(items);
            else if (start == 0)
                writer.prepend(items);
            else
                writer.insertAfter(m_to[start - 1].key, items);
        }
        return writer.take();
    }

    /// Names all keys in their new order.
    [[nodiscard]] QByteArray orderAll() const
    {
        OperationWriter writer;
        for (std::size_t i = 0; i < m_from.size(); ++i) {
            if (m_newIndexes[i] == nowhere)
                writer.remove(m_from[i].key);
        }
        updateThose(writer, [this](std::size_t i) { return m_oldIndexes[i] != nowhere; });
        OperationWriter::Items added;
        for (std::size_t i = 0; i < m_to.size(); ++i) {
            if (m_oldIndexes[i] == nowhere)
                added.push_back(&m_to[i]);
        }
        if (!added.empty())
            writer.append(added);
        writer.order(m_to);
        return writer.take();
    }

    template<typename IsKept>
    void updateThose(OperationWriter &writer, IsKept isKept) const
    {
        for (std::size_t i = 0; i < m_to.size(); ++i) {
            if (!isKept(i))
                continue;
            const RangeItem &old = m_from[std::size_t(m_oldIndexes[i])];
            if (!equal(old.dynamics, m_to[i].dynamics))
                writer.update(old, m_to[i]);
        }
    }

    const std::vector<RangeItem> &m_from;
    const std::vector<RangeItem> &m_to;
    /// Where each new item was.
    std::vector<int> m_oldIndexes;
    /// Where each old item is now.
    std::vector<int> m_newIndexes;
    /// Which new items need not be moved.
    std::vector<bool> m_stays;
    std::size_t m_moved = 0;
};

bool haveSameKeys(const Range &from, const Range &to)
{
    return std::ranges::equal(from.items, to.items, {}, &RangeItem::key, &RangeItem::key);
}

/// What changed in rows that are where they were.
QByteArray updates(const Range &from, const Range &to)
{
    OperationWriter writer;
    for (std::size_t i = 0; i < to.items.size(); ++i) {
        if (!equal(from.items[i].dynamics, to.items[i].dynamics))
            writer.update(from.items[i], to.items[i]);
    }
    return writer.take();
}

/// No more than the JSON of a range with these items takes: braces and keys.
qsizetype leastSize(const Range &range)
{
    constexpr qsizetype braces = qsizetype(sizeof(R"({"_k":""},)")) - 1;
    qsizetype size = 0;
    for (const RangeItem &item : range.items)
        size += braces + item.key.size();
    return size;
}

} // namespace

void appendRangeDifference(QByteArray &json, const Range &from, const Range &to, RangePlace place)
{
    if (from.items.empty() && to.items.empty()) {
        // The client merges, so that what it shows without items can be changed alone.
        const auto *oldTree = std::get_if<TreePtr>(&from.otherwise);
        const auto *newTree = std::get_if<TreePtr>(&to.otherwise);
        json += '{';
        appendOtherwiseKey(json);
        if (oldTree && newTree && *(*oldTree)->statics == *(*newTree)->statics)
            appendChanges(json, (*oldTree)->dynamics, (*newTree)->dynamics, RangePlace::Nested);
        else
            appendOtherwise(json, to.otherwise);
        json += '}';
        return;
    }
    // PROTOCOL.md C, traps 2 and 3: operations need items to work upon. And at the top, the client
    // needs to find the rows.
    const bool canOperate = !from.items.empty() && !to.items.empty()
        && (place == RangePlace::Nested || (from.hasPlainKeys && to.hasPlainKeys));
    if (!canOperate) {
        appendRange(json, to, StaticsUse::Omit);
        return;
    }
    const QByteArray operations = haveSameKeys(from, to) ? updates(from, to)
                                                         : RangeDifference(from, to).operations();
    if (operations.size() <= leastSize(to)) {
        json += operations;
        return;
    }
    QByteArray whole;
    appendRange(whole, to, StaticsUse::Omit);
    json += operations.size() <= whole.size() ? operations : whole;
}

} // namespace LiveTemplate
