// SPDX-FileCopyrightText: 2026 The LiveTemplate for Qt authors
// SPDX-License-Identifier: MIT

#pragma once

#include "databaseurl_p.h"
#include "livetemplate_export.h"

#include <QSqlDatabase>
#include <QString>

#include <chrono>
#include <expected>

namespace LiveTemplate {

/// A connection to a database that only asks whether there is one. Blocks. Belongs to the thread
/// that made it, as all connections of Qt SQL do.
class LIVETEMPLATE_PRIVATE_EXPORT DatabaseConnection
{
public:
    /// The driver gives up connecting, or waiting for a lock, after this: before probes do, so that
    /// they are told why. libpq takes no less.
    static constexpr std::chrono::seconds driverTimeout = std::chrono::seconds(2);

    explicit DatabaseConnection(DatabaseUrl url);
    ~DatabaseConnection();
    Q_DISABLE_COPY_MOVE(DatabaseConnection)

    /// Nothing when the database answers, otherwise why not, in one line and without the password.
    [[nodiscard]] std::expected<void, QString> probe();

private:
    [[nodiscard]] std::expected<void, QString> openAndAsk();
    [[nodiscard]] std::expected<void, QString> ask();
    [[nodiscard]] QString description(const QSqlError &error) const;
    void configure();

    const DatabaseUrl m_url;
    const QString m_name;
    QSqlDatabase m_database;
};

} // namespace LiveTemplate
