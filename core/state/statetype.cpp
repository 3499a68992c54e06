// SPDX-FileCopyrightText: 2026 The LiveTemplate for Qt authors
// SPDX-License-Identifier: MIT

#include "statetype.h"

#include "jsonvalue_p.h"

#include <QMetaProperty>

using namespace Qt::StringLiterals;

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

QJsonObject StateType::describe(const QVariant &state) const
{
    QJsonObject all = save(state);
    const QMetaObject *metaObject = m_metaType.metaObject();
    for (int i = 0; i < metaObject->propertyCount(); ++i) {
        const QMetaProperty property = metaObject->property(i);
        const QString name = QString::fromUtf8(property.name());
        if (all.contains(name))
            continue;
        const QMetaType type = property.metaType();
        all.insert(name,
                   checkStorable(type) ? toJsonValue(property.readOnGadget(state.constData()))
                                       : QJsonValue(u"(%1)"_s.arg(QLatin1StringView(type.name()))));
    }
    return all;
}

QStringList StateType::ephemeralProperties() const
{
    QStringList names;
    const QMetaObject *metaObject = m_metaType.metaObject();
    for (int i = 0; i < metaObject->propertyCount(); ++i) {
        if (!metaObject->property(i).isStored())
            names.append(QString::fromUtf8(metaObject->property(i).name()));
    }
    return names;
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
