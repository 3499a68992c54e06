// SPDX-FileCopyrightText: 2026 The LiveTemplate for Qt authors
// SPDX-License-Identifier: MIT

#include "broadcaster.h"

namespace LiveTemplate {

Broadcaster::~Broadcaster() = default;
DynamicSubscriber::~DynamicSubscriber() = default;

} // namespace LiveTemplate
