// SPDX-FileCopyrightText: 2026 The LiveTemplate for Qt authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "celltext.h"

#include <QCoreApplication>
#include <QDateTime>
#include <QJsonDocument>
#include <QJsonValue>
#include <QLocale>

using namespace Qt::StringLiterals;

namespace LiveTemplate::Ui {

QString cellText(const QVariant &value)
{
    switch (value.typeId()) {
    case QMetaType::Bool:
        return value.toBool() ? QCoreApplication::translate("CellText", "yes")
                              : QCoreApplication::translate("CellText", "no");
    case QMetaType::Int:
    case QMetaType::Long:
    case QMetaType::LongLong:
        return QLocale().toString(value.toLongLong());
    case QMetaType::UInt:
    case QMetaType::ULong:
    case QMetaType::ULongLong:
        return QLocale().toString(value.toULongLong());
    case QMetaType::Float:
    case QMetaType::Double:
        return QLocale().toString(value.toDouble(), 'g', QLocale::FloatingPointShortest);
    case QMetaType::QDateTime:
        return value.toDateTime().toLocalTime().toString(u"yyyy-MM-dd HH:mm:ss.zzz"_s);
    case QMetaType::QJsonValue: {
        const QJsonValue json = value.toJsonValue();
        if (json.isArray() || json.isObject())
            return QString::fromUtf8(
                QJsonDocument::fromVariant(json.toVariant()).toJson(QJsonDocument::Compact));
        return cellText(json.toVariant());
    }
    default:
        return value.toString();
    }
}

} // namespace LiveTemplate::Ui
