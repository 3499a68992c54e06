// SPDX-FileCopyrightText: 2026 The LiveTemplate for Qt authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "report.h"

#include <QCoreApplication>
#include <QJsonArray>

using namespace Qt::StringLiterals;

namespace LiveTemplate::Load {

namespace {

QString tr(const char *text)
{
    return QCoreApplication::translate("LiveTemplate::Load::Report", text);
}

double inSeconds(Duration duration)
{
    return std::chrono::duration<double>(duration).count();
}

double inMicroseconds(Duration duration)
{
    return std::chrono::duration<double, std::micro>(duration).count();
}

QString inMegabytes(qint64 bytes)
{
    return u"%1 MB"_s.arg(double(bytes) / 1e6, 0, 'f', 1);
}

QString rounded(double number, int digits = 1)
{
    return QString::number(number, 'f', digits);
}

/// "503 Service Unavailable (12), Connection refused (3)".
QString listed(const Tally &tally)
{
    QStringList reasons;
    for (auto it = tally.counts().begin(); it != tally.counts().end(); ++it)
        reasons.append(u"%1 (%2)"_s.arg(it.key()).arg(it.value()));
    return reasons.join(u", "_s);
}

QJsonObject toJson(const ClickFigures &figures)
{
    return {{u"active"_s, figures.active},           {u"planned"_s, qint64(figures.planned)},
            {u"sent"_s, qint64(figures.sent)},       {u"answered"_s, qint64(figures.answered)},
            {u"late"_s, qint64(figures.late)},       {u"errors"_s, figures.errors.toJson()},
            {u"latency"_s, figures.latency.toJson()}};
}

QJsonObject toJson(const BroadcastFigures &figures)
{
    return {{u"times"_s, figures.times},
            {u"completed"_s, figures.completed},
            {u"updatesExpected"_s, qint64(figures.updatesExpected)},
            {u"updates"_s, qint64(figures.updates)},
            {u"errors"_s, figures.errors.toJson()},
            {u"latency"_s, figures.latency.toJson()}};
}

QJsonObject toJson(const ReplicaFigures &figures)
{
    QJsonObject object{{u"groups"_s, figures.groups},
                       {u"differing"_s, figures.differing},
                       {u"withoutValues"_s, figures.withoutValues}};
    if (figures.miscounted)
        object.insert(u"miscounted"_s, *figures.miscounted);
    return object;
}

QJsonObject toJson(const Traffic &traffic)
{
    return {{u"messagesIn"_s, qint64(traffic.messagesIn)},
            {u"messagesOut"_s, qint64(traffic.messagesOut)},
            {u"bytesIn"_s, qint64(traffic.bytesIn)},
            {u"bytesOut"_s, qint64(traffic.bytesOut)},
            {u"heartbeats"_s, qint64(traffic.heartbeats)},
            {u"pongs"_s, qint64(traffic.pongs)},
            {u"unreadable"_s, qint64(traffic.unreadable)}};
}

void appendProblems(QStringList &problems, const ClickFigures &figures)
{
    if (figures.answered < figures.planned) {
        problems.append(tr("%1 of %2 actions were not answered.")
                            .arg(figures.planned - figures.answered)
                            .arg(figures.planned));
    }
    if (figures.errors.total() > 0)
        problems.append(tr("Answers had errors: %1.").arg(listed(figures.errors)));
}

void appendProblems(QStringList &problems, const BroadcastFigures &figures)
{
    if (figures.completed < figures.times || figures.updates < figures.updatesExpected) {
        problems.append(tr("%1 of %2 broadcasts were complete; %3 of %4 updates came.")
                            .arg(figures.completed)
                            .arg(figures.times)
                            .arg(figures.updates)
                            .arg(figures.updatesExpected));
    }
    if (figures.errors.total() > 0)
        problems.append(tr("Answers had errors: %1.").arg(listed(figures.errors)));
}

void appendProblems(QStringList &problems, const ReplicaFigures &figures)
{
    if (figures.differing > 0) {
        problems.append(tr("The tabs of %1 of %2 browsers differ from each other.")
                            .arg(figures.differing)
                            .arg(figures.groups));
    }
    if (figures.withoutValues > 0) {
        problems.append(tr("The page of %1 browsers shows no values that can be compared.")
                            .arg(figures.withoutValues));
    }
    if (figures.miscounted.value_or(0) > 0) {
        problems.append(tr("The counter of %1 of %2 browsers is not what their actions add up to.")
                            .arg(*figures.miscounted)
                            .arg(figures.groups));
    }
}

/// Lines with a name before the first of each part.
class Table
{
public:
    void add(const QString &name, const QString &line)
    {
        m_text += u"%1 %2\n"_s.arg(name, -14).arg(line);
    }

    void add(const QString &line) { add({}, line); }

    [[nodiscard]] const QString &text() const { return m_text; }

private:
    QString m_text;
};

void addTo(Table &table, const ClickFigures &figures)
{
    table.add(tr("Actions"),
              tr("%1 sent of %2 by %3 tabs, %4 of them late; %5 answered")
                  .arg(figures.sent)
                  .arg(figures.planned)
                  .arg(figures.active)
                  .arg(figures.late)
                  .arg(figures.answered));
    table.add(tr("answer after %1").arg(figures.latency.toText()));
}

void addTo(Table &table, const BroadcastFigures &figures)
{
    table.add(tr("Broadcasts"),
              tr("%1, of which %2 complete; %3 updates of %4")
                  .arg(figures.times)
                  .arg(figures.completed)
                  .arg(figures.updates)
                  .arg(figures.updatesExpected));
    table.add(tr("last tab told after %1").arg(figures.latency.toText()));
}

void addTo(Table &table, const ReplicaFigures &figures)
{
    table.add(
        tr("Replicas"),
        tr("%1 browsers, %2 with tabs that differ").arg(figures.groups).arg(figures.differing));
    if (figures.miscounted)
        table.add(tr("%1 with a wrong count").arg(*figures.miscounted));
}

} // namespace

double Report::connectionsPerSecond() const
{
    return connecting.opened > 0 ? connecting.opened / inSeconds(connecting.duration) : 0;
}

double Report::memoryPerConnection() const
{
    return server && connecting.opened > 0
        ? double(server->memoryConnected - server->memoryBefore) / connecting.opened
        : 0;
}

double Report::cpuPerEvent() const
{
    const quint64 events = click ? click->answered : broadcast ? quint64(broadcast->completed) : 0;
    return server && events > 0 ? inMicroseconds(server->cpu) / double(events) : 0;
}

QStringList Report::problems() const
{
    QStringList problems;
    if (connecting.failures.total() > 0) {
        problems.append(tr("%1 of %2 connections failed: %3.")
                            .arg(connecting.failures.total())
                            .arg(connecting.wanted)
                            .arg(listed(connecting.failures)));
    }
    if (connecting.losses.total() > 0) {
        problems.append(tr("%1 connections were lost: %2.")
                            .arg(connecting.losses.total())
                            .arg(listed(connecting.losses)));
    }
    if (traffic.unreadable > 0)
        problems.append(tr("%1 messages were not JSON objects.").arg(traffic.unreadable));
    if (click)
        appendProblems(problems, *click);
    if (broadcast)
        appendProblems(problems, *broadcast);
    if (replicas)
        appendProblems(problems, *replicas);
    return problems;
}

QJsonObject Report::toJson() const
{
    QJsonObject object{
        {u"url"_s, url},
        {u"connections"_s,
         QJsonObject{{u"wanted"_s, connecting.wanted},
                     {u"opened"_s, connecting.opened},
                     {u"browsers"_s, connecting.browsers},
                     {u"failed"_s, qint64(connecting.failures.total())},
                     {u"failures"_s, connecting.failures.toJson()},
                     {u"lost"_s, qint64(connecting.losses.total())},
                     {u"losses"_s, connecting.losses.toJson()},
                     {u"perSecond"_s, connectionsPerSecond()},
                     {u"latency"_s, connecting.latency.toJson()}}},
        {u"traffic"_s, Load::toJson(traffic)},
        {u"problems"_s, QJsonArray::fromStringList(problems())},
    };
    if (click)
        object.insert(u"click"_s, Load::toJson(*click));
    if (broadcast)
        object.insert(u"broadcast"_s, Load::toJson(*broadcast));
    if (replicas)
        object.insert(u"replicas"_s, Load::toJson(*replicas));
    if (server) {
        object.insert(u"server"_s,
                      QJsonObject{{u"pid"_s, server->id},
                                  {u"memoryBefore"_s, server->memoryBefore},
                                  {u"memoryConnected"_s, server->memoryConnected},
                                  {u"memoryAfter"_s, server->memoryAfter},
                                  {u"memoryPerConnection"_s, memoryPerConnection()},
                                  {u"cpu"_s, inMicroseconds(server->cpu)},
                                  {u"cpuPerEvent"_s, cpuPerEvent()}});
    }
    return object;
}

QString Report::toText() const
{
    Table table;
    table.add(tr("Page"), url);
    table.add(tr("Connections"),
              tr("%1 open of %2, of %3 browsers; %4 failed, %5 lost")
                  .arg(connecting.opened)
                  .arg(connecting.wanted)
                  .arg(connecting.browsers)
                  .arg(connecting.failures.total())
                  .arg(connecting.losses.total()));
    if (connecting.opened > 0) {
        table.add(tr("%1 per second; first message after %2")
                      .arg(rounded(connectionsPerSecond(), 0), connecting.latency.toText()));
    }
    if (click)
        addTo(table, *click);
    if (broadcast)
        addTo(table, *broadcast);
    if (replicas)
        addTo(table, *replicas);
    table.add(tr("Messages"),
              tr("%1 in (%2), %3 out (%4)")
                  .arg(traffic.messagesIn)
                  .arg(inMegabytes(qint64(traffic.bytesIn)))
                  .arg(traffic.messagesOut)
                  .arg(inMegabytes(qint64(traffic.bytesOut))));
    table.add(tr("%1 heartbeats, %2 answered").arg(traffic.heartbeats).arg(traffic.pongs));
    if (server) {
        table.add(tr("Server"),
                  tr("process %1; memory %2 before, %3 connected, %4 after")
                      .arg(server->id)
                      .arg(inMegabytes(server->memoryBefore), inMegabytes(server->memoryConnected),
                           inMegabytes(server->memoryAfter)));
        if (connecting.opened > 0)
            table.add(
                tr("%1 KB of memory per connection").arg(rounded(memoryPerConnection() / 1e3)));
        if (click)
            table.add(tr("%1 µs of CPU time per action").arg(rounded(cpuPerEvent())));
        if (broadcast)
            table.add(tr("%1 ms of CPU time per broadcast").arg(rounded(cpuPerEvent() / 1e3)));
    } else {
        table.add(tr("Server"), tr("its process was not found; --pid says which it is"));
    }
    const QStringList found = problems();
    table.add(tr("Problems"), found.isEmpty() ? tr("none") : found.first());
    for (const QString &problem : found.sliced(std::min<qsizetype>(found.size(), 1)))
        table.add(problem);
    return table.text();
}

} // namespace LiveTemplate::Load
