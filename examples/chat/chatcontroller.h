// SPDX-FileCopyrightText: 2026 The LiveTemplate for Qt authors
// SPDX-License-Identifier: MIT

#pragma once

#include "chatstate.h"

#include <LiveTemplate/Context>

#include <QObject>

class Guests;
class Messages;

/// The page's actions. There is one of it for each thread of the server; guests and messages are
/// the same for all.
class ChatController : public QObject
{
    Q_OBJECT

public:
    /// Whether the guest's cookie is for HTTPS only.
    enum class Cookies {
        Plain,
        Secure
    };

    /// Guests and messages must outlive the server.
    ChatController(Guests &guests, Messages &messages, Cookies cookies);

    Q_INVOKABLE ChatState mount(ChatState state, LiveTemplate::Context &context);
    Q_INVOKABLE ChatState onConnect(ChatState state, LiveTemplate::Context &context);
    Q_INVOKABLE void onDisconnect();

    /// The log-in form, sent natively: only an answer by HTTP can set a cookie.
    Q_INVOKABLE LiveTemplate::Result<ChatState> enter(ChatState state,
                                                      LiveTemplate::Context &context);
    Q_INVOKABLE ChatState leave(ChatState state, LiveTemplate::Context &context);

    Q_INVOKABLE LiveTemplate::Result<ChatState> say(ChatState state,
                                                    LiveTemplate::Context &context);
    /// Something was said, or somebody came or went.
    Q_INVOKABLE ChatState refresh(ChatState state, LiveTemplate::Context &context);

Q_SIGNALS:
    /// A tab was opened or closed. Emitted in a thread of the server.
    void tabsChanged();

private:
    /// The room as this tab may see it.
    [[nodiscard]] ChatState shown(const LiveTemplate::Context &context) const;

    Guests &m_guests;
    Messages &m_messages;
    const Cookies m_cookies;
};
