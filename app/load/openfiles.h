// SPDX-FileCopyrightText: 2026 The LiveTemplate for Qt authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QtTypes>

namespace LiveTemplate::Load {

/// Lets this process open as many files as the system allows it. Returns how many those are.
quint64 raiseOpenFileLimit();

} // namespace LiveTemplate::Load
