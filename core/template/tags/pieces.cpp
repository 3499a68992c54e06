// SPDX-FileCopyrightText: 2026 The LiveTemplate for Qt authors
// SPDX-License-Identifier: MIT

#include "pieces_p.h"

#include "compiler_p.h"
#include "scriptvalue_p.h"
#include "tagparser_p.h"
#include "valuenode_p.h"

#include <KTextTemplate/SafeString>
#include <KTextTemplate/Util>

#include <QDateTime>
#include <QJsonDocument>

#include <memory>

using namespace Qt::StringLiterals;

namespace LiveTemplate {

namespace {

/// Writes what a function gives.
template<typename Function>
class PieceStep : public Step
{
public:
    PieceStep(Function function, Escaper escaper, bool autoescape)
        : m_function(std::move(function))
        , m_escaper(escaper)
        , m_autoescape(autoescape)
    {
    }

    void run(RenderPass &pass, std::vector<Dynamic> &dynamics) const override
    {
        const QVariant value = m_function(pass, pass.evaluation(m_autoescape));
        dynamics.emplace_back(piece(pass, value, m_escaper, m_autoescape));
    }

private:
    Function m_function;
    Escaper m_escaper;
    bool m_autoescape;
};

template<typename Function>
void compilePiece(Compiler &compiler, const SyntaxNode &node, Function function)
{
    compiler.value(node, [&](Escaper escaper) {
        return std::make_shared<PieceStep<Function>>(std::move(function), escaper,
                                                     compiler.state().autoescape);
    });
}

/// What the library's tags make of a value: its text, without that of a list or an enumerator.
QVariant pieceValue(const QVariant &value)
{
    return QVariant::fromValue(KTextTemplate::getSafeString(value));
}

} // namespace

KTextTemplate::Node *CycleNode::parse(TagParser &tag)
{
    QStringList words = tag.words();
    if (words.isEmpty())
        TagParser::fail(u"'cycle' takes one value or more"_s);
    if (words.first().contains(u',') && !words.first().startsWith(u'"')
        && !words.first().startsWith(u'\'')) {
        QStringList list;
        for (const QString &word : words.takeFirst().split(u','))
            list.append(u'"' + word + u'"');
        words = list + words;
    }
    if (words.size() == 1) {
        const auto found = tag.state().cycles.constFind(words.first());
        if (found == tag.state().cycles.constEnd())
            TagParser::fail(u"there is no cycle '%1' before this place"_s.arg(words.first()));
        return *found;
    }
    auto node = std::make_unique<CycleNode>();
    QString name;
    if (words.size() > 3 && words.at(words.size() - 2) == "as"_L1) {
        name = words.takeLast();
        words.removeLast();
        node->m_variable = tag.variable(name);
    }
    for (const QString &word : words)
        node->m_values.push_back(tag.expression(word));
    if (!name.isEmpty())
        tag.state().cycles.insert(name, node.get());
    return node.release();
}

void CycleNode::compile(Compiler &compiler) const
{
    compilePiece(compiler, *this,
                 [this, values = m_values, variable = m_variable](RenderPass &pass,
                                                                  const Evaluation &evaluation) {
                     int &count = pass.cycle(this);
                     const Expression &next = values[std::size_t(count)];
                     count = (count + 1) % int(values.size());
                     const QVariant value = pieceValue(next.evaluate(evaluation));
                     if (variable)
                         pass.scope().set(*variable, value);
                     return value;
                 });
}

KTextTemplate::Node *FirstOfNode::parse(TagParser &tag)
{
    if (tag.words().isEmpty())
        TagParser::fail(u"'firstof' takes one value or more"_s);
    auto node = std::make_unique<FirstOfNode>();
    for (const QString &word : tag.words())
        node->m_values.push_back(tag.expression(word));
    return node.release();
}

void FirstOfNode::compile(Compiler &compiler) const
{
    compilePiece(compiler, *this,
                 [values = m_values](RenderPass &, const Evaluation &evaluation) -> QVariant {
                     for (const Expression &value : values) {
                         if (value.isTrue(evaluation))
                             return pieceValue(value.evaluate(evaluation));
                     }
                     return {};
                 });
}

KTextTemplate::Node *NowNode::parse(TagParser &tag)
{
    const QStringList parts = tag.content().split(u'"');
    if (parts.size() != 3)
        TagParser::fail(u"'now' takes one quoted format: now \"hh:mm\""_s);
    auto node = std::make_unique<NowNode>();
    node->m_format = parts.at(1);
    return node.release();
}

void NowNode::compile(Compiler &compiler) const
{
    compilePiece(compiler, *this, [format = m_format](RenderPass &, const Evaluation &) {
        return QVariant(QDateTime::currentDateTime().toString(format));
    });
}

KTextTemplate::Node *WidthRatioNode::parse(TagParser &tag)
{
    const QStringList &words = tag.words();
    if (words.size() != 3)
        TagParser::fail(u"'widthratio' takes three values: value, maximum, width"_s);
    auto node = std::make_unique<WidthRatioNode>();
    node->m_value = tag.expression(words.at(0));
    node->m_maximum = tag.expression(words.at(1));
    node->m_width = tag.expression(words.at(2));
    return node.release();
}

void WidthRatioNode::compile(Compiler &compiler) const
{
    compilePiece(compiler, *this,
                 [value = m_value, maximum = m_maximum,
                  width = m_width](RenderPass &, const Evaluation &evaluation) -> QVariant {
                     const QVariant part = value.evaluate(evaluation);
                     const QVariant whole = maximum.evaluate(evaluation);
                     if (!part.isValid() || !whole.isValid() || whole.toDouble() == 0)
                         return {};
                     const double result = part.toDouble() / whole.toDouble()
                         * width.evaluate(evaluation).toInt();
                     // As the library rounds: towards zero, then up from the half on.
                     const double down = std::trunc(result);
                     return QString::number(result < down + 0.5 ? down : down + 1);
                 });
}

KTextTemplate::Node *DebugNode::parse(TagParser &)
{
    return std::make_unique<DebugNode>().release();
}

void DebugNode::compile(Compiler &compiler) const
{
    compilePiece(compiler, *this, [](RenderPass &pass, const Evaluation &) {
        QString text = u"\n\nContext:\n"_s;
        for (const QVariantHash &frame : pass.scope().frames()) {
            QStringList names = frame.keys();
            names.sort();
            for (const QString &name : names)
                text += u"key %1, type %2\n"_s.arg(name,
                                                   QLatin1StringView(frame.value(name).typeName()));
        }
        return QVariant(text + u"End context:\n\n"_s);
    });
}

KTextTemplate::Node *DumpNode::parse(TagParser &tag)
{
    if (tag.words().size() > 1)
        TagParser::fail(u"'dump' takes one value, or none for all variables"_s);
    auto node = std::make_unique<DumpNode>();
    if (!tag.words().isEmpty())
        node->m_value = tag.expression(tag.words().first());
    return node.release();
}

void DumpNode::compile(Compiler &compiler) const
{
    compilePiece(compiler, *this,
                 [value = m_value](RenderPass &pass, const Evaluation &evaluation) -> QVariant {
                     const QByteArray json = scriptValue(value ? value->evaluate(evaluation)
                                                               : QVariant(pass.scope().visible()));
                     // A number or a word is no document by itself.
                     const auto document = QJsonDocument::fromJson('[' + json + ']');
                     const QByteArray lines = document.toJson(QJsonDocument::Indented);
                     const QByteArray inside = lines.trimmed().sliced(1).chopped(1).trimmed();
                     return QString::fromUtf8(inside).replace("\n    "_L1, "\n"_L1);
                 });
}

} // namespace LiveTemplate
