// SPDX-FileCopyrightText: 2026 The LiveTemplate for Qt authors
// SPDX-License-Identifier: MIT

#pragma once

#include <QHash>
#include <QString>

#include <expected>
#include <initializer_list>
#include <utility>

namespace LiveTemplate {

/// Why an action did not succeed, in words for the person at the page: for the fields of a form,
/// or as a whole. The page keeps the state it had.
class ActionError
{
public:
    /// An error as a whole; it stands under the key "_general".
    explicit ActionError(const QString &message)
        : m_errors{{QStringLiteral("_general"), message}}
    {
    }

    /// Errors by field name.
    ActionError(std::initializer_list<std::pair<QString, QString>> fieldErrors)
        : m_errors(fieldErrors)
    {
    }

    /// As above, for errors that are known at run time only.
    [[nodiscard]] static ActionError ofFields(const QHash<QString, QString> &fieldErrors)
    {
        ActionError error(std::initializer_list<std::pair<QString, QString>>{});
        error.m_errors = fieldErrors;
        return error;
    }

    [[nodiscard]] const QHash<QString, QString> &errors() const { return m_errors; }

    friend bool operator==(const ActionError &, const ActionError &) = default;

private:
    QHash<QString, QString> m_errors;
};

/// What an action may return instead of a plain state.
template<typename State>
using Result = std::expected<State, ActionError>;

} // namespace LiveTemplate
