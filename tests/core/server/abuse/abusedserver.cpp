// SPDX-FileCopyrightText: 2026 The LiveTemplate for Qt authors
// SPDX-License-Identifier: MIT

#include "abusedserver.h"

#include "processload.h"
#include "rawwebsocket.h"

#include <QTest>

#include <unistd.h>

using namespace LiveTemplate;
using namespace Qt::StringLiterals;

namespace {

/// What caches, free lists and the test's own report may take.
constexpr qint64 allocationSlack = 4 * 1024 * 1024;

} // namespace

AbusedState AbusedController::mount(AbusedState state, Context &context)
{
    if (context.has(u"title"))
        state.title = context.string(u"title");
    return state;
}

AbusedState AbusedController::increment(AbusedState state, Context &context)
{
    ++state.counter;
    context.broadcastAction(u"increment"_s);
    return state;
}

AbusedState AbusedController::quiet(AbusedState state, Context &)
{
    ++state.counter;
    return state;
}

AbusedState AbusedController::setTitle(AbusedState state, Context &context)
{
    state.title = context.string(u"value");
    context.broadcastAction(u"setTitle"_s, context.data().values());
    return state;
}

AbusedServer::AbusedServer(ServerOptions options)
{
    options.threads = 4;
    // Tests send faster than people click.
    if (options.messageRate == ServerOptions().messageRate)
        options.messageRate = 0;
    m_server = std::make_unique<Server>(std::move(options));
    m_server->mount<AbusedState>(u"/", u":/templates/test.html",
                                 [] { return std::make_unique<AbusedController>(); });
    if (!m_server->listen())
        qFatal("%s", qUtf8Printable(m_server->errorString()));
    m_openFiles = ProcessLoad::openFiles(::getpid());
}

HttpAnswer AbusedServer::get(const QByteArray &path, const QByteArray &headers) const
{
    RawSocket socket(port());
    return ask(socket, "GET " + path + " HTTP/1.1\r\nHost: h\r\n" + headers + "\r\n");
}

QByteArray AbusedServer::newCookie() const
{
    return cookieOf(get("/"));
}

qint64 AbusedServer::metric(const QByteArray &name) const
{
    for (const QByteArray &line : get("/metrics").body.split('\n')) {
        if (line.startsWith(name + ' '))
            return qint64(line.sliced(name.size()).toDouble());
    }
    return -1;
}

ServerSnapshot AbusedServer::snapshot()
{
    std::optional<ServerSnapshot> taken;
    m_server->requestSnapshot(this, [&](const ServerSnapshot &snapshot) { taken = snapshot; });
    [[maybe_unused]] const bool came = QTest::qWaitFor([&] { return taken.has_value(); },
                                                       RawSocket::patience);
    return taken.value_or(ServerSnapshot());
}

qint64 AbusedServer::allocated() const
{
    return ProcessLoad::allocatedBytes().value_or(m_allocated) - m_allocated;
}

QString AbusedServer::damage()
{
    QStringList sentences;
    if (const qsizetype open = connections(); open != 0)
        sentences.append(u"%1 live connections are open."_s.arg(open));
    if (const qint64 files = ProcessLoad::openFiles(::getpid()); files != m_openFiles)
        sentences.append(u"%1 files are open, not %2."_s.arg(files).arg(m_openFiles));
    if (m_allocated == 0 && sentences.isEmpty())
        m_allocated = ProcessLoad::allocatedBytes().value_or(0);
    if (const qint64 bytes = allocated(); bytes > allocationSlack)
        sentences.append(u"%1 bytes more are allocated."_s.arg(bytes));
    return sentences.join(u' ');
}

QString AbusedServer::trouble() const
{
    const HttpAnswer page = get("/");
    if (page.status != 200 || !page.body.contains("<p title"))
        return u"The page is answered by %1: %2"_s.arg(page.status)
            .arg(QString::fromUtf8(page.body));
    RawWebSocket socket(port(), cookieOf(page));
    if (!socket.isOpen()) {
        return u"The WebSocket is answered by %1: %2"_s.arg(socket.answer().status)
            .arg(QString::fromUtf8(socket.answer().body));
    }
    if (const QByteArray first = socket.nextText(); !first.startsWith(R"({"tree":{"s":)"))
        return u"The first message is: %1"_s.arg(QString::fromUtf8(first));
    socket.sendAction("increment");
    const QByteArray answer = socket.nextText();
    if (answer != R"({"tree":{"1":"1"},"meta":{"success":true,"errors":{},"action":"increment"}})")
        return u"The click is answered by: %1"_s.arg(QString::fromUtf8(answer));
    return {};
}
