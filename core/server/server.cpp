// SPDX-FileCopyrightText: 2026 The LiveTemplate for Qt authors
// SPDX-License-Identifier: MIT

#include "server.h"

#include "authenticator.h"
#include "epolleventdispatcher_p.h"
#include "page_p.h"
#include "serverlogging_p.h"
#include "sessionstore.h"
#include "shard_p.h"
#include "template.h"

#include <QPointer>
#include <QRandomGenerator>
#include <QThread>

using namespace Qt::StringLiterals;

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

std::unique_ptr<QThread> newShardThread()
{
    auto thread = std::make_unique<QThread>();
    thread->setObjectName(u"lvt-shard-0"_s);
    thread->setEventDispatcher(new EpollEventDispatcher);
    return thread;
}

} // namespace

class Server::Private
{
public:
    ShardConfiguration configuration;
    QStringList pageErrors;
    ListenError listenError = ListenError::None;
    QString errorString;
    QHostAddress address;
    quint16 port = 0;
    /// Null while the server does not listen.
    std::unique_ptr<QThread> thread;
    /// Lives and dies in the thread.
    Shard *shard = nullptr;

    void startShard()
    {
        thread = newShardThread();
        shard = new Shard(configuration);
        moveControllers(thread.get());
        shard->moveToThread(thread.get());
        // In the thread itself, which alone may delete what lives there and give away the rest.
        QObject::connect(
            thread.get(), &QThread::finished, shard,
            [this, home = QThread::currentThread()] {
                delete shard;
                moveControllers(home);
            },
            Qt::DirectConnection);
        thread->start();
    }

    void stopShard()
    {
        thread->quit();
        thread->wait();
        thread = nullptr;
        shard = nullptr;
        port = 0;
    }

    bool fail(ListenError error, const QString &message)
    {
        listenError = error;
        errorString = message;
        qCCritical(lcServer).noquote() << message;
        return false;
    }

private:
    void moveControllers(QThread *target) const
    {
        for (const auto &page : configuration.pages)
            page->controller->moveToThread(target);
    }
};

Server::Server(ServerOptions options, QObject *parent)
    : QObject(parent)
    , d(std::make_unique<Private>())
{
    ShardConfiguration &configuration = d->configuration;
    configuration.authenticator = options.authenticator
        ? options.authenticator
        : std::make_shared<AnonymousAuthenticator>();
    configuration.sessionStore = options.sessionStore
        ? options.sessionStore
        : std::make_shared<MemorySessionStore>(options.sessionTtl);
    configuration.options = std::move(options);
}

Server::~Server()
{
    close();
}

bool Server::mountPage(QStringView path, QStringView templateFile, const StateType &stateType,
                       const ActionResultType &resultType, QObject *controller)
{
    Q_ASSERT(controller && !controller->parent());
    std::unique_ptr<QObject> owned(controller);
    const auto refuse = [&](const QString &reason) {
        const QString message = u"The page %1 cannot be mounted: %2"_s.arg(path, reason);
        qCCritical(lcServer).noquote() << message;
        d->pageErrors.append(message);
        return false;
    };

    if (isListening())
        return refuse(u"the server is listening already"_s);
    if (!path.startsWith(u'/'))
        return refuse(u"its path must start with '/'"_s);
    for (const auto &page : d->configuration.pages) {
        if (page->path == path)
            return refuse(u"another page has that path"_s);
    }
    if (const auto checked = stateType.check(); !checked) {
        return refuse(
            u"its state %1 cannot be saved: %2; declare the property STORED false if it need not be"_s
                .arg(QLatin1StringView(stateType.name()), checked.error()));
    }
    auto actions = ActionTable::of(*controller->metaObject(), stateType, resultType);
    if (!actions)
        return refuse(actions.error());
    if (const auto compiled = Template::load(templateFile.toString()); !compiled)
        return refuse(compiled.error().toString());

    d->configuration.pages.push_back(
        std::make_shared<const Page>(path.toString(), templateFile.toString(), stateType,
                                     *std::move(actions), std::move(owned), newWrapperId()));
    return true;
}

bool Server::listen(const QHostAddress &address, quint16 port)
{
    if (isListening())
        return d->fail(ListenError::Other, u"The server is listening already."_s);
    if (!d->pageErrors.isEmpty())
        return d->fail(ListenError::BrokenPage, d->pageErrors.join(u'\n'));

    d->startShard();
    std::expected<quint16, Shard::ListenFailure> result;
    QMetaObject::invokeMethod(
        d->shard, [&] { result = d->shard->listen(address, port); }, Qt::BlockingQueuedConnection);
    if (!result) {
        d->stopShard();
        return d->fail(listenErrorOf(result.error().error),
                       u"The server cannot listen on %1 port %2: %3"_s.arg(
                           address.toString(), QString::number(port), result.error().message));
    }
    d->address = address;
    d->port = *result;
    d->listenError = ListenError::None;
    d->errorString.clear();
    qCInfo(lcServer).noquote() << "listening on" << url().toString();
    return true;
}

void Server::close()
{
    if (!isListening())
        return;
    QMetaObject::invokeMethod(d->shard, [shard = d->shard, thread = d->thread.get()] {
        QObject::connect(shard, &Shard::drained, thread, &QThread::quit, Qt::DirectConnection);
        shard->shutDown();
    });
    d->thread->wait();
    d->stopShard();
    qCInfo(lcServer) << "closed";
}

bool Server::isListening() const
{
    return d->port != 0;
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
    const bool everywhere = d->address == QHostAddress::Any || d->address == QHostAddress::AnyIPv4
        || d->address == QHostAddress::AnyIPv6;
    QUrl url;
    url.setScheme(u"http"_s);
    url.setHost((everywhere ? QHostAddress(QHostAddress::LocalHost) : d->address).toString());
    url.setPort(d->port);
    url.setPath(path);
    return url;
}

void Server::requestSnapshot(QObject *context,
                             std::function<void(const ServerSnapshot &)> callback) const
{
    if (!isListening())
        return;
    // By way of this object: only in its own thread can one know whether the context still lives.
    auto *self = const_cast<Server *>(this);
    QMetaObject::invokeMethod(d->shard,
                              [self, shard = d->shard, context = QPointer(context),
                               callback = std::move(callback)]() mutable {
                                  QMetaObject::invokeMethod(self,
                                                            [snapshot = shard->snapshot(),
                                                             context = std::move(context),
                                                             callback = std::move(callback)] {
                                                                if (context)
                                                                    callback(snapshot);
                                                            });
                              });
}

} // namespace LiveTemplate
