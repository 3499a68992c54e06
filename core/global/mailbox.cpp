// SPDX-FileCopyrightText: 2026 The LiveTemplate for Qt authors
// SPDX-License-Identifier: MIT

#include "mailbox_p.h"

#include <QCoreApplication>
#include <QEvent>

#include <mutex>
#include <utility>
#include <vector>

namespace LiveTemplate {

namespace {

QEvent::Type mailEvent()
{
    static const auto type = QEvent::Type(QEvent::registerEventType());
    return type;
}

} // namespace

struct Mailbox::Box
{
    std::mutex mutex;
    /// Null after its end.
    Mailbox *owner = nullptr;
    std::vector<std::move_only_function<void()>> calls;
};

Mailbox::Mailbox(QObject *parent)
    : QObject(parent)
    , m_box(std::make_shared<Box>())
{
    m_box->owner = this;
}

Mailbox::~Mailbox()
{
    std::vector<std::move_only_function<void()>> calls; // die outside of the lock
    const std::lock_guard lock(m_box->mutex);
    m_box->owner = nullptr;
    calls.swap(m_box->calls);
}

void Mailbox::Address::post(std::move_only_function<void()> call) const
{
    // The event is posted under the lock, so that the mailbox cannot die meanwhile.
    const std::lock_guard lock(m_box->mutex);
    if (!m_box->owner)
        return;
    if (m_box->calls.empty())
        QCoreApplication::postEvent(m_box->owner, new QEvent(mailEvent()));
    m_box->calls.push_back(std::move(call));
}

bool Mailbox::event(QEvent *event)
{
    if (event->type() != mailEvent())
        return QObject::event(event);
    std::vector<std::move_only_function<void()>> calls;
    {
        const std::lock_guard lock(m_box->mutex);
        calls.swap(m_box->calls);
    }
    for (auto &call : calls)
        call();
    return true;
}

} // namespace LiveTemplate
