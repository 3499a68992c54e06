// SPDX-FileCopyrightText: 2026 The LiveTemplate for Qt authors
// SPDX-License-Identifier: MIT

#include "todostore.h"

#include <QSqlError>
#include <QUuid>

using namespace Qt::StringLiterals;

TodoStore::Result<std::unique_ptr<TodoStore>> TodoStore::open(const QString &file)
{
    // Qt knows connections by a name: each store has one of its own.
    std::unique_ptr<TodoStore> store(new TodoStore(
        QSqlDatabase::addDatabase(u"QSQLITE"_s, QUuid::createUuid().toString(QUuid::Id128))));
    store->m_database.setDatabaseName(file);
    if (!store->m_database.open()) {
        return std::unexpected(
            u"%1 cannot be opened: %2"_s.arg(file, store->m_database.lastError().text()));
    }
    // A log beside the file: who reads does not wait for who writes, and a write takes less than
    // a millisecond. That is why actions may use it without a thread of its own.
    for (const QString &statement : {
             u"PRAGMA journal_mode = WAL"_s,
             u"PRAGMA synchronous = NORMAL"_s,
             u"CREATE TABLE IF NOT EXISTS todos ("
             "id INTEGER PRIMARY KEY AUTOINCREMENT, owner TEXT NOT NULL, title TEXT NOT NULL, "
             "done INTEGER NOT NULL DEFAULT 0, cleared INTEGER NOT NULL DEFAULT 0)"_s,
             u"CREATE INDEX IF NOT EXISTS todos_owner ON todos (owner)"_s,
         }) {
        if (const auto made = store->change(statement); !made)
            return std::unexpected(u"%1 cannot be used: %2"_s.arg(file, made.error()));
    }
    return store;
}

TodoStore::TodoStore(QSqlDatabase database)
    : m_database(std::move(database))
{
}

TodoStore::~TodoStore()
{
    const QString name = m_database.connectionName();
    m_database = {}; // nothing may use the connection when it is removed
    QSqlDatabase::removeDatabase(name);
}

TodoStore::Result<TodoStore::List> TodoStore::list(const QString &owner)
{
    auto rows = query(u"SELECT id, title, done, cleared FROM todos WHERE owner = ? ORDER BY id"_s,
                      {owner});
    if (!rows)
        return std::unexpected(rows.error());
    List list;
    while (rows->next()) {
        if (rows->value(3).toBool())
            ++list.cleared;
        else
            list.todos.append({.id = rows->value(0).toLongLong(),
                               .title = rows->value(1).toString(),
                               .done = rows->value(2).toBool()});
    }
    return list;
}

TodoStore::Result<void> TodoStore::add(const QString &owner, const QString &title)
{
    return change(u"INSERT INTO todos (owner, title) VALUES (?, ?)"_s,
                  {owner, title.left(maxTitle)});
}

TodoStore::Result<void> TodoStore::setTitle(const QString &owner, qint64 id, const QString &title)
{
    return change(u"UPDATE todos SET title = ? WHERE owner = ? AND id = ?"_s,
                  {title.left(maxTitle), owner, id});
}

TodoStore::Result<void> TodoStore::toggle(const QString &owner, qint64 id)
{
    return change(u"UPDATE todos SET done = 1 - done WHERE owner = ? AND id = ?"_s, {owner, id});
}

TodoStore::Result<void> TodoStore::remove(const QString &owner, qint64 id)
{
    return change(u"DELETE FROM todos WHERE owner = ? AND id = ?"_s, {owner, id});
}

TodoStore::Result<void> TodoStore::clearDone(const QString &owner)
{
    return forgetCleared(owner).and_then([&] {
        return change(u"UPDATE todos SET cleared = 1 WHERE owner = ? AND done = 1"_s, {owner});
    });
}

TodoStore::Result<void> TodoStore::restoreCleared(const QString &owner)
{
    return change(u"UPDATE todos SET cleared = 0 WHERE owner = ?"_s, {owner});
}

TodoStore::Result<void> TodoStore::forgetCleared(const QString &owner)
{
    return change(u"DELETE FROM todos WHERE owner = ? AND cleared = 1"_s, {owner});
}

TodoStore::Result<QSqlQuery> TodoStore::query(const QString &statement, const QVariantList &values)
{
    QSqlQuery query(m_database);
    query.setForwardOnly(true);
    bool isRight = query.prepare(statement);
    for (const QVariant &value : values)
        query.addBindValue(value);
    isRight = isRight && query.exec();
    if (!isRight)
        return std::unexpected(query.lastError().text());
    return query;
}

TodoStore::Result<void> TodoStore::change(const QString &statement, const QVariantList &values)
{
    return query(statement, values).transform([](const QSqlQuery &) {});
}
