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
#include <vector>

namespace LiveTemplate {

/// From which threads a controller is called.
enum class ControllerUse {
    OneThread,
    AllThreads
};

/// A mounted page, as all shards share it: checked, and never changed again.
struct Page
{
    QString path;
    QString templateFile;
    StateType stateType;
    ActionTable actions;
    /// One for each shard, called in its thread; or one for all, called from all threads.
    std::vector<std::unique_ptr<QObject>> controllers;
    ControllerUse controllerThreads;
    /// PROTOCOL.md A.4: "lvt-" and 16 hexadecimal digits, the same for all visitors.
    QByteArray wrapperId;

    [[nodiscard]] QObject &controllerOf(std::size_t shard) const
    {
        return *controllers[controllers.size() == 1 ? 0 : shard];
    }

    /// What the client may do of its own accord (PROTOCOL.md B.4).
    [[nodiscard]] QStringList capabilities(bool progressiveEnhancement) const
    {
        QStringList capabilities;
        for (const auto &name : {QStringLiteral("change"), QStringLiteral("validate")}) {
            if (actions.contains(name))
                capabilities.append(name);
        }
        if (progressiveEnhancement)
            capabilities.append(QStringLiteral("progressive_enhancement"));
        return capabilities;
    }
};

} // namespace LiveTemplate
