// SPDX-FileCopyrightText: 2026 The LiveTemplate for Qt authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "firstvisit.h"

#include <utility>

namespace LiveTemplate::Ui {

void FirstVisit::whenAllowed(const QString &host, std::function<void()> load)
{
    Host &entry = m_hosts[host];
    if (entry.stage == Host::Stage::Visiting) {
        entry.waiting.append(std::move(load));
        return;
    }
    if (entry.stage == Host::Stage::Unknown)
        entry.stage = Host::Stage::Visiting;
    load();
}

void FirstVisit::finished(const QString &host, Outcome outcome)
{
    Host &entry = m_hosts[host];
    if (entry.stage == Host::Stage::Known)
        return;

    entry.stage = outcome == Outcome::Answered ? Host::Stage::Known : Host::Stage::Unknown;
    // Each runs through the gate again: after a failure only the first of them may go.
    for (std::function<void()> &load : std::exchange(entry.waiting, {}))
        whenAllowed(host, std::move(load));
}

} // namespace LiveTemplate::Ui
