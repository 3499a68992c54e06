// SPDX-FileCopyrightText: 2026 The LiveTemplate for Qt authors
// SPDX-License-Identifier: MIT

#include "regroupnode_p.h"

#include "compiler_p.h"
#include "tagparser_p.h"

#include <KTextTemplate/Util>

#include <memory>

using namespace Qt::StringLiterals;

namespace LiveTemplate {

namespace {

class RegroupStep : public Step
{
public:
    RegroupStep(Expression list, std::vector<Member> path, Symbol variable, bool autoescape)
        : m_list(std::move(list))
        , m_path(std::move(path))
        , m_variable(variable)
        , m_autoescape(autoescape)
    {
    }

    void run(RenderPass &pass, std::vector<Dynamic> &) const override
    {
        const QVariant value = m_list.evaluate(pass.evaluation(m_autoescape));
        const QVariantList values = value.canConvert<QVariantList>() ? value.value<QVariantList>()
                                                                     : QVariantList();
        if (values.isEmpty()) {
            pass.scope().set(m_variable, QVariantHash());
            return;
        }
        QVariantList groups;
        QString grouper;
        QVariantList group;
        const auto close = [&] {
            if (!group.isEmpty())
                groups.append(QVariantHash{{u"grouper"_s, grouper}, {u"list"_s, group}});
        };
        for (const QVariant &each : values) {
            const QString key = KTextTemplate::getSafeString(memberOf(each)).get();
            if (key != grouper) {
                close();
                group.clear();
                grouper = key;
            }
            group.append(each);
        }
        close();
        pass.scope().set(m_variable, groups);
    }

    bool hasDynamic() const override { return false; }

private:
    [[nodiscard]] QVariant memberOf(QVariant value) const
    {
        for (const Member &member : m_path)
            value = member.of(value);
        return value;
    }

    Expression m_list;
    std::vector<Member> m_path;
    Symbol m_variable;
    bool m_autoescape;
};

} // namespace

KTextTemplate::Node *RegroupNode::parse(TagParser &tag)
{
    const QStringList &words = tag.words();
    if (words.size() != 5 || words.at(1) != "by"_L1 || words.at(3) != "as"_L1)
        TagParser::fail(
            u"'regroup' is written 'regroup list by member as name': %1"_s.arg(tag.content()));
    auto node = std::make_unique<RegroupNode>();
    node->m_list = tag.expression(words.at(0));
    for (const QString &name : words.at(2).split(u'.'))
        node->m_path.emplace_back(name);
    node->m_variable = tag.variable(words.at(4));
    return node.release();
}

void RegroupNode::compile(Compiler &compiler) const
{
    compiler.effect(
        std::make_shared<RegroupStep>(m_list, m_path, m_variable, compiler.state().autoescape));
}

} // namespace LiveTemplate
