// SPDX-FileCopyrightText: 2026 The LiveTemplate for Qt authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "userdirectories.h"

#include <QDir>
#include <QStandardPaths>

using namespace Qt::StringLiterals;

namespace LiveTemplate::Ui {

namespace {

const QString settingsName = u"dashboard.ini"_s;
const QString browserName = u"browser"_s;

} // namespace

UserDirectories UserDirectories::standard()
{
    const QDir configuration(QStandardPaths::writableLocation(QStandardPaths::AppConfigLocation));
    const QDir data(QStandardPaths::writableLocation(QStandardPaths::AppLocalDataLocation));
    return {.settingsFile = configuration.filePath(settingsName),
            .browserData = data.filePath(browserName)};
}

UserDirectories UserDirectories::inside(const QString &directory)
{
    const QDir root(QDir(directory).absolutePath());
    return {.settingsFile = root.filePath(settingsName), .browserData = root.filePath(browserName)};
}

} // namespace LiveTemplate::Ui
