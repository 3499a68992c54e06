// SPDX-FileCopyrightText: 2026 The LiveTemplate for Qt authors
// SPDX-License-Identifier: MIT

#include "liveconnection_p.h"

#include "actionwatch_p.h"
#include "clock.h"
#include "framewriter_p.h"
#include "rendershare_p.h"
#include "serverlogging_p.h"
#include "serveroptions.h"
#include "shardmetrics_p.h"
#include "stopwatch_p.h"

#include <QTimeZone>
#include <QWebSocket>

#include <utility>

using namespace Qt::StringLiterals;

namespace LiveTemplate {

namespace {

/// A name from outside that is to be logged.
QString shortened(const QString &name)
{
    return name.left(64);
}

/// Whether QtWebSockets closed because of what the client sent.
bool isProtocolError(QWebSocketProtocol::CloseCode code)
{
    switch (code) {
    case QWebSocketProtocol::CloseCodeProtocolError:
    case QWebSocketProtocol::CloseCodeDatatypeNotSupported:
    case QWebSocketProtocol::CloseCodeWrongDatatype:
    case QWebSocketProtocol::CloseCodeTooMuchData:
        return true;
    default:
        return false;
    }
}

} // namespace

LiveConnection::LiveConnection(std::unique_ptr<QWebSocket> webSocket, ServerSocket &socket,
                               const LivePage &page, Identity identity, ConnectionSlot place,
                               const ServerOptions &options, LiveConnectionHost &host)
    : m_webSocket(std::move(webSocket))
    , m_socket(socket)
    , m_page(page)
    , m_options(options)
    , m_host(host)
    , m_place(std::move(place))
    , m_group(std::move(identity.group))
    , m_user(std::move(identity.user))
    , m_query(std::move(identity.query))
    , m_rateLimiter(options.messageRate, options.messageBurst, options.clock->steady())
    , m_id(identity.id)
    , m_label(std::move(identity.label))
    , m_connectedAt(QDateTime::currentDateTimeUtc())
{
    if (m_options.actionHistory > 0)
        m_journal = std::make_unique<ConnectionJournal>(m_options.actionHistory);

    m_webSocket->setMaxAllowedIncomingFrameSize(quint64(m_options.maxMessageSize));
    m_webSocket->setMaxAllowedIncomingMessageSize(quint64(m_options.maxMessageSize));
    connect(m_webSocket.get(), &QWebSocket::textMessageReceived, this, &LiveConnection::receive);
    connect(m_webSocket.get(), &QWebSocket::disconnected, this, &LiveConnection::finish);
    connect(m_webSocket.get(), &QWebSocket::stateChanged, this,
            [this](QAbstractSocket::SocketState state) {
                if (state == QAbstractSocket::ClosingState)
                    stopServing(); // QtWebSockets closes by itself what breaks the protocol
            });
    m_socket.setMaxPending(m_options.maxPendingBytes);
    m_socket.startFrames();
    connect(&m_socket, &ServerSocket::unmaskedFrameReceived, this, [this] {
        close(QWebSocketProtocol::CloseCodeProtocolError, u"Frames of a client must be masked"_s);
    });
    connect(&m_socket, &ServerSocket::overflowed, this, [this] {
        if (!m_closing) // otherwise it was counted when it was closed
            m_host.metrics().slowClientCloses.add();
        qCWarning(lcServer) << "connection" << id() << "group" << m_group.shortened()
                            << "cut: it does not read; bytes waiting:" << m_socket.bytesToWrite();
    });
}

LiveConnection::~LiveConnection()
{
    m_webSocket->disconnect(this);
    if (!m_finished)
        m_socket.disconnect(this);
    if (m_started)
        m_page.page().actions.onDisconnect(&m_page.controller());
}

void LiveConnection::start(const std::optional<QJsonObject> &saved, const FlashMessages &flash)
{
    // Closed before it began: nothing is done for it, and above all nothing saved.
    if (m_closing)
        return;
    const Page &page = m_page.page();
    dropOutdatedBroadcasts();
    m_restored = saved.has_value();
    m_state = saved ? page.stateType.restore(*saved) : page.stateType.initial();
    m_extras.flash = flash;
    const ClientMessage opening{.data = std::exchange(m_query, {})};
    Context context = makeContext(Context::Origin::Client, Context::Occasion::Connect, opening);
    auto mounted = page.actions.mount(&m_page.controller(), m_state, context);
    if (!mounted) {
        m_host.metrics().errors.add();
        qCWarning(lcServer) << "connection" << id() << "group" << m_group.shortened() << "page"
                            << page.path << "closed: mount failed:" << mounted.error().errors();
        close(QWebSocketProtocol::CloseCodeBadOperation, u"The page could not be started"_s);
        return;
    }
    m_state = *std::move(mounted);
    takeFlash(context);
    // A visitor who has done nothing yet leaves nothing to keep.
    if (saved || m_state != page.stateType.initial())
        m_host.saveState(*this);
    m_started = true;

    Context connecting = makeContext(Context::Origin::Client, Context::Occasion::Connect, opening);
    if (auto connected = page.actions.onConnect(&m_page.controller(), m_state, connecting)) {
        m_state = *std::move(connected);
        takeFlash(connecting);
    } else {
        m_host.metrics().errors.add();
        qCWarning(lcServer) << "page" << page.path
                            << "onConnect failed:" << connected.error().errors();
    }

    const TreePtr tree = render();
    if (!tree)
        return;
    m_shown = tree;
    m_host.metrics().fullTreeSends.add();
    sendText(firstMessage(*tree, {{}, {}, page.capabilities(m_options.progressiveEnhancement)}));
    broadcastAll(context);
    broadcastAll(connecting);
    scheduleQueue();
}

Context LiveConnection::makeContext(Context::Origin origin, Context::Occasion occasion,
                                    const ClientMessage &message) const
{
    return Context({.origin = origin,
                    .occasion = occasion,
                    .action = message.action == navigateAction ? QString() : message.action,
                    .submitter = message.submitter,
                    .data = ActionData(message.data),
                    .group = m_group,
                    .user = m_user,
                    .isRestored = m_restored,
                    .flash = m_extras.flash,
                    .dispatcher = m_host.dispatcher(),
                    .page = this,
                    .clock = m_options.clock.get()});
}

QByteArray LiveConnection::html() const
{
    QByteArray html;
    if (m_shown)
        appendHtml(html, *m_shown);
    return html;
}

void LiveConnection::receive(const QString &text)
{
    if (m_closing)
        return;
    ShardMetrics &metrics = m_host.metrics();
    const QByteArray utf8 = text.toUtf8();
    m_bytesIn += quint64(utf8.size());
    metrics.bytesReceived.add(quint64(utf8.size()));
    metrics.messagesReceived.add();
    // Of a message in several frames QtWebSockets counts characters.
    if (utf8.size() > m_options.maxMessageSize) {
        close(QWebSocketProtocol::CloseCodeTooMuchData, u"The message is too long"_s);
        return;
    }
    auto message = ClientMessage::parse(utf8);
    // Pieces of a file are bound by their bytes, and are sent faster than any person clicks.
    const bool isUploadChunk = message && message->action == uploadChunkAction;
    if (!isUploadChunk && !m_rateLimiter.take(m_options.clock->steady())) {
        metrics.rateLimited.add();
        refuseHurried(message ? &*message : nullptr);
        return;
    }
    if (!message) {
        metrics.messagesMalformed.add();
        // Said once: a client may send as many of them as it likes.
        if (std::exchange(m_sentMalformed, true))
            return;
        qCInfo(lcServer) << "connection" << id()
                         << "sent a message that was ignored:" << message.error();
        return;
    }
    // Before any other work: the client takes a late answer for a dead connection.
    if (message->action == pingAction) {
        sendText(pongMessage());
        return;
    }
    if (message->isUpload()) {
        if (const QByteArray refusal = uploadRefusal(*message); !refusal.isEmpty())
            sendText(refusal);
        return;
    }
    if (m_queue.size() - m_waitingDispatches >= m_options.maxPendingActions) {
        metrics.pendingActionsExceeded.add();
        close(QWebSocketProtocol::CloseCodePolicyViolated, u"Too many actions are waiting"_s);
        return;
    }
    m_queue.enqueue({*std::move(message), Context::Origin::Client});
    if (m_shown)
        processQueue();
}

void LiveConnection::refuseHurried(const ClientMessage *message)
{
    const quint64 sentBefore = m_bytesOut;
    sendText(tooManyRequestsMessage());
    if (m_journal && message) {
        m_journal->note({.name = shortened(message->action),
                         .at = ConnectionJournal::now(),
                         .frameBytes = m_bytesOut - sentBefore,
                         .result = ActionRecord::Result::RateLimited});
    }
}

bool LiveConnection::enqueue(const BroadcastRequest &request, Context::Origin origin,
                             PublishTime time, const DispatchSource &source)
{
    const bool isFull = m_waitingDispatches >= m_options.maxPendingBroadcasts;
    if (m_journal) {
        using Outcome = ReceivedDispatch::Outcome;
        m_journal->noteDispatch(source, shortened(request.action),
                                m_closing ? Outcome::Closing
                                          : (isFull ? Outcome::QueueFull : Outcome::Waiting));
    }
    if (m_closing)
        return true; // it will not be missed
    if (isFull)
        return false;
    ++m_waitingDispatches;
    m_queue.enqueue({{.action = request.action, .data = request.data}, origin, time, source});
    scheduleQueue();
    return true;
}

void LiveConnection::dropOutdatedBroadcasts()
{
    // What was broadcast while the saved state was asked for stands in it: it is saved first.
    m_waitingDispatches -= int(m_queue.removeIf([this](const Waiting &waiting) {
        const bool isOutdated = waiting.origin == Context::Origin::Broadcast;
        if (isOutdated && m_journal)
            m_journal->noteEnd(waiting.source, ReceivedDispatch::Outcome::Contained);
        return isOutdated;
    }));
}

void LiveConnection::scheduleQueue()
{
    if (!m_shown || m_queue.isEmpty() || m_scheduled)
        return;
    m_scheduled = true;
    m_host.scheduleQueue(*this);
}

void LiveConnection::processQueue()
{
    m_scheduled = false;
    while (m_shown && !m_queue.isEmpty()) {
        const Waiting waiting = m_queue.dequeue();
        if (waiting.origin == Context::Origin::Client) {
            runClientAction(waiting);
        } else {
            --m_waitingDispatches;
            runDispatch(waiting);
        }
    }
    // Of several actions in a row one sees the last: a page is state.
    if (m_shown && m_stale)
        show();
}

std::optional<Result<QVariant>> LiveConnection::callAction(const Waiting &waiting, Context &context,
                                                           LastAction &last)
{
    const Page &page = m_page.page();
    const QString &name = waiting.message.action;
    const auto at = std::chrono::floor<std::chrono::microseconds>(std::chrono::system_clock::now());
    last = {shortened(name),
            std::chrono::floor<std::chrono::milliseconds>(at).time_since_epoch().count()};
    std::chrono::nanoseconds took{};
    auto result = [&]() -> std::optional<Result<QVariant>> {
        const ActionWatch watch(m_host.metrics().actionDuration, page.path, name, &took);
        if (name == navigateAction && context.origin() == Context::Origin::Client)
            return page.actions.mount(&m_page.controller(), m_state, context);
        return page.actions.run(name, &m_page.controller(), m_state, context);
    }();
    if (m_journal) {
        using End = ActionRecord::Result;
        const End end = result ? (*result ? End::Succeeded : End::Failed) : End::Unknown;
        m_journal->noteRun(waiting.source,
                           {.name = last.name, .at = at, .duration = took, .result = end});
    }
    return result;
}

void LiveConnection::runClientAction(const Waiting &waiting)
{
    ShardMetrics &metrics = m_host.metrics();
    const ClientMessage &message = waiting.message;
    ++m_actions;
    metrics.actionsProcessed.add();
    const auto occasion = message.action == navigateAction ? Context::Occasion::Navigation
                                                           : Context::Occasion::Action;
    Context context = makeContext(Context::Origin::Client, occasion, message);
    auto result = callAction(waiting, context, m_lastAction);
    // Errors are those of the last action (PROTOCOL.md E.8).
    if (!std::exchange(m_extras.errors, {}).isEmpty())
        m_stale = true;
    takeFlash(context);

    AnswerMeta meta{{}, message.action, {}};
    const bool succeeded = result && *result;
    if (succeeded) {
        m_state = **std::move(result);
        m_stale = true;
    } else if (result) {
        metrics.errors.add();
        meta.errors = result->error().errors();
        m_extras.errors = meta.errors;
        m_stale = true;
    } else {
        // PROTOCOL.md B.8: not an error; the client may be newer or older than the page.
        metrics.actionsUnknown.add();
        qCDebug(lcServer) << "connection" << id() << "page" << m_page.page().path << "has no action"
                          << shortened(message.action);
    }
    if (!answerAction(meta) || !succeeded)
        return;
    m_host.saveState(*this);
    broadcastAll(context);
}

bool LiveConnection::answerAction(const AnswerMeta &meta)
{
    ShardMetrics &metrics = m_host.metrics();
    TreePtr tree = m_shown;
    const bool isShown = m_stale && !m_behind;
    if (isShown) {
        tree = render();
        if (!tree)
            return false;
        m_stale = false;
    }
    QByteArray answer;
    {
        const Stopwatch stopwatch(metrics.diffDuration);
        answer = answerMessage(*m_shown, *tree, meta);
    }
    const quint64 sentBefore = m_bytesOut;
    sendText(answer);
    metrics.treesDiffed.add();
    metrics.dynamicsOnlySends.add();
    if (m_journal && m_stale)
        m_journal->noteCoalesced(m_bytesOut - sentBefore);
    else if (m_journal)
        m_journal->noteShown(isShown && !equal(*m_shown, *tree), m_bytesOut - sentBefore);
    m_shown = tree;
    return true;
}

void LiveConnection::runDispatch(const Waiting &waiting)
{
    ShardMetrics &metrics = m_host.metrics();
    ++m_broadcasts;
    metrics.dispatches.add();
    Context context = makeContext(waiting.origin, Context::Occasion::Action, waiting.message);
    auto result = callAction(waiting, context, m_lastDispatch);
    if (!result)
        return;
    if (!*result) {
        metrics.errors.add();
        qCInfo(lcServer) << "connection" << id() << "broadcast action"
                         << shortened(waiting.message.action)
                         << "failed:" << result->error().errors();
        return;
    }
    takeFlash(context);
    m_state = **std::move(result);
    m_stale = true;
    m_host.saveState(*this, waiting.time);
}

void LiveConnection::takeFlash(const Context &context)
{
    if (m_extras.flash.isEmpty() && context.flash().isEmpty())
        return;
    m_extras.flash = context.flash();
    m_stale = true;
}

void LiveConnection::broadcastAll(const Context &context)
{
    if (context.droppedBroadcasts() > 0)
        m_host.metrics().broadcastsOverLimit.add(quint64(context.droppedBroadcasts()));
    for (const BroadcastRequest &request : context.broadcasts())
        m_host.broadcast(*this, request);
}

void LiveConnection::showOnce(const QVariantHash &values)
{
    if (!m_shown)
        return;
    if (m_behind) {
        m_host.metrics().rendersCoalesced.add();
        return;
    }
    const TreePtr tree = checked(m_page.renderValues(values));
    if (!tree || equal(*m_shown, *tree))
        return;
    const QByteArray frame = m_host.renderShare().updateFrame(m_shown, tree);
    m_shown = tree;
    sendFrame(frame);
}

void LiveConnection::refresh()
{
    if (m_shown) // otherwise it has not begun, or is at its end
        show();
}

TreePtr LiveConnection::checked(std::expected<TreePtr, TemplateError> tree)
{
    if (tree)
        return *std::move(tree);
    m_host.metrics().errors.add();
    qCCritical(lcServer).noquote()
        << "page" << m_page.page().path << "cannot be rendered:" << tree.error().toString();
    close(QWebSocketProtocol::CloseCodeBadOperation, u"The page could not be rendered"_s);
    return nullptr;
}

TreePtr LiveConnection::render()
{
    m_extras.flash.prune(m_options.clock->steady());
    return checked(m_page.render(m_state, m_extras));
}

void LiveConnection::show()
{
    if (m_behind) {
        m_stale = true;
        m_host.metrics().rendersCoalesced.add();
        if (m_journal)
            m_journal->noteCoalesced();
        return;
    }
    m_stale = false;
    RenderShare &share = m_host.renderShare();
    const TreePtr tree = m_extras.isEmpty() ? checked(share.render(m_page, m_state)) : render();
    if (!tree)
        return;
    const quint64 sentBefore = m_bytesOut;
    const bool isOther = tree != m_shown && !equal(*m_shown, *tree);
    if (isOther) {
        const QByteArray frame = share.updateFrame(m_shown, tree);
        m_shown = tree;
        sendFrame(frame);
    }
    if (m_journal)
        m_journal->noteShown(isOther, m_bytesOut - sentBefore);
}

void LiveConnection::sendText(const QByteArray &message)
{
    sendFrame(encodeTextFrame(message));
}

void LiveConnection::sendFrame(const QByteArray &frame)
{
    ShardMetrics &metrics = m_host.metrics();
    if (writeFrame(m_socket, frame) != WriteResult::Written) {
        metrics.writeErrors.add();
        return;
    }
    m_bytesOut += quint64(frame.size());
    metrics.bytesSent.add(quint64(frame.size()));
    metrics.updatePayload.record(quint64(frame.size()));
    if (m_socket.bytesToWrite() > 0)
        fallBehind();
}

void LiveConnection::fallBehind()
{
    if (m_behind || m_closing)
        return;
    m_behind = true;
    m_lastProgress = std::chrono::steady_clock::now();
    m_host.metrics().bufferFull.add();
    m_host.metrics().connectionsBehind.add(1);
    m_host.watch(*this);
    connect(&m_socket, &QTcpSocket::bytesWritten, this, &LiveConnection::catchUp);
}

void LiveConnection::catchUp()
{
    m_lastProgress = std::chrono::steady_clock::now();
    if (m_socket.bytesToWrite() > 0)
        return;
    disconnect(&m_socket, &QTcpSocket::bytesWritten, this, &LiveConnection::catchUp);
    m_behind = false;
    m_host.metrics().connectionsBehind.add(-1);
    if (m_shown && m_stale && !m_scheduled) {
        m_scheduled = true;
        m_host.scheduleQueue(*this);
    }
}

void LiveConnection::close(int code, const QString &reason)
{
    stopServing();
    m_webSocket->close(QWebSocketProtocol::CloseCode(code), reason);
}

void LiveConnection::stopServing()
{
    if (m_closing)
        return;
    m_closing = true;
    m_closeDeadline = QDeadlineTimer(m_options.closeTimeout);
    m_host.watch(*this);
    m_shown = nullptr; // nothing may follow the close frame
    if (m_journal) {
        for (const Waiting &waiting : std::as_const(m_queue)) {
            if (waiting.origin != Context::Origin::Client)
                m_journal->noteEnd(waiting.source, ReceivedDispatch::Outcome::Closing);
        }
    }
    m_queue.clear();
    m_waitingDispatches = 0;
}

void LiveConnection::finish()
{
    m_finished = true;
    m_socket.disconnect(this); // the QWebSocket lets go of it now
    if (isProtocolError(m_webSocket->closeCode()))
        m_host.metrics().protocolErrors.add();
    if (std::exchange(m_behind, false))
        m_host.metrics().connectionsBehind.add(-1);
    Q_EMIT closed();
}

void LiveConnection::sweep(std::chrono::steady_clock::time_point now)
{
    if (m_closing) {
        if (m_closeDeadline.hasExpired() && !m_finished)
            m_socket.abort();
        return;
    }
    if (!m_behind || now - m_lastProgress < m_options.slowClientTimeout)
        return;
    m_host.metrics().slowClientCloses.add();
    qCWarning(lcServer) << "connection" << id() << "group" << m_group.shortened()
                        << "closed: it does not read; bytes waiting:" << m_socket.bytesToWrite();
    close(QWebSocketProtocol::CloseCodePolicyViolated, u"The client does not read"_s);
}

void LiveConnection::closeWhenIdle(std::chrono::steady_clock::time_point now)
{
    if (m_closing || now - m_socket.lastHeard() < m_options.idleTimeout)
        return;
    m_host.metrics().idleCloses.add();
    close(QWebSocketProtocol::CloseCodeGoingAway, u"Nothing was heard for too long"_s);
}

ConnectionSnapshot LiveConnection::snapshot() const
{
    const auto time = [](const LastAction &action) {
        return action.at == 0 ? QDateTime()
                              : QDateTime::fromMSecsSinceEpoch(action.at, QTimeZone::UTC);
    };
    ConnectionSnapshot snapshot;
    snapshot.id = m_id;
    snapshot.group = m_group.shortened();
    snapshot.groupId = m_group;
    snapshot.user = m_user.value();
    snapshot.page = m_page.page().path;
    snapshot.label = m_label;
    snapshot.connectedAt = m_connectedAt;
    snapshot.actions = m_actions;
    snapshot.broadcasts = m_broadcasts;
    snapshot.bytesIn = m_bytesIn;
    snapshot.bytesOut = m_bytesOut;
    snapshot.lastAction = m_lastAction.name;
    snapshot.lastActionAt = time(m_lastAction);
    snapshot.lastDispatch = m_lastDispatch.name;
    snapshot.lastDispatchAt = time(m_lastDispatch);
    snapshot.pendingBytes = m_finished ? 0 : m_socket.bytesToWrite();
    snapshot.waitingActions = int(m_queue.size());
    snapshot.isBehind = m_behind;
    return snapshot;
}

ConnectionDetails LiveConnection::details() const
{
    const StateType &type = m_page.page().stateType;
    ConnectionDetails details;
    details.connection = snapshot();
    if (m_state.isValid()) // otherwise it has not begun
        details.state = type.describe(m_state);
    details.ephemeral = type.ephemeralProperties();
    if (m_journal) {
        details.actions = m_journal->actions();
        details.trace = m_journal->trace();
    }
    return details;
}

} // namespace LiveTemplate
