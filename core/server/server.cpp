// SPDX-FileCopyrightText: 2026 The LiveTemplate for Qt authors
// SPDX-License-Identifier: MIT

#include "server.h"

#include "authenticator.h"
#include "epolleventdispatcher_p.h"
#include "mailbox_p.h"
#include "page_p.h"
#include "serverlogging_p.h"
#include "sessionstore.h"
#include "shard_p.h"
#include "template.h"

#include <QPointer>
#include <QRandomGenerator>
#include <QThread>

#include <future>

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

/// All that is wrong with a template, each on a line of its own when there is more than one.
QString templateErrors(const QString &file)
{
    QStringList lines;
    for (const TemplateError &error : Template::validate(file))
        lines.append(error.toString());
    return lines.size() > 1 ? u"\n  "_s + lines.join(u"\n  "_s) : lines.join(QString());
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
    /// These two live and die in the thread.
    Shard *shard = nullptr;
    Mailbox *inbox = nullptr;
    /// Comes when they are gone.
    std::future<void> ended;
    /// For what comes back from the thread.
    Mailbox outbox;

    void startShard()
    {
        thread = newShardThread();
        shard = new Shard(configuration);
        inbox = new Mailbox;
        moveControllers(thread.get());
        shard->moveToThread(thread.get());
        inbox->moveToThread(thread.get());
        std::promise<void> end;
        ended = end.get_future();
        // In the thread itself, which alone may delete what lives there and give away the rest.
        QObject::connect(
            thread.get(), &QThread::finished, inbox,
            [this, home = QThread::currentThread(), end = std::move(end)]() mutable {
                delete shard;
                delete inbox;
                moveControllers(home);
                end.set_value();
            },
            Qt::DirectConnection);
        thread->start();
    }

    void stopShard()
    {
        thread->quit();
        ended.wait();
        thread->wait();
        thread = nullptr;
        shard = nullptr;
        inbox = nullptr;
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
        d->errorString = message;
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
    if (const QString errors = templateErrors(templateFile.toString()); !errors.isEmpty())
        return refuse(errors);

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
    const auto listening
        = std::make_shared<std::promise<std::expected<quint16, Shard::ListenFailure>>>();
    d->inbox->post([shard = d->shard, listening, address, port] {
        listening->set_value(shard->listen(address, port));
    });
    const auto result = listening->get_future().get();
    if (!result) {
        const Shard::ListenFailure &failure = result.error();
        d->stopShard();
        if (failure.cause == Shard::ListenFailure::Cause::Page)
            return d->fail(ListenError::BrokenPage, failure.message);
        return d->fail(listenErrorOf(failure.error),
                       u"The server cannot listen on %1 port %2: %3"_s.arg(
                           address.toString(), QString::number(port), failure.message));
    }
    d->address = address;
    d->port = *result;
    d->listenError = ListenError::None;
    d->errorString.clear();
    qCInfo(lcServer).noquote() << "listening on" << url().toString();
    if (d->configuration.options.developmentMode)
        qCWarning(lcServer)
            << "development mode is on: pages change with their template files, and show errors "
               "in them; it is not for production";
    return true;
}

void Server::close()
{
    if (!isListening())
        return;
    // Shared: the shard's thread may still be in set_value() when this one goes on.
    const auto drained = std::make_shared<std::promise<void>>();
    d->inbox->post([shard = d->shard, drained] {
        QObject::connect(
            shard, &Shard::drained, shard, [drained] { drained->set_value(); },
            Qt::SingleShotConnection);
        shard->shutDown();
    });
    drained->get_future().wait();
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
    const auto loopback = d->address == QHostAddress::AnyIPv6 ? QHostAddress::LocalHostIPv6
                                                              : QHostAddress::LocalHost;
    url.setHost((everywhere ? QHostAddress(loopback) : d->address).toString());
    url.setPort(d->port);
    url.setPath(path);
    return url;
}

void Server::requestSnapshot(QObject *context,
                             std::function<void(const ServerSnapshot &)> callback) const
{
    if (!isListening())
        return;
    // By way of the outbox: only in this thread can one know whether the context still lives.
    d->inbox->post([shard = d->shard, outbox = &d->outbox, context = QPointer(context),
                    callback = std::move(callback)]() mutable {
        outbox->post([snapshot = shard->snapshot(), context = std::move(context),
                      callback = std::move(callback)] {
            if (context)
                callback(snapshot);
        });
    });
}

} // namespace LiveTemplate
