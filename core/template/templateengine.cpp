// SPDX-FileCopyrightText: 2026 The LiveTemplate for Qt authors
// SPDX-License-Identifier: MIT

#include "templateengine_p.h"

#include "fornode_p.h"
#include "ifnode_p.h"
#include "includenode_p.h"
#include "pluginfolder_p.h"

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

/// As in the Go server, LVT_MAX_TEMPLATE_DEPTH (PROTOCOL.md E.13).
constexpr int maxRenderDepth = 128;

/// A message of the library without the place that it names, and the place: its line from 0.
struct LibraryMessage
{
    QString text;
    int line = 0;
};

/// The library tells the place within its message only: "Invalid block tag on line 3: …", and
/// "…, line 3, name" once for each tag around the place, the innermost first.
LibraryMessage parseMessage(const QString &message)
{
    static const QRegularExpression place(u" on line (\\d+)|, line (\\d+), [^,]*$"_s);
    LibraryMessage result{message, -1};
    for (auto match = place.match(result.text); match.hasMatch();
         match = place.match(result.text)) {
        if (result.line < 0)
            result.line = (match.hasCaptured(1) ? match.capturedView(1) : match.capturedView(2))
                              .toInt();
        result.text.remove(match.capturedStart(), match.capturedLength());
    }
    return result;
}

template<typename Factory, typename... Arguments>
void replaceTag(QHash<QString, KTextTemplate::AbstractNodeFactory *> &tags, const QString &tag,
                Arguments &&...arguments)
{
    delete tags.value(tag);
    tags.insert(tag, new Factory(std::forward<Arguments>(arguments)...));
}

} // namespace

/// Stands in the place of a template's nodes, so that the library can do around our rendering what
/// it does around its own: tags like `cycle` keep their state in what it prepares.
class CompiledTemplate::EntryNode : public KTextTemplate::Node
{
public:
    explicit EntryNode(const KTextTemplate::Template &parsed)
        : Node(parsed.get())
        , m_block(parsed->nodeList())
    {
    }

    void render(KTextTemplate::OutputStream *, KTextTemplate::Context *) const override
    {
        m_result = m_block.build(*m_pass);
    }

    [[nodiscard]] TreePtr build(const KTextTemplate::Template &parsed, RenderPass &pass)
    {
        RenderPass *const outer = std::exchange(m_pass, &pass);
        const auto done = qScopeGuard([this, outer] { m_pass = outer; });
        KTextTemplate::OutputStream nowhere;
        parsed->render(&nowhere, &pass.context());
        if (parsed->error() != KTextTemplate::NoError)
            throw KTextTemplate::Exception(parsed->error(), parsed->errorString());
        return std::move(m_result);
    }

private:
    Block m_block;
    RenderPass *m_pass = nullptr;
    mutable TreePtr m_result;
};

CompiledTemplate::CompiledTemplate(KTextTemplate::Template parsed)
    : m_parsed(std::move(parsed))
    , m_entry(new EntryNode(m_parsed))
{
    KTextTemplate::NodeList entry;
    entry.append(m_entry);
    m_parsed->setNodeList(entry);
}

TreePtr CompiledTemplate::build(RenderPass &pass) const
{
    return m_entry->build(m_parsed, pass);
}

/// Lets the library's own tags (`extends`) load through our folder.
class TemplateEngine::Loader : public KTextTemplate::AbstractTemplateLoader
{
public:
    explicit Loader(TemplateEngine &engine)
        : m_engine(engine)
    {
    }

    KTextTemplate::Template loadByName(const QString &name,
                                       const KTextTemplate::Engine *) const override
    {
        const auto source = m_engine.m_folder.read(name);
        return source ? m_engine.parse(*source, name) : KTextTemplate::Template();
    }

    std::pair<QString, QString> getMediaUri(const QString &) const override { return {}; }

    bool canLoadTemplate(const QString &name) const override
    {
        return m_engine.m_folder.contains(name);
    }

private:
    TemplateEngine &m_engine;
};

TemplateEngine::TemplateEngine(const QString &folder)
    : m_folder(folder)
{
    m_engine.addPluginPath(pluginFolder());
    m_engine.removeDefaultLibrary(defaultTagsLibrary);
    m_engine.removeDefaultLibrary(loaderTagsLibrary);
    m_engine.addDefaultLibrary(ownTagsLibrary);
    m_engine.addTemplateLoader(QSharedPointer<Loader>::create(*this));
}

TemplateEngine::~TemplateEngine() = default;

std::expected<std::shared_ptr<const CompiledTemplate>, TemplateError> TemplateEngine::load(
    const QString &name)
{
    if (const auto found = m_loaded.constFind(name); found != m_loaded.constEnd())
        return *found;
    const auto source = m_folder.read(name);
    if (!source)
        return std::unexpected(TemplateError{name, 0, source.error()});
    auto compiled = compile(*source, name);
    if (compiled)
        m_loaded.insert(name, *compiled);
    return compiled;
}

std::expected<std::shared_ptr<const CompiledTemplate>, TemplateError> TemplateEngine::compile(
    const QString &source, const QString &name, int firstLine)
{
    if (m_compiling.contains(name)) {
        const QString path = (m_compiling + QStringList{name}).join(u" → "_s);
        return std::unexpected(
            TemplateError{name, 0, u"templates include each other: %1"_s.arg(path)});
    }
    m_compiling.append(name);
    const auto done = qScopeGuard([this] { m_compiling.removeLast(); });

    const KTextTemplate::Template parsed = parse(source, name);
    if (parsed->error() != KTextTemplate::NoError)
        return std::unexpected(errorIn(parsed->errorString(), source, name, firstLine));
    return std::make_shared<const CompiledTemplate>(parsed);
}

TemplateEngine::RenderDepth::RenderDepth(TemplateEngine &engine)
    : m_engine(engine)
{
    if (m_engine.m_renderDepth >= maxRenderDepth) {
        throw KTextTemplate::Exception(KTextTemplate::TagSyntaxError,
                                       u"includes are more than %1 deep"_s.arg(maxRenderDepth));
    }
    ++m_engine.m_renderDepth;
}

TemplateEngine::RenderDepth::~RenderDepth()
{
    --m_engine.m_renderDepth;
}

TemplateError TemplateEngine::errorIn(const QString &message, const QString &source,
                                      const QString &name, int firstLine)
{
    TemplateError error{name, 0, parseMessage(message).text};
    // The library's lexer counts lines only when it trims white space, so it is asked once more.
    m_engine.setSmartTrimEnabled(true);
    const LibraryMessage counted = parseMessage(parse(source, name)->errorString());
    m_engine.setSmartTrimEnabled(false);
    if (counted.line >= 0)
        error.line = counted.line + firstLine;
    return error;
}

KTextTemplate::Template TemplateEngine::parse(const QString &source, const QString &name)
{
    TemplateEngine *const outer = std::exchange(parsingEngine, this);
    const auto done = qScopeGuard([outer] { parsingEngine = outer; });
    try {
        return m_engine.newTemplate(source, name);
    } catch (const KTextTemplate::Exception &exception) {
        // Thrown outside of the library's own guard: its or our tag library is missing.
        qFatal("%s (looked in %s)", qPrintable(exception.what()),
               qPrintable(m_engine.pluginPaths().join(u", "_s)));
    }
}

QHash<QString, KTextTemplate::AbstractNodeFactory *> TemplateEngine::tagsForParser()
{
    Q_ASSERT(parsingEngine);
    QHash<QString, KTextTemplate::AbstractNodeFactory *> tags;
    for (const auto library : {defaultTagsLibrary, loaderTagsLibrary})
        tags.insert(parsingEngine->m_builtins.loadLibrary(library)->nodeFactories());
    replaceTag<IfNodeFactory>(tags, u"if"_s);
    replaceTag<ForNodeFactory>(tags, u"for"_s);
    replaceTag<IncludeNodeFactory>(tags, u"include"_s, *parsingEngine);
    return tags;
}

} // namespace LiveTemplate
