// SPDX-FileCopyrightText: 2026 The LiveTemplate for Qt authors
// SPDX-License-Identifier: MIT

#include "textualnodes_p.h"

#include "compiler_p.h"
#include "escaper_p.h"
#include "tagparser_p.h"
#include "utf8_p.h"
#include "valuenode_p.h"

#include <KTextTemplate/Util>

#include <QRegularExpression>

#include <memory>

using namespace Qt::StringLiterals;

namespace LiveTemplate {

namespace {

/// Writes its content's HTML, changed by a function.
template<typename Function>
class TextualStep : public Step
{
public:
    TextualStep(Block content, Function function)
        : m_content(std::move(content))
        , m_function(std::move(function))
    {
    }

    void run(RenderPass &pass, std::vector<Dynamic> &dynamics) const override
    {
        const QString text = m_function(pass, QString::fromUtf8(m_content.html(pass)));
        QByteArray html("");
        appendUtf8(html, text);
        pass.finish(html);
        dynamics.emplace_back(std::move(html));
    }

    std::vector<const Block *> blocks() const override { return {&m_content}; }

private:
    Block m_content;
    Function m_function;
};

template<typename Function>
void compileTextual(Compiler &compiler, const SyntaxNode &node,
                    const KTextTemplate::NodeList &content, Function function)
{
    Block block = compiler.textual(content, node);
    if (block.isEmpty() && compiler.context().state() == HtmlContext::State::Comment)
        return;
    compiler.dynamic(
        std::make_shared<TextualStep<Function>>(std::move(block), std::move(function)));
}

} // namespace

KTextTemplate::Node *SpacelessNode::parse(TagParser &tag)
{
    auto node = std::make_unique<SpacelessNode>();
    node->m_content = tag.body(node.get(), {u"endspaceless"_s}).nodes;
    return node.release();
}

void SpacelessNode::compile(Compiler &compiler) const
{
    compileTextual(compiler, *this, m_content, [](RenderPass &, const QString &html) {
        static const QRegularExpression between(u">\\s+<"_s);
        return html.trimmed().replace(between, u"><"_s);
    });
}

KTextTemplate::Node *FilterNode::parse(TagParser &tag)
{
    auto node = std::make_unique<FilterNode>();
    const QString filters = tag.content().section(u' ', 1).trimmed();
    const QStringList names = filters.split(u'|');
    if (names.contains("safe"_L1) || names.contains("escape"_L1))
        TagParser::fail(
            u"'filter' cannot use 'safe' and 'escape'; there is the tag 'autoescape'"_s);
    node->m_filters = tag.expression(u"var|"_s + filters);
    node->m_content = tag.body(node.get(), {u"endfilter"_s}).nodes;
    return node.release();
}

void FilterNode::compile(Compiler &compiler) const
{
    const Symbol variable = compiler.engine().symbols().symbol(u"var"_s);
    const bool autoescape = compiler.state().autoescape;
    compileTextual(compiler, *this, m_content,
                   [filters = m_filters, variable, autoescape](RenderPass &pass,
                                                               const QString &html) -> QString {
                       const ScopeFrame frame(pass.scope());
                       pass.scope().set(variable, html);
                       return KTextTemplate::getSafeString(
                                  filters.evaluate({pass.scope(), autoescape, true}))
                           .get();
                   });
}

} // namespace LiveTemplate
