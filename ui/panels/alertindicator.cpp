// SPDX-FileCopyrightText: 2026 The LiveTemplate for Qt authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "alertindicator.h"

#include "alerttable.h"
#include "statisticsmonitor.h"
#include "symbolicicon.h"

using namespace Qt::StringLiterals;

namespace LiveTemplate::Ui {

AlertIndicator::AlertIndicator(StatisticsMonitor &monitor, QWidget *watcher, QWidget *parent)
    : QToolButton(parent)
    , m_monitor(monitor)
{
    setAutoRaise(true);
    setFocusPolicy(Qt::StrongFocus);
    setIcon(symbolicIcon(u"warning"_s));
    setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
    hide();
    connect(&monitor.alerts(), &AlertBook::changed, this, &AlertIndicator::showAlerts);
    monitor.watchFor(watcher);
    showAlerts();
}

void AlertIndicator::showAlerts()
{
    const AlertBook &book = m_monitor.alerts();
    const qsizetype count = book.firingCount();
    QStringList sentences;
    for (const Alert &alert : book.alerts()) {
        if (alert.state == AlertState::Firing)
            sentences.append(alertSentence(alert, book.rule(alert)));
    }
    setText(count == 1 ? tr("1 alert") : tr("%1 alerts").arg(count));
    setToolTip(sentences.join(u'\n'));
    setAccessibleName(text());
    setAccessibleDescription(toolTip());
    setVisible(count > 0);
}

} // namespace LiveTemplate::Ui
