// SPDX-FileCopyrightText: 2026 The LiveTemplate for Qt authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "sessionrows.h"

#include <QDialog>
#include <QJsonObject>
#include <QObject>
#include <QPointer>

#include <functional>

class QWidget;

namespace LiveTemplate {
class Server;
}

namespace LiveTemplate::Ui {

class NoticeBar;

/// What one can do to clients and session groups: each asks first, naming all that it touches, and
/// says afterwards what it did.
class SessionActs : public QObject
{
    Q_OBJECT

public:
    /// @p server must outlive this; @p parent is what dialogs belong to.
    SessionActs(const Server &server, NoticeBar &notice, QWidget *parent);

    /// Runs an action on @p clients.
    void trigger(const QList<ConnectionRow> &clients);
    void disconnectClients(const QList<ConnectionRow> &clients);
    /// @p clients are those that are seen of the group.
    void disconnectGroup(const GroupRow &group, const QList<ConnectionRow> &clients);
    void forget(const GroupRow &group, const QList<ConnectionRow> &clients);

    /// The dialog that is open; null when there is none.
    [[nodiscard]] QDialog *dialog() const { return m_dialog; }

private:
    void open(QDialog *dialog, const std::function<void()> &act);
    void runOn(const QList<ConnectionRow> &clients, const QString &action, const QJsonObject &data);
    [[nodiscard]] QStringList actionsOf(const QList<ConnectionRow> &clients) const;
    [[nodiscard]] QWidget *window() const;

    const Server &m_server;
    NoticeBar &m_notice;
    QPointer<QDialog> m_dialog;
};

} // namespace LiveTemplate::Ui
