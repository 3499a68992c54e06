// SPDX-FileCopyrightText: 2026 The LiveTemplate for Qt authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QString>

namespace LiveTemplate::Ui {

/// Where the desktop keeps what it remembers.
struct UserDirectories
{
    /// The window and its tabs, as an INI file.
    QString settingsFile;
    /// Cookies and storage of the first browser.
    QString browserData;

    /// Where programs of this user keep such things.
    [[nodiscard]] static UserDirectories standard();
    /// All in @p directory, apart from everything else: for tests, and for a second desktop.
    [[nodiscard]] static UserDirectories inside(const QString &directory);
};

} // namespace LiveTemplate::Ui
