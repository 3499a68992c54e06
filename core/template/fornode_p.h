// SPDX-FileCopyrightText: 2026 The LiveTemplate for Qt authors
// SPDX-License-Identifier: MIT

#pragma once

#include "block_p.h"
#include "treenode_p.h"

#include <KTextTemplate/FilterExpression>
#include <KTextTemplate/Node>

#include <QStringList>

namespace LiveTemplate {

/// `{% for x in list [reversed] %} … {% empty %} … {% endfor %}`: a range whose items share the
/// statics of the loop's body.
class ForNode : public TreeNode
{
    Q_OBJECT

public:
    enum class Direction {
        Forward,
        Reversed
    };

    ForNode(QStringList variables, const KTextTemplate::FilterExpression &list,
            Direction direction);

    void setBody(Block body) { m_body = std::move(body); }
    void setEmpty(Block empty) { m_empty = std::move(empty); }

    [[nodiscard]] Dynamic build(RenderPass &pass) const override;

private:
    [[nodiscard]] QVariantList values(KTextTemplate::Context &context) const;
    void insertVariables(KTextTemplate::Context &context, const QVariant &value) const;
    [[nodiscard]] QByteArray itemKey(const RangeItem &item) const;

    QStringList m_variables;
    KTextTemplate::FilterExpression m_list;
    Direction m_direction;
    Block m_body;
    Block m_empty;
};

class ForNodeFactory : public KTextTemplate::AbstractNodeFactory
{
    Q_OBJECT

public:
    KTextTemplate::Node *getNode(const QString &tagContent,
                                 KTextTemplate::Parser *parser) const override;
};

} // namespace LiveTemplate
