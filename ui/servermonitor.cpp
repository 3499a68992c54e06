// SPDX-FileCopyrightText: 2026 The LiveTemplate for Qt authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "servermonitor.h"

#include "server.h"

using namespace std::chrono_literals;

namespace LiveTemplate::Ui {

namespace {

// Numbers that change more often cannot be read.
constexpr auto interval = 250ms;

// A server that was closed after it was asked never answers.
constexpr auto answerTimeout = 1s;

} // namespace

ServerMonitor::ServerMonitor(const Server &server, QObject *parent)
    : QObject(parent)
    , m_server(server)
    , m_timer(interval)
{
    connect(&m_timer, &SampleTimer::sampleDue, this, &ServerMonitor::takeSnapshot);
}

void ServerMonitor::takeSnapshot()
{
    if (m_asked.isValid() && m_asked.durationElapsed() < answerTimeout)
        return;

    if (!m_server.isListening()) {
        // It would not answer: nobody is connected to it.
        setSnapshot({});
        return;
    }
    m_asked.start();
    m_server.requestSnapshot(this, [this](const ServerSnapshot &snapshot) {
        m_asked.invalidate();
        setSnapshot(snapshot);
    });
}

void ServerMonitor::setSnapshot(const ServerSnapshot &snapshot)
{
    m_snapshot = snapshot;
    Q_EMIT snapshotTaken(m_snapshot);
}

} // namespace LiveTemplate::Ui
