// SPDX-FileCopyrightText: 2026 The LiveTemplate for Qt authors
// SPDX-License-Identifier: MIT

#pragma once

#include "clock.h"
#include "frameguard_p.h"
#include "socketbudget_p.h"

#include <QByteArray>
#include <QTcpSocket>

#include <chrono>
#include <limits>

namespace LiveTemplate {

/// An accepted socket, with what QWebSocketServer and QWebSocket leave out: headers of ours on the
/// 101 answer, a bound for what waits to be written, a check that frames are masked, and memory
/// that is given back while the connection is idle.
class ServerSocket : public QTcpSocket
{
    Q_OBJECT

public:
    /// @p clock must outlive it.
    ServerSocket(SocketBudget::Share share, const Clock &clock);

    /// Whole header lines, each with its CRLF, for the next "101" that is written.
    void setUpgradeHeaders(const QByteArray &lines) { m_upgradeHeaders = lines; }

    /// Bounds what may wait for a client that does not read, whoever writes it: QtWebSockets
    /// answers each ping by itself. Past it the socket is aborted.
    void setMaxPending(qint64 bytes) { m_maxPending = bytes; }

    /// From here on what comes are frames. Call it when the QWebSocket has connected its slots.
    void startFrames();

    /// When bytes came last, by the clock; the time of startFrames() before any did.
    [[nodiscard]] std::chrono::steady_clock::time_point lastHeard() const { return m_lastHeard; }

    /// Gives back the buffers, when nothing is in them: 48 KB that Qt keeps after their first use
    /// (DESIGN.md §6).
    void trim();

Q_SIGNALS:
    /// The limit was passed; the socket is about to be aborted.
    void overflowed();
    /// The 101 answer was just written.
    void upgraded();
    /// A frame came that is not masked; it, and what came with it, was dropped.
    void unmaskedFrameReceived();

protected:
    qint64 writeData(const char *data, qint64 size) override;

private:
    void inspectFrames();
    void finishReading();

    SocketBudget::Share m_share;
    const Clock &m_clock;
    QByteArray m_upgradeHeaders;
    qint64 m_maxPending = std::numeric_limits<qint64>::max();
    std::chrono::steady_clock::time_point m_lastHeard;
    /// Bytes that were looked at and that the QWebSocket has not read yet.
    qint64 m_inspected = 0;
    FrameGuard m_guard;
    bool m_receivesFrames = false;
    bool m_overflowed = false;
};

} // namespace LiveTemplate
