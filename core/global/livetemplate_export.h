// SPDX-FileCopyrightText: 2026 The LiveTemplate for Qt authors
// SPDX-License-Identifier: MIT

#pragma once

#include <QtGlobal>

#if defined(LIVETEMPLATE_BUILDING_CORE)
#define LIVETEMPLATE_EXPORT Q_DECL_EXPORT
#else
#define LIVETEMPLATE_EXPORT Q_DECL_IMPORT
#endif

/// Marks what is exported for the project's own programs and tests and for the tag plugin only. It
/// stands in headers that are not installed and may change at any time.
#define LIVETEMPLATE_PRIVATE_EXPORT LIVETEMPLATE_EXPORT
