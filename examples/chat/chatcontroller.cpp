// SPDX-FileCopyrightText: 2026 The LiveTemplate for Qt authors
// SPDX-License-Identifier: MIT

#include "chatcontroller.h"

#include "guests.h"
#include "messages.h"
#include "roomauthenticator.h"

#include <algorithm>

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

/// A name as it is shown to others, without what nobody can see.
Result<QString> nameIn(const Context &context)
{
    return textIn(context, u"name"_s, u"Write a name."_s)
        .and_then([](const QString &text) -> Result<QString> {
            const QString name = text.normalized(QString::NormalizationForm_KC);
            const bool isReadable = std::ranges::none_of(name.toUcs4(), [](uint character) {
                const QChar::Category category = QChar::category(char32_t(character));
                return category == QChar::Other_Control || category == QChar::Other_Format;
            });
            if (!isReadable)
                return std::unexpected(ActionError{{u"name"_s, u"Write it in plain letters."_s}});
            return name;
        });
}

} // namespace

ChatController::ChatController(Guests &guests, Messages &messages, Cookies cookies)
    : m_guests(guests)
    , m_messages(messages)
    , m_cookies(cookies)
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
    const auto token = nameIn(context).and_then([&](const QString &name) {
        return m_guests.enter(name, context.now()).transform_error([](const QString &error) {
            return ActionError{{u"name"_s, error}};
        });
    });
    // The browser is sent to the page again. With the cookie it is a guest's; otherwise a flash
    // message says why not, as the errors of an action do not outlive the page that it was sent by.
    context.clearFlash(u"name"_s);
    if (token)
        context.setCookie({.name = guestCookieName.toByteArray(),
                           .value = *token,
                           .secure = m_cookies == Cookies::Secure});
    else
        context.setFlash(u"name"_s, token.error().errors().value(u"name"_s));
    return state;
}

ChatState ChatController::leave(ChatState, Context &context)
{
    const Cookie expired{.name = guestCookieName.toByteArray(),
                         .value = "",
                         .maxAge = std::chrono::seconds(0)};
    if (context.isHttp())
        context.setCookie(expired);
    // Tabs that are still connected as this guest are nobody's now.
    m_guests.leave(context.user().value());
    context.broadcastAction(u"refresh"_s);
    return shown(context);
}

Result<ChatState> ChatController::say(ChatState, Context &context)
{
    const QString &guest = context.user().value();
    if (!m_guests.has(guest)) // left in another tab
        return std::unexpected(ActionError(u"Enter first."_s));
    const auto text = textIn(context, u"text"_s, u"Write something."_s);
    if (!text)
        return std::unexpected(text.error());
    m_messages.append(guest, m_guests.nameOf(guest), *text, context.now().toLocalTime());
    context.broadcastAction(u"refresh"_s);
    return shown(context);
}

ChatState ChatController::refresh(ChatState, Context &context)
{
    return shown(context);
}

ChatState ChatController::shown(const Context &context) const
{
    const QString &guest = context.user().value();
    if (!m_guests.has(guest))
        return {};
    QList<Message> messages = m_messages.all();
    for (Message &message : messages)
        message.mine = message.guest == guest;
    return {.me = m_guests.nameOf(guest), .present = m_guests.present(), .messages = messages};
}
