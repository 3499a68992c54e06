// SPDX-FileCopyrightText: 2026 The LiveTemplate for Qt authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QHash>
#include <QString>

namespace LiveTemplate::Ui {

/// The short ids of the session groups of a browser that keeps its cookies, by host.
///
/// Qt WebEngine reports a cookie when it is set, but not those that it finds on disk: measured with
/// Qt 6.8.2, QWebEngineCookieStore::loadAllCookies() reports nothing. So what the cookies say is
/// remembered beside them. A short id is no secret.
class SessionGroupFile
{
public:
    explicit SessionGroupFile(QString fileName);

    [[nodiscard]] QHash<QString, QString> load() const;
    void save(const QHash<QString, QString> &groups) const;

private:
    QString m_fileName;
};

} // namespace LiveTemplate::Ui
