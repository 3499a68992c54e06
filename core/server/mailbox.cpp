// SPDX-FileCopyrightText: 2026 The LiveTemplate for Qt authors
// SPDX-License-Identifier: MIT

#include "mailbox_p.h"

#include <QCoreApplication>
#include <QEvent>

#include <utility>

namespace LiveTemplate {

namespace {

QEvent::Type mailEvent()
{
    static const auto type = QEvent::Type(QEvent::registerEventType());
    return type;
}

} // namespace

void Mailbox::post(std::move_only_function<void()> call)
{
    bool first = false;
    {
        const std::lock_guard lock(m_mutex);
        first = m_calls.empty();
        m_calls.push_back(std::move(call));
    }
    if (first)
        QCoreApplication::postEvent(this, new QEvent(mailEvent()));
}

bool Mailbox::event(QEvent *event)
{
    if (event->type() != mailEvent())
        return QObject::event(event);
    std::vector<std::move_only_function<void()>> calls;
    {
        const std::lock_guard lock(m_mutex);
        calls.swap(m_calls);
    }
    for (auto &call : calls)
        call();
    return true;
}

} // namespace LiveTemplate
