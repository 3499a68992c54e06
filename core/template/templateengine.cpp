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

/// The library tells the place within its message only: "…, line 3, name".
TemplateError errorFrom(const QString &message, const QString &name, int firstLine)
{
    static const QRegularExpression place(u"(?:,)? (?:on )?line (\\d+)"_s);
    TemplateError error{name, 0, message};
    if (const auto match = place.match(message); match.hasMatch()) {
        error.line = match.capturedView(1).toInt() + firstLine - 1;
        error.message.remove(match.capturedStart(), match.capturedLength());
        if (const QString suffix = u", "_s + name; error.message.endsWith(suffix))
            error.message.chop(suffix.size());
    }
    return error;
}

template<typename Factory, typename... Arguments>
void replaceTag(QHash<QString, KTextTemplate::AbstractNodeFactory *> &tags, const QString &tag,
                Arguments &&...arguments)
{
    delete tags.value(tag);
    tags.insert(tag, new Factory(std::forward<Arguments>(arguments)...));
}

} // namespace

CompiledTemplate::CompiledTemplate(KTextTemplate::Template parsed)
    : m_parsed(std::move(parsed))
    , m_block(m_parsed->nodeList())
{
}

/// Lets the library's own tags (`extends`) load through our folder.
class TemplateEngine::Loader : public KTextTemplate::AbstractTemplateLoader
{
public:
    explicit Loader(TemplateEngine &engine)
        : m_engine(engine)
    {
    }

    KTextTemplate::Template loadByName(const QString &name, const KTextTemplate::Engine *) const override
    {
        const auto source = m_engine.m_folder.read(name);
        return source ? m_engine.parse(*source, name) : KTextTemplate::Template();
    }

    std::pair<QString, QString> getMediaUri(const QString &) const override { return {}; }

    bool canLoadTemplate(const QString &name) const override { return m_engine.m_folder.contains(name); }

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

std::expected<std::shared_ptr<const CompiledTemplate>, TemplateError> TemplateEngine::load(const QString &name)
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

std::expected<std::shared_ptr<const CompiledTemplate>, TemplateError>
TemplateEngine::compile(const QString &source, const QString &name, int firstLine)
{
    if (m_compiling.contains(name)) {
        const QString path = (m_compiling + QStringList{name}).join(u" → "_s);
        return std::unexpected(TemplateError{name, 0, u"templates include each other: %1"_s.arg(path)});
    }
    m_compiling.append(name);
    const auto done = qScopeGuard([this] { m_compiling.removeLast(); });

    const KTextTemplate::Template parsed = parse(source, name);
    if (parsed->error() != KTextTemplate::NoError)
        return std::unexpected(errorFrom(parsed->errorString(), name, firstLine));
    return std::make_shared<const CompiledTemplate>(parsed);
}

KTextTemplate::Template TemplateEngine::parse(const QString &source, const QString &name)
{
    TemplateEngine *const outer = std::exchange(parsingEngine, this);
    const auto done = qScopeGuard([outer] { parsingEngine = outer; });
    try {
        return m_engine.newTemplate(source, name);
    } catch (const KTextTemplate::Exception &exception) {
        // Thrown outside of the library's own guard: its or our tag library is missing.
        qFatal("%s (looked in %s)", qPrintable(exception.what()), qPrintable(m_engine.pluginPaths().join(u", "_s)));
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
