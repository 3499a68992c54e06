// SPDX-FileCopyrightText: 2026 The LiveTemplate for Qt authors
// SPDX-License-Identifier: MIT

#include "operationroutes_p.h"

#include "health.h"
#include "metricsexporter_p.h"
#include "shardconfiguration_p.h"

using namespace Qt::StringLiterals;

namespace LiveTemplate {

namespace {

HttpStatus statusOf(const HealthReport &report)
{
    return report.healthy ? HttpStatus::Ok : HttpStatus::ServiceUnavailable;
}

/// The bodies are the scaling guide's, to the letter: no line end.
HttpResponse plain(HttpStatus status, const QByteArray &body)
{
    auto response = HttpResponse::text(status, {});
    response.body = body;
    return response;
}

} // namespace

OperationRoutes::OperationRoutes(const ShardConfiguration &configuration)
    : m_configuration(configuration)
{
}

bool OperationRoutes::handle(const Request &request, Reply reply)
{
    const bool isHealth = m_configuration.options.healthEnabled
        && (request.path == "/health"_L1 || request.path == "/health/live"_L1
            || request.path == "/health/ready"_L1);
    const bool isMetrics = m_configuration.options.metricsEnabled && request.path == "/metrics"_L1;
    if (!isHealth && !isMetrics)
        return false;
    if (request.method != "GET" && request.method != "HEAD") {
        auto response = HttpResponse::text(HttpStatus::MethodNotAllowed, "Method not allowed");
        response.headers.emplace_back("Allow", "GET, HEAD");
        reply(response);
    } else if (isHealth) {
        answerHealth(request.path, reply);
    } else {
        answerMetrics(reply);
    }
    return true;
}

void OperationRoutes::answerHealth(const QString &path, const Reply &reply)
{
    if (path == "/health/live"_L1) {
        reply(plain(HttpStatus::Ok, HealthReport::liveBody()));
        return;
    }
    const bool isReady = path == "/health/ready"_L1;
    m_configuration.health->check(
        this, Health::defaultBudget, [this, isReady, reply](const HealthReport &report) {
            if (isReady) {
                reply(plain(statusOf(report), report.readyBody()));
                return;
            }
            auto response = HttpResponse::json(report.json(m_configuration.directory->connections(),
                                                           QDateTime::currentDateTimeUtc()));
            response.status = statusOf(report);
            reply(response);
        });
}

void OperationRoutes::answerMetrics(const Reply &reply)
{
    reply({HttpStatus::Ok,
           {{"Content-Type", MetricsExporter::contentType.toByteArray()},
            {"Cache-Control", "no-store"}},
           m_configuration.metrics->expose()});
}

} // namespace LiveTemplate
