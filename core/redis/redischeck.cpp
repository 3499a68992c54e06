// SPDX-FileCopyrightText: 2026 The LiveTemplate for Qt authors
// SPDX-License-Identifier: MIT

#include "redischeck.h"

#include "clientretirement_p.h"
#include "mailbox_p.h"
#include "portprobe_p.h"
#include "redisclient.h"
#include "redisproblem_p.h"
#include "redispubsub_p.h"

#include <QTimer>

#include <memory>
#include <utility>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace LiveTemplate {

namespace {

using Result = RedisCheck::Result;

/// To connect and log in; a probe of the port may follow, which takes three seconds.
constexpr auto connectTimeout = 4s;
constexpr auto commandTimeout = 3s;

/// The line "name:value" of INFO.
QString infoField(const QByteArray &info, QByteArrayView name)
{
    for (const QByteArray &line : info.split('\n')) {
        if (line.startsWith(name) && line.size() > name.size() && line[name.size()] == ':')
            return QString::fromUtf8(line.sliced(name.size() + 1)).trimmed();
    }
    return {};
}

/// What is asked, in the worker's thread. Lives as long as answers of Redis are waited for.
class RedisCheckJob : public std::enable_shared_from_this<RedisCheckJob>
{
public:
    using Done = std::function<void(const Result &)>;

    /// @p client must live until stop() has been called in its worker's thread. @p done is called
    /// there, once.
    RedisCheckJob(RedisClient &client, Done done)
        : m_client(client)
        , m_url(client.options().url)
        , m_done(std::move(done))
    {
    }

    void start();
    void stop();

private:
    void handleConnection();
    void explainError(const RedisError &error);
    void ask();
    void ask(QList<QByteArray> command, std::function<void(const RedisClient::Reply &)> take);
    void askForLatency();
    void askForPublishing(const QByteArray &user);
    void answerTaken();
    void sumUp();
    void tell();

    RedisClient &m_client;
    const RedisUrl m_url;
    Done m_done;
    Result m_result;
    int m_outstanding = 0;
    /// Why there was no answer to one of the questions.
    std::optional<RedisError> m_lost;
    bool m_isAsking = false;
    bool m_isRunning = false;
    std::unique_ptr<PortProbe> m_probe;
};

void RedisCheckJob::stop()
{
    m_isRunning = false;
    m_probe.reset();
}

void RedisCheckJob::start()
{
    m_isRunning = true;
    const std::weak_ptr weak = weak_from_this();
    m_client.setConnectionHandler([weak] {
        if (const auto self = weak.lock())
            self->handleConnection();
    });
    if (m_client.isConnected() || m_client.error())
        handleConnection();
}

void RedisCheckJob::handleConnection()
{
    if (!m_isRunning || m_isAsking)
        return;
    if (m_client.isConnected()) {
        m_isAsking = true;
        ask();
    } else if (const auto error = m_client.error()) {
        explainError(*error);
    }
}

void RedisCheckJob::explainError(const RedisError &error)
{
    if (m_probe)
        return;
    if (!isAmbiguous(error) || m_url.endpoints.isEmpty()) {
        m_result.problem = explain(error, m_url, PortProbe::Finding::Unknown, false);
        tell();
        return;
    }
    m_probe = std::make_unique<PortProbe>(m_url.endpoints.first(),
                                          [this, error](PortProbe::Finding finding) {
                                              m_result.problem = explain(error, m_url, finding,
                                                                         false);
                                              tell();
                                          });
}

void RedisCheckJob::ask(QList<QByteArray> command,
                        std::function<void(const RedisClient::Reply &)> take)
{
    ++m_outstanding;
    RedisClient::CommandOptions how;
    how.keyIndex = -1;
    m_client.command(
        std::move(command),
        [self = shared_from_this(), take = std::move(take)](const RedisClient::Reply &reply) {
            if (!self->m_isRunning)
                return;
            // An error reply is an answer, too.
            if (!reply && reply.error().kind != RedisError::Kind::Server && !self->m_lost)
                self->m_lost = reply.error();
            take(reply);
            self->answerTaken();
        },
        how);
}

void RedisCheckJob::ask()
{
    ask({"INFO"_ba, "server"_ba}, [this](const RedisClient::Reply &reply) {
        if (!reply)
            return;
        const QByteArray info = reply->toBytes();
        const QString valkey = infoField(info, "valkey_version");
        m_result.product = valkey.isEmpty() ? u"Redis"_s : u"Valkey"_s;
        m_result.version = valkey.isEmpty() ? infoField(info, "redis_version") : valkey;
        m_result.mode = infoField(info, valkey.isEmpty() ? "redis_mode" : "server_mode");
        if (m_result.mode.isEmpty())
            m_result.mode = infoField(info, "redis_mode");
    });
    ask({"ROLE"_ba}, [this](const RedisClient::Reply &reply) {
        if (reply)
            m_result.role = QString::fromUtf8(reply->at(0).toBytes());
    });
    ask({"PUBSUB"_ba, "NUMPAT"_ba}, [this](const RedisClient::Reply &reply) {
        if (reply || reply.error().code == "NOPERM")
            m_result.mayList = reply.has_value();
    });
    ask({"ACL"_ba, "WHOAMI"_ba}, [this](const RedisClient::Reply &reply) {
        if (reply)
            askForPublishing(reply->toBytes());
    });
    ++m_outstanding;
    m_client.pubSub().subscribe(RedisPubSub::Kind::Pattern, "*"_ba,
                                [self = shared_from_this()](
                                    const std::expected<void, RedisError> &result) {
                                    if (!self->m_isRunning)
                                        return;
                                    if (result || result.error().kind == RedisError::Kind::Server)
                                        self->m_result.maySubscribe = result.has_value();
                                    self->answerTaken();
                                });
    askForLatency();
}

void RedisCheckJob::askForLatency()
{
    const auto begun = std::chrono::steady_clock::now();
    ask({"PING"_ba}, [this, begun](const RedisClient::Reply &reply) {
        if (reply) {
            m_result.latency = std::chrono::duration_cast<std::chrono::microseconds>(
                std::chrono::steady_clock::now() - begun);
        }
    });
}

void RedisCheckJob::askForPublishing(const QByteArray &user)
{
    // Only whoever may see the ACL is told; nothing is published.
    ask({"ACL"_ba, "DRYRUN"_ba, user, "PUBLISH"_ba, "livetemplate:broadcast:global"_ba, ""_ba},
        [this](const RedisClient::Reply &reply) {
            if (reply)
                m_result.mayPublish = reply->toBytes() == "OK";
        });
}

void RedisCheckJob::answerTaken()
{
    if (--m_outstanding > 0)
        return;
    sumUp();
    tell();
}

void RedisCheckJob::sumUp()
{
    if (m_lost) {
        m_result.problem = explain(*m_lost, m_url, PortProbe::Finding::Unknown, true);
        return;
    }
    const QString product = m_result.product.isEmpty() ? u"Redis"_s : m_result.product;
    QString what = m_result.version.isEmpty() ? product : product + u' ' + m_result.version;
    if (m_result.mode == "sentinel"_L1) {
        if (m_url.topology == RedisUrl::Topology::Single) {
            m_result.problem = {RedisProblem::Kind::Other,
                                u"This is a Sentinel, which keeps no channels of pages."_s,
                                u"Choose Sentinel, and give the name of the master."_s};
            return;
        }
    }
    if (m_result.mode == "cluster"_L1 || m_url.topology == RedisUrl::Topology::Cluster)
        what += u", a Cluster"_s;
    else if (m_url.topology == RedisUrl::Topology::Sentinel)
        what += u", the master that Sentinel names"_s;
    else if (m_result.role == "slave"_L1)
        what += u", a replica"_s;
    m_result.sentence = what + u'.';
    if (m_result.latency.count() > 0) {
        m_result.sentence += u" One round trip takes %1 ms."_s.arg(
            QString::number(double(m_result.latency.count()) / 1000.0, 'f', 1));
    }
    if (m_result.mode == "cluster"_L1 && m_url.topology == RedisUrl::Topology::Single) {
        m_result.hints += u"It is a node of a Cluster: choose Cluster to see the subscribers of "
                          "all nodes."_s;
    }
    if (m_result.role == "slave"_L1) {
        m_result.hints += u"It is a replica: what is published there reaches nobody at the "
                          "master."_s;
    }
    if (m_result.maySubscribe == false)
        m_result.hints += u"This user may not subscribe to all channels."_s;
    if (m_result.mayList == false)
        m_result.hints += u"This user may not list channels and their subscribers."_s;
    if (m_result.mayPublish == false)
        m_result.hints += u"This user may not publish to LiveTemplate's channels."_s;
}

void RedisCheckJob::tell()
{
    if (!m_result.isFine())
        m_result.sentence = m_result.problem.sentence;
    if (const auto done = std::exchange(m_done, nullptr))
        done(m_result);
}

} // namespace

class RedisCheck::Private
{
public:
    void drop();

    std::shared_ptr<RedisClient> client;
    std::shared_ptr<RedisCheckJob> job;
    QTimer limitTimer;
    Mailbox mailbox;
};

void RedisCheck::Private::drop()
{
    limitTimer.stop();
    if (!client)
        return;
    client->post([job = std::exchange(job, nullptr)] { job->stop(); });
    retire(std::exchange(client, nullptr));
}

RedisCheck::RedisCheck(RedisUrl url, QObject *parent)
    : QObject(parent)
    , d(std::make_unique<Private>())
{
    const auto finish = [this](const Result &result) {
        if (!d->client)
            return;
        d->drop();
        Q_EMIT finished(result);
    };
    const QString name = url.toDisplayString();
    d->client = std::make_shared<RedisClient>(RedisOptions{
        .url = std::move(url),
        .clientName = "livetemplate-check",
        .connectTimeout = connectTimeout,
        .commandTimeout = commandTimeout,
    });
    d->job = std::make_shared<RedisCheckJob>(
        *d->client, [owner = d->mailbox.address(), finish](const Result &result) {
            owner.post([finish, result] { finish(result); });
        });
    d->client->post([job = d->job] { job->start(); });
    d->limitTimer.setSingleShot(true);
    connect(&d->limitTimer, &QTimer::timeout, this, [finish, name] {
        Result result;
        result.problem = {RedisProblem::Kind::Silent,
                          u"%1 did not answer within %2 seconds."_s.arg(name).arg(
                              std::chrono::ceil<std::chrono::seconds>(limit).count()),
                          u"Check host and port, and the way there."_s};
        result.sentence = result.problem.sentence;
        finish(result);
    });
    d->limitTimer.start(limit);
}

RedisCheck::~RedisCheck()
{
    d->drop();
}

} // namespace LiveTemplate
