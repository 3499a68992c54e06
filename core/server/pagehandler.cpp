// SPDX-FileCopyrightText: 2026 The LiveTemplate for Qt authors
// SPDX-License-Identifier: MIT

#include "pagehandler_p.h"

#include "actionwatch_p.h"
#include "envelope_p.h"
#include "flashcookie_p.h"
#include "livegroups_p.h"
#include "pageheaders_p.h"
#include "queryparameters_p.h"
#include "serverlogging_p.h"
#include "serveroptions.h"
#include "shardmetrics_p.h"

#include <QJsonDocument>
#include <QPointer>

#include <utility>

using namespace Qt::StringLiterals;

namespace LiveTemplate {

namespace {

/// PROTOCOL.md A.7: what the body says wins over the address.
QJsonObject merged(QJsonObject below, const QJsonObject &above)
{
    for (auto it = above.begin(); it != above.end(); ++it)
        below.insert(it.key(), it.value());
    return below;
}

/// Names of the protocol's own, which reach no controller.
bool isReserved(const QString &action)
{
    return action == pingAction || action == navigateAction
        || ClientMessage{.action = action}.isUpload();
}

HttpResponse refusalOf(const PostedActionError &error)
{
    const bool isUnsupported = error.kind == PostedActionError::UnsupportedMediaType;
    return HttpResponse::text(isUnsupported ? HttpStatus::UnsupportedMediaType
                                            : HttpStatus::BadRequest,
                              error.message.toUtf8());
}

/// PROTOCOL.md E.9: how the client uploads without a WebSocket. What it shows is the entries'
/// error, or the body of an answer that failed.
HttpResponse uploadRefusalOf(const QByteArray &step, const QByteArray &body)
{
    if (step != "start")
        return HttpResponse::text(HttpStatus::NotImplemented, QByteArray(noUploads.latin1()));
    const QJsonObject message = QJsonDocument::fromJson(body).object();
    return HttpResponse::json(
        uploadRefusal({.action = QString(uploadStartAction), .whole = message}));
}

} // namespace

/// One request on its way to its answer.
class PageHandler::Exchange : public ShownPage
{
public:
    explicit Exchange(Call theCall)
        : call(std::move(theCall))
        , wantsJson(prefersJson(call.request))
    {
        if (const auto cookie = call.request.cookie(flashCookieName)) {
            extras.flash = parseFlashCookie(*cookie);
            http.cookies.append(spentFlashCookie());
        }
    }
    Q_DISABLE_COPY_MOVE(Exchange)

    [[nodiscard]] const Page &page() const { return call.page->page(); }
    /// As the form was shown: with the state as it is before the action.
    [[nodiscard]] QByteArray html() const override
    {
        QByteArray html;
        if (const auto tree = call.page->render(state))
            appendHtml(html, **tree);
        return html;
    }
    [[nodiscard]] SessionKey key() const { return {call.visitor.group, page().path}; }

    Call call;
    HttpExchange http{call.request};
    /// None when the page is only to be shown.
    std::optional<PostedAction> posted;
    bool wantsJson;
    PageExtras extras;
    QVariant state;
    /// To be carried out when the answer was given.
    QList<BroadcastRequest> broadcasts;
};

PageHandler::PageHandler(const ServerOptions &options, LiveGroups &groups, ShardMetrics &metrics,
                         ConnectionIds &ids)
    : m_options(options)
    , m_groups(groups)
    , m_metrics(metrics)
    , m_visitors(ids)
{
}

void PageHandler::handle(Call call, Reply reply)
{
    const auto exchange = std::make_shared<Exchange>(std::move(call));
    const Request &request = exchange->call.request;
    if (request.method == "POST") {
        if (const QByteArray step = request.header("X-Lvt-Upload"); !step.isEmpty()) {
            reply(uploadRefusalOf(step, exchange->call.body));
            return;
        }
        auto posted = parsePostedAction(request.header("Content-Type"), exchange->call.body);
        if (posted && isReserved(posted->action)) {
            posted = std::unexpected(PostedActionError{
                .message = u"The action %1 is for WebSockets only."_s.arg(posted->action)});
        }
        if (!posted) {
            reply(refusalOf(posted.error()));
            return;
        }
        exchange->posted = *std::move(posted);
    }
    // The store may answer later, and takes a function that can be copied.
    const auto sharedReply = std::make_shared<Reply>(std::move(reply));
    m_groups.load(
        exchange->key(),
        [this, guard = QPointer(this), exchange,
         sharedReply](const std::optional<QJsonObject> &saved) {
            if (!guard)
                return;
            HttpResponse response = answer(*exchange, saved);
            if (!exchange->call.visitor.setCookie.isEmpty())
                response.headers.emplace_back("Set-Cookie", exchange->call.visitor.setCookie);
            for (const Cookie &cookie : std::as_const(exchange->http.cookies))
                response.headers.emplace_back("Set-Cookie", cookie.toHeader());
            const quint64 visitor = exchange->posted ? noteVisitor(*exchange, response) : 0;
            (*sharedReply)(response);
            for (const BroadcastRequest &broadcast : std::as_const(exchange->broadcasts)) {
                m_groups.broadcastFromRequest(exchange->call.visitor.group, broadcast, visitor);
            }
        });
}

quint64 PageHandler::noteVisitor(const Exchange &exchange, const HttpResponse &response)
{
    const Visitor &visitor = exchange.call.visitor;
    return m_visitors.note(
        {.group = visitor.group,
         .user = visitor.user.value(),
         .page = exchange.page().path,
         .tier = exchange.wantsJson ? ConnectionTier::Http : ConnectionTier::Form,
         .action = exchange.posted->action.left(64),
         .bytesIn = quint64(exchange.call.body.size()),
         .bytesOut = quint64(response.body.size())});
}

HttpResponse PageHandler::answer(Exchange &exchange, const std::optional<QJsonObject> &saved)
{
    const Page &page = exchange.page();
    exchange.state = saved ? page.stateType.restore(*saved) : page.stateType.initial();
    if (!mount(exchange, saved.has_value())) {
        return HttpResponse::text(HttpStatus::InternalServerError,
                                  "Failed to initialize application state");
    }
    if (exchange.posted && !exchange.http.redirect)
        return answerAction(exchange);
    // A visitor who has done nothing yet leaves nothing to keep.
    if (saved || exchange.state != page.stateType.initial())
        m_groups.save(exchange.key(), *exchange.call.page, exchange.state);
    if (exchange.http.redirect)
        return redirection(*exchange.http.redirect);
    if (exchange.wantsJson)
        return json(exchange, {{}, {}, page.capabilities(m_options.progressiveEnhancement)});
    // The connection that the page is about to open shows them too.
    if (!exchange.extras.flash.isEmpty())
        m_groups.handOver(exchange.key(), exchange.extras.flash);
    return document(exchange);
}

bool PageHandler::mount(Exchange &exchange, bool isRestored)
{
    const Page &page = exchange.page();
    const Visitor &visitor = exchange.call.visitor;
    Context context(
        {.occasion = exchange.posted ? Context::Occasion::Submission : Context::Occasion::PageLoad,
         .data = ActionData(queryParameters(exchange.call.request.query)),
         .group = visitor.group,
         .user = visitor.user,
         .isRestored = isRestored,
         .flash = exchange.extras.flash,
         .dispatcher = m_groups.dispatcher(),
         .http = &exchange.http,
         .clock = m_options.clock.get()});
    auto mounted = page.actions.mount(&exchange.call.page->controller(), exchange.state, context);
    if (!mounted) {
        m_metrics.errors.add();
        qCWarning(lcServer) << "page" << page.path << "mount failed:" << mounted.error().errors();
        return false;
    }
    exchange.state = *std::move(mounted);
    exchange.extras.flash = context.flash();
    exchange.broadcasts = context.broadcasts();
    return true;
}

HttpResponse PageHandler::answerAction(Exchange &exchange)
{
    const Page &page = exchange.page();
    const PostedAction &posted = *exchange.posted;
    const Visitor &visitor = exchange.call.visitor;
    Context context(
        {.action = posted.action,
         .submitter = posted.submitter,
         .data = ActionData(merged(queryParameters(exchange.call.request.query), posted.data)),
         .group = visitor.group,
         .user = visitor.user,
         .flash = exchange.extras.flash,
         .dispatcher = m_groups.dispatcher(),
         .http = &exchange.http,
         .page = &exchange,
         .clock = m_options.clock.get()});
    m_metrics.actionsProcessed.add();
    auto result = [&] {
        const ActionWatch watch(m_metrics.actionDuration, page.path, posted.action);
        return page.actions.run(posted.action, &exchange.call.page->controller(), exchange.state,
                                context);
    }();
    exchange.extras.flash = context.flash();
    if (result && !*result) {
        m_metrics.errors.add();
        exchange.extras.errors = result->error().errors();
        exchange.http.redirect.reset();
    } else {
        // PROTOCOL.md A.7: an unknown action is not an error.
        if (result)
            exchange.state = **std::move(result);
        else
            m_metrics.actionsUnknown.add();
        m_groups.save(exchange.key(), *exchange.call.page, exchange.state);
        exchange.broadcasts += context.broadcasts();
        if (exchange.http.redirect)
            return redirection(*exchange.http.redirect);
    }
    if (exchange.wantsJson || !m_options.progressiveEnhancement)
        return json(exchange, {exchange.extras.errors, posted.action, {}});
    if (!exchange.extras.errors.isEmpty())
        return document(exchange);
    if (!exchange.extras.flash.isEmpty()) {
        exchange.http.cookies.removeIf(
            [](const Cookie &cookie) { return cookie.name == flashCookieName; });
        exchange.http.cookies.append(flashCookie(exchange.extras.flash));
    }
    return HttpResponse::redirect(selfReference(exchange.call.request));
}

HttpResponse PageHandler::redirection(const HttpExchange::Redirect &redirect)
{
    return HttpResponse::redirect(redirect.location, HttpStatus(redirect.status));
}

HttpResponse PageHandler::json(Exchange &exchange, const AnswerMeta &meta)
{
    const auto tree = exchange.call.page->render(exchange.state, exchange.extras);
    if (!tree)
        return unrenderable(exchange, tree.error());
    m_metrics.fullTreeSends.add();
    // Always whole: what the client shows is not known here (PROTOCOL.md B.7).
    return HttpResponse::json(jsonAnswer(**tree, meta));
}

HttpResponse PageHandler::document(Exchange &exchange)
{
    const PagePolicy policy(m_options);
    exchange.extras.nonce = policy.nonce();
    const auto html = exchange.call.page->document(exchange.state, exchange.extras);
    if (!html)
        return unrenderable(exchange, html.error());
    auto response = HttpResponse::html(*html);
    policy.addTo(response);
    return response;
}

HttpResponse PageHandler::unrenderable(const Exchange &exchange, const TemplateError &error)
{
    m_metrics.errors.add();
    qCCritical(lcServer).noquote()
        << "page" << exchange.page().path << "cannot be rendered:" << error.toString();
    return HttpResponse::text(HttpStatus::InternalServerError, "The page could not be rendered.");
}

} // namespace LiveTemplate
