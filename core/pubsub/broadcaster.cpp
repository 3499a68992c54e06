// SPDX-FileCopyrightText: 2026 The LiveTemplate for Qt authors
// SPDX-License-Identifier: MIT

#include "broadcaster.h"

namespace LiveTemplate {

Broadcaster::~Broadcaster() = default;

QString Broadcaster::instanceId() const
{
    return {};
}

DynamicSubscriber::~DynamicSubscriber() = default;

} // namespace LiveTemplate
