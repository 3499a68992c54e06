// SPDX-FileCopyrightText: 2026 The LiveTemplate for Qt authors
// SPDX-License-Identifier: MIT

#include "developmentmode_p.h"

#include "serverlogging_p.h"

#include <QCryptographicHash>
#include <QDateTime>
#include <QDirIterator>
#include <QElapsedTimer>
#include <QFileInfo>

#include <algorithm>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace LiveTemplate {

namespace {

/// What mends a broken page may be a file that nobody knows of yet: an include in a folder that is
/// still to be made, say. So its folder is looked through this often while it is broken.
constexpr auto retryInterval = 500ms;

/// Files that are looked at then; more are not templates.
constexpr int maxFilesAround = 10'000;

/// Differs when any file in or below the folder of @p file does.
QByteArray stampOfFolderAround(const QString &file)
{
    QCryptographicHash stamp(QCryptographicHash::Sha1);
    QDirIterator files(QFileInfo(file).absolutePath(), QDir::Files, QDirIterator::Subdirectories);
    for (int i = 0; i < maxFilesAround && files.hasNext(); ++i) {
        const QFileInfo info = files.nextFileInfo();
        stamp.addData(info.filePath().toUtf8());
        stamp.addData(QByteArray::number(info.size()));
        stamp.addData(QByteArray::number(info.lastModified().toMSecsSinceEpoch()));
    }
    return stamp.result();
}

QString namesOf(const QStringList &files)
{
    QStringList names;
    for (const QString &file : files)
        names.append(QFileInfo(file).fileName());
    names.removeDuplicates();
    return names.join(u", "_s);
}

} // namespace

DevelopmentMode::DevelopmentMode(const std::vector<std::unique_ptr<LivePage>> &pages)
{
    for (const auto &page : pages)
        m_pages.push_back({*page, {}});
    connect(&m_watcher, &TemplateWatcher::changed, this, &DevelopmentMode::reloadChanged);
    connect(&m_retryTimer, &QTimer::timeout, this, &DevelopmentMode::retryBroken);
    m_retryTimer.start(retryInterval);
    watchFiles();
}

void DevelopmentMode::reloadChanged(const QStringList &changedFiles)
{
    for (WatchedPage &watched : m_pages) {
        QStringList own;
        std::ranges::copy_if(watched.page.files(), std::back_inserter(own),
                             [&](const QString &file) { return changedFiles.contains(file); });
        if (!own.isEmpty())
            reload(watched, own);
    }
    watchFiles();
}

void DevelopmentMode::retryBroken()
{
    for (WatchedPage &watched : m_pages) {
        if (!watched.page.errors().isEmpty()
            && watched.folderStamp != stampOfFolderAround(watched.page.page().templateFile))
            reload(watched, {});
    }
    // Also for includes whose names the values give: they are known once they were rendered.
    watchFiles();
}

void DevelopmentMode::reload(WatchedPage &watched, const QStringList &changedFiles)
{
    QElapsedTimer time;
    time.start();
    LivePage &page = watched.page;
    watched.folderStamp = stampOfFolderAround(page.page().templateFile);
    if (!page.reload())
        return;
    Q_EMIT pageChanged(page);
    if (!page.errors().isEmpty()) {
        qCWarning(lcServer).noquote()
            << "page" << page.page().path
            << "keeps its last good template:" << page.errors().join(u"; ");
        return;
    }
    qCInfo(lcServer).noquote() << "page" << page.page().path << "has its new template in"
                               << QString::number(double(time.nsecsElapsed()) / 1e6, 'f', 1)
                               << "ms; changed:"
                               << namesOf(changedFiles.isEmpty() ? page.files() : changedFiles);
}

void DevelopmentMode::watchFiles()
{
    QSet<QString> files;
    for (const WatchedPage &watched : m_pages) {
        const QStringList own = watched.page.files();
        files.unite({own.cbegin(), own.cend()});
    }
    m_watcher.watch(files);
}

} // namespace LiveTemplate
