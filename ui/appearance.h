// SPDX-FileCopyrightText: 2026 The LiveTemplate for Qt authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QString>

namespace LiveTemplate::Ui {

/// Whether the program is light or dark.
enum class Appearance {
    /// As the system says, also when that changes.
    System,
    Light,
    Dark,
};

/// "system", "light" or "dark", for settings.
[[nodiscard]] QString appearanceName(Appearance appearance);
/// Any other name is the system's.
[[nodiscard]] Appearance appearanceOf(const QString &name);

/// From now on, for all windows of the program.
void setAppearance(Appearance appearance);

} // namespace LiveTemplate::Ui
