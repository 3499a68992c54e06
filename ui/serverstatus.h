// SPDX-FileCopyrightText: 2026 The LiveTemplate for Qt authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "sampletimer.h"

#include <QUrl>
#include <QWidget>

class QLabel;
class QToolButton;

namespace LiveTemplate {
class Server;
}

namespace LiveTemplate::Ui {

/// For the status bar: where the server listens, and how many connections and groups it has.
class ServerStatus : public QWidget
{
    Q_OBJECT

public:
    /// @p server must outlive it.
    explicit ServerStatus(const Server &server, QWidget *parent = nullptr);

    void setUrl(const QUrl &url);

Q_SIGNALS:
    void addressCopied(const QString &address);

private:
    void copyAddress();
    void showCounts();

    const Server &m_server;
    SampleTimer m_timer;
    QUrl m_url;
    QToolButton *m_address = nullptr;
    QLabel *m_connections = nullptr;
    QLabel *m_groups = nullptr;
};

} // namespace LiveTemplate::Ui
