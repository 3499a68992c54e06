// SPDX-FileCopyrightText: 2026 The LiveTemplate for Qt authors
// SPDX-License-Identifier: MIT

#pragma once

#include "result.h"
#include "statetype.h"

#include <QMetaType>
#include <QVariant>

namespace LiveTemplate {

/// How to read a `Result<State>` of a state type that is known at run time only.
class ActionResultType
{
public:
    template<State T>
    [[nodiscard]] static ActionResultType of()
    {
        return ActionResultType(QMetaType::fromType<Result<T>>(),
                                [](void *result) -> Result<QVariant> {
                                    auto &typed = *static_cast<Result<T> *>(result);
                                    if (typed)
                                        return QVariant::fromValue(*std::move(typed));
                                    return std::unexpected(typed.error());
                                });
    }

    [[nodiscard]] QMetaType metaType() const { return m_metaType; }

    /// Moves the value out of @p result, which points to a value of metaType().
    [[nodiscard]] Result<QVariant> take(void *result) const { return m_take(result); }

private:
    using Take = Result<QVariant> (*)(void *);

    ActionResultType(QMetaType metaType, Take takeFunction)
        : m_metaType(metaType)
        , m_take(takeFunction)
    {
    }

    QMetaType m_metaType;
    Take m_take;
};

} // namespace LiveTemplate
