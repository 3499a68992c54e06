// SPDX-FileCopyrightText: 2026 The LiveTemplate for Qt authors
// SPDX-License-Identifier: MIT

#pragma once

#include "livetestbrowser.h" // IWYU pragma: export
#include "livetestrequest.h" // IWYU pragma: export
#include "livetestsite.h" // IWYU pragma: export
#include "livetesttab.h" // IWYU pragma: export
#include "livetestupdate.h" // IWYU pragma: export
