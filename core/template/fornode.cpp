// SPDX-FileCopyrightText: 2026 The LiveTemplate for Qt authors
// SPDX-License-Identifier: MIT

#include "fornode_p.h"

#include "treewriter_p.h"

#include <KTextTemplate/Exception>
#include <KTextTemplate/MetaType>
#include <KTextTemplate/Parser>

#include <QCryptographicHash>
#include <QSequentialIterable>
#include <QSet>

#include <algorithm>
#include <memory>

using namespace Qt::StringLiterals;

namespace LiveTemplate {

namespace {

[[noreturn]] void throwSyntaxError(const QString &message)
{
    throw KTextTemplate::Exception(KTextTemplate::TagSyntaxError, message);
}

/// The library's documented variables of a loop.
QVariantHash loopVariables(qsizetype index, qsizetype count, const QVariant &parentLoop)
{
    QVariantHash loop;
    loop.insert(u"counter0"_s, int(index));
    loop.insert(u"counter"_s, int(index + 1));
    loop.insert(u"revcounter"_s, int(count - index));
    loop.insert(u"revcounter0"_s, int(count - index - 1));
    loop.insert(u"first"_s, index == 0);
    loop.insert(u"last"_s, index == count - 1);
    if (parentLoop.isValid())
        loop.insert(u"parentloop"_s, parentLoop);
    return loop;
}

/// A frame of the context that goes with its scope, exceptions included.
class ContextFrame
{
public:
    explicit ContextFrame(KTextTemplate::Context &context)
        : m_context(context)
    {
        m_context.push();
    }
    ~ContextFrame() { m_context.pop(); }
    Q_DISABLE_COPY_MOVE(ContextFrame)

private:
    KTextTemplate::Context &m_context;
};

/// Makes the keys of one range unique: the client finds items by them.
class UniqueKeys
{
public:
    QByteArray claim(const QByteArray &key)
    {
        QByteArray candidate = key;
        for (int copy = 2; m_taken.contains(candidate); ++copy)
            candidate = key + '#' + QByteArray::number(copy);
        m_taken.insert(candidate);
        return candidate;
    }

private:
    QSet<QByteArray> m_taken;
};

} // namespace

ForNode::ForNode(QStringList variables, const KTextTemplate::FilterExpression &list,
                 Direction direction)
    : m_variables(std::move(variables))
    , m_list(list)
    , m_direction(direction)
{
}

Dynamic ForNode::build(RenderPass &pass) const
{
    KTextTemplate::Context &context = pass.context();
    auto range = std::make_shared<Range>();
    range->statics = m_body.statics();

    const QVariantList list = values(context);
    if (list.isEmpty()) {
        range->otherwise = m_empty.build(pass);
        return range;
    }

    const QVariant parentLoop = context.lookup(u"forloop"_s);
    const ContextFrame frame(context);
    UniqueKeys keys;
    range->items.reserve(std::size_t(list.size()));
    for (qsizetype i = 0; i < list.size(); ++i) {
        context.insert(u"forloop"_s, loopVariables(i, list.size(), parentLoop));
        insertVariables(context, list.at(i));
        RangeItem item{{}, m_body.buildDynamics(pass)};
        item.key = keys.claim(itemKey(item));
        range->items.push_back(std::move(item));
    }
    return range;
}

QVariantList ForNode::values(KTextTemplate::Context &context) const
{
    const QVariant value = m_list.resolve(&context);
    if (!value.canConvert<QVariantList>())
        return {};
    QVariantList list;
    for (const QVariant &item : value.value<QSequentialIterable>())
        list.append(item);
    if (m_direction == Direction::Reversed)
        std::ranges::reverse(list);
    return list;
}

void ForNode::insertVariables(KTextTemplate::Context &context, const QVariant &value) const
{
    if (m_variables.size() == 1) {
        context.insert(m_variables.first(), value);
        return;
    }
    if (value.metaType() == QMetaType::fromType<QVariantList>()) {
        const QVariantList parts = value.toList();
        for (qsizetype i = 0; i < m_variables.size(); ++i)
            context.insert(m_variables.at(i), parts.value(i));
        return;
    }
    for (const QString &variable : m_variables)
        context.insert(variable, KTextTemplate::MetaType::lookup(value, variable));
}

QByteArray ForNode::itemKey(const RangeItem &item) const
{
    // PROTOCOL.md C: an item's key equals its rendered data-key; without one it is named after
    // what it shows.
    const int keyDynamic = m_body.statics()->keyDynamic();
    if (keyDynamic >= 0) {
        if (const auto *key = std::get_if<QByteArray>(&item.dynamics[std::size_t(keyDynamic)]))
            return *key;
    }
    QByteArray content;
    appendTree(content, Tree{m_body.statics(), item.dynamics});
    return QCryptographicHash::hash(content, QCryptographicHash::Sha1)
        .toBase64(QByteArray::OmitTrailingEquals)
        .first(12);
}

KTextTemplate::Node *ForNodeFactory::getNode(const QString &tagContent,
                                             KTextTemplate::Parser *parser) const
{
    QStringList words = smartSplit(tagContent).mid(1);
    auto direction = ForNode::Direction::Forward;
    if (!words.isEmpty() && words.last() == "reversed"_L1) {
        direction = ForNode::Direction::Reversed;
        words.removeLast();
    }
    if (words.size() < 3 || words.at(words.size() - 2) != "in"_L1)
        throwSyntaxError(u"'for' is written 'for x in list': %1"_s.arg(tagContent));

    QStringList variables;
    for (const QString &word : words.first(words.size() - 2))
        variables += word.split(u',', Qt::SkipEmptyParts);
    if (variables.isEmpty())
        throwSyntaxError(u"'for' has no variable: %1"_s.arg(tagContent));

    auto node = std::make_unique<ForNode>(variables,
                                          KTextTemplate::FilterExpression(words.last(), parser),
                                          direction);
    node->setBody(Block(parser->parse(node.get(), {u"empty"_s, u"endfor"_s})));
    if (parser->takeNextToken().content == "empty"_L1) {
        node->setEmpty(Block(parser->parse(node.get(), u"endfor"_s)));
        parser->removeNextToken();
    }
    return node.release();
}

} // namespace LiveTemplate
