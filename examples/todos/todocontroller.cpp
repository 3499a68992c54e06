// SPDX-FileCopyrightText: 2026 The LiveTemplate for Qt authors
// SPDX-License-Identifier: MIT

#include "todocontroller.h"

#include <QCryptographicHash>
#include <QEvent>
#include <QLoggingCategory>

#include <algorithm>

using namespace Qt::StringLiterals;
using LiveTemplate::ActionError;
using LiveTemplate::Context;
using LiveTemplate::Rule;

namespace {

Q_LOGGING_CATEGORY(lcTodos, "todos", QtInfoMsg)

/// Whose list it is: the session group's, which is the browser's. A group's id is as good as a
/// password, so the database is given a hash of it.
QString ownerOf(const Context &context)
{
    return QString::fromLatin1(
        QCryptographicHash::hash(context.group().value().toUtf8(), QCryptographicHash::Sha256)
            .toHex());
}

/// What was written into the field @p name; HTML takes blanks for a text.
LiveTemplate::Result<QString> titleIn(const Context &context, const QString &name)
{
    const QString title = context.string(name).simplified();
    if (title.isEmpty())
        return std::unexpected(ActionError{{name, u"Write what there is to do."_s}});
    return title;
}

/// Without JavaScript, a form's answer leads to an address, which must say what the page shows.
void leadTo(const TodoState &state, Context &context)
{
    if (!context.isHttp())
        return;
    QString address = u"/?filter="_s + state.filter;
    if (state.editing != 0)
        address += u"&edit=%1"_s.arg(state.editing);
    context.redirect(address);
}

/// For the person at the page; the log has the rest.
ActionError failed(const QString &error)
{
    qCWarning(lcTodos).noquote() << error;
    return ActionError(u"The list cannot be reached at the moment. Try again in a while."_s);
}

} // namespace

TodoController::TodoController(QString databaseFile)
    : m_databaseFile(std::move(databaseFile))
{
}

TodoController::StateResult TodoController::mount(TodoState state, Context &context)
{
    // The address's query: "?filter=open".
    const QString filter = context.string(u"filter"_s);
    state.filter = filter == u"open" || filter == u"done" ? filter : u"all"_s;
    state.editing = context.integer(u"edit"_s);
    return read(std::move(state), context);
}

TodoController::StateResult TodoController::add(TodoState state, Context &context)
{
    // The page's own HTML has the rules (required, maxlength), and the browser has checked them;
    // here it is done once more, because anybody can send anything.
    if (const auto valid = context.validateForm(); !valid)
        return std::unexpected(valid.error());
    const auto title = titleIn(context, u"title"_s);
    if (!title)
        return std::unexpected(title.error());
    if (state.open + state.done >= TodoStore::maxTodos)
        return std::unexpected(ActionError{{u"title"_s, u"The list is full: clear some first."_s}});
    if (state.filter == u"done")
        state.filter = u"all"_s; // or one would not see what was added
    return change(std::move(state), context,
                  [&](TodoStore &store, const QString &owner) { return store.add(owner, *title); });
}

TodoController::StateResult TodoController::toggle(TodoState state, Context &context)
{
    return change(std::move(state), context, [&](TodoStore &store, const QString &owner) {
        return store.toggle(owner, context.integer(u"id"_s));
    });
}

TodoController::StateResult TodoController::remove(TodoState state, Context &context)
{
    return change(std::move(state), context, [&](TodoStore &store, const QString &owner) {
        return store.remove(owner, context.integer(u"id"_s));
    });
}

TodoState TodoController::edit(TodoState state, Context &context)
{
    state.editing = context.integer(u"id"_s);
    leadTo(state, context);
    return state;
}

TodoState TodoController::cancel(TodoState state, Context &context)
{
    state.editing = 0;
    leadTo(state, context);
    return state;
}

TodoController::StateResult TodoController::save(TodoState state, Context &context)
{
    // The same rules in C++: they need no page that shows the form.
    const auto valid = context.validate(
        {{u"newTitle"_s, {Rule::required(), Rule::maxLength(TodoStore::maxTitle)}}});
    if (!valid)
        return std::unexpected(valid.error());
    const auto title = titleIn(context, u"newTitle"_s);
    if (!title)
        return std::unexpected(title.error());
    state.editing = 0;
    leadTo(state, context);
    return change(std::move(state), context, [&](TodoStore &store, const QString &owner) {
        return store.setTitle(owner, context.integer(u"id"_s), *title);
    });
}

TodoController::StateResult TodoController::clearDone(TodoState state, Context &context)
{
    return change(std::move(state), context, &TodoStore::clearDone);
}

TodoController::StateResult TodoController::undo(TodoState state, Context &context)
{
    return change(std::move(state), context, &TodoStore::restoreCleared);
}

TodoController::StateResult TodoController::dismiss(TodoState state, Context &context)
{
    return change(std::move(state), context, &TodoStore::forgetCleared);
}

TodoController::StateResult TodoController::reload(TodoState state, Context &context)
{
    return read(std::move(state), context);
}

bool TodoController::event(QEvent *event)
{
    // The server moves its controllers to its threads, and back when it is closed. The connection
    // is closed where it was opened, and store() opens another one.
    if (event->type() == QEvent::ThreadChange)
        m_store.reset();
    return QObject::event(event);
}

TodoController::StateResult TodoController::change(TodoState state, Context &context,
                                                   const Change &change)
{
    const auto opened = store();
    if (!opened)
        return std::unexpected(opened.error());
    if (const auto changed = change(**opened, ownerOf(context)); !changed)
        return std::unexpected(failed(changed.error()));
    context.broadcastAction(u"reload"_s);
    return read(std::move(state), context);
}

TodoController::StateResult TodoController::read(TodoState state, const Context &context)
{
    const auto opened = store();
    if (!opened)
        return std::unexpected(opened.error());
    auto list = (*opened)->list(ownerOf(context));
    if (!list)
        return std::unexpected(failed(list.error()));
    state.todos = std::move(list->todos);
    state.cleared = list->cleared;
    state.done = int(std::ranges::count_if(state.todos, &Todo::done));
    state.open = int(state.todos.size()) - state.done;
    if (state.filter != u"all") {
        state.todos.removeIf(
            [isDone = state.filter == u"done"](const Todo &todo) { return todo.done != isDone; });
    }
    return state;
}

LiveTemplate::Result<TodoStore *> TodoController::store()
{
    if (!m_store) {
        auto opened = TodoStore::open(m_databaseFile);
        if (!opened)
            return std::unexpected(failed(opened.error()));
        m_store = *std::move(opened);
    }
    return m_store.get();
}
