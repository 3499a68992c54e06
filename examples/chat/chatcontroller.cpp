// SPDX-FileCopyrightText: 2026 The LiveTemplate for Qt authors
// SPDX-License-Identifier: MIT

#include "chatcontroller.h"

#include "guests.h"
#include "messages.h"
#include "roomauthenticator.h"

using namespace Qt::StringLiterals;
using LiveTemplate::ActionError;
using LiveTemplate::Context;
using LiveTemplate::Cookie;
using LiveTemplate::Result;

namespace {

/// What was written into the form's field @p name. Its own HTML has the rules.
Result<QString> textIn(const Context &context, const QString &name, const QString &whenEmpty)
{
    if (const auto valid = context.validateForm(); !valid)
        return std::unexpected(valid.error());
    const QString text = context.string(name).simplified();
    if (text.isEmpty())
        return std::unexpected(ActionError{{name, whenEmpty}});
    return text;
}

} // namespace

ChatController::ChatController(Guests &guests, Messages &messages)
    : m_guests(guests)
    , m_messages(messages)
{
}

ChatState ChatController::mount(ChatState, Context &context)
{
    return shown(context);
}

ChatState ChatController::onConnect(ChatState state, Context &)
{
    Q_EMIT tabsChanged();
    return state;
}

void ChatController::onDisconnect()
{
    Q_EMIT tabsChanged();
}

Result<ChatState> ChatController::enter(ChatState state, Context &context)
{
    if (!context.isHttp()) // no answer that could carry the cookie
        return std::unexpected(ActionError(u"Reload the page, and try again."_s));
    const auto token
        = textIn(context, u"name"_s, u"Write a name."_s).and_then([this](const QString &name) {
              return m_guests.enter(name).transform_error(
                  [](const QString &error) { return ActionError{{u"name"_s, error}}; });
          });
    // The browser is sent to the page again. With the cookie it is a guest's; otherwise a flash
    // message says why not, as the errors of an action do not outlive the page that it was sent by.
    context.clearFlash(u"name"_s);
    if (token)
        context.setCookie({.name = guestCookieName.toByteArray(), .value = *token});
    else
        context.setFlash(u"name"_s, token.error().errors().value(u"name"_s));
    return state;
}

ChatState ChatController::leave(ChatState, Context &context)
{
    const Cookie expired{.name = guestCookieName.toByteArray(),
                         .value = "",
                         .maxAge = std::chrono::seconds(0)};
    if (context.isHttp() && context.setCookie(expired))
        m_guests.leave(context.cookie(guestCookieName).value_or(QByteArray()));
    context.broadcastAction(u"refresh"_s);
    return shown(context);
}

Result<ChatState> ChatController::say(ChatState, Context &context)
{
    const QString &name = context.user().value();
    if (!m_guests.has(name)) // left in another tab
        return std::unexpected(ActionError(u"Enter first."_s));
    const auto text = textIn(context, u"text"_s, u"Write something."_s);
    if (!text)
        return std::unexpected(text.error());
    m_messages.append(name, *text, context.now().toLocalTime());
    context.broadcastAction(u"refresh"_s);
    return shown(context);
}

ChatState ChatController::refresh(ChatState, Context &context)
{
    return shown(context);
}

ChatState ChatController::shown(const Context &context) const
{
    const QString &name = context.user().value();
    if (!m_guests.has(name))
        return {};
    return {.me = name, .present = m_guests.present(), .messages = m_messages.all()};
}
