// SPDX-FileCopyrightText: 2026 The LiveTemplate for Qt authors
// SPDX-License-Identifier: MIT

#include "health.h"

#include <QCoreApplication>
#include <QEvent>
#include <QJsonDocument>
#include <QObject>
#include <QThread>
#include <QTimer>

#include <algorithm>
#include <mutex>
#include <optional>
#include <vector>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace LiveTemplate {

namespace {

using Checks = std::vector<std::shared_ptr<HealthCheck>>;

constexpr auto okText = "ok"_L1;
constexpr auto errorPrefix = "error: "_L1;

class FunctionCheck final : public HealthCheck
{
public:
    FunctionCheck(QString name, std::function<Result()> function)
        : m_name(std::move(name))
        , m_function(std::move(function))
    {
    }

    [[nodiscard]] QString name() const override { return m_name; }
    void run(Done done) override { done(m_function()); }

private:
    const QString m_name;
    const std::function<Result()> m_function;
};

QString inWords(std::chrono::milliseconds time)
{
    return time % 1s == 0ms ? u"%1 s"_s.arg(time / 1s) : u"%1 ms"_s.arg(time.count());
}

class Run;

/// Where the checks of one run leave what they found. The checks own it, so it may outlive the run.
class Inbox
{
public:
    struct Answer
    {
        std::size_t check;
        HealthCheck::Result result;
    };

    explicit Inbox(Run *run)
        : m_run(run)
    {
    }

    void put(std::size_t check, HealthCheck::Result result);

    [[nodiscard]] std::vector<Answer> take()
    {
        const std::lock_guard lock(m_mutex);
        return std::exchange(m_answers, {});
    }

    /// From now on nobody is told of answers.
    void close()
    {
        const std::lock_guard lock(m_mutex);
        m_run = nullptr;
    }

private:
    std::mutex m_mutex;
    std::vector<Answer> m_answers;
    Run *m_run;
};

/// Runs checks once, and then deletes itself.
class Run : public QObject
{
public:
    Run(QObject *context, Checks checks, std::chrono::milliseconds budget,
        std::function<void(const HealthReport &)> done)
        : QObject(context)
        , m_checks(std::move(checks))
        , m_results(m_checks.size())
        , m_missing(m_checks.size())
        , m_budget(budget)
        , m_done(std::move(done))
        , m_inbox(std::make_shared<Inbox>(this))
    {
    }

    ~Run() override { m_inbox->close(); }

    void start()
    {
        QTimer::singleShot(m_budget, this, [this] { finish(); });
        for (std::size_t i = 0; i < m_checks.size(); ++i) {
            m_checks[i]->run([inbox = m_inbox, i](HealthCheck::Result result) {
                inbox->put(i, std::move(result));
            });
        }
    }

    bool event(QEvent *event) override
    {
        if (event->type() != QEvent::User)
            return QObject::event(event);
        for (Inbox::Answer &answer : m_inbox->take()) {
            std::optional<HealthCheck::Result> &result = m_results[answer.check];
            if (!result) {
                result = std::move(answer.result);
                --m_missing;
            }
        }
        if (m_missing == 0)
            finish();
        return true;
    }

private:
    /// The context may be gone afterwards, and this with it.
    void finish()
    {
        if (!m_done)
            return;
        m_inbox->close();
        deleteLater();
        const auto done = std::exchange(m_done, nullptr);
        done(report());
    }

    [[nodiscard]] HealthReport report() const
    {
        HealthReport report;
        for (std::size_t i = 0; i < m_checks.size(); ++i) {
            const HealthCheck &check = *m_checks[i];
            const HealthCheck::Result result = m_results[i].value_or(
                std::unexpected(u"did not answer within %1"_s.arg(inWords(m_budget))));
            report.checks.emplace_back(check.name(),
                                       result ? QString(okText) : errorPrefix + result.error());
            if (const QJsonObject details = check.details(); !details.isEmpty())
                report.details.insert(check.name(), details);
            if (!result && report.healthy) {
                report.healthy = false;
                report.firstFailureText = check.unavailableText();
            }
        }
        return report;
    }

    const Checks m_checks;
    std::vector<std::optional<HealthCheck::Result>> m_results;
    std::size_t m_missing;
    const std::chrono::milliseconds m_budget;
    std::function<void(const HealthReport &)> m_done;
    const std::shared_ptr<Inbox> m_inbox;
};

void Inbox::put(std::size_t check, HealthCheck::Result result)
{
    const std::lock_guard lock(m_mutex);
    if (!m_run)
        return;
    m_answers.push_back({check, std::move(result)});
    // Under the lock, which the run needs in order to die.
    if (m_answers.size() == 1)
        QCoreApplication::postEvent(m_run, new QEvent(QEvent::User));
}

} // namespace

HealthCheck::~HealthCheck() = default;

std::shared_ptr<HealthCheck> HealthCheck::fromFunction(const QString &name,
                                                       std::function<Result()> function)
{
    return std::make_shared<FunctionCheck>(name, std::move(function));
}

QString HealthCheck::unavailableText() const
{
    QString text = name() + u" unavailable"_s;
    text.front() = text.front().toUpper();
    return text;
}

QJsonObject HealthCheck::details() const
{
    return {};
}

QByteArray HealthReport::liveBody()
{
    return "OK"_ba;
}

QByteArray HealthReport::readyBody() const
{
    return healthy ? "READY"_ba : firstFailureText.toUtf8();
}

QByteArray HealthReport::json(qint64 activeConnections, const QDateTime &timestamp) const
{
    QJsonObject results;
    for (const auto &[name, result] : checks) {
        QJsonObject check = details.value(name);
        if (check.isEmpty()) {
            results.insert(name, result);
            continue;
        }
        const bool isOk = result == okText;
        check.insert(u"status"_s, QString(isOk ? okText : "error"_L1));
        if (!isOk)
            check.insert(u"error"_s, result.mid(errorPrefix.size()));
        results.insert(name, check);
    }
    const QJsonObject object = {
        {u"status"_s, healthy ? u"healthy"_s : u"unhealthy"_s},
        {u"checks"_s, results},
        {u"timestamp"_s, timestamp.toUTC().toString(Qt::ISODateWithMs)},
        {u"active_connections"_s, activeConnections},
    };
    return QJsonDocument(object).toJson(QJsonDocument::Compact);
}

class Health::Private
{
public:
    mutable std::mutex mutex;
    Checks checks;
};

Health::Health()
    : d(std::make_unique<Private>())
{
}

Health::~Health() = default;

void Health::addCheck(std::shared_ptr<HealthCheck> check)
{
    const QString name = check->name();
    const std::lock_guard lock(d->mutex);
    std::erase_if(d->checks, [&](const auto &other) { return other->name() == name; });
    d->checks.push_back(std::move(check));
}

void Health::check(QObject *context, std::chrono::milliseconds budget,
                   std::function<void(const HealthReport &)> done) const
{
    Q_ASSERT(context->thread() == QThread::currentThread());
    Checks checks = [&] {
        const std::lock_guard lock(d->mutex);
        return d->checks;
    }();
    if (checks.empty()) {
        done({});
        return;
    }
    auto *run = new Run(context, std::move(checks), budget, std::move(done));
    run->start();
}

} // namespace LiveTemplate
