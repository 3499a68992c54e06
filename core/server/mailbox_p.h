// SPDX-FileCopyrightText: 2026 The LiveTemplate for Qt authors
// SPDX-License-Identifier: MIT

#pragma once

#include "livetemplate_export.h"

#include <QObject>

#include <functional>
#include <mutex>
#include <vector>

namespace LiveTemplate {

/// Takes calls from any thread and makes them in its own, in their order, as many in one turn as
/// have come. Calls that have not been made when the mailbox dies are dropped.
///
/// Why not QMetaObject::invokeMethod(): one wake-up serves a batch, and the hand-over is by a
/// std::mutex, which ThreadSanitizer understands. What Qt does inside its libraries it cannot see,
/// and takes for races.
class LIVETEMPLATE_PRIVATE_EXPORT Mailbox : public QObject
{
    Q_OBJECT

public:
    using QObject::QObject;

    void post(std::move_only_function<void()> call);

    bool event(QEvent *event) override;

private:
    std::mutex m_mutex;
    std::vector<std::move_only_function<void()>> m_calls;
};

} // namespace LiveTemplate
