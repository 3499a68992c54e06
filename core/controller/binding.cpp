// SPDX-FileCopyrightText: 2026 The LiveTemplate for Qt authors
// SPDX-License-Identifier: MIT

#include "binding.h"

#include "fieldvalue_p.h"

#include <QCoreApplication>
#include <QJsonArray>
#include <QLoggingCategory>
#include <QMetaEnum>
#include <QMetaProperty>
#include <QSequentialIterable>

#include <cmath>
#include <limits>
#include <utility>

using namespace Qt::StringLiterals;

namespace LiveTemplate {

namespace {

Q_LOGGING_CATEGORY(lcBinding, "livetemplate.binding", QtInfoMsg)

/// Of gadgets and lists in each other: far more than a form has.
constexpr int maxDepth = 32;

/// Beyond this, doubles are not all the whole numbers: RFC 8259, section 6.
constexpr double largestExactInteger = 9007199254740991.0;

QString tr(const char *text)
{
    return QCoreApplication::translate("LiveTemplate::Binding", text);
}

struct IntegerRange
{
    qint64 least;
    quint64 most;
};

template<typename T>
constexpr IntegerRange rangeOf()
{
    return {std::numeric_limits<T>::min(), std::numeric_limits<T>::max()};
}

std::optional<IntegerRange> integerRange(QMetaType type)
{
    switch (type.id()) {
    case QMetaType::Int:
        return rangeOf<int>();
    case QMetaType::UInt:
        return rangeOf<uint>();
    case QMetaType::Long:
        return rangeOf<long>();
    case QMetaType::ULong:
        return rangeOf<ulong>();
    case QMetaType::LongLong:
        return rangeOf<qlonglong>();
    case QMetaType::ULongLong:
        return rangeOf<qulonglong>();
    case QMetaType::Short:
        return rangeOf<short>();
    case QMetaType::UShort:
        return rangeOf<ushort>();
    case QMetaType::SChar:
        return rangeOf<signed char>();
    case QMetaType::UChar:
        return rangeOf<uchar>();
    default:
        return std::nullopt;
    }
}

bool isSequence(QMetaType type)
{
    return QMetaType::canConvert(type, QMetaType::fromType<QSequentialIterable>());
}

bool isGadget(QMetaType type)
{
    return type.flags().testFlag(QMetaType::IsGadget) && type.metaObject();
}

/// Not valid when @p type is not an enumeration that moc knows.
QMetaEnum enumerationOf(QMetaType type)
{
    if (!type.flags().testFlag(QMetaType::IsEnumeration) || !type.metaObject())
        return {};
    const QByteArray name = type.name();
    const QByteArray unscoped = name.sliced(name.lastIndexOf(':') + 1);
    return type.metaObject()->enumerator(type.metaObject()->indexOfEnumerator(unscoped));
}

/// A qlonglong or a qulonglong; not valid when @p text is not a whole number, or a larger one.
QVariant wholeNumberOf(const QString &text)
{
    const QString trimmed = text.trimmed();
    bool ok = false;
    if (const qlonglong number = trimmed.toLongLong(&ok); ok)
        return number;
    if (const qulonglong number = trimmed.toULongLong(&ok); ok)
        return number;
    const auto number = numberOf(trimmed);
    if (number && *number == std::trunc(*number) && std::abs(*number) <= largestExactInteger)
        return qlonglong(*number);
    return {};
}

bool isWithin(const IntegerRange &range, const QVariant &number)
{
    if (number.typeId() == QMetaType::ULongLong)
        return number.toULongLong() <= range.most;
    const qlonglong value = number.toLongLong();
    return value >= range.least && std::cmp_less_equal(value, range.most);
}

/// Reads JSON values into the properties of gadgets, and gathers what does not fit.
class Binder
{
public:
    explicit Binder(const QHash<QString, QString> &errors)
        : m_errors(errors)
    {
    }

    [[nodiscard]] const QHash<QString, QString> &errors() const { return m_errors; }

    /// @p path stands before the names of fields in errors.
    void bind(const QJsonObject &data, const QMetaObject &type, void *gadget, const QString &path)
    {
        for (int i = 0; i < type.propertyCount(); ++i) {
            const QMetaProperty property = type.property(i);
            if (!property.isWritable())
                continue;
            const QString key = keyOf(data, QString::fromUtf8(property.name()));
            const QJsonValue json = data.value(key);
            if (json.isUndefined() || json.isNull())
                continue;
            m_field = path + key;
            const QVariant value = read(json, property.readOnGadget(gadget));
            if (value.isValid())
                property.writeOnGadget(gadget, value);
        }
    }

private:
    /// @p json as a value of @p present's type; not valid when the present value stays. What does
    /// not fit becomes an error.
    QVariant read(const QJsonValue &json, const QVariant &present)
    {
        const QMetaType type = present.metaType();
        if (type.id() == QMetaType::QString)
            return readText(json);
        if (isGadget(type))
            return readGadget(json, present);
        if (isSequence(type))
            return readList(json, type);
        const auto text = textOf(json);
        if (!text)
            return fail(tr("%1 must be a single value."));
        return text->isEmpty() ? QVariant() : readScalar(json, *text, type);
    }

    QVariant readText(const QJsonValue &json)
    {
        const auto text = textOf(json);
        return text ? QVariant(*text) : fail(tr("%1 must be text."));
    }

    QVariant readScalar(const QJsonValue &json, const QString &text, QMetaType type)
    {
        if (const auto range = integerRange(type))
            return readInteger(text, type, *range);
        if (const QMetaEnum enumeration = enumerationOf(type); enumeration.isValid())
            return readEnumerator(text, type, enumeration);
        switch (type.id()) {
        case QMetaType::Double:
        case QMetaType::Float:
            return readFraction(text, type);
        case QMetaType::Bool:
            return readBoolean(json);
        case QMetaType::QDate:
            return given(dateOf(text), QT_TR_NOOP("%1 must be a date."));
        case QMetaType::QTime:
            return given(timeOf(text), QT_TR_NOOP("%1 must be a time."));
        case QMetaType::QDateTime:
            return given(dateTimeOf(text), QT_TR_NOOP("%1 must be a date and a time."));
        default:
            qCWarning(lcBinding) << "The field" << m_field
                                 << "cannot be put into a property of type" << type.name();
            return fail(tr("%1 cannot be set."));
        }
    }

    QVariant readInteger(const QString &text, QMetaType type, const IntegerRange &range)
    {
        QVariant number = wholeNumberOf(text);
        if (!number.isValid())
            return fail(tr("%1 must be a whole number."));
        if (!isWithin(range, number)) {
            return failWith(tr("%1 must be a whole number from %2 to %3.")
                                .arg(labelOf(m_field), QString::number(range.least),
                                     QString::number(range.most)));
        }
        number.convert(type);
        return number;
    }

    QVariant readFraction(const QString &text, QMetaType type)
    {
        QVariant number = given(numberOf(text), QT_TR_NOOP("%1 must be a number."));
        if (number.isValid())
            number.convert(type);
        return number;
    }

    QVariant readBoolean(const QJsonValue &json)
    {
        const ActionData data(QJsonObject{{u"value"_s, json}});
        const bool value = data.boolean(u"value", false);
        if (value != data.boolean(u"value", true)) // its fallback: not a boolean
            return fail(tr("%1 must be true or false."));
        return value;
    }

    QVariant readEnumerator(const QString &text, QMetaType type, const QMetaEnum &enumeration)
    {
        bool ok = false;
        int value = enumeration.keyToValue(text.toUtf8().constData(), &ok);
        if (!ok) {
            value = text.toInt(&ok);
            ok = ok && enumeration.valueToKey(value);
        }
        QVariant enumerator(value);
        if (!ok || !enumerator.convert(type))
            return fail(tr("%1 must be one of the choices."));
        return enumerator;
    }

    QVariant readGadget(const QJsonValue &json, const QVariant &present)
    {
        if (!json.isObject())
            return fail(tr("%1 must be an object."));
        if (m_depth == maxDepth)
            return fail(tr("%1 is nested too deeply."));
        QVariant gadget = present;
        const QString field = m_field;
        ++m_depth;
        bind(json.toObject(), *present.metaType().metaObject(), gadget.data(), field + u'.');
        --m_depth;
        m_field = field;
        return gadget;
    }

    QVariant readList(const QJsonValue &json, QMetaType type)
    {
        if (json.isObject())
            return fail(tr("%1 must be a list."));
        if (m_depth == maxDepth)
            return fail(tr("%1 is nested too deeply."));
        QVariant list(type);
        auto items = list.view<QSequentialIterable>();
        const QVariant none(items.metaContainer().valueMetaType());
        const bool isNothing = json.isString() && json.toString().isEmpty();
        const QJsonArray values = json.isArray() ? json.toArray()
            : isNothing                          ? QJsonArray()
                                                 : QJsonArray{json};
        const QString field = m_field;
        ++m_depth;
        for (qsizetype i = 0; i < values.size(); ++i) {
            if (values[i].isObject())
                m_field = u"%1.%2"_s.arg(field).arg(i);
            const QVariant item = read(values[i], none);
            if (item.isValid())
                items.addValue(item, QSequentialIterable::AtEnd);
            m_field = field;
        }
        --m_depth;
        return list;
    }

    template<typename T>
    QVariant given(const std::optional<T> &value, const char *sentence)
    {
        return value ? QVariant::fromValue(*value) : fail(tr(sentence));
    }

    /// @p sentence is about "%1", the field.
    QVariant fail(const QString &sentence) { return failWith(sentence.arg(labelOf(m_field))); }

    /// The first error of a field stays.
    QVariant failWith(const QString &sentence)
    {
        if (!m_errors.contains(m_field))
            m_errors.insert(m_field, sentence);
        return {};
    }

    QHash<QString, QString> m_errors;
    /// The one that is read.
    QString m_field;
    int m_depth = 0;
};

} // namespace

Result<void> bindGadget(const ActionData &data, const Rules &rules, const QMetaObject &type,
                        void *gadget)
{
    const Result<void> validated = validateAction(data, rules);
    Binder binder(validated ? QHash<QString, QString>() : validated.error().errors());
    binder.bind(data.values(), type, gadget, {});
    if (binder.errors().isEmpty())
        return {};
    return std::unexpected(ActionError::ofFields(binder.errors()));
}

} // namespace LiveTemplate
