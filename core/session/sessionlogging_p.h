// SPDX-FileCopyrightText: 2026 The LiveTemplate for Qt authors
// SPDX-License-Identifier: MIT

#pragma once

#include <QLoggingCategory>

namespace LiveTemplate {

Q_DECLARE_LOGGING_CATEGORY(lcSession)

} // namespace LiveTemplate
