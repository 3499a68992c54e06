// SPDX-FileCopyrightText: 2026 The LiveTemplate for Qt authors
// SPDX-License-Identifier: MIT

#pragma once

#include "acceptor_p.h"
#include "httpconnection_p.h"
#include "operationroutes_p.h"
#include "shardmetrics_p.h"
#include "visitor_p.h"

#include <QHash>
#include <QObject>

namespace LiveTemplate {

class Shard;
class ShardDirectory;
struct ShardConfiguration;

/// The HTTP connections of one shard: finds out what each request is for and who sent it, and takes
/// it to the home shard of the visitor's group.
class HttpFrontend : public QObject
{
    Q_OBJECT

public:
    HttpFrontend(const ShardConfiguration &configuration, const ShardDirectory &shards,
                 std::size_t index, ShardMetrics &metrics);
    ~HttpFrontend() override;

    /// Serves an accepted connection.
    void adopt(AcceptedDescriptor accepted);

    /// From here on nothing new is served; what is being answered is finished.
    void shutDown();
    void sweep();
    void cutAll();
    [[nodiscard]] qsizetype count() const { return m_connections.size(); }

    /// Answers the request of a connection, when that is still there.
    void respond(quint64 connection, const HttpResponse &response);

Q_SIGNALS:
    void removed();

private:
    void handle(quint64 id, HttpConnection &connection, const HttpParser::Message &message);
    void servePage(quint64 id, const HttpParser::Message &message, std::size_t page);
    void upgrade(HttpConnection &connection, const Request &request, std::size_t page);
    void refuse(HttpConnection &connection, Rejection reason, const HttpResponse &response);
    void remove(quint64 id);
    [[nodiscard]] std::optional<std::size_t> findPage(const QString &path) const;
    /// Like ShardDirectory::post(), but without a detour when that is this very shard.
    void callAt(std::size_t shard, std::move_only_function<void(Shard &)> call);

    const ShardConfiguration &m_configuration;
    const ShardDirectory &m_shards;
    const std::size_t m_index;
    ShardMetrics &m_metrics;
    OperationRoutes m_operations;
    QHash<quint64, HttpConnection *> m_connections;
    quint64 m_lastId = 0;
    bool m_shuttingDown = false;
};

} // namespace LiveTemplate
