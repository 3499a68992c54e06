// SPDX-FileCopyrightText: 2026 The LiveTemplate for Qt authors
// SPDX-License-Identifier: MIT

#pragma once

#include "httpresponse_p.h"
#include "request.h"

#include <QObject>

#include <functional>

namespace LiveTemplate {

struct ShardConfiguration;

/// What those who operate the server ask it: /health/live, /health/ready, /health and /metrics
/// (PROTOCOL.md E.13). A page that is mounted at one of these paths goes before.
class OperationRoutes : public QObject
{
    Q_OBJECT

public:
    using Reply = std::function<void(const HttpResponse &)>;

    explicit OperationRoutes(const ShardConfiguration &configuration);

    /// Whether the request is for one of them. Calls @p reply once then, now or when the checks
    /// have answered, in this thread.
    bool handle(const Request &request, Reply reply);

private:
    void answerHealth(const QString &path, const Reply &reply);
    void answerMetrics(const Reply &reply);

    const ShardConfiguration &m_configuration;
};

} // namespace LiveTemplate
