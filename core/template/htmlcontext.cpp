// SPDX-FileCopyrightText: 2026 The LiveTemplate for Qt authors
// SPDX-License-Identifier: MIT

#include "htmlcontext_p.h"

#include <QHash>
#include <QRegularExpression>
#include <QSet>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace LiveTemplate {

namespace {

/// As an attribute's name when a value gives it.
const QString dynamicName = u"{}"_s;

const QString ambiguousSlash = u"'/' here can divide or start a regular expression, because "
                               u"branches before it end in different "
                               "ways; put parentheses around them"_s;

/// How much of an address is kept to know its scheme.
constexpr qsizetype maxValueText = 64;

bool isLetter(QChar character)
{
    return (character >= u'a' && character <= u'z') || (character >= u'A' && character <= u'Z');
}

/// HTML's white space.
bool isSpace(QChar character)
{
    return character == u' ' || character == u'\n' || character == u'\t' || character == u'\r'
        || character == u'\f';
}

/// Appends the character that a reference like "&#58;" at @p start means, and gives the place of
/// the reference's last character. Browsers do without the semicolon.
qsizetype decodeNumber(QStringView text, qsizetype start, QString &result)
{
    qsizetype end = start + 2;
    const bool isHex = end < text.size() && text.at(end).toLower() == u'x';
    if (isHex)
        ++end;
    const qsizetype digits = end;
    const auto isDigit = [isHex](QChar character) {
        const char16_t unit = character.toLower().unicode();
        return (unit >= '0' && unit <= '9') || (isHex && unit >= 'a' && unit <= 'f');
    };
    while (end < text.size() && isDigit(text.at(end)))
        ++end;
    bool isNumber = false;
    const char32_t code = text.sliced(digits, end - digits).toUInt(&isNumber, isHex ? 16 : 10);
    if (!isNumber || code == 0 || code > 0x10ffff) {
        result += text.at(start);
        return start;
    }
    result += QString::fromUcs4(&code, 1);
    return end < text.size() && text.at(end) == u';' ? end : end - 1;
}

/// The text that an attribute's literal characters mean. Only the references that authors write
/// where the meaning matters, in code and addresses.
QString decoded(QStringView text)
{
    if (!text.contains(u'&'))
        return text.toString();
    static const QHash<QString, QChar> references{
        {u"amp"_s, u'&'},      {u"lt"_s, u'<'},    {u"gt"_s, u'>'},    {u"quot"_s, u'"'},
        {u"apos"_s, u'\''},    {u"colon"_s, u':'}, {u"sol"_s, u'/'},   {u"Tab"_s, u'\t'},
        {u"NewLine"_s, u'\n'}, {u"grave"_s, u'`'}, {u"bsol"_s, u'\\'}, {u"lpar"_s, u'('},
        {u"rpar"_s, u')'},     {u"num"_s, u'#'},   {u"quest"_s, u'?'}, {u"equals"_s, u'='}};
    QString result;
    for (qsizetype i = 0; i < text.size(); ++i) {
        if (text.sliced(i).startsWith("&#"_L1)) {
            i = decodeNumber(text, i, result);
            continue;
        }
        const qsizetype end = text.at(i) == u'&' ? text.indexOf(u';', i) : -1;
        const QString name = end < 0 ? QString() : text.sliced(i + 1, end - i - 1).toString();
        const auto found = references.constFind(name);
        if (found == references.constEnd()) {
            result += text.at(i);
            continue;
        }
        result += *found;
        i = end;
    }
    return result;
}

/// The scheme of an address's start, as a browser reads it.
bool startsScript(const QString &url)
{
    QString start;
    for (const QChar character : url) {
        if (character.unicode() > 0x20)
            start += character.toLower();
    }
    if (start.startsWith("javascript:"_L1) || start.startsWith("vbscript:"_L1))
        return true;
    // Of data, what a browser makes a page of; what it is must be known.
    static const QRegularExpression harmless(
        u"^data:(image/(?!svg)|audio/|video/|font/|text/(plain|css|csv)[;,]|application/(json|pdf|"
        "octet-stream)[;,])"_s);
    return start.startsWith("data:"_L1) && !harmless.match(start).hasMatch();
}

/// https://html.spec.whatwg.org/#javascript-mime-type, and the types that hold JSON or modules.
bool isScriptType(const QString &type)
{
    static const QSet<QString> types{
        QString(),
        u"module"_s,
        u"importmap"_s,
        u"speculationrules"_s,
        u"text/javascript"_s,
        u"application/javascript"_s,
        u"text/ecmascript"_s,
        u"application/ecmascript"_s,
        u"application/x-javascript"_s,
        u"application/json"_s,
        u"application/ld+json"_s,
        u"text/json"_s,
        u"text/jscript"_s,
        u"text/livescript"_s,
        u"text/x-javascript"_s,
        u"text/x-ecmascript"_s,
    };
    return types.contains(type.section(u';', 0, 0).trimmed().toLower());
}

} // namespace

/// Reads a piece of text from a context on, and leaves the context behind it.
class HtmlContext::Reader
{
public:
    Reader(HtmlContext &context, QStringView text, QString &html, std::vector<HtmlEvent> &events)
        : m_context(context)
        , m_text(text)
        , m_html(html)
        , m_events(events)
    {
    }

    std::expected<void, HtmlProblem> run()
    {
        while (m_at < m_text.size() && m_problem.isEmpty())
            step();
        if (!m_problem.isEmpty())
            return std::unexpected(HtmlProblem{m_at, m_problem});
        return {};
    }

private:
    void step()
    {
        switch (m_context.m_state) {
        case State::Text:
            return text();
        case State::TagOpen:
            m_context.m_state = State::Text;
            return tagOpen();
        case State::Declaration:
            if (copyTo(m_text.indexOf(u'>', m_at)))
                m_context.m_state = State::Text;
            return;
        case State::Comment:
            return comment();
        case State::TagName:
            return tagName();
        case State::Tag:
        case State::AfterAttributeName:
            return tag();
        case State::AttributeName:
            return attributeName();
        case State::BeforeValue:
            return beforeValue();
        case State::UnquotedValue:
        case State::QuotedByUs:
            return unquotedValue();
        case State::SingleQuotedValue:
            return quotedValue(u'\'');
        case State::DoubleQuotedValue:
            return quotedValue(u'"');
        case State::PlainTextElement:
        case State::ScriptElement:
        case State::StyleElement:
            return elementText();
        }
    }

    void text()
    {
        const qsizetype open = m_text.indexOf(u'<', m_at);
        if (open < 0) {
            copy(m_text.size());
            return;
        }
        copy(open);
        if (m_text.sliced(open).startsWith("<!--"_L1)) {
            m_at = open + 4;
            m_context.m_state = State::Comment;
            // These end where they begin: "<!-->" and "<!--->".
            for (const auto abrupt : {">"_L1, "->"_L1}) {
                if (m_text.sliced(m_at).startsWith(abrupt)) {
                    m_at += abrupt.size();
                    m_context.m_state = State::Text;
                    return;
                }
            }
            return;
        }
        m_tag = m_html.size();
        copy(open + 1);
        tagOpen();
    }

    /// Behind a `<`.
    void tagOpen()
    {
        if (m_at >= m_text.size()) {
            m_context.m_state = State::TagOpen;
            return;
        }
        const QChar first = m_text.at(m_at);
        const QChar second = m_at + 1 < m_text.size() ? m_text.at(m_at + 1) : QChar();
        if (isLetter(first) || (first == u'/' && isLetter(second))) {
            m_context.m_isEndTag = first == u'/';
            m_events.push_back(
                {m_context.m_isEndTag ? HtmlEvent::Kind::EndTag : HtmlEvent::Kind::StartTag,
                 {},
                 m_tag});
            m_context.m_element.clear();
            m_context.m_scriptIsCode = true;
            m_context.m_state = State::TagName;
            m_context.m_attribute.clear();
            if (m_context.m_isEndTag)
                copy(m_at + 1);
        } else if (first == u'/' && second.isNull()) {
            copy(m_at + 1);
            m_context.m_state = State::TagOpen;
        } else if (first == u'!' || first == u'?' || first == u'/') {
            m_context.m_state = State::Declaration;
        }
    }

    void comment()
    {
        qsizetype end = m_text.indexOf("-->"_L1, m_at);
        qsizetype size = 3;
        const qsizetype other = m_text.indexOf("--!>"_L1, m_at);
        if (other >= 0 && (end < 0 || other < end)) {
            end = other;
            size = 4;
        }
        if (end < 0) {
            m_at = m_text.size();
            return;
        }
        m_at = end + size;
        m_context.m_state = State::Text;
    }

    void tagName()
    {
        const qsizetype start = m_at;
        qsizetype end = start;
        while (end < m_text.size() && !isSpace(m_text.at(end)) && m_text.at(end) != u'/'
               && m_text.at(end) != u'>')
            ++end;
        m_context.m_element += m_text.sliced(start, end - start).toString().toLower();
        copy(end);
        if (end < m_text.size()) {
            if (!m_events.empty() && m_events.back().name.isEmpty())
                m_events.back().name = m_context.m_element;
            m_context.m_state = State::Tag;
        }
    }

    /// Between attributes, and behind the name of one.
    void tag()
    {
        const QChar character = m_text.at(m_at);
        if (std::exchange(m_context.m_nameMustEnd, false) && !isSpace(character)
            && character != u'/' && character != u'>') {
            m_problem = u"a name cannot go on behind or within a branch; leave a space"_s;
            return;
        }
        if (isSpace(character)) {
            copy(m_at + 1);
        } else if (character == u'>') {
            copy(m_at + 1);
            if (!m_context.m_isEndTag)
                m_events.push_back(
                    {HtmlEvent::Kind::StartTagEnd, m_context.m_element, m_html.size()});
            m_context.endTag();
        } else if (character == u'/') {
            copy(m_at + 1);
            m_context.enterTag();
        } else if (character == u'=') {
            if (m_context.m_state != State::AfterAttributeName) {
                m_problem = u"there is no attribute's name before '='"_s;
                return;
            }
            // An empty one would make what is behind it attributes.
            if (m_context.m_attribute == dynamicName) {
                m_problem = u"an attribute whose name is a value cannot have a value; write the "
                            "name as text"_s;
                return;
            }
            copy(m_at + 1);
            m_context.m_state = State::BeforeValue;
        } else {
            m_context.m_attribute.clear();
            m_context.m_state = State::AttributeName;
            m_context.m_attribute += character.toLower();
            copy(m_at + 1);
        }
    }

    void attributeName()
    {
        qsizetype end = m_at;
        while (end < m_text.size() && !isSpace(m_text.at(end)) && m_text.at(end) != u'/'
               && m_text.at(end) != u'>' && m_text.at(end) != u'=')
            ++end;
        if (m_context.m_attribute == dynamicName && end > m_at) {
            m_problem = u"an attribute's name cannot be half text and half value"_s;
            return;
        }
        m_context.m_attribute += m_text.sliced(m_at, end - m_at).toString().toLower();
        copy(end);
        if (end < m_text.size())
            m_context.m_state = State::AfterAttributeName;
    }

    void beforeValue()
    {
        const QChar character = m_text.at(m_at);
        if (isSpace(character)) {
            copy(m_at + 1);
            return;
        }
        if (character == u'>') {
            m_context.enterTag();
            return;
        }
        m_context.startAttribute();
        if (character == u'"' || character == u'\'') {
            copy(m_at + 1);
            m_context.m_state = character == u'"' ? State::DoubleQuotedValue
                                                  : State::SingleQuotedValue;
        } else {
            m_context.m_state = State::UnquotedValue;
            m_context.m_valueStart = m_html.size();
        }
    }

    void unquotedValue()
    {
        qsizetype end = m_at;
        while (end < m_text.size() && !isSpace(m_text.at(end)) && m_text.at(end) != u'>')
            ++end;
        const QStringView value = m_text.sliced(m_at, end - m_at);
        if (!attributeText(value))
            return;
        if (m_context.m_state == State::QuotedByUs) {
            m_html += value.toString().replace(u'"', "&quot;"_L1);
            m_at = end;
        } else {
            copy(end);
        }
        if (end < m_text.size()) {
            if (m_context.m_state == State::QuotedByUs)
                m_html += u'"';
            m_context.enterTag();
        }
    }

    void quotedValue(QChar quote)
    {
        const qsizetype found = m_text.indexOf(quote, m_at);
        const qsizetype end = found < 0 ? m_text.size() : found;
        if (!attributeText(m_text.sliced(m_at, end - m_at)))
            return;
        copy(end);
        if (found >= 0) {
            copy(end + 1);
            m_context.enterTag();
        }
    }

    bool attributeText(QStringView text)
    {
        m_problem = m_context.advanceAttributeText(text);
        return m_problem.isEmpty();
    }

    /// Up to the end tag of a script, style, textarea or title.
    void elementText()
    {
        const QString endTag = u"</"_s + m_context.m_element;
        qsizetype end = m_at;
        while ((end = m_text.indexOf(endTag, end, Qt::CaseInsensitive)) >= 0) {
            const qsizetype behind = end + endTag.size();
            if (behind >= m_text.size() || isSpace(m_text.at(behind)) || m_text.at(behind) == u'/'
                || m_text.at(behind) == u'>')
                break;
            ++end;
        }
        const qsizetype stop = end < 0 ? m_text.size() : end;
        const QStringView inside = m_text.sliced(m_at, stop - m_at);
        if (m_context.m_state == State::ScriptElement && m_context.m_scriptIsCode) {
            if (!m_context.m_script.advance(inside)) {
                m_problem = ambiguousSlash;
                return;
            }
        } else if (m_context.m_state == State::StyleElement) {
            m_context.m_style.advance(inside);
        }
        copy(stop);
        if (end >= 0)
            m_context.enterText();
    }

    void copy(qsizetype to)
    {
        m_html += m_text.sliced(m_at, to - m_at);
        m_at = to;
    }

    /// Copies including the character at @p end; everything when there is none.
    bool copyTo(qsizetype end)
    {
        copy(end < 0 ? m_text.size() : end + 1);
        return end >= 0;
    }

    HtmlContext &m_context;
    QStringView m_text;
    QString &m_html;
    std::vector<HtmlEvent> &m_events;
    qsizetype m_at = 0;
    /// Where the tag that is being read begins in the HTML.
    qsizetype m_tag = 0;
    QString m_problem;
};

std::expected<void, HtmlProblem> HtmlContext::advance(QStringView text, QString &html,
                                                      std::vector<HtmlEvent> &events)
{
    return Reader(*this, text, html, events).run();
}

void HtmlContext::startAttribute()
{
    m_urlPart = UrlPart::Start;
    m_valueText.clear();
    m_isSchemeDecided = false;
    m_valuesInScheme = 0;
    m_language = attributeLanguage(m_attribute, m_element);
    m_script = {};
    m_style = {};
}

void HtmlContext::endTag()
{
    const bool isEndTag = m_isEndTag;
    enterTag();
    if (!isEndTag && m_element == "script"_L1)
        m_state = State::ScriptElement;
    else if (!isEndTag && m_element == "style"_L1)
        m_state = State::StyleElement;
    else if (!isEndTag && (m_element == "textarea"_L1 || m_element == "title"_L1))
        m_state = State::PlainTextElement;
    else
        enterText();
}

void HtmlContext::enterTag()
{
    m_state = State::Tag;
    m_attribute.clear();
    m_valueText.clear();
    m_language = Language::Plain;
    m_urlPart = UrlPart::Start;
    m_isSchemeDecided = false;
    m_valuesInScheme = 0;
    m_script = {};
    m_style = {};
}

void HtmlContext::enterText()
{
    enterTag();
    m_state = State::Text;
    m_element.clear();
    m_isEndTag = false;
    m_scriptIsCode = true;
}

QString HtmlContext::advanceAttributeText(QStringView text)
{
    const QString meaning = decoded(text);
    if (m_valueText.size() < maxValueText)
        m_valueText += meaning.left(maxValueText);
    switch (m_language) {
    case Language::Url:
        return advanceUrl(meaning);
    case Language::Script:
        return m_script.advance(meaning) ? QString() : ambiguousSlash;
    case Language::Style:
        m_style.advance(meaning);
        break;
    case Language::Plain:
        if (m_element == "script"_L1 && m_attribute == "type"_L1)
            m_scriptIsCode = isScriptType(m_valueText);
        break;
    case Language::SourceSet:
    case Language::Html:
        break;
    }
    return {};
}

QString HtmlContext::advanceUrl(const QString &text)
{
    if (!m_isSchemeDecided) {
        const auto isEnd = [](QChar character) {
            return u":/?#"_s.contains(character);
        };
        const auto end = std::ranges::find_if(text, isEnd);
        m_isSchemeDecided = end != text.end();
        // One value alone is refused when it is such a scheme; of more, none sees the whole.
        const bool hasText = m_valueText.size() > text.size() || end != text.begin();
        if (m_isSchemeDecided && *end == u':'
            && (m_valuesInScheme > 1 || (m_valuesInScheme == 1 && hasText)))
            return u"a value cannot be a part of an address's scheme"_s;
    }
    if (text.contains(u'?') || text.contains(u'#'))
        m_urlPart = UrlPart::Query;
    else if (m_urlPart == UrlPart::Start && !text.trimmed().isEmpty())
        m_urlPart = UrlPart::Path;
    return {};
}

std::expected<void, QString> HtmlContext::beginDynamic(QString &html, Dynamic what)
{
    if (m_state == State::TagName && what == Dynamic::Branch) {
        // The name is complete, as long as no branch goes on with it.
        enterTag();
        m_nameMustEnd = true;
        return {};
    }
    switch (m_state) {
    case State::TagOpen:
        return std::unexpected(u"a tag's name must be text; write '&lt;' if this is no tag"_s);
    case State::TagName:
        return std::unexpected(u"a tag's name must be text; if it is, leave a space behind it"_s);
    case State::BeforeValue:
        startAttribute();
        html += u'"';
        m_state = State::QuotedByUs;
        break;
    case State::UnquotedValue: {
        Q_ASSERT(m_valueStart >= 0);
        const QString value = html.sliced(m_valueStart);
        html.truncate(m_valueStart);
        html += u'"' + QString(value).replace(u'"', "&quot;"_L1);
        m_state = State::QuotedByUs;
        break;
    }
    default:
        break;
    }
    return {};
}

void HtmlContext::endBranch(QString &html, const HtmlContext &start)
{
    if (start.m_state == State::QuotedByUs || start.m_state == State::UnquotedValue)
        return;
    if (m_state == State::UnquotedValue && m_valueStart >= 0) {
        // There is nothing dynamic in it, so that this cannot fail.
        [[maybe_unused]] const auto quoted = beginDynamic(html, Dynamic::Value);
    }
    if (m_state == State::QuotedByUs) {
        html += u'"';
        enterTag();
        m_nameMustEnd = true;
    }
}

std::expected<Escaper, QString> HtmlContext::escaper() const
{
    using Kind = Escaper::Kind;
    switch (m_state) {
    case State::Text:
    case State::Declaration:
        return Escaper{Kind::Html};
    case State::Comment:
        return Escaper{Kind::Nothing};
    case State::TagOpen:
    case State::TagName:
        return std::unexpected(u"a tag's name must be text"_s);
    case State::Tag:
    case State::AfterAttributeName:
        if (m_isEndTag)
            return std::unexpected(u"a value cannot stand in an end tag"_s);
        if (m_nameMustEnd)
            return std::unexpected(u"a value cannot go on with a name; leave a space"_s);
        return Escaper{Kind::AttributeName};
    case State::AttributeName:
        // A name of one of these families does nothing, whatever its rest.
        if (m_attribute.startsWith("data-"_L1) || m_attribute.startsWith("aria-"_L1))
            return Escaper{Kind::AttributeName};
        return std::unexpected(u"an attribute's name cannot be half text and half value"_s);
    case State::BeforeValue:
    case State::UnquotedValue:
    case State::QuotedByUs:
    case State::SingleQuotedValue:
    case State::DoubleQuotedValue:
        return attributeEscaper();
    case State::PlainTextElement:
        return Escaper{Kind::PlainText};
    case State::ScriptElement:
        return Escaper{m_scriptIsCode ? scriptEscaper(m_script) : Kind::PlainText};
    case State::StyleElement:
        return Escaper{styleEscaper(m_style)};
    }
    return Escaper{Kind::Html};
}

std::expected<Escaper, QString> HtmlContext::attributeEscaper() const
{
    using Kind = Escaper::Kind;
    switch (m_language) {
    case Language::Plain:
        if (m_element == "meta"_L1 && m_attribute == "content"_L1)
            return Escaper{isRefresh(m_valueText) ? Kind::Url : Kind::MetaContent, true};
        return Escaper{Kind::Attribute, true};
    case Language::Url:
        if (startsScript(m_valueText))
            return std::unexpected(u"a value cannot stand in an address that is a script"_s);
        switch (m_urlPart) {
        case UrlPart::Start:
            return Escaper{Kind::Url, true};
        case UrlPart::Path:
            return Escaper{m_isSchemeDecided ? Kind::UrlPart : Kind::UrlSchemeless, true};
        case UrlPart::Query:
            return Escaper{Kind::UrlQuery, true};
        case UrlPart::Unknown:
            return std::unexpected(
                u"branches before this value end in different parts of the address"_s);
        }
        break;
    case Language::SourceSet:
        return Escaper{Kind::SourceSet, true};
    case Language::Html:
        return Escaper{Kind::HtmlInAttribute, true};
    case Language::Script:
        return Escaper{scriptEscaper(m_script), true};
    case Language::Style:
        return Escaper{styleEscaper(m_style), true};
    }
    return Escaper{Kind::Attribute, true};
}

Escaper::Kind HtmlContext::scriptEscaper(const ScriptContext &script)
{
    switch (script.state()) {
    case ScriptContext::State::Code:
        return Escaper::Kind::ScriptValue;
    case ScriptContext::State::DoubleQuoted:
    case ScriptContext::State::SingleQuoted:
        return Escaper::Kind::ScriptString;
    case ScriptContext::State::TemplateLiteral:
        return Escaper::Kind::ScriptTemplateLiteral;
    case ScriptContext::State::RegularExpression:
        return Escaper::Kind::ScriptRegularExpression;
    case ScriptContext::State::LineComment:
    case ScriptContext::State::BlockComment:
        break;
    }
    return Escaper::Kind::Nothing;
}

Escaper::Kind HtmlContext::styleEscaper(const StyleContext &style)
{
    switch (style.state()) {
    case StyleContext::State::Code:
        return Escaper::Kind::StyleValue;
    case StyleContext::State::DoubleQuoted:
    case StyleContext::State::SingleQuoted:
        return Escaper::Kind::StyleString;
    case StyleContext::State::Url:
    case StyleContext::State::DoubleQuotedUrl:
    case StyleContext::State::SingleQuotedUrl:
        return style.isUrlStarted() ? Escaper::Kind::StyleUrlPart : Escaper::Kind::StyleUrl;
    case StyleContext::State::Comment:
        break;
    }
    return Escaper::Kind::Nothing;
}

void HtmlContext::advanceValue()
{
    switch (m_state) {
    case State::Tag:
    case State::AfterAttributeName:
        m_attribute = dynamicName;
        m_state = State::AttributeName;
        break;
    case State::AttributeName:
        break;
    case State::QuotedByUs:
    case State::SingleQuotedValue:
    case State::DoubleQuotedValue:
        m_script.advanceValue();
        m_style.advanceValue();
        if (m_language == Language::Url && !m_isSchemeDecided)
            ++m_valuesInScheme;
        break;
    case State::ScriptElement:
        m_script.advanceValue();
        break;
    case State::StyleElement:
        m_style.advanceValue();
        break;
    default:
        break;
    }
}

bool operator==(const HtmlContext &a, const HtmlContext &b)
{
    return a.m_state == b.m_state && a.m_language == b.m_language && a.m_urlPart == b.m_urlPart
        && a.m_isEndTag == b.m_isEndTag && a.m_scriptIsCode == b.m_scriptIsCode
        && a.m_element == b.m_element && a.m_attribute == b.m_attribute && a.m_script == b.m_script
        && a.m_style == b.m_style;
}

bool HtmlContext::join(HtmlContext &a, const HtmlContext &b)
{
    HtmlContext other = b;
    const bool nameMustEnd = a.m_nameMustEnd || other.m_nameMustEnd
        || a.m_state == State::AttributeName || other.m_state == State::AttributeName;
    for (HtmlContext *context : {&a, &other}) {
        // A name may end here; what follows must be no part of it.
        if (context->m_state == State::AttributeName && context->m_attribute != dynamicName)
            context->m_state = State::AfterAttributeName;
    }
    // "checked" in one branch and nothing in the other.
    const auto isBetweenAttributes = [](const HtmlContext &context) {
        return context.m_state == State::Tag || context.m_state == State::AfterAttributeName
            || context.m_state == State::AttributeName;
    };
    if (isBetweenAttributes(a) && isBetweenAttributes(other) && a.m_element == other.m_element
        && a.m_isEndTag == other.m_isEndTag
        && (a.m_state != other.m_state || a.m_attribute != other.m_attribute)) {
        a.enterTag();
        other.enterTag();
    }
    a.m_nameMustEnd = other.m_nameMustEnd = nameMustEnd && isBetweenAttributes(a);
    if (a.m_urlPart != other.m_urlPart && a.m_language == Language::Url)
        a.m_urlPart = other.m_urlPart = UrlPart::Unknown;
    a.m_isSchemeDecided = a.m_isSchemeDecided && other.m_isSchemeDecided;
    a.m_valuesInScheme = std::max(a.m_valuesInScheme, other.m_valuesInScheme);
    // The longer one knows more of the address.
    if (other.m_valueText.size() > a.m_valueText.size())
        a.m_valueText = other.m_valueText;
    return ScriptContext::join(a.m_script, other.m_script)
        && StyleContext::join(a.m_style, other.m_style)
        && (other.m_script = a.m_script, other.m_style = a.m_style, a == other);
}

QString HtmlContext::describe() const
{
    switch (m_state) {
    case State::Text:
        return u"in text"_s;
    case State::TagOpen:
    case State::TagName:
        return u"in the name of a tag"_s;
    case State::Declaration:
        return u"in a declaration"_s;
    case State::Comment:
        return u"in a comment"_s;
    case State::Tag:
    case State::AttributeName:
    case State::AfterAttributeName:
        return u"in the tag <%1>"_s.arg(m_element);
    case State::BeforeValue:
    case State::UnquotedValue:
    case State::QuotedByUs:
    case State::SingleQuotedValue:
    case State::DoubleQuotedValue:
        return u"in the attribute %1 of <%2>"_s.arg(m_attribute, m_element);
    case State::PlainTextElement:
    case State::ScriptElement:
    case State::StyleElement:
        return u"in the text of <%1>"_s.arg(m_element);
    }
    return {};
}

} // namespace LiveTemplate
