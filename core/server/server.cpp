// SPDX-FileCopyrightText: 2026 The LiveTemplate for Qt authors
// SPDX-License-Identifier: MIT

#include "server.h"

#include "acceptor_p.h"
#include "authenticator.h"
#include "clock.h"
#include "collectors_p.h"
#include "databasehealth.h"
#include "epolleventdispatcher_p.h"
#include "mailbox_p.h"
#include "metricsexporter_p.h"
#include "observation_p.h"
#include "page_p.h"
#include "redisbackend_p.h"
#include "serverlogging_p.h"
#include "sessionstore.h"
#include "shard_p.h"
#include "shardconfiguration_p.h"
#include "sharddirectory_p.h"
#include "shardmetrics_p.h"
#include "statisticsreader_p.h"
#include "template.h"

#include <QRandomGenerator>
#include <QThread>

#include <algorithm>
#include <future>
#include <optional>

#include <unistd.h>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace LiveTemplate {

namespace {

/// PROTOCOL.md A.4.
QByteArray newWrapperId()
{
    return "lvt-"
        + QByteArray::number(QRandomGenerator::system()->generate64(), 16).rightJustified(16, '0');
}

Server::ListenError listenErrorOf(QAbstractSocket::SocketError error)
{
    switch (error) {
    case QAbstractSocket::AddressInUseError:
        return Server::ListenError::AddressInUse;
    case QAbstractSocket::SocketAccessError:
        return Server::ListenError::AccessDenied;
    default:
        return Server::ListenError::Other;
    }
}

/// All that is wrong with a template, each on a line of its own when there is more than one.
QString templateErrors(const QString &file, int maximumDepth)
{
    TemplateOptions options;
    options.maximumDepth = maximumDepth;
    QStringList lines;
    for (const TemplateError &error : Template::validate(file, options))
        lines.append(error.toString());
    return lines.size() > 1 ? u"\n  "_s + lines.join(u"\n  "_s) : lines.join(QString());
}

std::unique_ptr<QThread> newShardThread(std::size_t index)
{
    auto thread = std::make_unique<QThread>();
    thread->setObjectName(u"lvt-shard-%1"_s.arg(index));
    thread->setEventDispatcher(new EpollEventDispatcher);
    return thread;
}

/// Longer than Redis takes for all that is saved when connections go, and short beside the time
/// that somebody waits for a server to end.
constexpr auto flushTimeout = 2s;

/// More would only wait for each other.
constexpr int mostThreads = 256;

/// The options with what stands for the empty ones.
ServerOptions completed(ServerOptions options)
{
    if (!options.clock)
        options.clock = std::make_shared<Clock>();
    if (options.threads == 0)
        options.threads = std::max(QThread::idealThreadCount(), 1);
    return options;
}

} // namespace

class Server::Private
{
public:
    struct ShardThread
    {
        std::unique_ptr<QThread> thread;
        /// Comes when what lived in the thread is gone.
        std::future<void> ended;
    };

    explicit Private(ServerOptions options);

    ShardConfiguration configuration;
    /// Empty without a Redis of our own.
    std::optional<RedisBackend> redis;
    QStringList pageErrors;
    ListenError listenError = ListenError::None;
    QString errorString;
    QHostAddress address;
    quint16 port = 0;
    /// The shard that the next adopted connection goes to.
    std::size_t nextShard = 0;
    std::vector<std::shared_ptr<ShardMetrics>> metrics;
    std::unique_ptr<StatisticsReader> statistics;
    /// Null while the server does not serve, as the next two.
    std::unique_ptr<ShardDirectory> shards;
    std::vector<ShardThread> threads;
    /// Lives in the first shard's thread. Null without a port.
    Acceptor *acceptor = nullptr;
    /// For what comes back from the threads.
    Mailbox outbox;

    bool listen(const std::function<bool(Acceptor &)> &open, const QString &where);
    bool serve();
    void startShards();
    void stopShards();
    bool fail(ListenError error, const QString &message);
    /// Has @p call made in the thread of a shard, and waits for what it returns.
    template<typename Value>
    [[nodiscard]] Value callAt(std::size_t shard, std::function<Value(Shard &)> call) const;

private:
    void openRedis();
    void startShard(std::size_t index);
    [[nodiscard]] std::expected<void, QString> preparePages();
    [[nodiscard]] std::expected<void, std::pair<ListenError, QString>> openPort(
        const std::function<bool(Acceptor &)> &open);
    /// Those of one shard; those that are called from all threads stay here.
    void moveControllers(std::size_t shard, QThread *target) const;
};

Server::Private::Private(ServerOptions options)
{
    configuration.options = completed(std::move(options));
    const ServerOptions &given = configuration.options;
    configuration.authenticator = given.authenticator ? given.authenticator
                                                      : std::make_shared<AnonymousAuthenticator>();
    configuration.sessionStore = given.sessionStore;
    configuration.broadcaster = given.broadcaster;
    if (!given.redisUrl.isEmpty())
        openRedis();
    if (!configuration.sessionStore)
        configuration.sessionStore = std::make_shared<MemorySessionStore>(
            given.sessionTtl, [clock = given.clock] { return clock->steady(); });
    configuration.directory = std::make_shared<GroupDirectory>(given.maxConnections,
                                                               given.maxConnectionsPerGroup,
                                                               configuration.broadcaster);
    // A number that makes no sense is refused by listen().
    for (int i = 0; i < std::clamp(given.threads, 1, mostThreads); ++i)
        metrics.push_back(std::make_shared<ShardMetrics>());
    configuration.health = std::make_shared<Health>();
    if (redis)
        configuration.health->addCheck(redis->healthCheck());
    if (!given.databaseUrl.isEmpty()) {
        // listen() refuses a URL that makes no sense.
        if (auto check = databaseHealthCheckFromUrl(given.databaseUrl))
            configuration.health->addCheck(*std::move(check));
    }
    configuration.metrics = std::make_shared<MetricsExporter>(
        MetricsExporter::Shards(metrics.begin(), metrics.end()),
        MetricsExporter::Facts{given.maxConnections, QStringLiteral(LIVETEMPLATE_VERSION)});
    statistics = std::make_unique<StatisticsReader>(
        StatisticsReader::Shards(metrics.begin(), metrics.end()),
        ServerStatistics::Limits{.connections = given.maxConnections,
                                 .connectionsPerGroup = given.maxConnectionsPerGroup,
                                 .pendingBytesPerConnection = given.maxPendingBytes});
    if (redis) {
        statistics->setRedis(
            {redis->client->metrics(), redis->broadcaster->metrics(), redis->store->metrics()});
        configuration.metrics->add(collectRedis(redis->client->metrics()));
        configuration.metrics->add(collectBroadcaster(redis->broadcaster->metrics()));
        configuration.metrics->add(collectSessionStore(redis->store->metrics()));
    }
}

void Server::Private::openRedis()
{
    auto opened = RedisBackend::open(configuration.options);
    if (!opened)
        return; // listen() refuses, and says why
    redis = *std::move(opened);
    if (!configuration.sessionStore)
        configuration.sessionStore = redis->store;
    if (!configuration.broadcaster)
        configuration.broadcaster = redis->broadcaster;
}

bool Server::Private::fail(ListenError error, const QString &message)
{
    listenError = error;
    errorString = message;
    qCCritical(lcServer).noquote() << message;
    return false;
}

void Server::Private::startShards()
{
    configuration.sockets = std::make_shared<SocketBudget>();
    shards = std::make_unique<ShardDirectory>();
    for (std::size_t i = 0; i < metrics.size(); ++i)
        startShard(i);
    for (const ShardThread &entry : threads)
        entry.thread->start();
    configuration.directory->open([directory = shards.get()](const Delivery &delivery) {
        const auto take = [delivery](Shard &shard) {
            shard.groups().deliver(delivery);
        };
        if (const auto *group = std::get_if<GroupId>(&delivery.target)) {
            directory->post(directory->homeOf(*group), take);
            return;
        }
        for (std::size_t i = 0; i < directory->size(); ++i)
            directory->post(i, take);
    });
}

void Server::Private::startShard(std::size_t index)
{
    auto thread = newShardThread(index);
    auto *shard = new Shard(configuration, *shards, index, metrics[index]);
    auto inbox = std::make_unique<Mailbox>();
    moveControllers(index, thread.get());
    shard->moveToThread(thread.get());
    inbox->moveToThread(thread.get());
    std::promise<void> end;
    auto ended = end.get_future();
    // In the thread itself, which alone may delete what lives there and give away the rest.
    QObject::connect(
        thread.get(), &QThread::finished, shard,
        [this, shard, index, home = QThread::currentThread(), end = std::move(end)]() mutable {
            auto done = std::move(end); // this function dies with the shard
            delete shard;
            moveControllers(index, home);
            done.set_value();
        },
        Qt::DirectConnection);
    shards->add({shard, thread.get(), std::move(inbox)});
    threads.push_back({std::move(thread), std::move(ended)});
}

void Server::Private::stopShards()
{
    configuration.directory->close();
    for (const ShardThread &entry : threads)
        entry.thread->quit();
    for (const ShardThread &entry : threads) {
        entry.ended.wait();
        entry.thread->wait();
    }
    acceptor = nullptr;
    configuration.sockets->setRoomCallback({});
    shards = nullptr; // with the inboxes: nobody posts any more
    threads.clear();
    port = 0;
    if (redis && !redis->store->flush(flushTimeout))
        qCWarning(lcServer) << "closing: some states could not be saved in Redis";
}

void Server::Private::moveControllers(std::size_t shard, QThread *target) const
{
    for (const auto &page : configuration.pages) {
        if (page->controllerThreads == ControllerUse::OneThread)
            page->controllerOf(shard).moveToThread(target);
    }
}

template<typename Value>
Value Server::Private::callAt(std::size_t shard, std::function<Value(Shard &)> call) const
{
    // Shared: the shard's thread may still be in set_value() when this one goes on.
    const auto promise = std::make_shared<std::promise<Value>>();
    shards->post(shard, [promise, call = std::move(call)](Shard &target) {
        promise->set_value(call(target));
    });
    return promise->get_future().get();
}

std::expected<void, QString> Server::Private::preparePages()
{
    for (std::size_t i = 0; i < shards->size(); ++i) {
        const auto started = callAt<std::expected<void, QString>>(i, [](Shard &shard) {
            return shard.start();
        });
        if (!started)
            return started;
    }
    return {};
}

std::expected<void, std::pair<Server::ListenError, QString>> Server::Private::openPort(
    const std::function<bool(Acceptor &)> &open)
{
    using Opened = std::expected<void, std::pair<ListenError, QString>>;
    return callAt<Opened>(0, [&](Shard &first) -> Opened {
        const auto deal = [directory = shards.get(),
                           next = std::size_t(0)](AcceptedDescriptor accepted) mutable {
            directory->post(next++ % directory->size(),
                            [accepted = std::move(accepted)](Shard &shard) mutable {
                                shard.httpFrontend().adopt(std::move(accepted));
                            });
        };
        acceptor = new Acceptor(configuration.sockets, deal);
        acceptor->setParent(&first);
        configuration.sockets->setRoomCallback([directory = shards.get(), target = acceptor] {
            directory->post(0, [target](Shard &) { target->resumeWhenPossible(); });
        });
        if (!open(*acceptor)) {
            return std::unexpected(
                std::pair(listenErrorOf(acceptor->serverError()), acceptor->errorString()));
        }
        acceptor->start();
        address = acceptor->serverAddress();
        port = acceptor->serverPort();
        return {};
    });
}

bool Server::Private::serve()
{
    if (shards)
        return fail(ListenError::Other, u"The server is listening already."_s);
    const ServerOptions &options = configuration.options;
    if (const QStringList errors = options.errors + options.check(); !errors.isEmpty())
        return fail(ListenError::BadOptions, errors.join(u'\n'));
    if (!pageErrors.isEmpty())
        return fail(ListenError::BrokenPage, pageErrors.join(u'\n'));

    startShards();
    if (const auto prepared = preparePages(); !prepared) {
        stopShards();
        return fail(ListenError::BrokenPage, prepared.error());
    }
    listenError = ListenError::None;
    errorString.clear();
    return true;
}

bool Server::Private::listen(const std::function<bool(Acceptor &)> &open, const QString &where)
{
    if (!serve())
        return false;
    if (const auto opened = openPort(open); !opened) {
        stopShards();
        const auto &[error, reason] = opened.error();
        return fail(error, u"The server cannot listen on %1: %2"_s.arg(where, reason));
    }
    return true;
}

void Server::expire()
{
    if (!isListening())
        return;
    for (std::size_t i = 0; i < d->shards->size(); ++i) {
        (void)d->callAt<bool>(i, [](Shard &shard) {
            shard.expire();
            return true;
        });
    }
}

Server::Server(ServerOptions options, QObject *parent)
    : QObject(parent)
    , d(std::make_unique<Private>(std::move(options)))
{
}

Server::~Server()
{
    close();
}

std::vector<std::unique_ptr<QObject>> Server::makeControllers(
    const ControllerFactory &factory) const
{
    std::vector<std::unique_ptr<QObject>> controllers;
    for (std::size_t i = 0; i < d->metrics.size(); ++i)
        controllers.push_back(factory());
    return controllers;
}

bool Server::mountPage(QStringView path, QStringView templateFile, const StateType &stateType,
                       const ActionResultType &resultType,
                       std::vector<std::unique_ptr<QObject>> controllers, ControllerThreads threads)
{
    const auto refuse = [&](const QString &reason) {
        const QString message = u"The page %1 cannot be mounted: %2"_s.arg(path, reason);
        qCCritical(lcServer).noquote() << message;
        d->pageErrors.append(message);
        d->errorString = message;
        return false;
    };

    if (isListening())
        return refuse(u"the server is listening already"_s);
    if (!path.startsWith(u'/'))
        return refuse(u"its path must start with '/'"_s);
    const bool hasAll = std::ranges::none_of(controllers, [](const auto &controller) {
        return !controller || controller->parent();
    });
    if (!hasAll || controllers.empty())
        return refuse(u"it needs a controller that has no parent"_s);
    const auto shardCount = int(d->metrics.size());
    if (threads == ControllerThreads::One && int(controllers.size()) != shardCount) {
        return refuse(
            u"its controller is for one thread, and the server has %1; mount it with a factory, which makes one for each, or say that it may be called from all (ControllerThreads::All)"_s
                .arg(shardCount));
    }
    for (const auto &page : d->configuration.pages) {
        if (page->path == path)
            return refuse(u"another page has that path"_s);
    }
    if (const auto checked = stateType.check(); !checked) {
        return refuse(
            u"its state %1 cannot be saved: %2; declare the property STORED false if it need not be"_s
                .arg(QLatin1StringView(stateType.name()), checked.error()));
    }
    auto actions = ActionTable::of(*controllers.front()->metaObject(), stateType, resultType);
    if (!actions)
        return refuse(actions.error());
    const ServerOptions &options = d->configuration.options;
    const QString file = options.templateFile(templateFile.toString());
    if (const QString errors = templateErrors(file, options.maxTemplateDepth); !errors.isEmpty())
        return refuse(errors);

    const auto use = threads == ControllerThreads::All ? ControllerUse::AllThreads
                                                       : ControllerUse::OneThread;
    d->configuration.pages.push_back(
        std::make_shared<const Page>(path.toString(), file, stateType, *std::move(actions),
                                     std::move(controllers), use, newWrapperId()));
    return true;
}

bool Server::listen(const QHostAddress &address, quint16 port)
{
    const auto open = [&](Acceptor &acceptor) {
        return acceptor.listen(address, port);
    };
    if (!d->listen(open, u"%1 port %2"_s.arg(address.toString(), QString::number(port))))
        return false;
    announceListening();
    return true;
}

bool Server::listenOnDescriptor(qintptr listeningDescriptor)
{
    const auto open = [&](Acceptor &acceptor) {
        return acceptor.setSocketDescriptor(listeningDescriptor);
    };
    if (!d->listen(open, u"the socket that it was given"_s))
        return false;
    announceListening();
    return true;
}

bool Server::startWithoutPort()
{
    return d->serve();
}

bool Server::adopt(qintptr connectedDescriptor)
{
    const auto descriptor = int(connectedDescriptor);
    if (!isListening()) {
        ::close(descriptor);
        return false;
    }
    d->shards->post(d->nextShard++ % d->shards->size(),
                    [accepted = AcceptedDescriptor(descriptor,
                                                   SocketBudget::Share(d->configuration.sockets))](
                        Shard &shard) mutable { shard.httpFrontend().adopt(std::move(accepted)); });
    return true;
}

void Server::announceListening() const
{
    qCInfo(lcServer).noquote() << "listening on" << url().toString();
    if (d->configuration.options.developmentMode)
        qCWarning(lcServer)
            << "development mode is on: pages change with their template files, and show errors "
               "in them; it is not for production";
}

void Server::close()
{
    if (!isListening())
        return;
    if (d->acceptor)
        d->shards->post(0, [acceptor = d->acceptor](Shard &) { acceptor->close(); });
    std::vector<std::future<void>> drained;
    for (std::size_t i = 0; i < d->shards->size(); ++i) {
        // Shared: the shard's thread may still be in set_value() when this one goes on.
        const auto promise = std::make_shared<std::promise<void>>();
        drained.push_back(promise->get_future());
        d->shards->post(i, [promise](Shard &shard) {
            QObject::connect(
                &shard, &Shard::drained, &shard, [promise] { promise->set_value(); },
                Qt::SingleShotConnection);
            shard.shutDown();
        });
    }
    for (const auto &future : drained)
        future.wait();
    d->stopShards();
    qCInfo(lcServer) << "closed";
}

bool Server::isListening() const
{
    return d->shards != nullptr;
}

Server::ListenError Server::listenError() const
{
    return d->listenError;
}

QString Server::errorString() const
{
    return d->errorString;
}

QHostAddress Server::address() const
{
    return d->address;
}

quint16 Server::port() const
{
    return d->port;
}

QUrl Server::url(const QString &path) const
{
    if (d->port == 0)
        return {};
    const bool everywhere = d->address == QHostAddress::Any || d->address == QHostAddress::AnyIPv4
        || d->address == QHostAddress::AnyIPv6;
    QUrl url;
    url.setScheme(u"http"_s);
    const auto loopback = d->address == QHostAddress::AnyIPv6 ? QHostAddress::LocalHostIPv6
                                                              : QHostAddress::LocalHost;
    url.setHost((everywhere ? QHostAddress(loopback) : d->address).toString());
    url.setPort(d->port);
    url.setPath(path);
    return url;
}

Health &Server::health() const
{
    return *d->configuration.health;
}

std::expected<void, TriggerError> Server::triggerAction(const GroupId &group, const QString &action,
                                                        const QJsonObject &data) const
{
    return Session(d->configuration.directory, group).triggerAction(action, data);
}

std::expected<void, TriggerError> Server::triggerActionForUser(const UserId &user,
                                                               const QString &action,
                                                               const QJsonObject &data) const
{
    if (action.isEmpty())
        return std::unexpected(TriggerError::NoAction);
    return d->configuration.directory->triggerForUser(user, action, data);
}

std::expected<void, TriggerError> Server::publishGlobal(const QJsonObject &values) const
{
    return d->configuration.directory->show(Everyone{}, values);
}

std::expected<void, TriggerError> Server::publishToGroup(const GroupId &group,
                                                         const QJsonObject &values) const
{
    return d->configuration.directory->show(group, values);
}

std::expected<void, TriggerError> Server::publishToUser(const UserId &user,
                                                        const QJsonObject &values) const
{
    return d->configuration.directory->show(user, values);
}

// ---- For whoever watches

ServerStatistics Server::statistics() const
{
    return d->statistics->read();
}

QList<MountedPage> Server::pages() const
{
    QList<MountedPage> pages;
    for (const auto &page : d->configuration.pages)
        pages.append({page->path, page->templateFile, page->actions.names(),
                      QString::fromLatin1(page->stateType.name())});
    return pages;
}

void Server::requestSnapshot(QObject *context,
                             std::function<void(const ServerSnapshot &)> callback) const
{
    if (!isListening())
        return;
    const auto &broadcaster = d->configuration.broadcaster;
    Observation(*d->shards)
        .takeSnapshot(broadcaster ? broadcaster->instanceId() : QString(),
                      {d->outbox.address(), context, std::move(callback)});
}

void Server::requestDetails(
    quint64 connection, QObject *context,
    std::function<void(const std::optional<ConnectionDetails> &)> callback) const
{
    if (isListening()) {
        Observation(*d->shards)
            .takeDetails(connection, {d->outbox.address(), context, std::move(callback)});
    }
}

void Server::requestState(quint64 connection, QObject *context,
                          std::function<void(const QVariant &)> callback) const
{
    if (isListening()) {
        Observation(*d->shards)
            .takeState(connection, {d->outbox.address(), context, std::move(callback)});
    }
}

void Server::requestTraces(const QList<quint64> &connections, QObject *context,
                           std::function<void(const QHash<quint64, FollowTrace> &)> callback) const
{
    if (isListening()) {
        Observation(*d->shards)
            .takeTraces(connections, {d->outbox.address(), context, std::move(callback)});
    }
}

void Server::disconnectConnection(quint64 connection, const QString &reason, QObject *context,
                                  const Touched &touched) const
{
    if (isListening()) {
        Observation(*d->shards)
            .disconnect(connection, reason, {d->outbox.address(), context, touched});
    }
}

void Server::disconnectGroup(const GroupId &group, const QString &reason, QObject *context,
                             const Touched &touched) const
{
    if (isListening()) {
        Observation(*d->shards)
            .disconnectGroup(group, reason, {d->outbox.address(), context, touched});
    }
}

void Server::triggerActionOn(quint64 connection, const QString &action, const QJsonObject &data,
                             QObject *context, const Touched &touched) const
{
    if (isListening()) {
        Observation(*d->shards)
            .trigger(connection, action, data, {d->outbox.address(), context, touched});
    }
}

void Server::forgetSession(const GroupId &group, QObject *context,
                           std::function<void(const SavedSession &)> forgotten) const
{
    if (isListening()) {
        Observation(*d->shards)
            .replaceSaved({.group = group}, u"The session was forgotten"_s,
                          {d->outbox.address(), context, std::move(forgotten)});
    }
}

void Server::restoreSession(const SavedSession &session, QObject *context,
                            std::function<void(const SavedSession &)> restored) const
{
    if (isListening()) {
        Observation(*d->shards)
            .replaceSaved(session, u"The session was restored"_s,
                          {d->outbox.address(), context, std::move(restored)});
    }
}

} // namespace LiveTemplate
