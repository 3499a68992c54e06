// SPDX-FileCopyrightText: 2026 The LiveTemplate for Qt authors
// SPDX-License-Identifier: MIT

#include "clienttree_p.h"

#include "wirevalue_p.h"

#include <QHash>
#include <QJsonArray>
#include <QRegularExpression>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace LiveTest {

namespace {

// The keys of a node (PROTOCOL.md C).
constexpr auto staticsKey = "s"_L1;
constexpr auto itemsKey = "d"_L1;
constexpr auto elseKey = "else"_L1;
constexpr auto itemKeyKey = "_k"_L1;
constexpr auto metaKey = "m"_L1;
constexpr auto idSlotKey = "idKey"_L1;

bool isSlot(const QString &key)
{
    return !key.isEmpty()
        && std::ranges::all_of(key, [](QChar digit) { return digit >= u'0' && digit <= u'9'; });
}

bool isRange(const QJsonValue &value)
{
    return value[itemsKey].isArray() && value[staticsKey].isArray();
}

bool isOperations(const QJsonValue &value)
{
    return value.isArray() && value[0].isArray() && value[0][0].isString();
}

bool hasRange(const QJsonObject &node)
{
    if (isRange(node))
        return true;
    for (auto it = node.begin(); it != node.end(); ++it) {
        if (isSlot(it.key()) && it->isObject() && hasRange(it->toObject()))
            return true;
    }
    return false;
}

/// Whether @p update takes the place of @p held: it has statics, and another shape.
bool replaces(const QJsonObject &held, const QJsonObject &update)
{
    if (!update.value(staticsKey).isArray())
        return false;
    if (hasRange(held) && !hasRange(update))
        return true;
    for (auto it = held.begin(); it != held.end(); ++it) {
        if (isSlot(it.key()) && !update.contains(it.key()))
            return true;
    }
    return false;
}

QJsonObject merged(QJsonObject held, const QJsonObject &update);

/// A range while operations are applied to it.
class RangeChange
{
public:
    explicit RangeChange(const QJsonObject &range)
        : m_range(range)
        , m_items(range.value(itemsKey).toArray())
        , m_idSlot(range.value(metaKey)[idSlotKey].toString())
    {
    }

    void apply(const QJsonArray &operation)
    {
        const QString name = operation.at(0).toString();
        if (name == "r"_L1)
            remove(operation.at(1));
        else if (name == "u"_L1)
            update(operation.at(1), operation.at(2).toObject());
        else if (name == "a"_L1)
            add(operation, m_items.size());
        else if (name == "p"_L1)
            add(operation, 0);
        else if (name == "i"_L1)
            insertAfter(operation.at(1), operation.at(2));
        else if (name == "o"_L1)
            order(operation.at(1).toArray());
    }

    [[nodiscard]] QJsonObject result()
    {
        m_range.insert(itemsKey, m_items);
        return m_range;
    }

private:
    [[nodiscard]] QJsonValue keyOf(const QJsonValue &item) const
    {
        const QJsonValue key = item[itemKeyKey];
        return key.isString() || m_idSlot.isEmpty() ? key : item[m_idSlot];
    }

    [[nodiscard]] qsizetype find(const QJsonValue &key) const
    {
        for (qsizetype i = 0; i < m_items.size(); ++i) {
            if (keyOf(m_items.at(i)) == key)
                return i;
        }
        return -1;
    }

    void remove(const QJsonValue &key)
    {
        if (const qsizetype index = find(key); index >= 0)
            m_items.removeAt(index);
    }

    void update(const QJsonValue &key, const QJsonObject &changes)
    {
        if (const qsizetype index = find(key); index >= 0)
            m_items.replace(index, merged(m_items.at(index).toObject(), changes));
    }

    void add(const QJsonArray &operation, qsizetype at)
    {
        if (operation.at(2).isArray())
            m_range.insert(staticsKey, operation.at(2));
        insert(operation.at(1), at);
        if (const QString slot = operation.at(3)[idSlotKey].toString(); !slot.isEmpty())
            m_idSlot = slot;
    }

    void insertAfter(const QJsonValue &anchor, const QJsonValue &items)
    {
        if (const qsizetype index = find(anchor); index >= 0)
            insert(items, index + 1);
    }

    void insert(const QJsonValue &items, qsizetype at)
    {
        if (!items.isArray()) {
            m_items.insert(at, items);
            return;
        }
        for (const QJsonValue &item : items.toArray())
            m_items.insert(at++, item);
    }

    void order(const QJsonArray &keys)
    {
        QHash<QString, QJsonValue> byKey;
        for (const QJsonValue &item : std::as_const(m_items))
            byKey.insert(keyOf(item).toString(), item);
        QJsonArray ordered;
        for (const QJsonValue &key : keys) {
            if (const auto item = byKey.constFind(key.toString()); item != byKey.cend())
                ordered.append(*item);
        }
        m_items = ordered;
    }

    QJsonObject m_range;
    QJsonArray m_items;
    QString m_idSlot;
};

QJsonObject changedRange(const QJsonObject &range, const QJsonArray &operations)
{
    RangeChange change(range);
    for (const QJsonValue &operation : operations)
        change.apply(operation.toArray());
    return change.result();
}

QJsonObject merged(QJsonObject held, const QJsonObject &update)
{
    if (replaces(held, update))
        return update;
    for (auto it = update.begin(); it != update.end(); ++it) {
        const QJsonValue old = held.value(it.key());
        if (isOperations(*it) && isRange(old))
            held.insert(it.key(), changedRange(old.toObject(), it->toArray()));
        else if (it->isObject() && old.isObject())
            held.insert(it.key(), merged(old.toObject(), it->toObject()));
        else
            held.insert(it.key(), *it);
    }
    return held;
}

QString rendered(const QJsonValue &value);

QString renderedNode(const QJsonObject &node, const QJsonArray &statics)
{
    QString html;
    for (qsizetype i = 0; i < statics.size(); ++i) {
        html += statics.at(i).toString();
        if (i + 1 < statics.size())
            html += rendered(node.value(QString::number(i)));
    }
    return html;
}

QString renderedObject(const QJsonObject &node)
{
    if (isRange(node)) {
        const QJsonArray items = node.value(itemsKey).toArray();
        if (items.isEmpty())
            return rendered(node.value(elseKey));
        QString html;
        for (const QJsonValue &item : items)
            html += renderedNode(item.toObject(), node.value(staticsKey).toArray());
        return html;
    }
    if (node.value(staticsKey).isArray())
        return renderedNode(node, node.value(staticsKey).toArray())
            .remove("<root>"_L1)
            .remove("</root>"_L1);
    return {}; // nothing to show it by
}

QString rendered(const QJsonValue &value)
{
    switch (value.type()) {
    case QJsonValue::String: {
        const QString text = value.toString();
        return text.startsWith("{{"_L1) && text.endsWith("}}"_L1) ? QString() : text;
    }
    case QJsonValue::Double:
        return scriptNumber(value.toDouble());
    case QJsonValue::Bool:
        return value.toBool() ? u"true"_s : u"false"_s;
    case QJsonValue::Object:
        return renderedObject(value.toObject());
    default:
        return {};
    }
}

/// The name of the field that stands open at the end of @p before, when what comes between it and
/// @p after is its value, its text or whether it is checked.
QString boundField(const QString &before, const QString &after)
{
    static const QRegularExpression value(uR"re(<[^<>]*\sname="([^"]+)"[^<>]*value="$)re"_s);
    static const QRegularExpression text(uR"re(<textarea[^>]*\sname="([^"]+)"[^>]*>$)re"_s);
    static const QRegularExpression checked(
        uR"re(<input\s(?=[^<>]*\stype="(?:checkbox|radio)"|type="(?:checkbox|radio)")[^<>]*\sname="([^"]+)"[^<>]*\s$)re"_s,
        QRegularExpression::CaseInsensitiveOption);
    if (const auto match = value.match(before); match.hasMatch())
        return match.captured(1);
    if (after.startsWith("</textarea"_L1)) {
        if (const auto match = text.match(before); match.hasMatch())
            return match.captured(1);
    }
    static const QRegularExpression attribute(uR"(^[a-zA-Z>/\s])"_s);
    if (attribute.match(after).hasMatch()) {
        if (const auto match = checked.match(before); match.hasMatch())
            return match.captured(1);
    }
    return {};
}

void collectFields(const QJsonObject &node, QSet<QString> &fields)
{
    const QJsonArray statics = node.value(staticsKey).toArray();
    for (qsizetype i = 0; i + 1 < statics.size(); ++i) {
        if (const QString field = boundField(statics.at(i).toString(),
                                             statics.at(i + 1).toString());
            !field.isEmpty())
            fields.insert(field);
    }
    for (auto it = node.begin(); it != node.end(); ++it) {
        if (isSlot(it.key()) && it->isObject())
            collectFields(it->toObject(), fields);
    }
    for (const QJsonValue &item : node.value(itemsKey).toArray())
        collectFields(item.toObject(), fields);
}

} // namespace

void ClientTree::apply(const QJsonObject &update)
{
    // The root itself is merged slot by slot, whatever its shape was.
    for (auto it = update.begin(); it != update.end(); ++it) {
        const QJsonValue old = m_root.value(it.key());
        if (isOperations(*it) && isRange(old))
            m_root.insert(it.key(), changedRange(old.toObject(), it->toArray()));
        else if (it->isObject() && old.isObject())
            m_root.insert(it.key(), merged(old.toObject(), it->toObject()));
        else
            m_root.insert(it.key(), *it);
    }
}

QString ClientTree::html() const
{
    return renderedNode(m_root, m_root.value(staticsKey).toArray())
        .remove("<root>"_L1)
        .remove("</root>"_L1);
}

QSet<QString> ClientTree::boundFields() const
{
    QSet<QString> fields;
    collectFields(m_root, fields);
    return fields;
}

} // namespace LiveTest
