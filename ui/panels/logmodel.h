// SPDX-FileCopyrightText: 2026 The LiveTemplate for Qt authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "logcollector.h"
#include "streamtable.h"

namespace LiveTemplate::Ui {

/// Columns and chips of log lines.
[[nodiscard]] TableDefinition<LogLine> logDefinition();

/// "Debug", "Info", "Warning", "Critical" or "Fatal".
[[nodiscard]] QString typeTitle(QtMsgType type);

/// The last lines of the log.
class LogModel : public StreamTable<LogLine>
{
public:
    explicit LogModel(QObject *parent = nullptr);

    static constexpr qsizetype capacity = 50'000;
};

} // namespace LiveTemplate::Ui
