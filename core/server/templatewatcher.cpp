// SPDX-FileCopyrightText: 2026 The LiveTemplate for Qt authors
// SPDX-License-Identifier: MIT

#include "templatewatcher_p.h"

#include "serverlogging_p.h"

#include <QDateTime>
#include <QDir>
#include <QFile>
#include <QFileInfo>

using namespace std::chrono_literals;

namespace LiveTemplate {

namespace {

/// Editors write in several steps that follow each other at once.
constexpr auto quietTime = 50ms;

/// In a folder in which something is always written, changes are looked at this often.
constexpr auto longestWait = 500ms;

/// From when a template is read until its file is watched; far more than it takes.
constexpr auto longestDelay = 2s;

/// The folder in which something must happen before @p path can exist.
QString existingFolder(const QString &path)
{
    QString folder = QFileInfo(path).absolutePath();
    while (!QFileInfo(folder).isDir() && folder != QDir::rootPath())
        folder = QFileInfo(folder).absolutePath();
    return folder;
}

bool wasWrittenJustNow(const QString &path)
{
    const QFileInfo info(path);
    return info.exists()
        && info.lastModified() > QDateTime::currentDateTime().addDuration(-longestDelay);
}

} // namespace

TemplateWatcher::Contents TemplateWatcher::Contents::of(const QString &path)
{
    QFile file(path);
    const bool opened = file.open(QIODevice::ReadOnly);
    return {opened, opened ? file.readAll() : QByteArray()};
}

TemplateWatcher::TemplateWatcher(QObject *parent)
    : QObject(parent)
{
    m_quiet.setSingleShot(true);
    connect(&m_quiet, &QTimer::timeout, this, &TemplateWatcher::look);
    connect(&m_watcher, &QFileSystemWatcher::fileChanged, this, &TemplateWatcher::waitForTheRest);
    connect(&m_watcher, &QFileSystemWatcher::directoryChanged, this,
            &TemplateWatcher::waitForTheRest);
}

void TemplateWatcher::watch(const QSet<QString> &files)
{
    QSet<QString> wanted = files;
    wanted.removeIf([](const QString &file) { return file.startsWith(u':'); });
    const QSet<QString> known(m_files.keyBegin(), m_files.keyEnd());
    if (wanted == known)
        return;
    m_files.removeIf([&](const auto &entry) { return !wanted.contains(entry.key()); });
    const QSet<QString> added = wanted - known;
    for (const QString &file : added)
        m_files.insert(file, Contents());
    watchAnew(); // before they are read, or a change between the two would be lost
    for (const QString &file : added) {
        // The template may have been made by what was there before.
        if (!known.isEmpty() && wasWrittenJustNow(file))
            waitForTheRest();
        else
            m_files[file] = Contents::of(file);
    }
}

void TemplateWatcher::waitForTheRest()
{
    if (!m_quiet.isActive())
        m_latest.setRemainingTime(longestWait);
    if (!m_latest.hasExpired())
        m_quiet.start(quietTime);
}

void TemplateWatcher::look()
{
    watchAnew();
    QStringList different;
    for (auto it = m_files.begin(); it != m_files.end(); ++it) {
        Contents contents = Contents::of(it.key());
        if (contents == *it)
            continue;
        *it = std::move(contents);
        different.append(it.key());
    }
    different.sort();
    if (!different.isEmpty())
        Q_EMIT changed(different);
}

void TemplateWatcher::watchAnew()
{
    // All of them: what is watched is the file that had the name, and it may be another one now.
    const QStringList old = m_watcher.files() + m_watcher.directories();
    if (!old.isEmpty())
        m_watcher.removePaths(old);
    QSet<QString> paths;
    for (auto it = m_files.cbegin(); it != m_files.cend(); ++it) {
        paths.insert(existingFolder(it.key()));
        if (QFileInfo::exists(it.key()))
            paths.insert(it.key());
    }
    if (paths.isEmpty())
        return;
    for (const QString &path : m_watcher.addPaths(paths.values())) {
        if (QFileInfo::exists(path)) {
            qCWarning(lcServer)
                << "changes of" << path
                << "cannot be seen; is the limit fs.inotify.max_user_watches reached?";
        }
    }
}

} // namespace LiveTemplate
