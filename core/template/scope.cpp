// SPDX-FileCopyrightText: 2026 The LiveTemplate for Qt authors
// SPDX-License-Identifier: MIT

#include "scope_p.h"

#include <KTextTemplate/Context>

#include <QMetaProperty>

using namespace Qt::StringLiterals;

namespace LiveTemplate {

QVariant RootValues::value(const Member &name) const
{
    if (m_context)
        return m_context->lookup(name.name());
    if (const QVariant value = name.of(*m_state); value.isValid())
        return value;
    return m_values->value(name.name());
}

QVariantHash RootValues::all() const
{
    if (m_context)
        return {};
    QVariantHash all = *m_values;
    if (const QMetaObject *type = m_state->metaType().metaObject()) {
        for (int i = 0; i < type->propertyCount(); ++i) {
            const QString name = QString::fromUtf8(type->property(i).name());
            all.insert(name, Member(name).of(*m_state));
        }
    }
    return all;
}

void Scope::set(Symbol name, QVariant value)
{
    const std::size_t start = m_frames.empty() ? 0 : m_frames.back();
    for (std::size_t i = start; i < m_variables.size(); ++i) {
        if (m_variables[i].name == name) {
            m_variables[i].value = std::move(value);
            return;
        }
    }
    m_variables.push_back({name, std::move(value)});
}

QVariant Scope::forloop() const
{
    QVariant result;
    for (const Loop &loop : m_loops) {
        QVariantHash variables{
            {u"counter0"_s, int(loop.index)},
            {u"counter"_s, int(loop.index + 1)},
            {u"revcounter"_s, int(loop.count - loop.index)},
            {u"revcounter0"_s, int(loop.count - loop.index - 1)},
            {u"first"_s, loop.index == 0},
            {u"last"_s, loop.index == loop.count - 1},
        };
        if (result.isValid())
            variables.insert(u"parentloop"_s, result);
        result = variables;
    }
    return result;
}

std::vector<QVariantHash> Scope::frames() const
{
    std::vector<QVariantHash> frames;
    std::size_t end = m_variables.size();
    for (std::size_t frame = m_frames.size() + 1; frame-- > 0;) {
        const std::size_t start = frame > 0 ? m_frames[frame - 1] : 0;
        QVariantHash variables;
        for (std::size_t i = start; i < end; ++i)
            variables.insert(m_symbols.name(m_variables[i].name), m_variables[i].value);
        end = start;
        frames.push_back(std::move(variables));
    }
    if (const QVariant loop = forloop(); loop.isValid())
        frames.front().insert(u"forloop"_s, loop);
    QVariantHash root = m_root.all();
    root.insert(frames.back());
    frames.back() = std::move(root);
    return frames;
}

QVariantHash Scope::visible() const
{
    QVariantHash visible;
    const auto all = frames();
    for (std::size_t i = all.size(); i-- > 0;)
        visible.insert(all[i]);
    return visible;
}

} // namespace LiveTemplate
