// SPDX-FileCopyrightText: 2026 The LiveTemplate for Qt authors
// SPDX-License-Identifier: MIT

#pragma once

#include "broadcaster.h"
#include "connectiondetails.h"
#include "context.h"
#include "ids.h"

#include <QJsonObject>

#include <variant>

namespace LiveTemplate {

/// Every connection there is.
struct Everyone
{
};

/// Something for connections, from whoever is not one of them: the program, or another server.
struct Delivery
{
    std::variant<Everyone, GroupId, UserId> target;
    /// An action to be run, or values that the template is shown with, once.
    std::variant<BroadcastRequest, QJsonObject> content;
    Context::Origin origin = Context::Origin::Trigger;
    /// When another server published it; 1970 when it is this server's own.
    PublishTime time = {};
    ActionSource source = ActionSource::Program;
    /// ActionRecord::from.
    quint64 from = 0;
};

} // namespace LiveTemplate
