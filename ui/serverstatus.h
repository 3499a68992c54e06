// SPDX-FileCopyrightText: 2026 The LiveTemplate for Qt authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "serversnapshot.h"

#include <QUrl>
#include <QWidget>

class QLabel;
class QToolButton;

namespace LiveTemplate::Ui {

class ServerMonitor;

/// For the status bar: where the server listens, and how many connections and groups it has.
class ServerStatus : public QWidget
{
    Q_OBJECT

public:
    /// @p monitor must outlive it.
    explicit ServerStatus(ServerMonitor &monitor, QWidget *parent = nullptr);

    void setUrl(const QUrl &url);

Q_SIGNALS:
    void addressCopied(const QString &address);

private:
    void copyAddress();
    void showSnapshot(const ServerSnapshot &snapshot);

    QUrl m_url;
    QToolButton *m_address = nullptr;
    QLabel *m_connections = nullptr;
    QLabel *m_groups = nullptr;
};

} // namespace LiveTemplate::Ui
