// SPDX-FileCopyrightText: 2026 The LiveTemplate for Qt authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QObject>
#include <QTimer>

class QWebEnginePage;

namespace LiveTemplate::Ui {

/// Notices that a live page will not be live again by itself.
///
/// The browser client looks for a lost server at every heartbeat. If it finds none it goes on
/// without a WebSocket for the life of the page (PROTOCOL.md A.1, step 4): the page shows what it
/// showed, and never follows its session group again, also when the server is back. Only loading it
/// again helps. There is no event for it, so the client is asked.
class LiveLinkWatch : public QObject
{
    Q_OBJECT

public:
    /// Watches while @p page is visible. @p page must outlive the watch.
    explicit LiveLinkWatch(QWebEnginePage &page, QObject *parent = nullptr);

    /// Whether the client was live when it was asked last.
    [[nodiscard]] bool wasLive() const { return m_wasLive; }

Q_SIGNALS:
    /// The page was live, and its client has given up.
    void linkLost();

private:
    void ask();
    void takeAnswer(const QString &answer);

    QWebEnginePage &m_page;
    QTimer m_timer;
    /// A page that never was live may be meant to be so: its server can switch WebSockets off.
    bool m_wasLive = false;
};

} // namespace LiveTemplate::Ui
