// SPDX-FileCopyrightText: 2026 The LiveTemplate for Qt authors
// SPDX-License-Identifier: MIT

#include "pages.h"

using namespace LiveTemplate;
using namespace Qt::StringLiterals;

Result<PageState> PlainController::mount(PageState state, Context &context)
{
    m_journal->record(u"mount"_s, context);
    if (context.has(u"fail"))
        return std::unexpected(ActionError(u"no database"_s));
    if (context.has(u"title"))
        state.title = context.string(u"title");
    if (context.has(u"tell"))
        context.broadcastAction(context.string(u"tell"));
    if (context.has(u"go"))
        context.redirect(context.string(u"go"));
    return state;
}

Result<PageState> PlainController::onConnect(PageState state, Context &context)
{
    m_journal->record(u"onConnect"_s, context);
    if (context.has(u"failOnConnect"))
        return std::unexpected(ActionError(u"no luck"_s));
    if (context.has(u"greet"))
        state.draft = context.string(u"greet");
    if (context.has(u"tellOnConnect"))
        context.broadcastAction(context.string(u"tellOnConnect"));
    return state;
}

void PlainController::onDisconnect()
{
    m_journal->add({.method = u"onDisconnect"_s});
}

PageState PlainController::echo(PageState state, Context &context)
{
    m_journal->record(u"echo"_s, context);
    return state;
}

PageState PlainController::save(PageState state, Context &context)
{
    m_journal->record(u"save"_s, context);
    return state;
}

PageState PlainController::submit(PageState state, Context &context)
{
    m_journal->record(u"submit"_s, context);
    return state;
}

PageState PlainController::saveDraft(PageState state, Context &context)
{
    m_journal->record(u"saveDraft"_s, context);
    return state;
}

PageState PlainController::uploadStart(PageState state, Context &context)
{
    m_journal->record(u"uploadStart"_s, context);
    return state;
}

PageState PlainController::cancelUpload(PageState state, Context &context)
{
    m_journal->record(u"cancelUpload"_s, context);
    return state;
}

PageState PlainController::increment(PageState state, Context &context)
{
    m_journal->record(u"increment"_s, context);
    state.counter += int(context.integer(u"by", 1));
    return state;
}

PageState PlainController::loadMore(PageState state, Context &context)
{
    m_journal->record(u"loadMore"_s, context);
    state.counter += 10;
    return state;
}

PageState PlainController::rename(PageState state, Context &context)
{
    m_journal->record(u"rename"_s, context);
    state.title = context.string(u"title");
    return state;
}

PageState PlainController::note(PageState state, Context &context)
{
    m_journal->record(u"note"_s, context);
    state.lines.append(context.string(u"line"));
    return state;
}

PageState PlainController::write(PageState state, Context &context)
{
    m_journal->record(u"write"_s, context);
    state.draft = context.string(u"draft");
    return state;
}

PageState PlainController::convert(PageState state, Context &context)
{
    m_journal->record(u"convert"_s, context);
    state.title = u"%1|%2|%3|%4"_s.arg(context.string(u"value"))
                      .arg(context.integer(u"value", -1))
                      .arg(context.number(u"value", -1))
                      .arg(context.boolean(u"value") ? u"yes"_s : u"no"_s);
    return state;
}

Result<PageState> PlainController::fail(PageState state, Context &context)
{
    m_journal->record(u"fail"_s, context);
    state.counter = 1000;
    const QString message = context.string(u"message", u"It did not work."_s);
    if (context.has(u"fields")) {
        QHash<QString, QString> messages;
        const QJsonObject fields = context.data().values().value(u"fields").toObject();
        for (auto it = fields.begin(); it != fields.end(); ++it)
            messages.insert(it.key(), it->toString());
        return std::unexpected(ActionError::ofFields(messages));
    }
    if (context.has(u"field"))
        return std::unexpected(ActionError({{context.string(u"field"), message}}));
    return std::unexpected(ActionError(message));
}

Result<PageState> PlainController::check(PageState state, Context &context)
{
    if (const auto valid = context.validateForm(); !valid)
        return std::unexpected(valid.error());
    return rename(state, context);
}

Result<PageState> PlainController::checkLater(PageState state, Context &context)
{
    return check(state, context);
}

PageState PlainController::tell(PageState state, Context &context)
{
    m_journal->record(u"tell"_s, context);
    const QJsonObject with = context.data().values().value(u"with").toObject();
    for (qint64 i = 0; i < context.integer(u"times", 1); ++i)
        context.broadcastAction(context.string(u"what"), with);
    return state;
}

Result<PageState> PlainController::tellAndFail(PageState state, Context &context)
{
    tell(state, context);
    return std::unexpected(ActionError(u"It did not work."_s));
}

PageState PlainController::spread(PageState state, Context &context)
{
    m_journal->record(u"spread"_s, context);
    ++state.counter;
    context.broadcastAction(u"spread"_s);
    return state;
}

PageState PlainController::keepSession(PageState state, Context &context)
{
    m_journal->keep(context.session());
    return state;
}

PageState PlainController::passGate(PageState state, Context &context)
{
    m_journal->record(u"passGate"_s, context);
    m_journal->passGate();
    ++state.counter;
    return state;
}

PageState PlainController::flash(PageState state, Context &context)
{
    context.setFlash(context.string(u"key", u"success"_s), context.string(u"message", u"Saved."_s),
                     std::chrono::milliseconds(context.integer(u"expiry")));
    return state;
}

PageState PlainController::clearFlash(PageState state, Context &context)
{
    context.clearFlash(context.string(u"key", u"success"_s));
    return state;
}

PageState PlainController::clearAllFlash(PageState state, Context &context)
{
    context.clearAllFlash();
    return state;
}

PageState PlainController::leave(PageState state, Context &context)
{
    if (context.has(u"message"))
        context.setFlash(u"success"_s, context.string(u"message"));
    const bool redirects = context.redirect(context.string(u"to", u"/elsewhere?x=1"_s));
    const bool bakes = context.setCookie({.name = "token", .value = "t1"});
    const bool reads = context.cookie("livetemplate-id").has_value();
    state.title = u"%1 %2 %3"_s.arg(redirects ? u"redirects"_s : u"stays"_s,
                                    bakes ? u"bakes"_s : u"bakes not"_s,
                                    reads ? u"reads"_s : u"reads not"_s);
    return state;
}

PageState ChangingController::change(PageState state, Context &context)
{
    journal().record(u"change"_s, context);
    state.title = context.string(u"title", state.title);
    return state;
}

PageState ValidatingController::validate(PageState state, Context &)
{
    return state;
}
