// SPDX-FileCopyrightText: 2026 The LiveTemplate for Qt authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QIcon>
#include <QString>

namespace LiveTemplate::Ui {

/// One of our own monochrome icons (resources/icons/symbolic, without ".svg"), drawn in the text
/// colour of the moment, so that it follows a change between light and dark. No name: no icon.
///
/// The icon theme is not asked: its icons are missing on many systems, and mixed sets look broken.
[[nodiscard]] QIcon symbolicIcon(const QString &name);

/// The program's icon.
[[nodiscard]] QIcon applicationIcon();

} // namespace LiveTemplate::Ui
