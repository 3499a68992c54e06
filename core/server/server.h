// SPDX-FileCopyrightText: 2026 The LiveTemplate for Qt authors
// SPDX-License-Identifier: MIT

#pragma once

#include "actionresult.h"
#include "connectiondetails.h"
#include "context.h" // IWYU pragma: export
#include "health.h"
#include "livetemplate_export.h"
#include "serveroptions.h"
#include "serversnapshot.h"
#include "serverstatistics.h"
#include "session.h"
#include "statetype.h"

#include <QHash>
#include <QHostAddress>
#include <QObject>
#include <QUrl>

#include <functional>
#include <memory>
#include <optional>
#include <vector>

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
/// are called, in threads of the server's own (shards, ServerOptions::threads). All tabs of a
/// session group are on the same one, so that the actions of a group come one after the other.
/// Controllers are moved to those threads and deleted with the server.
class LIVETEMPLATE_EXPORT Server : public QObject
{
    Q_OBJECT

public:
    /// Why listen() returned false.
    enum class ListenError {
        None,
        /// ServerOptions::errors or ServerOptions::check() have something; errorString() has all of
        /// it, one sentence a line.
        BadOptions,
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

    /// From which threads a controller may be called.
    enum class ControllerThreads {
        /// From one. With several shards the page needs a factory, which makes a controller for
        /// each.
        One,
        /// From all at once: it is safe to do so.
        All,
    };

    /// Makes a controller; called once for each shard.
    using ControllerFactory = std::function<std::unique_ptr<QObject>()>;

    explicit Server(ServerOptions options = {}, QObject *parent = nullptr);
    /// Closes as close() does.
    ~Server() override;

    /// Serves the template @p templateFile at @p path, with a @c PageState for each open tab and
    /// @p controller's invokable methods as actions. A relative file is looked up in
    /// ServerOptions::templateBaseDir. Takes the controller, which must not have a parent. Call it
    /// before listen().
    ///
    /// Template, state and actions are checked here. Returns false when something is wrong with
    /// them: it is logged, errorString() says what and where, and listen() will refuse.
    template<State PageState>
    bool mount(QStringView path, QStringView templateFile, QObject *controller,
               ControllerThreads threads = ControllerThreads::One)
    {
        std::vector<std::unique_ptr<QObject>> controllers;
        controllers.emplace_back(controller);
        return mountPage(path, templateFile, StateType::of<PageState>(),
                         ActionResultType::of<PageState>(), std::move(controllers), threads);
    }

    /// The same with a controller for each shard: their actions run at the same time, each on
    /// session groups of its own.
    template<State PageState>
    bool mount(QStringView path, QStringView templateFile, const ControllerFactory &factory)
    {
        return mountPage(path, templateFile, StateType::of<PageState>(),
                         ActionResultType::of<PageState>(), makeControllers(factory),
                         ControllerThreads::One);
    }

    /// Starts to serve on @p address and @p port (0: any free port, see port()). Returns when
    /// connections are accepted, or false: see listenError() and errorString().
    bool listen(const QHostAddress &address = QHostAddress::LocalHost, quint16 port = 0);

    /// Serves on a socket that listens already, as systemd passes it. Takes the descriptor.
    bool listenOnDescriptor(qintptr listeningDescriptor);

    /// Serves without a port: connections come by adopt() only. For a program that accepts them
    /// itself, and for tests.
    bool startWithoutPort();

    /// Serves a connection that the program has accepted: a connected stream socket, TCP or of the
    /// Unix domain. Takes the descriptor. Returns false, and has closed it, when the server does
    /// not serve.
    bool adopt(qintptr connectedDescriptor);

    /// Stops accepting, tells every client that the server goes away (code 1001), waits for them
    /// up to ServerOptions::shutdownTimeout, and then cuts what is left. Blocks meanwhile. Saved
    /// states are kept; listen() may be called again.
    void close();

    /// Whether it serves, by a port or without one.
    [[nodiscard]] bool isListening() const;
    [[nodiscard]] ListenError listenError() const;
    /// The last error as a sentence for a person; empty when there was none.
    [[nodiscard]] QString errorString() const;

    [[nodiscard]] QHostAddress address() const;
    /// The port in use; 0 when the server does not listen, or without a port.
    [[nodiscard]] quint16 port() const;
    /// Where a browser on this machine finds @p path. Empty while the server has no port.
    [[nodiscard]] QUrl url(const QString &path = QStringLiteral("/")) const;

    /// What /health and /health/ready ask; add checks of your own.
    [[nodiscard]] Health &health() const;

    /// Has @p action run on every open tab of @p group, as Session::triggerAction() does. May be
    /// called from any thread.
    std::expected<void, TriggerError> triggerAction(const GroupId &group, const QString &action,
                                                    const QJsonObject &data = {}) const;

    /// The same for every open tab of @p user, whatever session groups they are of, on every server
    /// that is joined by ServerOptions::broadcaster or Redis. An empty user is nobody.
    std::expected<void, TriggerError> triggerActionForUser(const UserId &user,
                                                           const QString &action,
                                                           const QJsonObject &data = {}) const;

    /// Shows every open tab on every server its page with @p values, by the names that the template
    /// uses, in place of the state. The state stays: what the tab does next shows it again. For
    /// announcements. Threading as triggerAction(). With no tab open here and no other server the
    /// error is TriggerError::Disconnected.
    std::expected<void, TriggerError> publishGlobal(const QJsonObject &values) const;
    std::expected<void, TriggerError> publishToGroup(const GroupId &group,
                                                     const QJsonObject &values) const;
    std::expected<void, TriggerError> publishToUser(const UserId &user,
                                                    const QJsonObject &values) const;

    /// What the server has counted, in some ten microseconds for each of its threads, which go on
    /// meanwhile. May be called from any thread, also when the server does not listen.
    [[nodiscard]] ServerStatistics statistics() const;
    // ---- For whoever watches. These answer in the shards' own time, by a callback in this
    // object's thread, unless its context, which must live there too, is gone by then. When the
    // server does not listen they do nothing and call nothing.

    /// The pages in the order in which they were mounted.
    [[nodiscard]] QList<MountedPage> pages() const;

    /// Takes a snapshot in the shards' own time and calls @p callback with it in this object's
    /// thread, unless @p context, which must live there too, is gone by then. Cheap, but meant for
    /// people: ask at most ten times a second, and only while somebody looks. Not called when the
    /// server does not listen.
    void requestSnapshot(QObject *context,
                         std::function<void(const ServerSnapshot &)> callback) const;

    /// Gives all that is known of one open connection, and nothing when there is none of that id.
    /// The session store is asked for what is saved, which counts there as a use: ask a few times a
    /// second, and only while somebody looks.
    void requestDetails(
        quint64 connection, QObject *context,
        std::function<void(const std::optional<ConnectionDetails> &)> callback) const;

    /// Gives a copy of the state of one open connection: an invalid QVariant when there is none of
    /// that id, or it has not begun.
    void requestState(quint64 connection, QObject *context,
                      std::function<void(const QVariant &state)> callback) const;

    /// Gives what @p connections sent to each other; those that are gone are not in the answer, and
    /// none is when ServerOptions::actionHistory is 0.
    void requestTraces(const QList<quint64> &connections, QObject *context,
                       std::function<void(const QHash<quint64, FollowTrace> &)> callback) const;

    /// Closes now what has expired by the clock (ServerOptions::clock), and returns when that is
    /// done. A server does it by itself, some of it each second. Saved states need no such call:
    /// one that has expired is not there when it is asked for.
    void expire();

    /// Told how many connections of this server were touched.
    using Touched = std::function<void(int connections)>;

    /// Closes a connection with code 1001 and @p reason, of which the first 123 bytes are sent. Its
    /// state stays saved, and its client connects anew at its next heartbeat.
    void disconnectConnection(quint64 connection, const QString &reason, QObject *context = nullptr,
                              const Touched &touched = {}) const;

    /// The same for all connections of @p group on this server.
    void disconnectGroup(const GroupId &group, const QString &reason, QObject *context = nullptr,
                         const Touched &touched = {}) const;

    /// Has @p action run on one connection, as triggerAction() does on those of a group. It touches
    /// none when the connection is gone or too many actions wait for it.
    void triggerActionOn(quint64 connection, const QString &action, const QJsonObject &data = {},
                         QObject *context = nullptr, const Touched &touched = {}) const;

    /// Forgets what @p group has saved for the pages of this server, and closes its connections, so
    /// that they begin anew. They save nothing more before they go. What was saved is the answer,
    /// for restoreSession(). Connections that the group has on other servers keep their states, and
    /// save them with their next action.
    void forgetSession(const GroupId &group, QObject *context,
                       std::function<void(const SavedSession &)> forgotten) const;

    /// Has it saved again, in place of what is saved now, and closes the group's connections, so
    /// that they begin with it. The answer is what was saved until then.
    void restoreSession(const SavedSession &session, QObject *context = nullptr,
                        std::function<void(const SavedSession &)> restored = {}) const;

private:
    bool mountPage(QStringView path, QStringView templateFile, const StateType &stateType,
                   const ActionResultType &resultType,
                   std::vector<std::unique_ptr<QObject>> controllers, ControllerThreads threads);
    [[nodiscard]] std::vector<std::unique_ptr<QObject>> makeControllers(
        const ControllerFactory &factory) const;

    void announceListening() const;

    class Private;
    std::unique_ptr<Private> d;
};

} // namespace LiveTemplate
