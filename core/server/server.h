// SPDX-FileCopyrightText: 2026 The LiveTemplate for Qt authors
// SPDX-License-Identifier: MIT

#pragma once

#include "actionresult.h"
#include "context.h" // IWYU pragma: export
#include "livetemplate_export.h"
#include "serveroptions.h"
#include "serversnapshot.h"
#include "statetype.h"

#include <QHostAddress>
#include <QObject>
#include <QUrl>

#include <functional>
#include <memory>

namespace LiveTemplate {

/// Serves live pages: one port for HTTP and WebSocket.
///
/// @code
/// LiveTemplate::Server server(LiveTemplate::ServerOptions::fromEnvironment());
/// server.mount<CounterState>(u"/", u":/templates/counter.html", new CounterController);
/// return server.listen(QHostAddress::LocalHost, 8080) ? app.exec() : EXIT_FAILURE;
/// @endcode
///
/// Threading: the class is used from the thread it was made in. Pages are served, and controllers
/// are called, in a thread of the server's own (a shard), one action at a time. The controller is
/// moved to that thread and deleted with the server.
class LIVETEMPLATE_EXPORT Server : public QObject
{
    Q_OBJECT

public:
    /// Why listen() returned false.
    enum class ListenError {
        None,
        /// A page could not be mounted; errorString() names each and says why.
        BrokenPage,
        /// Another program listens on that port.
        AddressInUse,
        /// The port needs more rights (below 1024, say).
        AccessDenied,
        /// Everything else, for example an address that this machine does not have.
        Other,
    };
    Q_ENUM(ListenError)

    explicit Server(ServerOptions options = {}, QObject *parent = nullptr);
    /// Closes as close() does.
    ~Server() override;

    /// Serves the template @p templateFile at @p path, with a @c PageState for each open tab and
    /// @p controller's invokable methods as actions. Takes the controller, which must not have a
    /// parent. Call it before listen().
    ///
    /// Template, state and actions are checked here. Returns false when something is wrong with
    /// them: it is logged, errorString() says what and where, and listen() will refuse.
    template<State PageState>
    bool mount(QStringView path, QStringView templateFile, QObject *controller)
    {
        return mountPage(path, templateFile, StateType::of<PageState>(),
                         ActionResultType::of<PageState>(), controller);
    }

    /// Starts to serve on @p address and @p port (0: any free port, see port()). Returns when
    /// connections are accepted, or false: see listenError() and errorString().
    bool listen(const QHostAddress &address = QHostAddress::LocalHost, quint16 port = 0);

    /// Stops accepting, tells every client that the server goes away (code 1001), waits for them
    /// up to ServerOptions::shutdownTimeout, and then cuts what is left. Blocks meanwhile. Saved
    /// states are kept; listen() may be called again.
    void close();

    [[nodiscard]] bool isListening() const;
    [[nodiscard]] ListenError listenError() const;
    /// The last error as a sentence for a person; empty when there was none.
    [[nodiscard]] QString errorString() const;

    [[nodiscard]] QHostAddress address() const;
    /// The port in use; 0 when the server does not listen.
    [[nodiscard]] quint16 port() const;
    /// Where a browser on this machine finds @p path.
    [[nodiscard]] QUrl url(const QString &path = QStringLiteral("/")) const;

    /// Takes a snapshot in the shards' own time and calls @p callback with it in this object's
    /// thread, unless @p context, which must live there too, is gone by then. Cheap, but meant for
    /// people: ask at most ten times a second, and only while somebody looks. Not called when the
    /// server does not listen.
    void requestSnapshot(QObject *context,
                         std::function<void(const ServerSnapshot &)> callback) const;

private:
    bool mountPage(QStringView path, QStringView templateFile, const StateType &stateType,
                   const ActionResultType &resultType, QObject *controller);

    class Private;
    std::unique_ptr<Private> d;
};

} // namespace LiveTemplate
