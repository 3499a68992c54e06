// SPDX-FileCopyrightText: 2026 The LiveTemplate for Qt authors
// SPDX-License-Identifier: MIT

#pragma once

#include "livetemplate_export.h"

#include <QObject>

#include <functional>
#include <memory>

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

    struct Box;

public:
    /// Where to post to, for whoever cannot know how long the mailbox lives: what is posted after
    /// its end is dropped, in the thread that posts. Threading: any thread.
    class LIVETEMPLATE_PRIVATE_EXPORT Address
    {
    public:
        void post(std::move_only_function<void()> call) const;

    private:
        friend class Mailbox;
        explicit Address(std::shared_ptr<Box> box)
            : m_box(std::move(box))
        {
        }

        std::shared_ptr<Box> m_box;
    };

    explicit Mailbox(QObject *parent = nullptr);
    ~Mailbox() override;

    void post(std::move_only_function<void()> call) { address().post(std::move(call)); }
    [[nodiscard]] Address address() const { return Address(m_box); }

    bool event(QEvent *event) override;

private:
    std::shared_ptr<Box> m_box;
};

} // namespace LiveTemplate
