// SPDX-FileCopyrightText: 2026 The LiveTemplate for Qt authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "loadfailurenotice.h"

#include <QLabel>
#include <QPushButton>
#include <QUrl>
#include <QVBoxLayout>

namespace LiveTemplate::Ui {

LoadFailureNotice::LoadFailureNotice(QWidget *parent)
    : QWidget(parent)
{
    setAutoFillBackground(true);
    setBackgroundRole(QPalette::Base);

    auto *heading = new QLabel(tr("The server does not answer"));
    QFont large = heading->font();
    large.setPointSizeF(large.pointSizeF() * 1.5);
    large.setWeight(QFont::DemiBold);
    heading->setFont(large);
    heading->setAlignment(Qt::AlignCenter);
    heading->setWordWrap(true);

    m_details = new QLabel;
    m_details->setAlignment(Qt::AlignCenter);
    m_details->setWordWrap(true);
    m_details->setTextFormat(Qt::PlainText);
    m_details->setTextInteractionFlags(Qt::TextSelectableByMouse);

    auto *promise = new QLabel(tr("The page comes back by itself when the server does."));
    promise->setForegroundRole(QPalette::PlaceholderText);
    promise->setAlignment(Qt::AlignCenter);
    promise->setWordWrap(true);

    m_reload = new QPushButton(tr("Try again"));
    connect(m_reload, &QPushButton::clicked, this, &LoadFailureNotice::reloadRequested);

    auto *layout = new QVBoxLayout(this);
    layout->setSpacing(12);
    layout->addStretch(2);
    layout->addWidget(heading);
    layout->addWidget(m_details);
    layout->addWidget(promise);
    layout->addWidget(m_reload, 0, Qt::AlignHCenter);
    layout->addStretch(3);

    setFocusProxy(m_reload);
}

void LoadFailureNotice::explain(const QUrl &url, const QString &reason)
{
    const QString address = url.toDisplayString();
    m_details->setText(reason.isEmpty() ? address : tr("%1\n%2").arg(address, reason));
}

} // namespace LiveTemplate::Ui
