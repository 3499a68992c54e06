// SPDX-FileCopyrightText: 2026 The LiveTemplate for Qt authors
// SPDX-License-Identifier: MIT

#include "livetesttab.h"

#include "failure_p.h"
#include "formencoding_p.h"
#include "gestures_p.h"
#include "livetestsite.h"
#include "patience_p.h"
#include "selector_p.h"
#include "tabstate_p.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace LiveTest {

namespace {

/// All that match; none, and a failed test, when the selector makes no sense.
std::vector<Element> findAll(const TabState &tab, QStringView text, const Tab::Where &where)
{
    const auto selector = Selector::parse(text);
    if (!selector) {
        fail(selector.error(), where);
        return {};
    }
    const HtmlPage &page = tab.page();
    const Selector::Controls controls{[&](Element element) {
        return tab.controls().isChecked(page, element);
    }};
    std::vector<Element> found;
    std::ranges::copy_if(page.elements(), std::back_inserter(found),
                         [&](Element element) { return selector->matches(element, controls); });
    return found;
}

/// The first that matches; null, and a failed test, when there is none.
Element find(const TabState &tab, QStringView selector, const Tab::Where &where)
{
    const auto parsed = Selector::parse(selector);
    const auto found = findAll(tab, selector, where);
    if (!found.empty())
        return found.front();
    if (parsed) {
        fail(u"The page has no element \"%1\". It shows: %2"_s.arg(
                 selector, quoted(shownText(tab.page().elements().front()))),
             where);
    }
    return nullptr;
}

bool finish(const TabState::Done &done, const Tab::Where &where)
{
    return done || fail(done.error(), where);
}

/// Does something to an element, when there is one.
template<typename Gesture>
bool act(TabState &tab, QStringView selector, const Tab::Where &where, Gesture gesture)
{
    const Element element = find(tab, selector, where);
    if (!element)
        return false;
    Gestures gestures(tab);
    return finish(gesture(gestures, element), where);
}

} // namespace

Tab::Tab(std::unique_ptr<TabState> state)
    : m_state(std::move(state))
{
}

Tab::~Tab() = default;
Tab::Tab(Tab &&) noexcept = default;
Tab &Tab::operator=(Tab &&) noexcept = default;

int Tab::status() const
{
    return m_state->status();
}

QString Tab::address() const
{
    return QString::fromUtf8(BrowserState::target(m_state->url()));
}

QString Tab::document() const
{
    return m_state->document();
}

QString Tab::html() const
{
    return m_state->html();
}

QString Tab::title() const
{
    for (const Element element : m_state->page().elements()) {
        if (isTag(element, u"title"))
            return rawText(element).simplified();
    }
    return {};
}

bool Tab::has(QStringView selector, Where where) const
{
    return !findAll(*m_state, selector, where).empty();
}

qsizetype Tab::count(QStringView selector, Where where) const
{
    return qsizetype(findAll(*m_state, selector, where).size());
}

QString Tab::text(QStringView selector, Where where) const
{
    const Element element = find(*m_state, selector, where);
    return element ? shownText(element) : QString();
}

QStringList Tab::texts(QStringView selector, Where where) const
{
    QStringList texts;
    for (const Element element : findAll(*m_state, selector, where))
        texts.append(shownText(element));
    return texts;
}

QString Tab::outerHtml(QStringView selector, Where where) const
{
    const Element element = find(*m_state, selector, where);
    return element ? m_state->page().outerHtml(element) : QString();
}

QString Tab::attribute(QStringView selector, QStringView name, Where where) const
{
    const Element element = find(*m_state, selector, where);
    return element ? attributeOf(element, name.toUtf8().constData()) : QString();
}

QString Tab::value(QStringView selector, Where where) const
{
    const Element element = find(*m_state, selector, where);
    return element ? m_state->controls().value(m_state->page(), element) : QString();
}

bool Tab::isChecked(QStringView selector, Where where) const
{
    const Element element = find(*m_state, selector, where);
    return element && m_state->controls().isChecked(m_state->page(), element);
}

bool Tab::click(QStringView selector, Where where)
{
    return act(*m_state, selector, where,
               [](Gestures &gestures, Element element) { return gestures.click(element); });
}

bool Tab::type(QStringView selector, const QString &text, Where where)
{
    return act(*m_state, selector, where,
               [&](Gestures &gestures, Element element) { return gestures.type(element, text); });
}

bool Tab::choose(QStringView selector, const QString &option, Where where)
{
    return act(*m_state, selector, where, [&](Gestures &gestures, Element element) {
        return gestures.choose(element, option);
    });
}

bool Tab::check(QStringView selector, bool checked, Where where)
{
    return act(*m_state, selector, where, [&](Gestures &gestures, Element element) {
        return gestures.check(element, checked);
    });
}

bool Tab::press(QStringView selector, const QString &key, Where where)
{
    return act(*m_state, selector, where,
               [&](Gestures &gestures, Element element) { return gestures.press(element, key); });
}

bool Tab::submit(QStringView form, Where where)
{
    return act(*m_state, form, where, [this](Gestures &gestures, Element element) {
        if (!isTag(element, u"form")) {
            return TabState::Done(
                std::unexpected(u"%1 is no form."_s.arg(quoted(startTag(element)))));
        }
        return gestures.submit(element, firstSubmitButton(m_state->page(), element));
    });
}

bool Tab::navigate(const QString &address, Where where)
{
    return finish(Gestures(*m_state).follow(address), where);
}

bool Tab::reload(Where where)
{
    return finish(m_state->load(m_state->url()), where);
}

bool Tab::send(const QString &action, const QJsonObject &data, Where where)
{
    return finish(m_state->sendAction({{u"action"_s, action}, {u"data"_s, data}}), where);
}

bool Tab::sendForm(const QList<std::pair<QString, QString>> &fields, Where where)
{
    QList<FormEntry> entries;
    for (const auto &[name, value] : fields)
        entries.append({name, value});
    return finish(m_state->load(m_state->url(),
                                {.method = "POST",
                                 .headers = {{"Content-Type", "application/x-www-form-urlencoded"}},
                                 .body = urlEncoded(entries)}),
                  where);
}

bool Tab::sendRaw(const QByteArray &message, Where where)
{
    if (!m_state->isConnected())
        return fail(u"The tab is not connected."_s, where);
    m_state->sendRaw(message);
    return true;
}

Update Tab::lastUpdate() const
{
    return m_state->updates().isEmpty() ? Update() : m_state->updates().last();
}

Update Tab::lastAnswer() const
{
    return m_state->lastAnswer();
}

QList<Update> Tab::updates() const
{
    return m_state->updates();
}

bool Tab::waitForUpdate(Where where)
{
    return finish(m_state->waitForUpdate(), where);
}

bool Tab::isQuiet(Where where)
{
    const auto quiet = m_state->isQuiet();
    return quiet ? *quiet : fail(quiet.error(), where);
}

QVariant Tab::stateAs(QMetaType type, Where where) const
{
    struct Answer
    {
        bool came = false;
        QVariant state;
    };
    const auto answer = std::make_shared<Answer>();
    QObject context;
    if (const auto id = m_state->connectionId()) {
        m_state->site().server().requestState(*id, &context, [answer](const QVariant &state) {
            *answer = {true, state};
        });
        [[maybe_unused]] const bool came = waitUntil([&] { return answer->came; });
    }
    if (answer->state.metaType() == type)
        return answer->state;
    if (answer->state.isValid()) {
        fail(u"The state of the page is a %1, not a %2."_s.arg(QLatin1StringView(
                                                                   answer->state.metaType().name()),
                                                               QLatin1StringView(type.name())),
             where);
    } else {
        fail(u"The server has no state of this tab: it is not connected."_s, where);
    }
    return QVariant(type);
}

QJsonObject Tab::stateAsJson(Where where) const
{
    struct Answer
    {
        bool came = false;
        QJsonObject state;
    };
    const auto answer = std::make_shared<Answer>();
    QObject context;
    const auto id = m_state->connectionId();
    if (!id) {
        fail(u"The server has no state of this tab: it is not connected."_s, where);
        return {};
    }
    m_state->site().server().requestDetails(
        *id, &context, [answer](const std::optional<LiveTemplate::ConnectionDetails> &details) {
            *answer = {true, details ? details->state : QJsonObject()};
        });
    [[maybe_unused]] const bool came = waitUntil([&] { return answer->came; });
    return answer->state;
}

bool Tab::isConnected() const
{
    return m_state->isConnected();
}

bool Tab::waitForDisconnected() const
{
    return waitUntil([this] { return !isConnected(); });
}

int Tab::closeCode() const
{
    return m_state->closeCode();
}

QString Tab::closeReason() const
{
    return m_state->closeReason();
}

std::optional<quint64> Tab::connectionId() const
{
    return m_state->connectionId();
}

void Tab::drop()
{
    m_state->drop();
}

bool Tab::reconnect(Where where)
{
    if (!m_state->isLive())
        return fail(u"The page is not live: there is nothing to connect."_s, where);
    if (!m_state->hasWebSockets())
        return fail(u"The browser has no WebSockets: there is nothing to connect."_s, where);
    return finish(m_state->connect(), where);
}

void Tab::close()
{
    m_state->close();
}

} // namespace LiveTest
