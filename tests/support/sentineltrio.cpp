// SPDX-FileCopyrightText: 2026 The LiveTemplate for Qt authors
// SPDX-License-Identifier: MIT

#include "sentineltrio.h"

#include "tlscertificates.h"

#include <QDeadlineTimer>
#include <QThread>
#include <QUrl>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

SentinelTrio::SentinelTrio(Options options)
    : m_options(std::move(options))
{
}

bool SentinelTrio::start()
{
    for (int index = 0; index <= m_options.replicas; ++index) {
        RedisServer::Options options;
        options.password = m_options.password;
        options.configuration = m_options.configuration;
        options.tls = m_options.tls;
        if (index > 0) {
            options.configuration << u"replicaof 127.0.0.1 %1"_s.arg(m_servers.front()->port());
        }
        m_servers.push_back(std::make_unique<RedisServer>(options));
        if (!m_servers.back()->start())
            return false;
    }
    for (int index = 1; index <= m_options.replicas; ++index) {
        if (!waitForReplica(index))
            return false;
    }
    for (int index = 0; index < sentinelCount(); ++index) {
        const QString &name = m_options.masterName;
        RedisServer::Options options;
        options.program = RedisServer::Program::Sentinel;
        options.password = m_options.sentinelPassword;
        options.tls = m_options.tls;
        options.configuration << u"sentinel monitor %1 127.0.0.1 %2 2"_s.arg(name).arg(
            m_servers.front()->port())
                              << u"sentinel down-after-milliseconds %1 500"_s.arg(name)
                              << u"sentinel failover-timeout %1 1000"_s.arg(name)
                              << u"sentinel parallel-syncs %1 2"_s.arg(name);
        if (!m_options.password.isEmpty())
            options.configuration << u"sentinel auth-pass %1 %2"_s.arg(name, m_options.password);
        if (!m_options.sentinelPassword.isEmpty())
            options.configuration << u"sentinel sentinel-pass "_s + m_options.sentinelPassword;
        m_sentinels.push_back(std::make_unique<RedisServer>(options));
        if (!m_sentinels.back()->start())
            return false;
        hurry(*m_sentinels.back());
    }
    const QStringList question{u"INFO"_s, u"sentinel"_s};
    const QByteArray answer = ",slaves=" + QByteArray::number(m_options.replicas) + ",sentinels=3";
    for (const auto &sentinel : m_sentinels) {
        if (!sentinel->waitFor(question, answer) || !sentinel->waitFor(question, "status=ok"))
            return false;
    }
    return true;
}

void SentinelTrio::hurry(const RedisServer &sentinel) const
{
    sentinel.run({u"SENTINEL"_s, u"DEBUG"_s, u"INFO-PERIOD"_s, u"100"_s, u"PING-PERIOD"_s, u"100"_s,
                  u"ASK-PERIOD"_s, u"100"_s, u"PUBLISH-PERIOD"_s, u"100"_s});
}

bool SentinelTrio::restartSentinel(int index)
{
    RedisServer &restarted = sentinel(index);
    if (!restarted.restart())
        return false;
    hurry(restarted);
    return true;
}

int SentinelTrio::masterIndex() const
{
    std::vector<int> votes(m_servers.size());
    for (const auto &sentinel : m_sentinels) {
        if (!sentinel->isRunning())
            continue;
        const QByteArray answer = sentinel->cli(
            {u"SENTINEL"_s, u"GET-MASTER-ADDR-BY-NAME"_s, m_options.masterName});
        const int port = answer.split('\n').value(1).toInt();
        for (size_t index = 0; index < m_servers.size(); ++index) {
            if (m_servers[index]->port() == port && ++votes[index] >= 2)
                return int(index);
        }
    }
    return -1;
}

int SentinelTrio::waitForMasterOtherThan(int index) const
{
    const QDeadlineTimer deadline(RedisServer::patience);
    while (!deadline.hasExpired()) {
        const int master = masterIndex();
        if (master >= 0 && master != index
            && m_servers[size_t(master)]->cli({u"ROLE"_s}).startsWith("master"))
            return master;
        QThread::sleep(20ms);
    }
    return -1;
}

bool SentinelTrio::waitForReplica(int index) const
{
    return m_servers[size_t(index)]->waitFor({u"INFO"_s, u"replication"_s},
                                             "master_link_status:up");
}

QString SentinelTrio::url() const
{
    QStringList hosts;
    for (const auto &sentinel : m_sentinels)
        hosts << u"127.0.0.1:%1"_s.arg(sentinel->port());
    const auto encoded = [](const QString &text) {
        return QString::fromLatin1(QUrl::toPercentEncoding(text));
    };
    QString result = u"redis+sentinel://"_s;
    if (!m_options.password.isEmpty())
        result += u':' + encoded(m_options.password) + u'@';
    result += hosts.join(u',') + u'/' + m_options.masterName;
    QStringList query;
    if (!m_options.sentinelPassword.isEmpty())
        query << u"sentinel_password="_s + encoded(m_options.sentinelPassword);
    if (m_options.tls)
        query << u"tls=1"_s << u"ca="_s + encoded(m_options.tls->authority());
    return query.isEmpty() ? result : result + u'?' + query.join(u'&');
}
