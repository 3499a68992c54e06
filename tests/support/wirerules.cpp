// SPDX-FileCopyrightText: 2026 The LiveTemplate for Qt authors
// SPDX-License-Identifier: MIT

#include "wirerules.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QSet>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace LiveTemplate {

namespace {

QString ruleOfNode(const QJsonValue &node);

bool isNumber(const QString &key)
{
    return !key.isEmpty()
        && std::ranges::all_of(key, [](QChar c) { return c >= u'0' && c <= u'9'; });
}

/// The dynamics of a tree, a range's item, or a change of either.
QString ruleOfDynamics(const QJsonObject &node)
{
    for (auto it = node.begin(); it != node.end(); ++it) {
        if (!isNumber(it.key()))
            continue;
        if (QString rule = ruleOfNode(it.value()); !rule.isEmpty())
            return rule;
    }
    return {};
}

QString ruleOfItems(const QJsonArray &items)
{
    QSet<QString> keys;
    for (const QJsonValue &item : items) {
        if (!item.isObject())
            return u"a range's item is no object"_s;
        const QJsonValue key = item[u"_k"_s];
        if (!key.isString())
            return u"a range's item has no text as its _k"_s;
        if (keys.contains(key.toString()))
            return u"two of a range's items have the same _k"_s;
        keys.insert(key.toString());
        if (QString rule = ruleOfDynamics(item.toObject()); !rule.isEmpty())
            return rule;
    }
    return {};
}

/// One item, or a list of them, as operations have either.
QString ruleOfItemOrItems(const QJsonValue &value)
{
    return ruleOfItems(value.isArray() ? value.toArray() : QJsonArray{value});
}

QString ruleOfOperation(const QJsonArray &operation)
{
    const QString name = operation.at(0).toString();
    if (name == "a"_L1 || name == "p"_L1)
        return ruleOfItemOrItems(operation.at(1));
    if (name == "o"_L1)
        return operation.at(1).isArray() ? QString() : u"an order is no list"_s;
    if (name != "r"_L1 && name != "u"_L1 && name != "i"_L1)
        return u"there is no range operation '%1'"_s.arg(name);
    if (!operation.at(1).isString())
        return u"a range operation's key is no text"_s;
    if (name == "i"_L1)
        return ruleOfItemOrItems(operation.at(2));
    if (name == "u"_L1)
        return ruleOfDynamics(operation.at(2).toObject());
    return {};
}

QString ruleOfOperations(const QJsonArray &operations)
{
    if (operations.isEmpty())
        return u"a list of range operations is empty, which empties the range"_s;
    for (const QJsonValue &operation : operations) {
        if (QString rule = ruleOfOperation(operation.toArray()); !rule.isEmpty())
            return rule;
    }
    return {};
}

QString ruleOfNode(const QJsonValue &node)
{
    if (node.isArray())
        return ruleOfOperations(node.toArray());
    if (!node.isObject())
        return {};
    if (const QJsonValue items = node[u"d"_s]; items.isArray()) {
        if (QString rule = ruleOfItems(items.toArray()); !rule.isEmpty())
            return rule;
    }
    if (QString rule = ruleOfNode(node[u"else"_s]); !rule.isEmpty())
        return rule;
    return ruleOfDynamics(node.toObject());
}

} // namespace

QString brokenWireRule(const QByteArray &json)
{
    QJsonParseError error;
    const QJsonDocument document = QJsonDocument::fromJson(json, &error);
    if (error.error != QJsonParseError::NoError)
        return u"no JSON: "_s + error.errorString();
    if (!document.isObject())
        return u"the root is no object"_s;
    if (document.object().contains(u"d"_s))
        return u"the root is a range"_s;
    return ruleOfNode(document.object());
}

} // namespace LiveTemplate
