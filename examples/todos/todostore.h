// SPDX-FileCopyrightText: 2026 The LiveTemplate for Qt authors
// SPDX-License-Identifier: MIT

#pragma once

#include "todostate.h"

#include <QSqlDatabase>
#include <QSqlQuery>
#include <QVariantList>

#include <expected>
#include <memory>

/// The to-do lists in an SQLite file, one for each owner.
///
/// Threading: a connection to a database belongs to the thread that opened it. Open a store where
/// it is used, and destroy it there. Several may have the same file open.
class TodoStore
{
public:
    /// More are refused: a list is read as a whole.
    static constexpr int maxTodos = 500;
    /// What is longer is cut; the page's forms have the same limit.
    static constexpr int maxTitle = 120;

    /// What is wrong, as a sentence.
    using Error = QString;
    template<typename Value>
    using Result = std::expected<Value, Error>;

    /// Opens @p file, and makes it and its table when they are not there.
    [[nodiscard]] static Result<std::unique_ptr<TodoStore>> open(const QString &file);
    ~TodoStore();
    Q_DISABLE_COPY_MOVE(TodoStore)

    struct List
    {
        /// The oldest first.
        QList<Todo> todos;
        int cleared = 0;
    };
    [[nodiscard]] Result<List> list(const QString &owner);

    // What changes a list. What is not there any more is no error: another tab was quicker.
    [[nodiscard]] Result<void> add(const QString &owner, const QString &title);
    [[nodiscard]] Result<void> setTitle(const QString &owner, qint64 id, const QString &title);
    [[nodiscard]] Result<void> toggle(const QString &owner, qint64 id);
    [[nodiscard]] Result<void> remove(const QString &owner, qint64 id);
    /// Puts away what is done. It can be brought back until this is called again.
    [[nodiscard]] Result<void> clearDone(const QString &owner);
    [[nodiscard]] Result<void> restoreCleared(const QString &owner);
    [[nodiscard]] Result<void> forgetCleared(const QString &owner);

private:
    explicit TodoStore(QSqlDatabase database);

    [[nodiscard]] Result<QSqlQuery> query(const QString &statement,
                                          const QVariantList &values = {});
    [[nodiscard]] Result<void> change(const QString &statement, const QVariantList &values = {});

    QSqlDatabase m_database;
};
