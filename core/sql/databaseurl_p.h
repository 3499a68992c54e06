// SPDX-FileCopyrightText: 2026 The LiveTemplate for Qt authors
// SPDX-License-Identifier: MIT

#pragma once

#include "livetemplate_export.h"

#include <QList>
#include <QString>

#include <expected>
#include <utility>

namespace LiveTemplate {

/// Where a database is, and who we are there (databasehealth.h tells how it is written).
struct LIVETEMPLATE_PRIVATE_EXPORT DatabaseUrl
{
    enum class Kind {
        PostgreSql,
        Sqlite
    };

    Kind kind = Kind::PostgreSql;
    /// PostgreSQL: a host, or the folder of a local socket; empty: libpq's default.
    QString host;
    int port = 5432;
    QString user;
    QString password;
    /// SQLite: the path of the file.
    QString database;
    /// Of libpq, by their names.
    QList<std::pair<QString, QString>> parameters;

    /// What is wrong is said without the text, which may have a password.
    [[nodiscard]] static std::expected<DatabaseUrl, QString> parse(const QString &text);

    /// Qt's name of the driver.
    [[nodiscard]] QString driver() const;

    friend bool operator==(const DatabaseUrl &, const DatabaseUrl &) = default;
};

} // namespace LiveTemplate
