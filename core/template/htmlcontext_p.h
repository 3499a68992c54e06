// SPDX-FileCopyrightText: 2026 The LiveTemplate for Qt authors
// SPDX-License-Identifier: MIT

#pragma once

#include "attributes_p.h"
#include "escaper_p.h"
#include "scriptcontext_p.h"
#include "stylecontext_p.h"

#include <QString>

#include <expected>
#include <vector>

namespace LiveTemplate {

/// A tag of HTML that a piece of text begins or ends.
struct HtmlEvent
{
    enum class Kind {
        /// The `<` of a start tag.
        StartTag,
        /// Behind the `>` of a start tag.
        StartTagEnd,
        /// The `<` of an end tag.
        EndTag
    };

    Kind kind;
    /// The element's name, in small letters; not yet known for StartTag and EndTag.
    QString name;
    /// In the text that was written.
    qsizetype offset;
};

/// What cannot be right, and where in the text.
struct HtmlProblem
{
    qsizetype offset;
    QString message;
};

/// Where in an HTML document a place of a template is, and so how a value there must be escaped.
/// Found from the template's literal text alone, once, when it is compiled.
class HtmlContext
{
public:
    enum class State : quint8 {
        Text,
        /// Right behind a `<` that something must follow.
        TagOpen,
        /// `<!…>`, `<?…>`.
        Declaration,
        Comment,
        TagName,
        /// Between a tag's attributes.
        Tag,
        AttributeName,
        AfterAttributeName,
        BeforeValue,
        UnquotedValue,
        /// An unquoted value with a dynamic part, around which we write the quotes.
        QuotedByUs,
        SingleQuotedValue,
        DoubleQuotedValue,
        /// `<textarea>` and `<title>`.
        PlainTextElement,
        ScriptElement,
        StyleElement
    };

    [[nodiscard]] State state() const { return m_state; }
    [[nodiscard]] bool isInText() const { return m_state == State::Text; }

    /// Goes on behind the literal @p text, and appends to @p html what is to be sent for it:
    /// comments are left out.
    [[nodiscard]] std::expected<void, HtmlProblem> advance(QStringView text, QString &html,
                                                           std::vector<HtmlEvent> &events);

    /// Prepares for a value or a branch here: writes quotes around an unquoted attribute's value.
    /// The error says why nothing dynamic may stand here.
    enum class Dynamic {
        Value,
        Branch
    };
    [[nodiscard]] std::expected<void, QString> beginDynamic(QString &html, Dynamic what);
    /// The element whose tag or text it is, in small letters.
    [[nodiscard]] const QString &element() const { return m_element; }

    /// Ends an unquoted value that a branch began, which started at @p start: behind the branch
    /// stands another attribute or the tag's end.
    void endBranch(QString &html, const HtmlContext &start);

    /// How a value is escaped that stands here. The error says why none may.
    [[nodiscard]] std::expected<Escaper, QString> escaper() const;

    /// Goes on behind a value.
    void advanceValue();

    /// Forgets where in @p html an unquoted value began: the next text is another piece.
    void startPiece() { m_valueStart = -1; }

    /// Where branches that end in @p a and @p b meet, left in @p a; false when they cannot.
    [[nodiscard]] static bool join(HtmlContext &a, const HtmlContext &b);

    /// "in an attribute", for messages.
    [[nodiscard]] QString describe() const;

    friend LIVETEMPLATE_PRIVATE_EXPORT bool operator==(const HtmlContext &a, const HtmlContext &b);

private:
    using Language = AttributeLanguage;
    enum class UrlPart : quint8 {
        Start,
        Path,
        Query,
        /// Branches disagree.
        Unknown
    };

    class Reader;

    void startAttribute();
    void endTag();
    /// Goes on between attributes, and forgets the one before.
    void enterTag();
    /// Goes on in text, and forgets the tag before.
    void enterText();
    /// Gives what is wrong with the text; empty: nothing.
    [[nodiscard]] QString advanceAttributeText(QStringView text);
    [[nodiscard]] QString advanceUrl(const QString &text);
    [[nodiscard]] std::expected<Escaper, QString> attributeEscaper() const;
    [[nodiscard]] static Escaper::Kind scriptEscaper(const ScriptContext &script);
    [[nodiscard]] static Escaper::Kind styleEscaper(const StyleContext &style);

    State m_state = State::Text;
    Language m_language = Language::Plain;
    UrlPart m_urlPart = UrlPart::Start;
    bool m_isEndTag = false;
    /// Whether branches end in the middle of an attribute's name, which must not go on.
    bool m_nameMustEnd = false;
    /// Whether the literal text has what ends an address's scheme.
    bool m_isSchemeDecided = false;
    /// How many values there are before that.
    int m_valuesInScheme = 0;
    /// Whether a `<script>` holds code, and not data of another type.
    bool m_scriptIsCode = true;
    /// The element whose tag it is, or whose text.
    QString m_element;
    /// The attribute, as far as it is read; dynamicName when a value gives it.
    QString m_attribute;
    /// The attribute's literal text so far, as far as it can tell a scheme or a type.
    QString m_valueText;
    ScriptContext m_script;
    StyleContext m_style;
    /// Where in the piece that is being written an unquoted value began; -1: before it.
    qsizetype m_valueStart = -1;
};

} // namespace LiveTemplate
