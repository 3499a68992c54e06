// SPDX-FileCopyrightText: 2026 The LiveTemplate for Qt authors
// SPDX-License-Identifier: MIT

#include "sessionstore.h"

namespace LiveTemplate {

SessionStore::~SessionStore() = default;

} // namespace LiveTemplate
