// SPDX-FileCopyrightText: 2026 The LiveTemplate for Qt authors
// SPDX-License-Identifier: MIT

#pragma once

#include "validation.h"

#include <QMetaObject>

#include <concepts>

namespace LiveTemplate {

/// What a form's data can be put into: a gadget.
template<typename T>
concept Bindable = std::default_initializable<T> && std::copyable<T>
    && requires { T::staticMetaObject; };

/// Puts @p data into the writable properties of a gadget: what bindAction() does, for a type that
/// is known at run time only. After an error the gadget may have some of the values.
[[nodiscard]] LIVETEMPLATE_EXPORT Result<void> bindGadget(const ActionData &data,
                                                          const Rules &rules,
                                                          const QMetaObject &type, void *gadget);

/// Checks @p rules, and puts @p data into the writable properties of @p values by their names; a
/// property "firstName" also takes "first_name" and "first-name". The client chooses what is in the
/// data, so use a type that has what the form has, and no more.
///
/// A property may be text, a number, a boolean, a QDate, QTime or QDateTime as HTML writes them, an
/// enumeration (by key, or by value as a number), another such gadget (from an object), or a list
/// of these (from several values, or one). A missing value leaves the property as it is, and so
/// does empty text where the property is neither text nor a list; a check box that is not checked
/// is missing unless the page's JavaScript sends it. A value that does not fit is an error of its
/// field, as a broken rule is. A field of a nested gadget is called "address.city" there.
template<Bindable T>
[[nodiscard]] Result<T> bindAction(const ActionData &data, const Rules &rules = {}, T values = {})
{
    const Result<void> bound = bindGadget(data, rules, T::staticMetaObject, &values);
    if (!bound)
        return std::unexpected(bound.error());
    return values;
}

} // namespace LiveTemplate
