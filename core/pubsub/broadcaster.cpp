// SPDX-FileCopyrightText: 2026 The LiveTemplate for Qt authors
// SPDX-License-Identifier: MIT

#include "broadcaster.h"

namespace LiveTemplate {

Broadcaster::~Broadcaster() = default;

bool Broadcaster::isAlone() const
{
    return false;
}

QString Broadcaster::instanceId() const
{
    return {};
}

DynamicSubscriber::~DynamicSubscriber() = default;

} // namespace LiveTemplate
