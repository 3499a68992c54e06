// SPDX-FileCopyrightText: 2026 The LiveTemplate for Qt authors
// SPDX-License-Identifier: MIT

#pragma once

#include <QList>
#include <QObject>
#include <QString>

/// One line of a list.
struct Todo
{
    Q_GADGET
    Q_PROPERTY(qint64 id MEMBER id)
    Q_PROPERTY(QString title MEMBER title)
    Q_PROPERTY(bool done MEMBER done)

public:
    qint64 id = 0;
    QString title;
    bool done = false;

    bool operator==(const Todo &) const = default;
};

/// What a tab shows. Nothing of it is saved for the browser's next tab: the to-dos are in the
/// database, and the rest is this tab's own.
struct TodoState
{
    Q_GADGET
    Q_PROPERTY(QList<Todo> todos MEMBER todos STORED false)
    Q_PROPERTY(QString filter MEMBER filter STORED false)
    Q_PROPERTY(qint64 editing MEMBER editing STORED false)
    Q_PROPERTY(int open MEMBER open STORED false)
    Q_PROPERTY(int done MEMBER done STORED false)
    Q_PROPERTY(int cleared MEMBER cleared STORED false)

public:
    /// Those that the filter lets through, the oldest first.
    QList<Todo> todos;
    /// "all", "open" or "done".
    QString filter = QStringLiteral("all");
    /// The one that is being edited; 0: none.
    qint64 editing = 0;
    int open = 0;
    int done = 0;
    /// How many an undo brings back.
    int cleared = 0;

    bool operator==(const TodoState &) const = default;
};
