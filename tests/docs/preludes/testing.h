// SPDX-FileCopyrightText: 2026 The LiveTemplate for Qt authors
// SPDX-License-Identifier: MIT

// What the samples of docs/testing.md take for granted.

extern LiveTest::Site &site;
extern LiveTest::Browser &browser;

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
