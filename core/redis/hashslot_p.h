// SPDX-FileCopyrightText: 2026 The LiveTemplate for Qt authors
// SPDX-License-Identifier: MIT

#pragma once

#include "livetemplate_export.h"

#include <QByteArrayView>

namespace LiveTemplate {

/// How many parts a Cluster divides its keys into.
inline constexpr int hashSlotCount = 16'384;

/// The part that @p key belongs to: CRC16 (XMODEM) of it, or of what stands between its first '{'
/// and the next '}' when that is not empty, so that keys can be kept together.
[[nodiscard]] LIVETEMPLATE_PRIVATE_EXPORT int hashSlot(QByteArrayView key);

} // namespace LiveTemplate
