// SPDX-FileCopyrightText: 2026 The LiveTemplate for Qt authors
// SPDX-License-Identifier: MIT

#include "templateengine_p.h"

#include "compiler_p.h"
#include "plainnodes_p.h"
#include "pluginfolder_p.h"
#include "tagparser_p.h"
#include "tags_p.h"
#include "textnode_p.h"
#include "tokenizer_p.h"
#include "valuenode_p.h"

#include <KTextTemplate/Exception>
#include <KTextTemplate/TagLibraryInterface>
#include <KTextTemplate/TemplateLoader>

#include <QRegularExpression>
#include <QScopeGuard>

using namespace Qt::StringLiterals;

namespace LiveTemplate {

namespace {

/// The engine that parses in this thread now. The library asks a plugin for tags without saying
/// for whom.
thread_local TemplateEngine *parsingEngine = nullptr;

constexpr auto defaultTagsLibrary = "ktexttemplate_defaulttags"_L1;
constexpr auto loaderTagsLibrary = "ktexttemplate_loadertags"_L1;
constexpr auto ownTagsLibrary = "livetemplate_tags"_L1;

/// Stands in a marked source where a token of ours was.
constexpr auto marker = "~"_L1;

QString firstWord(const QString &content)
{
    return content.section(u' ', 0, 0);
}

} // namespace

/// A template file while it is parsed.
struct TemplateEngine::Parsing
{
    QString name;
    std::vector<Token> tokens;
    ParseState state;
    /// The token that was begun last.
    std::size_t last = 0;
    /// How many tags stand around it.
    int depth = 0;
    /// The first that was found.
    std::optional<TemplateError> error;

    /// Keeps the library's @p exception as an error at @p token, within which it came up.
    void keep(const KTextTemplate::Exception &exception, const Token *token)
    {
        if (error)
            return;
        switch (exception.errorCode()) {
        case KTextTemplate::InvalidBlockTagError:
            return keepUnknownTag(exception.what(), token);
        case KTextTemplate::UnclosedBlockTagError: {
            static const QRegularExpression expected(u"\\(([^)]*)\\)$|for (\\w+)$"_s);
            const auto match = expected.match(exception.what());
            const QString ends = match.captured(1) + match.captured(2);
            return set(token,
                       u"'%1' is not closed: '%2' is missing"_s.arg(
                           token ? firstWord(token->content) : QString(), ends.split(u' ').last()));
        }
        default:
            set(token, exception.what());
        }
    }

    void set(const Token *token, const QString &message)
    {
        error = TemplateError{name, token ? token->position.line : 0,
                              token ? token->position.column : 0, message};
    }

private:
    void keepUnknownTag(const QString &message, const Token *around)
    {
        static const QRegularExpression quoted(u"'([^']*)'"_s);
        const QString tag = quoted.match(message).captured(1);
        for (std::size_t i = last; i < tokens.size(); ++i) {
            const Token &token = tokens[i];
            if (token.kind != Token::Kind::Tag || firstWord(token.content) != tag)
                continue;
            if (!tag.startsWith("end"_L1) && tag != "else"_L1 && tag != "elif"_L1
                && tag != "empty"_L1)
                return set(&token, u"there is no tag '%1'"_s.arg(tag));
            return set(&token,
                       around ? u"'%1' does not fit the open tag '%2'"_s.arg(
                                    tag, firstWord(around->content))
                              : u"'%1' has nothing to end"_s.arg(tag));
        }
        set(around, message);
    }
};

/// Makes the nodes of all our tags, of values and of text. In the source that the library is given,
/// it stands for each of these with the number of its token: the library says neither where a tag
/// stands, nor what value or text a node of its own holds.
class TemplateEngine::Dispatcher : public KTextTemplate::AbstractNodeFactory
{
public:
    explicit Dispatcher(TemplateEngine &engine)
        : m_engine(engine)
        , m_parsing(*engine.m_parsing)
    {
    }

    KTextTemplate::Node *getNode(const QString &content,
                                 KTextTemplate::Parser *parser) const override
    {
        const std::size_t index = content.sliced(marker.size() + 1).toULongLong();
        const Token &token = m_parsing.tokens[index];
        m_parsing.last = index;
        ++m_parsing.depth;
        const auto done = qScopeGuard([this] { --m_parsing.depth; });
        try {
            KTextTemplate::Node *node = newNode(token, parser);
            if (token.kind != Token::Kind::Text && !qobject_cast<NothingNode *>(node))
                m_parsing.state.hasContent = true;
            if (auto *own = qobject_cast<SyntaxNode *>(node))
                own->setPlace(&m_engine, m_parsing.name, token.position);
            return node;
        } catch (const KTextTemplate::Exception &exception) {
            m_parsing.keep(exception, &token);
            throw;
        }
    }

private:
    [[nodiscard]] KTextTemplate::Node *newNode(const Token &token,
                                               KTextTemplate::Parser *parser) const
    {
        switch (token.kind) {
        case Token::Kind::Text:
            return std::make_unique<TextNode>(token.content).release();
        case Token::Kind::Value:
            if (token.content.isEmpty())
                TagParser::fail(u"there is no value in '{{ }}'"_s);
            return std::make_unique<ValueNode>(
                       Expression(token.content, parser, m_engine.m_symbols))
                .release();
        case Token::Kind::Tag:
            break;
        }
        if (m_parsing.depth > m_engine.m_maximumDepth)
            TagParser::fail(
                u"tags are more than %1 deep in each other"_s.arg(m_engine.m_maximumDepth));
        if (const ParseTag parse = tagParser(firstWord(token.content))) {
            TagParser tag(token.content, parser, m_engine, m_parsing.state);
            return parse(tag);
        }
        return m_engine.m_libraryTags.value(firstWord(token.content))
            ->getNode(token.content, parser);
    }

    TemplateEngine &m_engine;
    Parsing &m_parsing;
};

/// Lets tags of other libraries load through our folder.
class TemplateEngine::Loader : public KTextTemplate::AbstractTemplateLoader
{
public:
    explicit Loader(TemplateEngine &engine)
        : m_engine(engine)
    {
    }

    KTextTemplate::Template loadByName(const QString &,
                                       const KTextTemplate::Engine *) const override
    {
        return {};
    }
    std::pair<QString, QString> getMediaUri(const QString &) const override { return {}; }
    bool canLoadTemplate(const QString &name) const override
    {
        return m_engine.m_folder.contains(name);
    }

private:
    TemplateEngine &m_engine;
};

TemplateEngine::TemplateEngine(TemplateFolder folder, int maximumDepth)
    : m_folder(std::move(folder))
    , m_maximumDepth(maximumDepth)
{
    m_engine.addPluginPath(pluginFolder());
    m_engine.removeDefaultLibrary(defaultTagsLibrary);
    m_engine.removeDefaultLibrary(loaderTagsLibrary);
    m_engine.addDefaultLibrary(ownTagsLibrary);
    m_engine.addTemplateLoader(QSharedPointer<Loader>::create(*this));
    for (const auto library : {defaultTagsLibrary, loaderTagsLibrary}) {
        const auto factories = m_builtins.loadLibrary(library)->nodeFactories();
        for (auto it = factories.begin(); it != factories.end(); ++it) {
            if (tagParser(it.key())) {
                delete it.value();
            } else {
                it.value()->setEngine(&m_engine);
                m_libraryTags.insert(it.key(), it.value());
            }
        }
    }
}

TemplateEngine::~TemplateEngine()
{
    qDeleteAll(m_libraryTags);
}

std::expected<std::shared_ptr<const ParsedTemplate>, TemplateError> TemplateEngine::parsed(
    const QString &name)
{
    if (const auto found = m_parsed.constFind(name); found != m_parsed.constEnd())
        return *found;
    if (!m_names.contains(name))
        m_names.append(name);
    const auto source = m_folder.read(name);
    if (!source)
        return std::unexpected(TemplateError{name, 0, 0, source.error()});
    auto parsed = parse(*source, name);
    if (parsed)
        m_parsed.insert(name, *parsed);
    return parsed;
}

std::expected<std::shared_ptr<const ParsedTemplate>, TemplateError> TemplateEngine::parse(
    const QString &source, const QString &name)
{
    Parsing parsing;
    parsing.name = name;
    parsing.tokens = tokenize(source);
    TemplateEngine *const outerEngine = std::exchange(parsingEngine, this);
    Parsing *const outerParsing = std::exchange(m_parsing, &parsing);
    const auto done = qScopeGuard([=, this] {
        parsingEngine = outerEngine;
        m_parsing = outerParsing;
    });
    for (const Token &token : parsing.tokens) {
        if (token.kind == Token::Kind::Tag && token.content.isEmpty()) {
            return std::unexpected(TemplateError{name, token.position.line, token.position.column,
                                                 u"there is no tag in '{% %}'"_s});
        }
    }
    KTextTemplate::Template parsed;
    try {
        parsed = m_engine.newTemplate(marked(parsing), name);
    } catch (const KTextTemplate::Exception &exception) {
        // Thrown outside of the library's own guard: its or our tag library is missing.
        qFatal("%s (looked in %s)", qPrintable(exception.what()),
               qPrintable(m_engine.pluginPaths().join(u", "_s)));
    }
    if (parsed->error() != KTextTemplate::NoError) {
        parsing.keep(KTextTemplate::Exception(parsed->error(), parsed->errorString()), nullptr);
        return std::unexpected(*parsing.error);
    }
    return std::make_shared<const ParsedTemplate>(std::move(parsed));
}

bool TemplateEngine::hasTag(const QString &name) const
{
    return tagParser(name) || m_libraryTags.contains(name);
}

QString TemplateEngine::marked(const Parsing &parsing) const
{
    QString source;
    for (std::size_t i = 0; i < parsing.tokens.size(); ++i) {
        const Token &token = parsing.tokens[i];
        // Those in the middle and at the end of others, and those of libraries yet to be loaded,
        // must be seen as they are.
        if (token.kind == Token::Kind::Tag && !hasTag(firstWord(token.content)))
            source += "{%"_L1 + token.content + "%}"_L1;
        else
            source += "{%"_L1 + marker + u' ' + QString::number(i) + "%}"_L1;
    }
    return source;
}

QByteArray TemplateEngine::renderAlone(const SyntaxNode &node,
                                       const KTextTemplate::Context &context)
{
    auto &block = m_alone[&node];
    try {
        if (!block) {
            CompileState state;
            state.autoescape = context.autoEscape();
            Compiler compiler(*this, std::move(state), HtmlContext());
            node.compile(compiler);
            block = std::make_shared<const Block>(compiler.finish().finish());
        }
    } catch (const TemplateError &error) {
        throw KTextTemplate::Exception(KTextTemplate::TagSyntaxError, error.toString());
    }
    const RootValues root(context);
    RenderPass pass(*this, root);
    return block->html(pass);
}

QHash<QString, KTextTemplate::AbstractNodeFactory *> TemplateEngine::tagsForParser()
{
    Q_ASSERT(parsingEngine);
    return {{marker, new Dispatcher(*parsingEngine)}};
}

} // namespace LiveTemplate
