// SPDX-FileCopyrightText: 2026 The LiveTemplate for Qt authors
// SPDX-License-Identifier: MIT

#include "foreignnode_p.h"

#include "compiler_p.h"
#include "escaper_p.h"
#include "syntaxnode_p.h"
#include "valuenode_p.h"

#include <KTextTemplate/SafeString>

using namespace Qt::StringLiterals;

namespace LiveTemplate {

namespace {

class ForeignStep : public Step
{
public:
    ForeignStep(const KTextTemplate::Node &node, Escaper escaper, bool autoescape)
        : m_node(node)
        , m_escaper(escaper)
        , m_autoescape(autoescape)
    {
    }

    void run(RenderPass &pass, std::vector<Dynamic> &dynamics) const override
    {
        // It escaped what it wrote, for HTML.
        const KTextTemplate::SafeString html(pass.renderForeign(m_node, m_autoescape), true);
        dynamics.emplace_back(piece(pass, QVariant::fromValue(html), m_escaper, m_autoescape));
    }

    bool isUnknown() const override { return true; }

private:
    const KTextTemplate::Node &m_node;
    Escaper m_escaper;
    bool m_autoescape;
};

/// Gives a node of another library a place for messages.
class ForeignPlace : public SyntaxNode
{
public:
    void compile(Compiler &) const override {}
};

} // namespace

void compileForeign(Compiler &compiler, const KTextTemplate::Node &node)
{
    ForeignPlace place;
    place.setPlace(nullptr, compiler.state().templates.value(compiler.state().templates.size() - 1),
                   {});
    compiler.value(place, [&](Escaper escaper) {
        return std::make_shared<ForeignStep>(node, escaper, compiler.state().autoescape);
    });
}

} // namespace LiveTemplate
