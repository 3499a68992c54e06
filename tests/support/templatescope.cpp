// SPDX-FileCopyrightText: 2026 The LiveTemplate for Qt authors
// SPDX-License-Identifier: MIT

#include "templatescope.h"

using namespace Qt::StringLiterals;

namespace LiveTemplate {

void TemplateScope::addRow(const QString &path)
{
    add(path + u".name"_s, ValueKind::Text);
    add(path + u".id"_s, ValueKind::Anything);
    add(path + u".on"_s, ValueKind::Flag);
    add(path + u".group"_s, ValueKind::Number);
    add(path + u".cells"_s, ValueKind::Scalars);
    add(path + u".sub"_s, ValueKind::Rows);
    add(path + u".score"_s, ValueKind::Anything);
    add(path + u".role"_s, ValueKind::Number);
    add(path + u".address.city"_s, ValueKind::Text);
    add(path + u".address.number"_s, ValueKind::Number);
    add(path + u".cells.0"_s, ValueKind::Anything);
}

TemplateScope globalScope()
{
    TemplateScope scope;
    scope.variables = {
        {u"a"_s, ValueKind::Text},
        {u"b"_s, ValueKind::Text},
        {u"any"_s, ValueKind::Anything},
        {u"count"_s, ValueKind::Number},
        {u"price"_s, ValueKind::Number},
        {u"on"_s, ValueKind::Flag},
        {u"open"_s, ValueKind::Flag},
        {u"when"_s, ValueKind::Time},
        {u"words"_s, ValueKind::Scalars},
        {u"numbers"_s, ValueKind::Scalars},
        {u"things"_s, ValueKind::Scalars},
        {u"rows"_s, ValueKind::Rows},
        {u"people"_s, ValueKind::Rows},
        {u"guests"_s, ValueKind::Rows},
        {u"pairs"_s, ValueKind::Pairs},
        {u"nested"_s, ValueKind::Lists},
        {u"words.0"_s, ValueKind::Text},
        {u"rows.1.name"_s, ValueKind::Text},
        {u"people.0.name"_s, ValueKind::Text},
        {u"rows.size"_s, ValueKind::Number},
        {u"nested.0.1"_s, ValueKind::Anything},
        {u"map.key"_s, ValueKind::Anything},
        {u"map.inner.x"_s, ValueKind::Anything},
        {u"map.inner.list"_s, ValueKind::Scalars},
        {u"map"_s, ValueKind::Anything},
        {u"sorted.items"_s, ValueKind::Pairs},
        {u"sorted.keys"_s, ValueKind::Scalars},
        {u"sorted.values"_s, ValueKind::Scalars},
        {u"sorted.b"_s, ValueKind::Anything},
        {u"person"_s, ValueKind::Anything},
        {u"person.Writer"_s, ValueKind::Number},
        {u"missing"_s, ValueKind::Anything},
        {u"a.missing.too"_s, ValueKind::Anything},
    };
    scope.addRow(u"person"_s);
    scope.globalCount = scope.variables.size();
    return scope;
}

} // namespace LiveTemplate
