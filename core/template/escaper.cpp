// SPDX-FileCopyrightText: 2026 The LiveTemplate for Qt authors
// SPDX-License-Identifier: MIT

#include "escaper_p.h"

#include "attributes_p.h"
#include "markup_p.h"
#include "scriptvalue_p.h"
#include "utf8_p.h"

#include <KTextTemplate/MetaType>
#include <KTextTemplate/SafeString>
#include <KTextTemplate/Util>

#include <QLocale>
#include <QRegularExpression>

#include <array>
#include <charconv>

using namespace Qt::StringLiterals;

namespace LiveTemplate {

namespace {

constexpr char upperHexDigits[] = "0123456789ABCDEF";

bool isAsciiLetterOrDigit(char16_t unit)
{
    return (unit >= '0' && unit <= '9') || (unit >= 'a' && unit <= 'z')
        || (unit >= 'A' && unit <= 'Z');
}

/// What stands for @p unit in HTML; empty: itself.
constexpr QByteArrayView htmlEntity(char16_t unit)
{
    switch (unit) {
    case '<':
        return "&lt;";
    case '>':
        return "&gt;";
    case '&':
        return "&amp;";
    case '"':
        return "&quot;";
    case '\'':
        return "&#39;";
    default:
        return {};
    }
}

/// Whether a character reference starts at the first character of @p text, as in "&amp;".
bool startsWithReference(QStringView text)
{
    static const QRegularExpression reference(
        u"^&(#[0-9]{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});"_s);
    return reference.matchView(text).hasMatch();
}

/// As appendHtmlEscaped(), but leaves character references as they are: the text is markup.
void appendNormalized(QByteArray &html, QStringView text)
{
    qsizetype start = 0;
    for (qsizetype i = 0; i < text.size(); ++i) {
        const QByteArrayView entity = htmlEntity(text.at(i).unicode());
        if (entity.isEmpty() || (text.at(i) == u'&' && startsWithReference(text.sliced(i))))
            continue;
        appendUtf8(html, text.sliced(start, i - start));
        html += entity;
        start = i + 1;
    }
    appendUtf8(html, text.sliced(start));
}

/// RFC 3986's unreserved characters.
bool isUnreserved(uchar byte)
{
    return isAsciiLetterOrDigit(byte) || byte == '-' || byte == '.' || byte == '_' || byte == '~';
}

enum class UrlUse {
    /// Keeps the characters that structure an address, and what is percent-encoded.
    Address,
    /// Keeps neither.
    Component
};

QByteArray percentEncoded(QStringView text, UrlUse use)
{
    QByteArray utf8;
    appendUtf8(utf8, text);
    QByteArray encoded;
    encoded.reserve(utf8.size() + 16);
    const auto isHexDigit = [](char digit) {
        return std::isxdigit(uchar(digit)) != 0;
    };
    for (qsizetype i = 0; i < utf8.size(); ++i) {
        const auto byte = uchar(utf8.at(i));
        const bool isKept = isUnreserved(byte)
            || (use == UrlUse::Address
                && (QByteArrayView("!#$&*+,/:;=?@[]").contains(char(byte))
                    || (byte == '%' && i + 2 < utf8.size() && isHexDigit(utf8.at(i + 1))
                        && isHexDigit(utf8.at(i + 2)))));
        if (isKept) {
            encoded += char(byte);
        } else {
            encoded += '%';
            encoded += upperHexDigits[byte >> 4];
            encoded += upperHexDigits[byte & 0xf];
        }
    }
    return encoded;
}

/// Whether an address does not start a script: it has no scheme, or one of those that only fetch.
bool isHarmlessUrl(QStringView url)
{
    // A browser ignores these before and within a scheme.
    QString scheme;
    for (const QChar character : url) {
        if (character == u':') {
            return scheme.compare("http"_L1, Qt::CaseInsensitive) == 0
                || scheme.compare("https"_L1, Qt::CaseInsensitive) == 0
                || scheme.compare("mailto"_L1, Qt::CaseInsensitive) == 0
                || scheme.compare("tel"_L1, Qt::CaseInsensitive) == 0;
        }
        if (character == u'/' || character == u'?' || character == u'#')
            return true;
        if (character.unicode() > 0x20)
            scheme += character;
    }
    // The text behind the value may be the colon.
    return scheme.compare("javascript"_L1, Qt::CaseInsensitive) != 0
        && scheme.compare("vbscript"_L1, Qt::CaseInsensitive) != 0
        && scheme.compare("data"_L1, Qt::CaseInsensitive) != 0;
}

/// Whether a later one of several addresses, as SVG's animations have, starts a script.
bool hasHarmfulPart(QStringView urls)
{
    static const QRegularExpression harmful(
        u";[\\x00-\\x20]*(javascript|vbscript|data)[\\x00-\\x20]*:"_s,
        QRegularExpression::CaseInsensitiveOption);
    return harmful.matchView(urls).hasMatch();
}

/// Percent-encodes the colons that would make a later one of several addresses a scheme.
QByteArray withoutLaterSchemes(QByteArray url)
{
    bool mayBeScheme = false;
    for (qsizetype i = 0; i < url.size(); ++i) {
        if (url.at(i) == ';')
            mayBeScheme = true;
        else if (url.at(i) == '/' || url.at(i) == '?' || url.at(i) == '#')
            mayBeScheme = false;
        else if (url.at(i) == ':' && mayBeScheme)
            url.replace(i, 1, "%3A");
    }
    return url;
}

QByteArray filteredUrl(QStringView url)
{
    return isHarmlessUrl(url) && !hasHarmfulPart(url)
        ? withoutLaterSchemes(percentEncoded(url, UrlUse::Address))
        : refusedUrl.toByteArray();
}

/// Each address of a `srcset` by itself: "url size, url size".
QByteArray sourceSet(QStringView text)
{
    QByteArray result;
    for (const QStringView candidate : text.split(u',')) {
        const QStringView trimmed = candidate.trimmed();
        if (!result.isEmpty())
            result += ", ";
        const qsizetype space = trimmed.indexOf(u' ');
        const QStringView url = space < 0 ? trimmed : trimmed.first(space);
        result += filteredUrl(url).replace(',', "%2C");
        static const QRegularExpression size(u"^\\s*[0-9.]+[wxh]\\s*$"_s);
        if (space >= 0 && size.matchView(trimmed.sliced(space)).hasMatch())
            result += ' ' + trimmed.sliced(space).trimmed().toLatin1();
    }
    return result;
}

/// A name that cannot make an attribute do anything: no handler, no address, no style, nothing that
/// the client acts upon.
bool isHarmlessAttributeName(const QString &name)
{
    static const QRegularExpression word(u"^[A-Za-z][A-Za-z0-9-]*$"_s);
    return word.match(name).hasMatch() && !name.startsWith("lvt-"_L1, Qt::CaseInsensitive)
        && isPlainAttributeAnywhere(name.toLower());
}

/// A CSS value that stays one: numbers, words, colours, percentages.
bool isHarmlessStyle(QStringView value)
{
    static const QRegularExpression harmless(u"^[-+.:#%,!\\w\\s]*$"_s,
                                             QRegularExpression::UseUnicodePropertiesOption);
    static const QRegularExpression dangerous(u"expression|-moz-binding|javascript|behaviou?r"_s,
                                              QRegularExpression::CaseInsensitiveOption);
    return harmless.matchView(value).hasMatch() && !dangerous.matchView(value).hasMatch()
        && !value.contains("--"_L1);
}

/// CSS escapes are hexadecimal, and a space ends them.
QByteArray styleEscaped(QStringView text)
{
    QByteArray result;
    qsizetype start = 0;
    for (qsizetype i = 0; i < text.size(); ++i) {
        const char16_t unit = text.at(i).unicode();
        const bool isPlain = isAsciiLetterOrDigit(unit) || unit >= 0x80 || unit == ' '
            || unit == '-' || unit == '_' || unit == '.' || unit == ',' || unit == '!'
            || unit == '#' || unit == '$' || unit == '%' || unit == '=' || unit == '?'
            || unit == '@' || unit == '~' || unit == '|' || unit == '^';
        if (isPlain)
            continue;
        appendUtf8(result, text.sliced(start, i - start));
        // CSS reads a null as U+FFFD whichever way it is written.
        result += '\\' + QByteArray::number(unit == 0 ? 0xfffd : unit, 16) + ' ';
        start = i + 1;
    }
    appendUtf8(result, text.sliced(start));
    return result;
}

QByteArray escapedFor(const QVariant &value, Escaper::Kind kind)
{
    switch (kind) {
    case Escaper::Kind::Url:
        return filteredUrl(textOf(value));
    case Escaper::Kind::UrlPart:
        return percentEncoded(textOf(value), UrlUse::Address);
    case Escaper::Kind::UrlSchemeless:
        return percentEncoded(textOf(value), UrlUse::Address).replace(':', "%3A");
    case Escaper::Kind::UrlQuery:
        return percentEncoded(textOf(value), UrlUse::Component);
    case Escaper::Kind::SourceSet:
        return sourceSet(textOf(value));
    case Escaper::Kind::ScriptValue:
        return scriptValue(value);
    case Escaper::Kind::ScriptString:
        return scriptEscaped(textOf(value), ScriptEscape::String);
    case Escaper::Kind::ScriptTemplateLiteral:
        return scriptEscaped(textOf(value), ScriptEscape::TemplateLiteral);
    case Escaper::Kind::ScriptRegularExpression:
        return scriptEscaped(textOf(value), ScriptEscape::RegularExpression);
    case Escaper::Kind::StyleValue: {
        const QString text = textOf(value);
        return isHarmlessStyle(text) ? text.toUtf8() : refusedValue.toByteArray();
    }
    case Escaper::Kind::StyleString:
        return styleEscaped(textOf(value));
    case Escaper::Kind::StyleUrl:
        return styleEscaped(QString::fromLatin1(filteredUrl(textOf(value))));
    case Escaper::Kind::StyleUrlPart:
        return styleEscaped(QString::fromLatin1(percentEncoded(textOf(value), UrlUse::Address)));
    case Escaper::Kind::AttributeName: {
        if (value.metaType() == QMetaType::fromType<AttributesMarkup>())
            return value.value<AttributesMarkup>().attributes;
        const QString text = textOf(value);
        return text.isEmpty() || isHarmlessAttributeName(text) ? text.toLatin1()
                                                               : refusedValue.toByteArray();
    }
    case Escaper::Kind::MetaContent: {
        const QString text = textOf(value);
        if (isRefresh(text))
            return refusedValue.toByteArray();
        QByteArray utf8;
        appendUtf8(utf8, text);
        return utf8;
    }
    case Escaper::Kind::HtmlInAttribute: {
        QByteArray html;
        appendHtmlEscaped(html, textOf(value));
        return html;
    }
    case Escaper::Kind::Html:
    case Escaper::Kind::PlainText:
    case Escaper::Kind::Attribute:
    case Escaper::Kind::Nothing:
        break;
    }
    return {};
}

void appendMarkup(QByteArray &html, const QVariant &value, bool autoescape)
{
    if (value.typeId() == QMetaType::QString && autoescape) {
        appendHtmlEscaped(html, *static_cast<const QString *>(value.constData()));
        return;
    }
    const KTextTemplate::SafeString text = value.typeId() == QMetaType::QString
        ? KTextTemplate::SafeString(value.toString())
        : (value.metaType() == QMetaType::fromType<KTextTemplate::SafeString>()
               ? value.value<KTextTemplate::SafeString>()
               : KTextTemplate::SafeString(textOf(value)));
    if (text.needsEscape() || (autoescape && !text.isSafe())) {
        appendHtmlEscaped(html, text.get());
        return;
    }
    appendUtf8(html, text.get());
}

void appendInteger(QByteArray &html, qlonglong number)
{
    std::array<char, 24> digits;
    const auto end = std::to_chars(digits.begin(), digits.end(), number).ptr;
    html.append(digits.data(), end - digits.data());
}

/// The common case needs no SafeString, which is costly to make.
bool appendNumber(QByteArray &html, const QVariant &value)
{
    switch (value.typeId()) {
    case QMetaType::Int:
        appendInteger(html, *static_cast<const int *>(value.constData()));
        return true;
    case QMetaType::LongLong:
        appendInteger(html, *static_cast<const qlonglong *>(value.constData()));
        return true;
    case QMetaType::Double:
        html += QByteArray::number(*static_cast<const double *>(value.constData()), 'g',
                                   QLocale::FloatingPointShortest);
        return true;
    case QMetaType::Bool:
        html += *static_cast<const bool *>(value.constData()) ? "true" : "false";
        return true;
    default:
        return false;
    }
}

} // namespace

QString textOf(const QVariant &value)
{
    if (value.typeId() == QMetaType::QString)
        return value.toString();
    if (value.typeId() == QMetaType::QVariantList)
        return KTextTemplate::toString(value.toList()).get();
    if (isEnumerator(value)) {
        const QVariant number = KTextTemplate::MetaType::lookup(value, u"value"_s);
        return number.toInt() >= 0 ? number.toString() : QString();
    }
    return KTextTemplate::getSafeString(value).get();
}

void keepRootTags(QByteArray &html)
{
    for (const QByteArrayView tag : {QByteArrayView("<root>"), QByteArrayView("</root>")}) {
        for (qsizetype at = html.indexOf(tag); at >= 0; at = html.indexOf(tag, at + 1))
            html.insert(at + tag.size() - 1, ' ');
    }
}

bool isEnumerator(const QVariant &value)
{
    // The library's type for it is private.
    return value.typeId() > QMetaType::User
        && QByteArrayView(value.metaType().name()).endsWith("MetaEnumVariable");
}

void appendHtmlEscaped(QByteArray &html, QStringView text)
{
    qsizetype start = 0;
    const char16_t *const units = text.utf16();
    for (qsizetype i = 0; i < text.size(); ++i) {
        // All of them are below, and little else.
        if (units[i] > '>')
            continue;
        const QByteArrayView entity = htmlEntity(units[i]);
        if (entity.isEmpty())
            continue;
        appendUtf8(html, text.sliced(start, i - start));
        html += entity;
        start = i + 1;
    }
    appendUtf8(html, text.sliced(start));
}

void appendEscaped(QByteArray &html, const QVariant &value, Escaper escaper, bool autoescape)
{
    switch (escaper.kind) {
    case Escaper::Kind::Nothing:
        return;
    case Escaper::Kind::Html:
        if (value.isValid() && !appendNumber(html, value))
            appendMarkup(html, value, autoescape);
        return;
    case Escaper::Kind::PlainText:
    case Escaper::Kind::Attribute:
        if (!value.isValid() || appendNumber(html, value))
            return;
        if (value.typeId() == QMetaType::QString) {
            appendHtmlEscaped(html, *static_cast<const QString *>(value.constData()));
        } else if (KTextTemplate::isSafeString(value)
                   && KTextTemplate::getSafeString(value).isSafe()) {
            appendNormalized(html, KTextTemplate::getSafeString(value).get());
        } else {
            appendHtmlEscaped(html, textOf(value));
        }
        return;
    default:
        break;
    }
    const QByteArray escaped = escapedFor(value, escaper.kind);
    if (escaper.inAttribute)
        appendHtmlEscaped(html, QString::fromUtf8(escaped));
    else
        html += escaped;
}

} // namespace LiveTemplate
