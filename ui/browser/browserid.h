// SPDX-FileCopyrightText: 2026 The LiveTemplate for Qt authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QColor>
#include <QIcon>
#include <QString>

namespace LiveTemplate::Ui {

/// Names one browser: one cookie jar, shared by its tabs. Counts from 0.
enum class BrowserId : int {
};

/// The browser of the first start; the only one whose cookies are kept on disk.
inline constexpr BrowserId firstBrowser{0};

/// "Browser A", "Browser B" … "Browser Z", "Browser AA".
[[nodiscard]] QString browserName(BrowserId browser);

/// A colour for @p browser that can be told from its neighbours', also by colour-blind people and
/// on light and dark backgrounds. The name always stands beside it.
[[nodiscard]] QColor browserColor(BrowserId browser);

/// A disc in the browser's colour.
[[nodiscard]] QIcon browserIcon(BrowserId browser);

} // namespace LiveTemplate::Ui
