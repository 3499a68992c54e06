// SPDX-FileCopyrightText: 2026 The LiveTemplate for Qt authors
// SPDX-License-Identifier: MIT

#include "shard_p.h"

#include "serverlogging_p.h"
#include "shardconfiguration_p.h"
#include "sharddirectory_p.h"

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace LiveTemplate {

Q_LOGGING_CATEGORY(lcServer, "livetemplate.server", QtInfoMsg)

namespace {

/// Time-outs are looked at this often, by one timer for all connections.
constexpr auto sweepInterval = 1s;

} // namespace

Shard::Shard(const ShardConfiguration &configuration, const ShardDirectory &shards,
             std::size_t index, std::shared_ptr<ShardMetrics> metrics)
    : m_configuration(configuration)
    , m_index(index)
    , m_metrics(std::move(metrics))
    , m_ids(index, std::size_t(configuration.options.threads))
    , m_groups(configuration, *m_metrics)
    , m_gate(configuration.options, m_groups)
    , m_pageHandler(configuration.options, m_groups, *m_metrics, m_ids)
    , m_frontend(configuration, shards, index, *m_metrics)
{
    // Members, so that their order of destruction is known; they change threads with this.
    for (QObject *part :
         std::initializer_list<QObject *>{&m_groups, &m_gate, &m_pageHandler, &m_frontend})
        part->setParent(this);
    connect(&m_groups, &LiveGroups::removed, this, &Shard::checkDrained);
    connect(&m_gate, &WebSocketGate::lost, this, &Shard::checkDrained);
    connect(&m_frontend, &HttpFrontend::removed, this, &Shard::checkDrained);
    connect(&m_sweepTimer, &QTimer::timeout, this, &Shard::sweep);
}

Shard::~Shard()
{
    disconnect();
}

std::expected<void, QString> Shard::start()
{
    for (const auto &page : m_configuration.pages) {
        auto compiled = Template::load(page->templateFile,
                                       {.maximumDepth = m_configuration.options.maxTemplateDepth});
        if (!compiled)
            return std::unexpected(compiled.error().toString());
        if (m_index == 0) {
            for (const QString &warning : compiled->warnings())
                qCWarning(lcServer).noquote() << warning;
        }
        m_pages.push_back(std::make_unique<LivePage>(page, *std::move(compiled),
                                                     m_configuration.options, m_index, *m_metrics));
    }
    if (m_configuration.options.developmentMode) {
        m_developmentMode = std::make_unique<DevelopmentMode>(m_pages);
        connect(m_developmentMode.get(), &DevelopmentMode::pageChanged, &m_groups,
                &LiveGroups::refresh);
    }
    m_nextSweep = std::chrono::steady_clock::now() + sweepInterval;
    m_sweepTimer.start(sweepInterval);
    return {};
}

void Shard::openWebSocket(std::unique_ptr<ServerSocket> socket, std::size_t page,
                          LiveConnection::Identity identity, ConnectionSlot place,
                          const QByteArray &setCookie)
{
    if (m_shuttingDown)
        return; // the socket goes, and with it the connection
    identity.id = m_ids.next();
    m_gate.open(std::move(socket),
                {m_pages[page].get(), std::move(identity), std::move(place), setCookie});
}

void Shard::sweep()
{
    const auto now = std::chrono::steady_clock::now();
    // How late the timer is, is how long an event waits before it is served.
    m_metrics->loopLag.record(quint64(std::max((now - m_nextSweep).count(), 0L)));
    m_nextSweep = now + sweepInterval;
    m_frontend.sweep();
    m_groups.sweep();
    m_pageHandler.visitors().sweep();
}

void Shard::expire()
{
    m_frontend.sweep();
    m_groups.sweep();
    m_groups.closeAllIdle();
    m_pageHandler.visitors().sweep();
}

void Shard::addTo(ServerSnapshot &snapshot) const
{
    QList<ConnectionSnapshot> &connections = snapshot.connections;
    QList<ConnectionSnapshot> &visitors = snapshot.visitors;
    const qsizetype firstConnection = connections.size();
    const qsizetype firstVisitor = visitors.size();
    m_groups.addTo(snapshot);
    m_pageHandler.visitors().addTo(snapshot);
    for (qsizetype i = firstConnection; i < connections.size(); ++i)
        connections[i].shard = int(m_index);
    for (qsizetype i = firstVisitor; i < visitors.size(); ++i)
        visitors[i].shard = int(m_index);
}

void Shard::shutDown()
{
    m_shuttingDown = true;
    m_frontend.shutDown();
    m_groups.closeAll(1001, u"Server shutting down"_s);
    connect(&m_shutdownTimer, &QTimer::timeout, this, [this] {
        qCWarning(lcServer) << "shutting down:" << m_groups.count()
                            << "connections did not close in time and were cut";
        m_groups.cutAll();
        m_frontend.cutAll();
        m_gate.cutAll();
        checkDrained();
    });
    m_shutdownTimer.setSingleShot(true);
    m_shutdownTimer.start(m_configuration.options.shutdownTimeout);
    checkDrained();
}

void Shard::checkDrained()
{
    if (m_shuttingDown && m_groups.count() == 0 && m_frontend.count() == 0 && m_gate.count() == 0)
        Q_EMIT drained();
}

} // namespace LiveTemplate
