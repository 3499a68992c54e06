// SPDX-FileCopyrightText: 2026 The LiveTemplate for Qt authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QByteArray>
#include <QJsonObject>
#include <QString>

#include <expected>

class QSettings;

namespace LiveTemplate::Ui {

/// How a window's docks are laid out and what is set in its panels, as a file that can be given to
/// somebody else.
struct LayoutFile
{
    /// As QWidget::saveGeometry() and QMainWindow::saveState() give them.
    QByteArray geometry;
    QByteArray state;
    /// See settingsToJson().
    QJsonObject panels;

    bool operator==(const LayoutFile &) const = default;

    /// The error is a sentence.
    [[nodiscard]] static std::expected<LayoutFile, QString> read(const QString &fileName);
    [[nodiscard]] std::expected<void, QString> write(const QString &fileName) const;
};

/// Settings as JSON: texts, numbers, switches, lists of texts, and bytes. Others are left out.
[[nodiscard]] QJsonObject settingsToJson(const QSettings &settings);
/// Adds what @p json holds. What cannot be read is left out.
void settingsFromJson(const QJsonObject &json, QSettings &settings);

} // namespace LiveTemplate::Ui
