// SPDX-FileCopyrightText: 2026 The LiveTemplate for Qt authors
// SPDX-License-Identifier: MIT

// What the samples of docs/controllers.md take for granted.

using State = CounterState;

const QString file;

struct Todo
{
    Q_GADGET
    Q_PROPERTY(QString title MEMBER title)

public:
    QString title;
    bool operator==(const Todo &) const = default;
};

struct ListState
{
    Q_GADGET
    Q_PROPERTY(QList<Todo> todos MEMBER todos)

public:
    QList<Todo> todos;
    bool operator==(const ListState &) const = default;
};

struct TodoState
{
    Q_GADGET
    Q_PROPERTY(QStringList todos MEMBER todos)

public:
    QStringList todos;
    bool operator==(const TodoState &) const = default;
};

class TodoController : public QObject
{
    Q_OBJECT
};
