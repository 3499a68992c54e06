// SPDX-FileCopyrightText: 2026 The LiveTemplate for Qt authors
// SPDX-License-Identifier: MIT

#pragma once

#include "context.h"
#include "formbody_p.h"
#include "httpresponse_p.h"
#include "livepage_p.h"
#include "recentvisitors_p.h"
#include "visitor_p.h"

#include <QJsonObject>
#include <QObject>

#include <functional>
#include <memory>

namespace LiveTemplate {

class LiveGroups;
struct AnswerMeta;
struct ServerOptions;
struct ShardMetrics;

/// Answers requests for a page by HTTP, in the home shard of the visitor's group: as a document, as
/// JSON for the client's HTTP mode, and to forms that are sent without JavaScript (PROTOCOL.md A.4
/// to A.7).
class PageHandler : public QObject
{
    Q_OBJECT

public:
    struct Call
    {
        const LivePage *page = nullptr;
        Request request;
        QByteArray body;
        Visitor visitor;
    };
    using Reply = std::move_only_function<void(const HttpResponse &)>;

    PageHandler(const ServerOptions &options, LiveGroups &groups, ShardMetrics &metrics,
                ConnectionIds &ids);

    /// Calls @p reply once, now or when the store has answered, in this thread.
    void handle(Call call, Reply reply);

    [[nodiscard]] RecentVisitors &visitors() { return m_visitors; }
    [[nodiscard]] const RecentVisitors &visitors() const { return m_visitors; }

private:
    class Exchange;

    [[nodiscard]] quint64 noteVisitor(const Exchange &exchange, const HttpResponse &response);
    [[nodiscard]] HttpResponse answer(Exchange &exchange, const std::optional<QJsonObject> &saved);
    [[nodiscard]] bool mount(Exchange &exchange, bool isRestored);
    [[nodiscard]] HttpResponse answerAction(Exchange &exchange);
    [[nodiscard]] HttpResponse json(Exchange &exchange, const AnswerMeta &meta);
    [[nodiscard]] HttpResponse document(Exchange &exchange);
    [[nodiscard]] HttpResponse unrenderable(const Exchange &exchange, const TemplateError &error);
    [[nodiscard]] static HttpResponse redirection(const HttpExchange::Redirect &redirect);

    const ServerOptions &m_options;
    LiveGroups &m_groups;
    ShardMetrics &m_metrics;
    RecentVisitors m_visitors;
};

} // namespace LiveTemplate
