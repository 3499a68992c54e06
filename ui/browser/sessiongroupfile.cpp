// SPDX-FileCopyrightText: 2026 The LiveTemplate for Qt authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "sessiongroupfile.h"

#include <QSettings>

#include <utility>

using namespace Qt::StringLiterals;

namespace LiveTemplate::Ui {

namespace {

const QString section = u"session-groups"_s;

} // namespace

SessionGroupFile::SessionGroupFile(QString fileName)
    : m_fileName(std::move(fileName))
{
}

QHash<QString, QString> SessionGroupFile::load() const
{
    QSettings file(m_fileName, QSettings::IniFormat);
    file.beginGroup(section);
    QHash<QString, QString> groups;
    for (const QString &host : file.childKeys())
        groups.insert(host, file.value(host).toString());
    return groups;
}

void SessionGroupFile::save(const QHash<QString, QString> &groups) const
{
    QSettings file(m_fileName, QSettings::IniFormat);
    file.remove(section);
    file.beginGroup(section);
    for (const auto &[host, group] : groups.asKeyValueRange())
        file.setValue(host, group);
}

} // namespace LiveTemplate::Ui
