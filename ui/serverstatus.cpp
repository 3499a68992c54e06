// SPDX-FileCopyrightText: 2026 The LiveTemplate for Qt authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "serverstatus.h"

#include "server.h"
#include "symbolicicon.h"

#include <QClipboard>
#include <QGuiApplication>
#include <QHBoxLayout>
#include <QLabel>
#include <QToolButton>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace LiveTemplate::Ui {

namespace {

// Numbers that change more often cannot be read.
constexpr auto interval = 250ms;

} // namespace

ServerStatus::ServerStatus(const Server &server, QWidget *parent)
    : QWidget(parent)
    , m_server(server)
    , m_timer(interval)
    , m_address(new QToolButton)
    , m_connections(new QLabel)
    , m_groups(new QLabel)
{
    m_address->setAutoRaise(true);
    m_address->setIcon(symbolicIcon(u"copy"_s));
    m_address->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
    m_address->setToolTip(tr("Copy the address of the server"));
    m_address->setFocusPolicy(Qt::StrongFocus);
    connect(m_address, &QToolButton::clicked, this, &ServerStatus::copyAddress);

    m_connections->setObjectName(u"connections"_s);
    m_connections->setToolTip(tr("Open live connections: one for each tab that shows a live page"));
    m_groups->setObjectName(u"groups"_s);
    m_groups->setToolTip(tr("Session groups with at least one connection: one for each browser"));

    auto *layout = new QHBoxLayout(this);
    layout->setContentsMargins(4, 0, 8, 0);
    layout->setSpacing(16);
    layout->addWidget(m_address);
    layout->addWidget(m_connections);
    layout->addWidget(m_groups);

    showCounts();
    connect(&m_timer, &SampleTimer::sampleDue, this, &ServerStatus::showCounts);
    m_timer.watchFor(this);
}

void ServerStatus::setUrl(const QUrl &url)
{
    m_url = url;
    m_address->setText(url.toDisplayString(QUrl::RemovePath));
    m_address->setAccessibleName(tr("Copy the address %1").arg(m_address->text()));
}

void ServerStatus::copyAddress()
{
    QGuiApplication::clipboard()->setText(m_url.toString());
    Q_EMIT addressCopied(m_url.toString());
}

void ServerStatus::showCounts()
{
    const ServerStatistics::Gauges gauges = m_server.statistics().gauges;
    // Without a translation file tr() leaves "%n" in place but cannot choose a plural form.
    m_connections->setText(gauges.connections == 1 ? tr("1 connection")
                                                   : tr("%1 connections").arg(gauges.connections));
    m_groups->setText(gauges.groups == 1 ? tr("1 session group")
                                         : tr("%1 session groups").arg(gauges.groups));
}

} // namespace LiveTemplate::Ui
