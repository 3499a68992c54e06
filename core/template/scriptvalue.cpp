// SPDX-FileCopyrightText: 2026 The LiveTemplate for Qt authors
// SPDX-License-Identifier: MIT

#include "scriptvalue_p.h"

#include "escaper_p.h"
#include "utf8_p.h"

#include <KTextTemplate/SafeString>

#include <QAssociativeIterable>
#include <QDateTime>
#include <QLocale>
#include <QMetaProperty>
#include <QSequentialIterable>

#include <cmath>

using namespace Qt::StringLiterals;

namespace LiveTemplate {

namespace {

/// Values can hold others; past this depth they are no data that a script would be handed.
constexpr int maxDepth = 64;

void appendUnitEscape(QByteArray &script, char16_t unit)
{
    script += "\\u" + QByteArray::number(unit, 16).rightJustified(4, '0');
}

bool mustBeEscaped(char16_t unit, ScriptEscape escape)
{
    switch (unit) {
    // Ends a literal, a line, an attribute or a script element.
    case '"':
    case '\'':
    case '\\':
    case '`':
    case '<':
    case '>':
    case '&':
    case '=':
    case 0x2028:
    case 0x2029:
    // PROTOCOL.md C, trap 4: the client shows nothing for a value that looks like "{{…}}".
    case '{':
    case '}':
        return true;
    case '$':
    case '/':
    case '.':
    case '*':
    case '+':
    case '?':
    case '(':
    case ')':
    case '[':
    case ']':
    case '|':
    case '^':
    case '-':
        return escape != ScriptEscape::String
            && (escape == ScriptEscape::RegularExpression || unit == '$');
    default:
        return unit < 0x20 || unit == 0x7f;
    }
}

void appendString(QByteArray &script, QStringView text)
{
    script += '"';
    script += scriptEscaped(text, ScriptEscape::String);
    script += '"';
}

void appendValue(QByteArray &script, const QVariant &value, int depth);

void appendGadget(QByteArray &script, const QVariant &value, const QMetaObject &type, int depth)
{
    script += '{';
    for (int i = 0; i < type.propertyCount(); ++i) {
        if (i > 0)
            script += ',';
        appendString(script, QString::fromUtf8(type.property(i).name()));
        script += ':';
        appendValue(script, type.property(i).readOnGadget(value.constData()), depth);
    }
    script += '}';
}

void appendMap(QByteArray &script, const QVariant &value, int depth)
{
    const auto map = value.value<QAssociativeIterable>();
    // By name: the order of a hash is another one each time.
    QMap<QString, QVariant> sorted;
    for (auto it = map.begin(); it != map.end(); ++it)
        sorted.insert(it.key().toString(), it.value());
    // In a literal it would be no member, but the object's prototype.
    sorted.remove(u"__proto__"_s);
    script += '{';
    for (auto it = sorted.cbegin(); it != sorted.cend(); ++it) {
        if (it != sorted.cbegin())
            script += ',';
        appendString(script, it.key());
        script += ':';
        appendValue(script, it.value(), depth);
    }
    script += '}';
}

void appendList(QByteArray &script, const QVariant &value, int depth)
{
    script += '[';
    bool isFirst = true;
    for (const QVariant &item : value.value<QSequentialIterable>()) {
        if (!isFirst)
            script += ',';
        isFirst = false;
        appendValue(script, item, depth);
    }
    script += ']';
}

void appendValue(QByteArray &script, const QVariant &value, int depth)
{
    if (depth == 0 || value.isNull()) {
        script += "null";
        return;
    }
    const QMetaType type = value.metaType();
    if (type.metaObject() && type.flags().testFlag(QMetaType::IsGadget))
        return appendGadget(script, value, *type.metaObject(), depth - 1);
    switch (type.id()) {
    case QMetaType::Bool:
        script += value.toBool() ? "true" : "false";
        return;
    case QMetaType::Int:
    case QMetaType::UInt:
    case QMetaType::LongLong:
    case QMetaType::ULongLong:
        script += value.toByteArray();
        return;
    case QMetaType::Double:
    case QMetaType::Float: {
        const double number = value.toDouble();
        script += std::isfinite(number)
            ? QByteArray::number(number, 'g', QLocale::FloatingPointShortest)
            : "null"_ba;
        return;
    }
    case QMetaType::QString:
        return appendString(script, value.toString());
    case QMetaType::QByteArray:
        return appendString(script, QString::fromUtf8(value.toByteArray()));
    case QMetaType::QDateTime:
        return appendString(script, value.toDateTime().toString(Qt::ISODateWithMs));
    default:
        break;
    }
    if (type == QMetaType::fromType<KTextTemplate::SafeString>())
        return appendString(script, value.value<KTextTemplate::SafeString>().get());
    if (QMetaType::canConvert(type, QMetaType::fromType<QVariantMap>())
        || QMetaType::canConvert(type, QMetaType::fromType<QVariantHash>()))
        return appendMap(script, value, depth - 1);
    if (QMetaType::canConvert(type, QMetaType::fromType<QVariantList>()))
        return appendList(script, value, depth - 1);
    appendString(script, textOf(value));
}

} // namespace

QByteArray scriptValue(const QVariant &value)
{
    QByteArray script;
    appendValue(script, value, maxDepth);
    // Without a space "return{{ x }}" and "1-{{ x }}" would read as something else.
    if (!script.startsWith('"') && !script.startsWith('[') && !script.startsWith('{'))
        return ' ' + script + ' ';
    // PROTOCOL.md C, trap 4.
    return script.startsWith("{{") ? ' ' + script : script;
}

QByteArray scriptEscaped(QStringView text, ScriptEscape escape)
{
    QByteArray script;
    qsizetype start = 0;
    for (qsizetype i = 0; i < text.size(); ++i) {
        if (!mustBeEscaped(text.at(i).unicode(), escape))
            continue;
        appendUtf8(script, text.sliced(start, i - start));
        appendUnitEscape(script, text.at(i).unicode());
        start = i + 1;
    }
    appendUtf8(script, text.sliced(start));
    // An empty regular expression would be a comment.
    return script.isEmpty() && escape == ScriptEscape::RegularExpression ? "(?:)"_ba : script;
}

} // namespace LiveTemplate
