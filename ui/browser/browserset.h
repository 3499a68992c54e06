// SPDX-FileCopyrightText: 2026 The LiveTemplate for Qt authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "browseridentity.h"

#include <QObject>

#include <map>
#include <memory>

namespace LiveTemplate::Ui {

/// The browsers of a window. A browser lives as long as the set, also without tabs: a closed tab
/// that is reopened is then still in its session group.
class BrowserSet : public QObject
{
    Q_OBJECT

public:
    /// @p storageDirectory is where the first browser keeps its cookies; all others are off the
    /// record.
    explicit BrowserSet(QString storageDirectory, QObject *parent = nullptr);
    ~BrowserSet() override;

    /// The browser with that id, which is made if it is not there yet.
    [[nodiscard]] BrowserIdentity &browser(BrowserId id);

    /// All that were made, in their order.
    [[nodiscard]] QList<BrowserId> ids() const;

    /// Makes a browser that nobody has seen before, and returns its id.
    [[nodiscard]] BrowserId addBrowser();

private:
    QString m_storageDirectory;
    std::map<BrowserId, std::unique_ptr<BrowserIdentity>> m_browsers;
};

} // namespace LiveTemplate::Ui
