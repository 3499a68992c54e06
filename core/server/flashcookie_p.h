// SPDX-FileCopyrightText: 2026 The LiveTemplate for Qt authors
// SPDX-License-Identifier: MIT

#pragma once

#include "flashmessages.h"
#include "httpexchange.h"
#include "livetemplate_export.h"

namespace LiveTemplate {

/// The cookie that carries flash messages from the answer to a form to the page that follows it
/// (PROTOCOL.md A.7).
inline constexpr QByteArrayView flashCookieName = "lvt-flash";

/// Lives for ten seconds. Messages that do not fit in a cookie are left out, and logged.
[[nodiscard]] LIVETEMPLATE_PRIVATE_EXPORT Cookie flashCookie(const FlashMessages &flash);

/// Has the browser forget it.
[[nodiscard]] LIVETEMPLATE_PRIVATE_EXPORT Cookie spentFlashCookie();

/// The messages in a cookie's value. It comes from outside: what makes no sense is left out.
[[nodiscard]] LIVETEMPLATE_PRIVATE_EXPORT FlashMessages parseFlashCookie(const QByteArray &value);

} // namespace LiveTemplate
