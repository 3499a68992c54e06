// SPDX-FileCopyrightText: 2026 The LiveTemplate for Qt authors
// SPDX-License-Identifier: MIT

#include "member_p.h"

#include <KTextTemplate/MetaType>

#include <QObject>

namespace LiveTemplate {

Member::Member(const QString &name)
    : m_name(name)
    , m_utf8(name.toUtf8())
{
    bool isNumber = false;
    const int index = name.toInt(&isNumber);
    if (isNumber && index >= 0)
        m_index = index;
}

QVariant Member::of(const QVariant &value, Objects objects) const
{
    const QMetaType type = value.metaType();
    if (const QMetaObject *gadget = type.metaObject();
        gadget && type.flags().testFlag(QMetaType::IsGadget))
        return ofGadget(value, *gadget);
    switch (type.id()) {
    case QMetaType::UnknownType:
    case QMetaType::Bool:
    case QMetaType::Int:
    case QMetaType::LongLong:
    case QMetaType::Double:
        return {};
    case QMetaType::QVariantMap: {
        const auto &map = *static_cast<const QVariantMap *>(value.constData());
        if (const auto found = map.constFind(m_name); found != map.constEnd())
            return *found;
        break;
    }
    case QMetaType::QVariantHash: {
        const auto &hash = *static_cast<const QVariantHash *>(value.constData());
        if (const auto found = hash.constFind(m_name); found != hash.constEnd())
            return *found;
        break;
    }
    case QMetaType::QVariantList: {
        const auto &list = *static_cast<const QVariantList *>(value.constData());
        if (m_index >= 0)
            return list.value(m_index);
        break;
    }
    default:
        if (type.flags().testFlag(QMetaType::PointerToQObject)) {
            // A page sees data; an object would offer it all that can be reached from there.
            if (objects == Objects::Hidden)
                return {};
            break;
        }
        if (!QMetaType::canConvert(type, QMetaType::fromType<QVariantList>())
            && !QMetaType::canConvert(type, QMetaType::fromType<QVariantHash>())
            && !KTextTemplate::MetaType::lookupAlreadyRegistered(type.id()))
            return {};
    }
    // The library would take "-1" for an index.
    if (m_index < 0 && (m_name.startsWith(u'-') || m_name.startsWith(u'+')))
        return {};
    return KTextTemplate::MetaType::lookup(value, m_name);
}

QVariant Member::ofGadget(const QVariant &gadget, const QMetaObject &type) const
{
    if (m_type != &type) {
        m_property = type.property(type.indexOfProperty(m_utf8.constData()));
        // An enumerator's value is shown as KTextTemplate shows it: by number.
        if (m_property.isEnumType())
            m_property = {};
        m_type = &type;
    }
    if (m_property.isValid())
        return m_property.readOnGadget(gadget.constData());
    if (type.indexOfProperty(m_utf8.constData()) < 0 && type.enumeratorCount() == 0)
        return {};
    return KTextTemplate::MetaType::lookup(gadget, m_name);
}

} // namespace LiveTemplate
