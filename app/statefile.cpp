// SPDX-FileCopyrightText: 2026 The LiveTemplate for Qt authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "statefile.h"

#include <QCoreApplication>
#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

#include <cstdio>

using namespace Qt::StringLiterals;

namespace LiveTemplate::App {

namespace {

QString tr(const char *text)
{
    return QCoreApplication::translate("LiveTemplate::App::StateFile", text);
}

QString wellFormed(QString text)
{
    if (text.isValidUtf16())
        return text;
    for (qsizetype i = 0; i < text.size(); ++i) {
        const bool isPair = text.at(i).isHighSurrogate() && i + 1 < text.size()
            && text.at(i + 1).isLowSurrogate();
        if (isPair)
            ++i;
        else if (text.at(i).isSurrogate())
            text[i] = QChar::ReplacementCharacter;
    }
    return text;
}

QVariant toVariant(const QJsonValue &value);

QVariantMap toVariant(const QJsonObject &object)
{
    QVariantMap map;
    for (auto it = object.begin(); it != object.end(); ++it)
        map.insert(wellFormed(it.key()), toVariant(it.value()));
    return map;
}

QVariantList toVariant(const QJsonArray &array)
{
    QVariantList list;
    list.reserve(array.size());
    for (const auto &item : array)
        list.append(toVariant(item));
    return list;
}

QVariant toVariant(const QJsonValue &value)
{
    switch (value.type()) {
    case QJsonValue::Object:
        return toVariant(value.toObject());
    case QJsonValue::Array:
        return toVariant(value.toArray());
    case QJsonValue::String:
        return wellFormed(value.toString());
    default:
        return value.toVariant(); // which keeps integers apart from other numbers
    }
}

/// "line:column" of the byte at @p offset, both from 1; columns count characters.
QString placeOf(const QByteArray &json, qsizetype offset)
{
    const QByteArrayView before = QByteArrayView(json).first(std::min(offset, json.size()));
    const qsizetype lineStart = before.lastIndexOf('\n') + 1;
    const qsizetype column = QString::fromUtf8(before.sliced(lineStart)).size() + 1;
    return u"%1:%2"_s.arg(before.count('\n') + 1).arg(column);
}

/// QJsonDocument takes objects and arrays only, and calls all else illegal.
bool isOtherValue(const QByteArray &json)
{
    return !QJsonDocument::fromJson('[' + json + ']').isNull();
}

std::expected<QByteArray, QString> readAll(const QString &path, const QString &name)
{
    QFile file(path);
    const bool open = path == "-"_L1 ? file.open(stdin, QIODevice::ReadOnly)
                                     : file.open(QIODevice::ReadOnly);
    QByteArray contents = open ? file.readAll() : QByteArray();
    if (file.error() != QFile::NoError)
        return std::unexpected(tr("%1: it cannot be read: %2").arg(name, file.errorString()));
    return contents;
}

} // namespace

std::expected<QVariantHash, QString> readStateFile(const QString &path)
{
    const QString name = path == "-"_L1 ? tr("standard input") : path;
    const auto json = readAll(path, name);
    if (!json)
        return std::unexpected(json.error());

    QJsonParseError error;
    const QJsonDocument document = QJsonDocument::fromJson(*json, &error);
    if (document.isArray())
        return QVariantHash{{u"state"_s, toVariant(document.array())}};
    if (document.isObject()) {
        const QVariantMap members = toVariant(document.object());
        QVariantHash values{{u"state"_s, members}};
        for (auto it = members.begin(); it != members.end(); ++it)
            values.insert(it.key(), it.value());
        return values;
    }
    if (error.error == QJsonParseError::IllegalValue && isOtherValue(*json))
        return std::unexpected(tr("%1: a state must be an object or an array.").arg(name));
    return std::unexpected(tr("%1:%2: it is not JSON: %3.")
                               .arg(name, placeOf(*json, error.offset), error.errorString()));
}

} // namespace LiveTemplate::App
