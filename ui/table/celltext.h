// SPDX-FileCopyrightText: 2026 The LiveTemplate for Qt authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QString>
#include <QVariant>

namespace LiveTemplate::Ui {

/// How a cell's value reads where its column does not say: numbers as the language writes them,
/// points in time in local time with milliseconds, true and false as "yes" and "no".
[[nodiscard]] QString cellText(const QVariant &value);

} // namespace LiveTemplate::Ui
