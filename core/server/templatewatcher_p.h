// SPDX-FileCopyrightText: 2026 The LiveTemplate for Qt authors
// SPDX-License-Identifier: MIT

#pragma once

#include <QByteArray>
#include <QDeadlineTimer>
#include <QFileSystemWatcher>
#include <QHash>
#include <QObject>
#include <QSet>
#include <QString>
#include <QStringList>
#include <QTimer>

namespace LiveTemplate {

/// Tells when template files have changed, whichever way an editor writes them: in place, in two
/// steps, by renaming another file over them, or by deleting them first.
///
/// It reads the files in the thread's own time, which only development mode may do.
class TemplateWatcher : public QObject
{
    Q_OBJECT

public:
    explicit TemplateWatcher(QObject *parent = nullptr);

    /// Watches @p files, in the place of those before, and the folders that they are in. A file
    /// need not exist. Those in resources cannot change and are left out.
    void watch(const QSet<QString> &files);

Q_SIGNALS:
    /// Something was written, and then nothing more for a moment. @p files are those that have
    /// other contents, or came or went.
    void changed(const QStringList &files);

private:
    struct Contents
    {
        bool exist = false;
        QByteArray bytes;
        bool operator==(const Contents &) const = default;

        [[nodiscard]] static Contents of(const QString &path);
    };

    void waitForTheRest();
    void look();
    void watchAnew();

    QFileSystemWatcher m_watcher{this};
    /// As they were when they were looked at last. Templates are small, and hashes can collide.
    QHash<QString, Contents> m_files;
    QTimer m_quiet{this};
    QDeadlineTimer m_latest;
};

} // namespace LiveTemplate
