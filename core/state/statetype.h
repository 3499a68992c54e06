// SPDX-FileCopyrightText: 2026 The LiveTemplate for Qt authors
// SPDX-License-Identifier: MIT

#pragma once

#include "livetemplate_export.h"

#include <QJsonObject>
#include <QMetaType>
#include <QStringList>
#include <QVariant>

#include <concepts>
#include <expected>

namespace LiveTemplate {

/// What a page's state must be: a gadget that can be made, copied and compared.
template<typename T>
concept State = std::default_initializable<T> && std::copyable<T> && std::equality_comparable<T>
    && requires { T::staticMetaObject; };

/// A page's state type, known at run time: makes, compares, saves and restores its values.
///
/// The state is a plain gadget. Its properties are what the template sees and what is saved for
/// the session group; `STORED false` makes a property ephemeral. All functions are const and may
/// be called from any thread.
class LIVETEMPLATE_EXPORT StateType
{
public:
    template<State T>
    [[nodiscard]] static StateType of()
    {
        return StateType(QMetaType::fromType<T>());
    }

    [[nodiscard]] QMetaType metaType() const { return m_metaType; }
    [[nodiscard]] QByteArray name() const { return m_metaType.name(); }

    /// Whether every stored property can be saved. The error names the property and says why not.
    [[nodiscard]] std::expected<void, QString> check() const;

    /// A value as a default-constructed state is.
    [[nodiscard]] QVariant initial() const { return QVariant(m_metaType); }

    /// The stored properties of @p state.
    [[nodiscard]] QJsonObject save(const QVariant &state) const;

    /// All properties of @p state, ephemeral ones too, for people. What cannot be saved is the name
    /// of its type, in parentheses.
    [[nodiscard]] QJsonObject describe(const QVariant &state) const;

    /// The names of the properties that are not stored.
    [[nodiscard]] QStringList ephemeralProperties() const;

    /// A state with the properties in @p saved; those that are missing or do not fit are as in a
    /// new state.
    [[nodiscard]] QVariant restore(const QJsonObject &saved) const;

    /// The properties by name, for a template.
    [[nodiscard]] QVariantHash properties(const QVariant &state) const;

private:
    explicit StateType(QMetaType metaType)
        : m_metaType(metaType)
    {
    }

    QMetaType m_metaType;
};

} // namespace LiveTemplate
