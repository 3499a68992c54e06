// SPDX-FileCopyrightText: 2026 The LiveTemplate for Qt authors
// SPDX-License-Identifier: MIT

#pragma once

#include "actionresult.h"
#include "livetemplate_export.h"
#include "statetype.h"

#include <QHash>
#include <QMetaMethod>
#include <QObject>
#include <QString>

#include <expected>
#include <optional>

namespace LiveTemplate {

class Context;

/// A controller's actions by name, found and checked once.
///
/// An action is an invokable method `State f(State, Context &)` or `Result<State> f(State, Context
/// &)`. `mount` and `onConnect` have the same form and `onDisconnect` is `void f()`; these are
/// called by the server at their time and never by a client.
class LIVETEMPLATE_PRIVATE_EXPORT ActionTable
{
public:
    /// The error names the method and says what is wrong with it.
    [[nodiscard]] static std::expected<ActionTable, QString> of(const QMetaObject &controller,
                                                                const StateType &stateType,
                                                                const ActionResultType &resultType);

    /// PROTOCOL.md E.2: `saveDraft` answers to saveDraft, SaveDraft, save_draft and save-draft.
    [[nodiscard]] static QStringList spellings(const QString &method);

    [[nodiscard]] bool contains(const QString &action) const { return m_actions.contains(action); }

    /// The methods' names, sorted.
    [[nodiscard]] QStringList names() const;

    /// Runs @p action on a copy of @p state; nothing when there is no such action.
    [[nodiscard]] std::optional<Result<QVariant>> run(const QString &action, QObject *controller,
                                                      const QVariant &state,
                                                      Context &context) const;

    /// Runs the hook; @p state itself when the controller has none.
    [[nodiscard]] Result<QVariant> mount(QObject *controller, const QVariant &state,
                                         Context &context) const;
    [[nodiscard]] Result<QVariant> onConnect(QObject *controller, const QVariant &state,
                                             Context &context) const;
    void onDisconnect(QObject *controller) const;

private:
    struct Method
    {
        int index = -1;
        bool returnsResult = false;
    };

    ActionTable(const StateType &stateType, const ActionResultType &resultType);

    [[nodiscard]] std::expected<Method, QString> check(const QMetaMethod &method) const;
    [[nodiscard]] std::expected<void, QString> add(const QMetaMethod &method);
    [[nodiscard]] Result<QVariant> invoke(const Method &method, QObject *controller,
                                          const QVariant &state, Context &context) const;

    StateType m_stateType;
    ActionResultType m_resultType;
    QHash<QString, Method> m_actions;
    QStringList m_names;
    std::optional<Method> m_mount;
    std::optional<Method> m_onConnect;
    int m_onDisconnect = -1;
};

} // namespace LiveTemplate
