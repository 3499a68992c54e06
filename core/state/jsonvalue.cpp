// SPDX-FileCopyrightText: 2026 The LiveTemplate for Qt authors
// SPDX-License-Identifier: MIT

#include "jsonvalue_p.h"

#include <QAssociativeIterable>
#include <QDate>
#include <QDateTime>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QMetaProperty>
#include <QSequentialIterable>
#include <QSet>
#include <QTime>
#include <QUrl>
#include <QUuid>

using namespace Qt::StringLiterals;

namespace LiveTemplate {

namespace {

bool isGadget(QMetaType type)
{
    return type.flags().testFlag(QMetaType::IsGadget) && type.metaObject();
}

bool isEnumeration(QMetaType type)
{
    return type.flags().testFlag(QMetaType::IsEnumeration);
}

bool isInteger(QMetaType type)
{
    switch (type.id()) {
    case QMetaType::Int:
    case QMetaType::UInt:
    case QMetaType::Long:
    case QMetaType::ULong:
    case QMetaType::LongLong:
    case QMetaType::ULongLong:
    case QMetaType::Short:
    case QMetaType::UShort:
    case QMetaType::Char:
    case QMetaType::SChar:
    case QMetaType::UChar:
        return true;
    default:
        return false;
    }
}

/// Types that QVariant converts to text and back without loss.
bool isStoredAsText(QMetaType type)
{
    switch (type.id()) {
    case QMetaType::QString:
    case QMetaType::QChar:
    case QMetaType::QUrl:
    case QMetaType::QUuid:
    case QMetaType::QDate:
    case QMetaType::QTime:
    case QMetaType::QDateTime:
        return true;
    default:
        return false;
    }
}

bool isSequence(QMetaType type)
{
    return QMetaType::canConvert(type, QMetaType::fromType<QSequentialIterable>());
}

bool isStringMap(QMetaType type)
{
    return QMetaType::canConvert(type, QMetaType::fromType<QAssociativeIterable>());
}

/// The iterables of a default-constructed container tell its element types.
QMetaType elementType(QMetaType container)
{
    const QVariant empty(container);
    return empty.value<QSequentialIterable>().metaContainer().valueMetaType();
}

QMetaAssociation association(QMetaType container)
{
    const QVariant empty(container);
    return empty.value<QAssociativeIterable>().metaContainer();
}

class StorableCheck
{
public:
    std::expected<void, QString> operator()(QMetaType type)
    {
        if (!type.isValid())
            return std::unexpected(u"its type is not known to Qt's type system"_s);
        if (type.flags().testAnyFlags(
                QMetaType::IsPointer | QMetaType::PointerToQObject | QMetaType::PointerToGadget
                | QMetaType::SharedPointerToQObject | QMetaType::WeakPointerToQObject
                | QMetaType::TrackingPointerToQObject)) {
            return std::unexpected(u"%1 is a pointer, which means nothing after a restart"_s.arg(
                QLatin1StringView(type.name())));
        }
        switch (type.id()) {
        case QMetaType::Bool:
        case QMetaType::Double:
        case QMetaType::Float:
        case QMetaType::QByteArray:
        case QMetaType::QStringList:
        case QMetaType::QVariantList:
        case QMetaType::QVariantMap:
        case QMetaType::QVariantHash:
        case QMetaType::QJsonValue:
        case QMetaType::QJsonObject:
        case QMetaType::QJsonArray:
        case QMetaType::QVariant:
            return {};
        default:
            break;
        }
        if (isInteger(type) || isStoredAsText(type) || isEnumeration(type))
            return {};
        if (isGadget(type))
            return checkGadget(type);
        if (isStringMap(type)) {
            const QMetaAssociation map = association(type);
            if (map.keyMetaType() != QMetaType::fromType<QString>())
                return std::unexpected(
                    u"the keys of %1 are not QString"_s.arg(QLatin1StringView(type.name())));
            return (*this)(map.mappedMetaType());
        }
        if (isSequence(type))
            return (*this)(elementType(type));
        return std::unexpected(
            u"values of type %1 cannot be written as JSON"_s.arg(QLatin1StringView(type.name())));
    }

private:
    std::expected<void, QString> checkGadget(QMetaType type)
    {
        if (m_visited.contains(type.id()))
            return {}; // a list of its own kind: a tree of comments, say
        m_visited.insert(type.id());
        const QMetaObject *metaObject = type.metaObject();
        for (int i = 0; i < metaObject->propertyCount(); ++i) {
            const QMetaProperty property = metaObject->property(i);
            if (!property.isStored())
                continue;
            const auto result = (*this)(property.metaType());
            if (!result) {
                return std::unexpected(
                    u"property '%1': %2"_s.arg(QLatin1StringView(property.name()), result.error()));
            }
            if (!property.isWritable()) {
                return std::unexpected(
                    u"property '%1' is read-only and could not be restored"_s.arg(
                        QLatin1StringView(property.name())));
            }
        }
        return {};
    }

    QSet<int> m_visited;
};

QJsonValue gadgetToJson(const QVariant &gadget)
{
    QJsonObject object;
    const QMetaObject *metaObject = gadget.metaType().metaObject();
    for (int i = 0; i < metaObject->propertyCount(); ++i) {
        const QMetaProperty property = metaObject->property(i);
        if (property.isStored()) {
            object.insert(QLatin1StringView(property.name()),
                          toJsonValue(property.readOnGadget(gadget.constData())));
        }
    }
    return object;
}

QVariant gadgetFromJson(const QJsonObject &object, QMetaType type)
{
    QVariant gadget(type);
    const QMetaObject *metaObject = type.metaObject();
    for (int i = 0; i < metaObject->propertyCount(); ++i) {
        const QMetaProperty property = metaObject->property(i);
        const auto found = object.constFind(QLatin1StringView(property.name()));
        if (!property.isStored() || found == object.constEnd())
            continue;
        const QVariant value = fromJsonValue(*found, property.metaType());
        if (value.isValid())
            property.writeOnGadget(gadget.data(), value);
    }
    return gadget;
}

QVariant sequenceFromJson(const QJsonArray &array, QMetaType type)
{
    QVariant list(type);
    auto view = list.view<QSequentialIterable>();
    const QMetaType itemType = view.metaContainer().valueMetaType();
    for (const auto &item : array)
        view.addValue(fromJsonValue(item, itemType), QSequentialIterable::AtEnd);
    return list;
}

QVariant mapFromJson(const QJsonObject &object, QMetaType type)
{
    QVariant map(type);
    auto view = map.view<QAssociativeIterable>();
    const QMetaType mappedType = view.metaContainer().mappedMetaType();
    for (auto it = object.begin(); it != object.end(); ++it)
        view.setValue(it.key(), fromJsonValue(it.value(), mappedType));
    return map;
}

} // namespace

std::expected<void, QString> checkStorable(QMetaType type)
{
    return StorableCheck()(type);
}

QJsonValue toJsonValue(const QVariant &value)
{
    const QMetaType type = value.metaType();
    if (!type.isValid() || type.id() == QMetaType::Nullptr)
        return QJsonValue::Null;
    if (type.id() == QMetaType::Bool)
        return value.toBool();
    if (isEnumeration(type)
        || (isInteger(type) && type.id() != QMetaType::ULongLong
            && type.id() != QMetaType::ULong)) {
        return value.toLongLong();
    }
    if (isInteger(type)) {
        // QJsonValue holds signed integers only; the rest goes as text, which is read back.
        const qulonglong number = value.toULongLong();
        if (number <= qulonglong(std::numeric_limits<qint64>::max()))
            return qint64(number);
        return QString::number(number);
    }
    if (type.id() == QMetaType::Double || type.id() == QMetaType::Float)
        return value.toDouble();
    if (type.id() == QMetaType::QDateTime)
        return value.toDateTime().toString(Qt::ISODateWithMs);
    if (type.id() == QMetaType::QTime)
        return value.toTime().toString(Qt::ISODateWithMs);
    if (isStoredAsText(type))
        return value.toString();
    if (type.id() == QMetaType::QByteArray)
        return QString::fromLatin1(value.toByteArray().toBase64());
    if (isGadget(type))
        return gadgetToJson(value);
    if (type.id() == QMetaType::QJsonValue || type.id() == QMetaType::QJsonObject
        || type.id() == QMetaType::QJsonArray) {
        return value.toJsonValue();
    }
    if (isStringMap(type)) {
        QJsonObject object;
        const auto view = value.value<QAssociativeIterable>();
        for (auto it = view.begin(); it != view.end(); ++it)
            object.insert(it.key().toString(), toJsonValue(it.value()));
        return object;
    }
    if (isSequence(type)) {
        QJsonArray array;
        for (const QVariant &item : value.value<QSequentialIterable>())
            array.append(toJsonValue(item));
        return array;
    }
    return QJsonValue::Null;
}

QVariant fromJsonValue(const QJsonValue &json, QMetaType type)
{
    if (type.id() == QMetaType::QVariant)
        return json.toVariant();
    if (type.id() == QMetaType::QJsonValue)
        return QVariant::fromValue(json);
    if (isGadget(type))
        return gadgetFromJson(json.toObject(), type);
    if (type.id() == QMetaType::QByteArray)
        return QByteArray::fromBase64(json.toString().toLatin1());
    if (isEnumeration(type)) {
        QVariant value(json.toInteger());
        return value.convert(type) ? value : QVariant();
    }
    if (type.id() == QMetaType::QDateTime)
        return QDateTime::fromString(json.toString(), Qt::ISODateWithMs);
    if (type.id() == QMetaType::QTime)
        return QTime::fromString(json.toString(), Qt::ISODateWithMs);
    switch (type.id()) {
    case QMetaType::QVariantList:
    case QMetaType::QVariantMap:
    case QMetaType::QVariantHash:
    case QMetaType::QStringList:
    case QMetaType::QJsonObject:
    case QMetaType::QJsonArray:
        break;
    default:
        if (isStringMap(type))
            return json.isObject() ? mapFromJson(json.toObject(), type) : QVariant();
        if (isSequence(type) && !isStoredAsText(type))
            return json.isArray() ? sequenceFromJson(json.toArray(), type) : QVariant();
    }
    if (json.isNull() || json.isUndefined())
        return {};
    QVariant value = json.toVariant();
    return value.convert(type) ? value : QVariant();
}

} // namespace LiveTemplate
