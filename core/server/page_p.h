// SPDX-FileCopyrightText: 2026 The LiveTemplate for Qt authors
// SPDX-License-Identifier: MIT

#pragma once

#include "actionresult.h"
#include "actiontable_p.h"
#include "statetype.h"

#include <QByteArray>
#include <QObject>
#include <QString>
#include <QStringList>

#include <memory>

namespace LiveTemplate {

/// A mounted page, as all shards share it: checked, and never changed again.
struct Page
{
    QString path;
    QString templateFile;
    StateType stateType;
    ActionTable actions;
    /// Called in the shard's thread.
    std::unique_ptr<QObject> controller;
    /// PROTOCOL.md A.4: "lvt-" and 16 hexadecimal digits, the same for all visitors.
    QByteArray wrapperId;

    /// What the client may do of its own accord (PROTOCOL.md B.4).
    [[nodiscard]] QStringList capabilities() const
    {
        QStringList capabilities;
        for (const auto &name : {QStringLiteral("change"), QStringLiteral("validate")}) {
            if (actions.contains(name))
                capabilities.append(name);
        }
        return capabilities;
    }
};

} // namespace LiveTemplate
