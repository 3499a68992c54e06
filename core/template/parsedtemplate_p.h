// SPDX-FileCopyrightText: 2026 The LiveTemplate for Qt authors
// SPDX-License-Identifier: MIT

#pragma once

#include <KTextTemplate/Node>
#include <KTextTemplate/Template>

#include <QString>

namespace LiveTemplate {

/// A template file as its author wrote it: a tree of syntax nodes.
class ParsedTemplate
{
public:
    explicit ParsedTemplate(KTextTemplate::Template parsed)
        : m_parsed(std::move(parsed))
        , m_nodes(m_parsed->nodeList())
    {
    }

    [[nodiscard]] const KTextTemplate::NodeList &nodes() const { return m_nodes; }

private:
    /// Owns the nodes.
    KTextTemplate::Template m_parsed;
    KTextTemplate::NodeList m_nodes;
};

} // namespace LiveTemplate
