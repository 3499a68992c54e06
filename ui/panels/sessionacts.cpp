// SPDX-FileCopyrightText: 2026 The LiveTemplate for Qt authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "sessionacts.h"

#include "actdialog.h"
#include "noticebar.h"
#include "server.h"
#include "triggerdialog.h"

#include <QWidget>

#include <algorithm>
#include <memory>

using namespace Qt::StringLiterals;

namespace LiveTemplate::Ui {

namespace {

/// Those that can be told something: visitors have no connection.
QList<ConnectionRow> connected(QList<ConnectionRow> clients)
{
    clients.removeIf(
        [](const ConnectionRow &row) { return row.connection.tier != ConnectionTier::WebSocket; });
    return clients;
}

QString stateCount(qsizetype count)
{
    return count == 1 ? SessionActs::tr("1 saved state")
                      : SessionActs::tr("%1 saved states").arg(count);
}

/// "Tab 2" of one, otherwise "3 tabs".
QString nameOf(const QList<ConnectionRow> &clients)
{
    return clients.size() == 1 ? clients.first().name() : tabCount(clients.size());
}

/// Of several requests, until the last is answered.
struct Round
{
    qsizetype missing;
    int touched = 0;
};

} // namespace

SessionActs::SessionActs(const Server &server, NoticeBar &notice, QWidget *parent)
    : QObject(parent)
    , m_server(server)
    , m_notice(notice)
{
}

void SessionActs::trigger(const QList<ConnectionRow> &clients)
{
    const QList<ConnectionRow> touched = connected(clients);
    if (touched.isEmpty())
        return;
    auto *dialog = new TriggerDialog(
        {.title = tr("Trigger an Action"),
         .heading = tr("Run an action on %1").arg(nameOf(touched)),
         .consequence = tr("The controller's method runs as if the program had asked for it: on "
                           "the state of each, which is saved afterwards. There is no undo."),
         .verb = tr("&Run on %1").arg(nameOf(touched)),
         .touched = touched},
        actionsOf(touched), window());
    open(dialog, [this, dialog, touched] { runOn(touched, dialog->action(), dialog->data()); });
}

void SessionActs::runOn(const QList<ConnectionRow> &clients, const QString &action,
                        const QJsonObject &data)
{
    const auto round = std::make_shared<Round>(Round{clients.size()});
    const qsizetype asked = clients.size();
    for (const ConnectionRow &row : clients) {
        m_server.triggerActionOn(
            row.connection.id, action, data, this, [this, round, action, asked](int touched) {
                round->touched += touched;
                if (--round->missing > 0)
                    return;
                m_notice.say(
                    round->touched == asked
                        ? tr("%1 was triggered on %2.").arg(action, tabCount(round->touched))
                        : tr("%1 was triggered on %2 of %3: the others are gone, or too much "
                             "waits for them.")
                              .arg(action)
                              .arg(round->touched)
                              .arg(tabCount(asked)));
            });
    }
}

void SessionActs::disconnectClients(const QList<ConnectionRow> &clients)
{
    const QList<ConnectionRow> touched = connected(clients);
    if (touched.isEmpty())
        return;
    auto *dialog = new ActDialog(
        {.title = tr("Disconnect"),
         .heading = tr("Disconnect %1?").arg(nameOf(touched)),
         .consequence = tr("The connection is closed. What was done stays saved, and an open page "
                           "connects again by itself with its next heartbeat."),
         .verb = tr("&Disconnect %1").arg(nameOf(touched)),
         .touched = touched},
        window());
    open(dialog, [this, touched] {
        const auto round = std::make_shared<Round>(Round{touched.size()});
        for (const ConnectionRow &row : touched) {
            m_server.disconnectConnection(
                row.connection.id, tr("Disconnected by the operator"), this,
                [this, round, name = nameOf(touched)](int count) {
                    round->touched += count;
                    if (--round->missing > 0)
                        return;
                    m_notice.say(round->touched > 0
                                     ? tr("%1 disconnected.").arg(tabCount(round->touched))
                                     : tr("%1 gone already.").arg(name));
                });
        }
    });
}

void SessionActs::disconnectGroup(const GroupRow &group, const QList<ConnectionRow> &clients)
{
    const QList<ConnectionRow> touched = connected(clients);
    auto *dialog = new ActDialog(
        {.title = tr("Disconnect a Session Group"),
         .heading = tr("Disconnect %1 of session group %2?")
                        .arg(tabCount(touched.size()), group.shortId),
         .consequence = tr("Their connections are closed, those that come until then, too. What "
                           "was done stays saved, and open pages connect again by themselves with "
                           "their next heartbeat."),
         .verb = tr("&Disconnect %1").arg(tabCount(touched.size())),
         .touched = touched},
        window());
    open(dialog, [this, group] {
        m_server.disconnectGroup(
            group.id, tr("Disconnected by the operator"), this,
            [this, name = group.shortId](int count) {
                m_notice.say(tr("%1 of session group %2 disconnected.").arg(tabCount(count), name));
            });
    });
}

void SessionActs::forget(const GroupRow &group, const QList<ConnectionRow> &clients)
{
    const QList<ConnectionRow> touched = connected(clients);
    auto *dialog = new ActDialog(
        {.title = tr("Forget a Session"),
         .heading = tr("Forget what session group %1 has saved, and disconnect its %2?")
                        .arg(group.shortId, tabCount(touched.size())),
         .consequence = tr("The saved states of all pages of this server are removed, and open "
                           "pages begin anew when they connect again. Tabs on other servers keep "
                           "theirs. You can undo it for a minute."),
         .verb = tr("&Forget the Session"),
         .touched = touched},
        window());
    open(dialog, [this, group] {
        m_server.forgetSession(group.id, this, [this](const SavedSession &forgotten) {
            const QString name = forgotten.group.shortened();
            m_notice.say(tr("Session group %1 was forgotten: %2, %3 disconnected.")
                             .arg(name, stateCount(forgotten.states.size()),
                                  tabCount(forgotten.disconnected)),
                         [this, forgotten, name] {
                             m_server.restoreSession(
                                 forgotten, this, [this, name](const SavedSession &replaced) {
                                     m_notice.say(
                                         tr("Session group %1 is as before; %2 disconnected, so "
                                            "that they show it.")
                                             .arg(name, tabCount(replaced.disconnected)));
                                 });
                         });
        });
    });
}

void SessionActs::open(QDialog *dialog, const std::function<void()> &act)
{
    delete m_dialog; // one question at a time
    m_dialog = dialog;
    connect(dialog, &QDialog::accepted, this, act);
    dialog->open();
}

QStringList SessionActs::actionsOf(const QList<ConnectionRow> &clients) const
{
    QStringList actions;
    for (const MountedPage &page : m_server.pages()) {
        const bool isOpen = std::ranges::any_of(clients, [&page](const ConnectionRow &row) {
            return row.connection.page == page.path;
        });
        if (isOpen)
            actions += page.actions;
    }
    actions.sort();
    actions.removeDuplicates();
    return actions;
}

QWidget *SessionActs::window() const
{
    return static_cast<QWidget *>(parent())->window();
}

} // namespace LiveTemplate::Ui
