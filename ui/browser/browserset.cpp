// SPDX-FileCopyrightText: 2026 The LiveTemplate for Qt authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "browserset.h"

#include <utility>

namespace LiveTemplate::Ui {

BrowserSet::BrowserSet(QString storageDirectory, QObject *parent)
    : QObject(parent)
    , m_storageDirectory(std::move(storageDirectory))
{
}

BrowserSet::~BrowserSet() = default;

BrowserIdentity &BrowserSet::browser(BrowserId id)
{
    std::unique_ptr<BrowserIdentity> &identity = m_browsers[id];
    if (!identity && id == firstBrowser)
        identity = std::make_unique<BrowserIdentity>(id, m_storageDirectory);
    else if (!identity)
        identity = std::make_unique<BrowserIdentity>(id);
    return *identity;
}

QList<BrowserId> BrowserSet::ids() const
{
    QList<BrowserId> ids;
    for (const auto &[id, browser] : m_browsers)
        ids.append(id);
    return ids;
}

BrowserId BrowserSet::addBrowser()
{
    const BrowserId id = m_browsers.empty()
        ? firstBrowser
        : BrowserId{std::to_underlying(m_browsers.rbegin()->first) + 1};
    return browser(id).id();
}

} // namespace LiveTemplate::Ui
