// SPDX-FileCopyrightText: 2026 The LiveTemplate for Qt authors
// SPDX-License-Identifier: MIT

#pragma once

#include "connectionids_p.h"
#include "developmentmode_p.h"
#include "httpfrontend_p.h"
#include "livegroups_p.h"
#include "livepage_p.h"
#include "pagehandler_p.h"
#include "serversnapshot.h"
#include "shardmetrics_p.h"
#include "websocketgate_p.h"

#include <QObject>
#include <QTimer>

#include <memory>
#include <vector>

namespace LiveTemplate {

struct ShardConfiguration;
class ShardDirectory;

/// A worker of the server: an event loop with its sockets, its session groups and their tabs. All
/// of it is used from the shard's own thread only.
class Shard : public QObject
{
    Q_OBJECT

public:
    Shard(const ShardConfiguration &configuration, const ShardDirectory &shards, std::size_t index,
          std::shared_ptr<ShardMetrics> metrics);
    ~Shard() override;

    [[nodiscard]] std::size_t index() const { return m_index; }

    /// Compiles the pages for this thread, and begins. The error is a sentence.
    [[nodiscard]] std::expected<void, QString> start();

    /// Says goodbye to every client, and emits drained() when all are gone, or after the time-out
    /// of the options when it had to cut some.
    void shutDown();

    [[nodiscard]] const LivePage &page(std::size_t index) const { return *m_pages[index]; }
    [[nodiscard]] HttpFrontend &httpFrontend() { return m_frontend; }
    [[nodiscard]] PageHandler &pageHandler() { return m_pageHandler; }
    [[nodiscard]] LiveGroups &groups() { return m_groups; }
    [[nodiscard]] const ShardConfiguration &configuration() const { return m_configuration; }

    /// Makes a live connection of a socket; the identity gets its id here.
    void openWebSocket(std::unique_ptr<ServerSocket> socket, std::size_t page,
                       LiveConnection::Identity identity, ConnectionSlot place,
                       const QByteArray &setCookie);

    /// Closes now what is found out by and by otherwise.
    void expire();

    void addTo(ServerSnapshot &snapshot) const;

Q_SIGNALS:
    void drained();

private:
    void sweep();
    void checkDrained();

    const ShardConfiguration &m_configuration;
    const std::size_t m_index;
    const std::shared_ptr<ShardMetrics> m_metrics;
    ConnectionIds m_ids;
    std::vector<std::unique_ptr<LivePage>> m_pages;
    /// Null in production.
    std::unique_ptr<DevelopmentMode> m_developmentMode;
    LiveGroups m_groups;
    WebSocketGate m_gate;
    PageHandler m_pageHandler;
    HttpFrontend m_frontend;
    QTimer m_sweepTimer{this};
    std::chrono::steady_clock::time_point m_nextSweep;
    QTimer m_shutdownTimer{this};
    bool m_shuttingDown = false;
};

} // namespace LiveTemplate
