// SPDX-FileCopyrightText: 2026 The LiveTemplate for Qt authors
// SPDX-License-Identifier: MIT

#pragma once

#include "todostate.h"
#include "todostore.h"

#include <LiveTemplate/Context>

#include <QObject>

#include <functional>
#include <memory>

/// What can be done on the page: each public method is an action, by its name in the template.
///
/// Each browser has a list of its own, which all its tabs show: after a change they are told to
/// read it again.
class TodoController : public QObject
{
    Q_OBJECT

public:
    explicit TodoController(QString databaseFile);

    /// Called when the page is loaded or connects, and when a link leads to another filter.
    Q_INVOKABLE LiveTemplate::Result<TodoState> mount(TodoState state,
                                                      LiveTemplate::Context &context);

    Q_INVOKABLE LiveTemplate::Result<TodoState> add(TodoState state,
                                                    LiveTemplate::Context &context);
    Q_INVOKABLE LiveTemplate::Result<TodoState> toggle(TodoState state,
                                                       LiveTemplate::Context &context);
    Q_INVOKABLE LiveTemplate::Result<TodoState> remove(TodoState state,
                                                       LiveTemplate::Context &context);

    Q_INVOKABLE TodoState edit(TodoState state, LiveTemplate::Context &context);
    Q_INVOKABLE TodoState cancel(TodoState state, LiveTemplate::Context &context);
    Q_INVOKABLE LiveTemplate::Result<TodoState> save(TodoState state,
                                                     LiveTemplate::Context &context);

    Q_INVOKABLE LiveTemplate::Result<TodoState> clearDone(TodoState state,
                                                          LiveTemplate::Context &context);
    Q_INVOKABLE LiveTemplate::Result<TodoState> undo(TodoState state,
                                                     LiveTemplate::Context &context);
    Q_INVOKABLE LiveTemplate::Result<TodoState> dismiss(TodoState state,
                                                        LiveTemplate::Context &context);

    /// The list has changed in another tab.
    Q_INVOKABLE LiveTemplate::Result<TodoState> reload(TodoState state,
                                                       LiveTemplate::Context &context);

    bool event(QEvent *event) override;

private:
    using StateResult = LiveTemplate::Result<TodoState>;
    using Change = std::function<TodoStore::Result<void>(TodoStore &store, const QString &owner)>;

    /// Changes the list, shows it, and has the other tabs show it.
    StateResult change(TodoState state, LiveTemplate::Context &context, const Change &change);
    /// Fills @p state from the database.
    StateResult read(TodoState state, const LiveTemplate::Context &context);
    /// The store for this thread.
    LiveTemplate::Result<TodoStore *> store();

    const QString m_databaseFile;
    std::unique_ptr<TodoStore> m_store;
};
