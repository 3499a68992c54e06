// SPDX-FileCopyrightText: 2026 The LiveTemplate for Qt authors
// SPDX-License-Identifier: MIT

#pragma once

#include "syntaxnode_p.h"

namespace LiveTemplate {

/// Literal text.
class TextNode : public SyntaxNode
{
    Q_OBJECT

public:
    explicit TextNode(QString text)
        : m_text(std::move(text))
    {
    }

    void compile(Compiler &compiler) const override;

private:
    QString m_text;
};

} // namespace LiveTemplate
