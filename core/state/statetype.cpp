// SPDX-FileCopyrightText: 2026 The LiveTemplate for Qt authors
// SPDX-License-Identifier: MIT

#include "statetype.h"

#include "jsonvalue_p.h"

#include <QMetaProperty>

namespace LiveTemplate {

std::expected<void, QString> StateType::check() const
{
    return checkStorable(m_metaType);
}

QJsonObject StateType::save(const QVariant &state) const
{
    Q_ASSERT(state.metaType() == m_metaType);
    return toJsonValue(state).toObject();
}

QVariant StateType::restore(const QJsonObject &saved) const
{
    return fromJsonValue(saved, m_metaType);
}

QVariantHash StateType::properties(const QVariant &state) const
{
    Q_ASSERT(state.metaType() == m_metaType);
    const QMetaObject *metaObject = m_metaType.metaObject();
    QVariantHash properties;
    properties.reserve(metaObject->propertyCount());
    for (int i = 0; i < metaObject->propertyCount(); ++i) {
        const QMetaProperty property = metaObject->property(i);
        properties.insert(QString::fromUtf8(property.name()),
                          property.readOnGadget(state.constData()));
    }
    return properties;
}

} // namespace LiveTemplate
