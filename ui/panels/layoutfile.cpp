// SPDX-FileCopyrightText: 2026 The LiveTemplate for Qt authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "layoutfile.h"

#include <QCoreApplication>
#include <QDir>
#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QSaveFile>
#include <QSettings>
#include <QStringList>

using namespace Qt::StringLiterals;

namespace LiveTemplate::Ui {

namespace {

constexpr auto formatKey = "format"_L1;
constexpr auto formatValue = "livetemplate-layout"_L1;
constexpr auto versionKey = "version"_L1;
constexpr auto geometryKey = "geometry"_L1;
constexpr auto stateKey = "state"_L1;
constexpr auto panelsKey = "panels"_L1;
constexpr auto bytesKey = "base64"_L1;

constexpr int fileVersion = 1;

// A hundred times what a window with all its panels needs.
constexpr qint64 maxFileSize = 1024 * 1024;

QString translate(const char *text)
{
    return QCoreApplication::translate("LayoutFile", text);
}

QString base64(const QByteArray &bytes)
{
    return QString::fromLatin1(bytes.toBase64());
}

QByteArray bytesOf(const QJsonValue &value)
{
    const auto result = QByteArray::fromBase64Encoding(value.toString().toLatin1(),
                                                       QByteArray::AbortOnBase64DecodingErrors);
    return result ? *result : QByteArray();
}

QJsonValue jsonOf(const QVariant &value)
{
    switch (value.typeId()) {
    case QMetaType::QByteArray:
        return QJsonObject{{bytesKey, base64(value.toByteArray())}};
    case QMetaType::QString:
    case QMetaType::QStringList:
    case QMetaType::Bool:
    case QMetaType::Int:
    case QMetaType::UInt:
    case QMetaType::LongLong:
    case QMetaType::Double:
        return QJsonValue::fromVariant(value);
    default:
        return QJsonValue::Undefined;
    }
}

QVariant variantOf(const QJsonValue &value)
{
    if (value.isObject()) {
        const QByteArray bytes = bytesOf(value.toObject().value(bytesKey));
        return bytes.isEmpty() ? QVariant() : QVariant(bytes);
    }
    if (!value.isArray())
        return value.isNull() ? QVariant() : value.toVariant();
    QStringList texts;
    for (const QJsonValue &text : value.toArray())
        texts.append(text.toString());
    return texts;
}

} // namespace

std::expected<LayoutFile, QString> LayoutFile::read(const QString &fileName)
{
    const QString shownName = QDir::toNativeSeparators(fileName);
    QFile file(fileName);
    if (!file.open(QIODevice::ReadOnly)) {
        return std::unexpected(
            translate("Cannot read the layout from %1: %2.").arg(shownName, file.errorString()));
    }
    const QJsonObject object = QJsonDocument::fromJson(file.read(maxFileSize)).object();
    if (object.value(formatKey).toString() != formatValue)
        return std::unexpected(translate("%1 is not a layout of this program.").arg(shownName));
    if (object.value(versionKey).toInt() != fileVersion) {
        return std::unexpected(
            translate("%1 is a layout of another version of this program.").arg(shownName));
    }
    LayoutFile layout{.geometry = bytesOf(object.value(geometryKey)),
                      .state = bytesOf(object.value(stateKey)),
                      .panels = object.value(panelsKey).toObject()};
    if (layout.geometry.isEmpty() || layout.state.isEmpty())
        return std::unexpected(translate("The layout in %1 is damaged.").arg(shownName));
    return layout;
}

std::expected<void, QString> LayoutFile::write(const QString &fileName) const
{
    const QJsonObject object{{formatKey, formatValue},
                             {versionKey, fileVersion},
                             {geometryKey, base64(geometry)},
                             {stateKey, base64(state)},
                             {panelsKey, panels}};
    QSaveFile file(fileName);
    if (!file.open(QIODevice::WriteOnly) || file.write(QJsonDocument(object).toJson()) < 0
        || !file.commit()) {
        return std::unexpected(translate("Cannot write the layout to %1: %2.")
                                   .arg(QDir::toNativeSeparators(fileName), file.errorString()));
    }
    return {};
}

QJsonObject settingsToJson(const QSettings &settings)
{
    QJsonObject json;
    for (const QString &key : settings.allKeys())
        json.insert(key, jsonOf(settings.value(key)));
    return json;
}

void settingsFromJson(const QJsonObject &json, QSettings &settings)
{
    for (auto entry = json.begin(); entry != json.end(); ++entry) {
        if (const QVariant value = variantOf(entry.value()); value.isValid())
            settings.setValue(entry.key(), value);
    }
}

} // namespace LiveTemplate::Ui
