// SPDX-FileCopyrightText: 2026 The LiveTemplate for Qt authors
// SPDX-License-Identifier: MIT

#pragma once

#include "livepage_p.h"
#include "templatewatcher_p.h"

#include <QByteArray>
#include <QObject>
#include <QTimer>

#include <memory>
#include <vector>

namespace LiveTemplate {

/// Development mode of one shard: compiles a page's template anew when its files change.
class DevelopmentMode : public QObject
{
    Q_OBJECT

public:
    /// Does not change which pages there are, and must not outlive them.
    explicit DevelopmentMode(const std::vector<std::unique_ptr<LivePage>> &pages);

Q_SIGNALS:
    /// Whoever has @p page open must be shown it anew.
    void pageChanged(const LivePage &page);

private:
    struct WatchedPage
    {
        LivePage &page;
        /// Of the folder around its template, when that was compiled last.
        QByteArray folderStamp;
    };

    void reloadChanged(const QStringList &changedFiles);
    void retryBroken();
    void reload(WatchedPage &watched, const QStringList &changedFiles);
    void watchFiles();

    std::vector<WatchedPage> m_pages;
    TemplateWatcher m_watcher{this};
    QTimer m_retryTimer{this};
};

} // namespace LiveTemplate
