// SPDX-FileCopyrightText: 2026 The LiveTemplate for Qt authors
// SPDX-License-Identifier: MIT

#include "databaseconnection_p.h"

#include <QSqlError>
#include <QSqlQuery>
#include <QUrl>

#include <atomic>
#include <utility>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace LiveTemplate {

namespace {

/// Connections of Qt SQL are known by name in the whole process.
QString newName()
{
    static std::atomic<quint64> count = 0;
    return u"livetemplate-health-%1"_s.arg(++count);
}

/// As libpq reads it.
QString quoted(QString value)
{
    value.replace(u'\\', u"\\\\"_s);
    value.replace(u'\'', u"\\'"_s);
    return u'\'' + value + u'\'';
}

/// The file is neither made when it is missing nor written to.
QString sqliteUri(const QString &path)
{
    return u"file:"_s + QString::fromLatin1(QUrl::toPercentEncoding(path, "/"_ba)) + u"?mode=rw"_s;
}

} // namespace

DatabaseConnection::DatabaseConnection(DatabaseUrl url)
    : m_url(std::move(url))
    , m_name(newName())
    , m_database(QSqlDatabase::addDatabase(m_url.driver(), m_name))
{
    configure();
}

DatabaseConnection::~DatabaseConnection()
{
    m_database.close();
    // Qt warns of connections that are removed while there are objects for them.
    m_database = {};
    QSqlDatabase::removeDatabase(m_name);
}

void DatabaseConnection::configure()
{
    if (m_url.kind == DatabaseUrl::Kind::Sqlite) {
        m_database.setDatabaseName(sqliteUri(m_url.database));
        m_database.setConnectOptions(u"QSQLITE_OPEN_URI;QSQLITE_BUSY_TIMEOUT=%1"_s.arg(
            std::chrono::milliseconds(driverTimeout).count()));
        return;
    }
    m_database.setHostName(m_url.host);
    m_database.setPort(m_url.port);
    m_database.setUserName(m_url.user);
    m_database.setPassword(m_url.password);
    m_database.setDatabaseName(m_url.database);
    // The last two find out that a machine is gone, as opposed to a database that is slow.
    QString options = u"connect_timeout=%1;tcp_user_timeout=%2;keepalives_idle=30"_s.arg(
        QString::number(driverTimeout.count()),
        QString::number(std::chrono::milliseconds(driverTimeout).count()));
    bool hasName = false;
    for (const auto &[name, value] : m_url.parameters) {
        options += u';' + name + u'=' + quoted(value);
        hasName = hasName || name == "application_name"_L1;
    }
    if (!hasName)
        options += u";application_name=livetemplate-health"_s;
    m_database.setConnectOptions(options);
}

std::expected<void, QString> DatabaseConnection::probe()
{
    const bool wasOpen = m_database.isOpen();
    auto result = wasOpen ? ask() : openAndAsk();
    if (!result && wasOpen) {
        // Perhaps only the connection is broken: the database was started anew.
        m_database.close();
        result = openAndAsk();
    }
    // An open SQLite file can be asked long after it was deleted, or another put in its place.
    if (!result || m_url.kind == DatabaseUrl::Kind::Sqlite)
        m_database.close();
    return result;
}

std::expected<void, QString> DatabaseConnection::openAndAsk()
{
    if (!m_database.open())
        return std::unexpected(description(m_database.lastError()));
    return ask();
}

std::expected<void, QString> DatabaseConnection::ask()
{
    QSqlQuery query(m_database);
    query.setForwardOnly(true);
    // SQLite answers SELECT 1 without a look at the file.
    const bool isSqlite = m_url.kind == DatabaseUrl::Kind::Sqlite;
    if (!query.exec(isSqlite ? u"SELECT count(*) FROM sqlite_schema"_s : u"SELECT 1"_s)
        || !query.next()) {
        return std::unexpected(description(query.lastError()));
    }
    return {};
}

QString DatabaseConnection::description(const QSqlError &error) const
{
    QString text = error.databaseText().isEmpty() ? error.driverText() : error.databaseText();
    text = text.simplified();
    if (text.isEmpty())
        text = u"no answer"_s;
    // No driver is known to tell it, but each version may be the first.
    if (!m_url.password.isEmpty())
        text.replace(m_url.password, u"***"_s);
    return text;
}

} // namespace LiveTemplate
