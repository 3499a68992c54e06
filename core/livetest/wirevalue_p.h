// SPDX-FileCopyrightText: 2026 The LiveTemplate for Qt authors
// SPDX-License-Identifier: MIT

#pragma once

#include <QJsonValue>
#include <QString>

namespace LiveTest {

/// What the client sends for the text of a control or of a data attribute: a number where the text
/// is one as JavaScript would write it, a boolean for "true" and "false", otherwise the text
/// (PROTOCOL.md B.3).
[[nodiscard]] QJsonValue wireValue(const QString &text);

/// A number as JavaScript writes it: what the client shows of a number in a tree.
[[nodiscard]] QString scriptNumber(double number);

} // namespace LiveTest
