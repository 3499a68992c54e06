// SPDX-FileCopyrightText: 2026 The LiveTemplate for Qt authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QHash>
#include <QMap>
#include <QString>
#include <QStringList>
#include <QtLogging>

#include <array>
#include <mutex>
#include <optional>

class QLoggingCategory;

namespace LiveTemplate::Ui {

/// From which importance on the messages of a category are written.
enum class LogLevel {
    Debug,
    Info,
    Warning,
    Critical,
    Off,
};

/// "debug", "info", "warning", "critical", "off"; for settings.
[[nodiscard]] QString levelName(LogLevel level);
[[nodiscard]] std::optional<LogLevel> levelOf(const QString &name);
/// For people.
[[nodiscard]] QString levelTitle(LogLevel level);

/// The levels of logging categories, changed while the program runs. The rules that it was started
/// with hold for all other categories. There may be one at a time; it puts all back when it goes.
class LogLevels
{
public:
    LogLevels();
    ~LogLevels();
    Q_DISABLE_COPY_MOVE(LogLevels)

    /// The categories that the program has used so far, in alphabetical order.
    [[nodiscard]] QStringList categories() const;
    /// As it is now.
    [[nodiscard]] LogLevel level(const QString &category) const;
    /// The one that was set here.
    [[nodiscard]] std::optional<LogLevel> chosenLevel(const QString &category) const;
    [[nodiscard]] QMap<QString, LogLevel> chosenLevels() const;

    /// Also of a category that is not known yet. Nothing: as the rules say.
    void setLevel(const QString &category, std::optional<LogLevel> level);
    void setLevels(const QMap<QString, LogLevel> &levels);
    void reset() { setLevels({}); }

private:
    /// Whether debug, info, warning and critical messages are written.
    using Switches = std::array<bool, 4>;

    static void filter(QLoggingCategory *category);
    void apply(QLoggingCategory &category);
    static void applyAgain();

    mutable std::mutex m_mutex;
    QMap<QString, LogLevel> m_chosen;
    /// What the rules say.
    QHash<QString, Switches> m_ruled;
};

} // namespace LiveTemplate::Ui
