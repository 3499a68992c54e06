// SPDX-FileCopyrightText: 2026 The LiveTemplate for Qt authors
// SPDX-License-Identifier: MIT

#include "liveconnection_p.h"

#include "framewriter_p.h"
#include "serverlogging_p.h"
#include "serveroptions.h"

#include <QWebSocket>

#include <utility>

using namespace Qt::StringLiterals;

namespace LiveTemplate {

namespace {

/// PROTOCOL.md B.8: broadcasts that may wait for one connection.
constexpr qsizetype maxWaitingBroadcasts = 16;

/// Messages of one client that may wait while an earlier one runs.
constexpr qsizetype maxWaitingMessages = 64;

/// A name from outside that is to be logged.
QString shortened(const QString &name)
{
    return name.left(64);
}

} // namespace

LiveConnection::LiveConnection(std::unique_ptr<QWebSocket> webSocket, ServerSocket &socket,
                               const LivePage &page, Identity identity,
                               const ServerOptions &options, LiveConnectionHost &host)
    : m_webSocket(std::move(webSocket))
    , m_socket(socket)
    , m_page(page)
    , m_identity(std::move(identity))
    , m_options(options)
    , m_host(host)
{
    m_counters.id = m_identity.id;
    m_counters.group = m_identity.group.shortened();
    m_counters.page = m_page.page().path;
    m_counters.connectedAt = QDateTime::currentDateTimeUtc();

    m_webSocket->setMaxAllowedIncomingFrameSize(quint64(m_options.maxMessageSize));
    m_webSocket->setMaxAllowedIncomingMessageSize(quint64(m_options.maxMessageSize));
    connect(m_webSocket.get(), &QWebSocket::textMessageReceived, this, &LiveConnection::receive);
    connect(m_webSocket.get(), &QWebSocket::disconnected, this, &LiveConnection::closed);
    connect(m_webSocket.get(), &QWebSocket::stateChanged, this,
            [this](QAbstractSocket::SocketState state) {
                if (state == QAbstractSocket::ClosingState)
                    stopServing(); // QtWebSockets closes by itself what breaks the protocol
            });
    m_socket.setMaxPending(m_options.maxPendingBytes);
    connect(&m_socket, &ServerSocket::overflowed, this, [this] {
        qCWarning(lcServer) << "connection" << m_identity.id << "group"
                            << m_identity.group.shortened()
                            << "cut: it does not read; bytes waiting:" << m_socket.bytesToWrite();
    });
}

LiveConnection::~LiveConnection()
{
    m_webSocket->disconnect(this);
    if (m_started)
        m_page.page().actions.onDisconnect(m_page.page().controller.get());
}

void LiveConnection::start(const std::optional<QJsonObject> &saved)
{
    const Page &page = m_page.page();
    m_state = saved ? page.stateType.restore(*saved) : page.stateType.initial();
    Context context(Context::Origin::Client, {}, ActionData(m_identity.query), m_identity.group,
                    m_identity.user);
    auto mounted = page.actions.mount(page.controller.get(), m_state, context);
    if (!mounted) {
        qCWarning(lcServer) << "connection" << m_identity.id << "group"
                            << m_identity.group.shortened() << "page" << page.path
                            << "closed: mount failed:" << mounted.error().errors();
        close(1011, u"The page could not be started"_s);
        return;
    }
    m_state = *std::move(mounted);
    // A visitor who has done nothing yet leaves nothing to keep.
    if (saved || m_state != page.stateType.initial())
        m_host.saveState(*this);
    m_started = true;

    Context connecting(Context::Origin::Client, {}, ActionData(m_identity.query), m_identity.group,
                       m_identity.user);
    if (auto connected = page.actions.onConnect(page.controller.get(), m_state, connecting))
        m_state = *std::move(connected);
    else
        qCWarning(lcServer) << "page" << page.path
                            << "onConnect failed:" << connected.error().errors();

    const TreePtr tree = render();
    if (!tree)
        return;
    m_shown = tree;
    send(firstMessage(*tree, {{}, {}, page.capabilities()}));
    for (const auto &broadcasts : {context.broadcasts(), connecting.broadcasts()}) {
        for (const BroadcastRequest &request : broadcasts)
            m_host.broadcast(*this, request);
    }
    scheduleQueue();
}

void LiveConnection::receive(const QString &text)
{
    if (m_closing)
        return;
    const QByteArray utf8 = text.toUtf8();
    m_counters.bytesIn += quint64(utf8.size());
    auto message = ClientMessage::parse(utf8);
    if (!message) {
        // Said once: a client may send as many of them as it likes.
        if (std::exchange(m_sentMalformed, true))
            return;
        qCInfo(lcServer) << "connection" << m_identity.id
                         << "sent a message that was ignored:" << message.error();
        return;
    }
    // Before any other work: the client takes a late answer for a dead connection.
    if (message->action == pingAction) {
        send(pongMessage());
        return;
    }
    if (m_queue.size() - m_waitingBroadcasts >= maxWaitingMessages) {
        close(1008, u"Too many actions are waiting"_s);
        return;
    }
    m_queue.enqueue({*std::move(message), Context::Origin::Client});
    if (m_shown)
        processQueue();
}

bool LiveConnection::enqueueBroadcast(const BroadcastRequest &request)
{
    if (m_closing)
        return true; // it will not be missed
    if (m_waitingBroadcasts >= maxWaitingBroadcasts)
        return false;
    ++m_waitingBroadcasts;
    m_queue.enqueue({{request.action, request.data}, Context::Origin::Broadcast});
    scheduleQueue();
    return true;
}

void LiveConnection::scheduleQueue()
{
    if (!m_shown || m_queue.isEmpty() || std::exchange(m_scheduled, true))
        return;
    m_host.scheduleQueue(*this);
}

void LiveConnection::processQueue()
{
    m_scheduled = false;
    while (m_shown && !m_queue.isEmpty()) {
        const Waiting waiting = m_queue.dequeue();
        if (waiting.origin == Context::Origin::Broadcast)
            --m_waitingBroadcasts;
        run(waiting);
    }
}

void LiveConnection::run(const Waiting &waiting)
{
    if (waiting.origin == Context::Origin::Client)
        runClientAction(waiting.message);
    else
        runBroadcast(waiting.message);
}

std::optional<Result<QVariant>> LiveConnection::callAction(const ClientMessage &message,
                                                           Context &context) const
{
    const Page &page = m_page.page();
    if (message.action == navigateAction)
        return page.actions.mount(page.controller.get(), m_state, context);
    return page.actions.run(message.action, page.controller.get(), m_state, context);
}

void LiveConnection::runClientAction(const ClientMessage &message)
{
    ++m_counters.actions;
    const QString actionName = message.action == navigateAction ? QString() : message.action;
    Context context(Context::Origin::Client, actionName, ActionData(message.data), m_identity.group,
                    m_identity.user);
    auto result = callAction(message, context);

    AnswerMeta meta{{}, message.action, {}};
    TreePtr tree = m_shown;
    const bool succeeded = result && *result;
    if (succeeded) {
        m_state = **std::move(result);
        tree = render();
        if (!tree)
            return;
    } else if (result) {
        meta.errors = result->error().errors();
    } else {
        // PROTOCOL.md B.8: not an error; the client may be newer or older than the page.
        qCDebug(lcServer) << "connection" << m_identity.id << "page" << m_page.page().path
                          << "has no action" << shortened(message.action);
    }
    send(answerMessage(*m_shown, *tree, meta));
    m_shown = tree;
    if (!succeeded)
        return;
    m_host.saveState(*this);
    for (const BroadcastRequest &request : context.broadcasts())
        m_host.broadcast(*this, request);
}

void LiveConnection::runBroadcast(const ClientMessage &message)
{
    ++m_counters.broadcasts;
    Context context(Context::Origin::Broadcast, message.action, ActionData(message.data),
                    m_identity.group, m_identity.user);
    auto result = callAction(message, context);
    if (!result)
        return;
    if (!*result) {
        qCInfo(lcServer) << "connection" << m_identity.id << "broadcast action" << message.action
                         << "failed:" << result->error().errors();
        return;
    }
    m_state = **std::move(result);
    const TreePtr tree = render();
    if (!tree)
        return;
    m_host.saveState(*this);
    update(tree);
}

void LiveConnection::refresh()
{
    if (!m_shown)
        return; // it has not begun, or is at its end
    if (const TreePtr tree = render())
        update(tree);
}

void LiveConnection::update(const TreePtr &tree)
{
    if (equal(*m_shown, *tree))
        return;
    send(updateMessage(*m_shown, *tree));
    m_shown = tree;
}

TreePtr LiveConnection::render()
{
    auto tree = m_page.render(m_state);
    if (tree)
        return *std::move(tree);
    qCCritical(lcServer).noquote()
        << "page" << m_page.page().path << "cannot be rendered:" << tree.error().toString();
    close(1011, u"The page could not be rendered"_s);
    return nullptr;
}

void LiveConnection::send(const QByteArray &message)
{
    const QByteArray frame = encodeTextFrame(message);
    if (writeFrame(m_socket, frame) == WriteResult::Written)
        m_counters.bytesOut += quint64(frame.size());
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
    m_shown = nullptr; // nothing may follow the close frame
    m_queue.clear();
    m_waitingBroadcasts = 0;
}

void LiveConnection::cutWhenOverdue()
{
    if (m_closing && m_closeDeadline.hasExpired())
        m_socket.abort();
}

ConnectionSnapshot LiveConnection::snapshot() const
{
    return m_counters;
}

} // namespace LiveTemplate
