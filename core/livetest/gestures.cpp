// SPDX-FileCopyrightText: 2026 The LiveTemplate for Qt authors
// SPDX-License-Identifier: MIT

#include "gestures_p.h"

#include "failure_p.h"
#include "formencoding_p.h"
#include "wirevalue_p.h"

#include <QUrlQuery>

#include <algorithm>
#include <optional>

using namespace Qt::StringLiterals;

namespace LiveTest {

namespace {

QByteArray attributeFor(const char *event)
{
    return QByteArray("lvt-on:") + event;
}

/// Whether an element listens to a key: without a filter to all. Chords are held by nobody here.
bool listensTo(Element element, const QString &key)
{
    const QString filter = attributeOf(element, "lvt-key");
    return filter.isEmpty() || filter == key;
}

/// Finds an element again when the page has come anew: by its tag, its id and its name, and its
/// place among those that are equal in these.
class Place
{
public:
    Place(const HtmlPage &page, Element element)
        : m_description(describe(element))
    {
        for (const Element other : page.elements()) {
            if (other == element)
                break;
            if (describe(other) == m_description)
                ++m_before;
        }
    }

    [[nodiscard]] Element find(const HtmlPage &page) const
    {
        int before = m_before;
        for (const Element element : page.elements()) {
            if (describe(element) == m_description && before-- == 0)
                return element;
        }
        return nullptr;
    }

private:
    [[nodiscard]] static QStringList describe(Element element)
    {
        return {tagOf(element), attributeOf(element, "id"), attributeOf(element, "name")};
    }

    QStringList m_description;
    int m_before = 0;
};

/// Whether a browser does something by itself when an element is clicked.
bool reactsToClicks(Element element)
{
    return isTag(element, u"a") || isTag(element, u"button") || isTag(element, u"label")
        || isField(element) || isSubmitButton(element);
}

QJsonObject actionMessage(const QString &action, const QJsonObject &data,
                          const QString &submitter = {})
{
    QJsonObject message{{u"action"_s, action}, {u"data"_s, data}};
    if (!submitter.isEmpty())
        message.insert(u"submitter"_s, submitter);
    return message;
}

} // namespace

bool Gestures::isInWrapper(Element element) const
{
    const Element wrapper = m_tab.wrapper();
    return wrapper && contains(wrapper, element);
}

// ---- What the client makes of an event

Gestures::Done Gestures::runAction(Element element, const QString &action, QLatin1StringView event)
{
    QJsonObject data;
    if (isTag(element, u"form")) {
        data = m_tab.controls().wireData(page(), element, nullptr);
    } else {
        if (isField(element) && (event == "change"_L1 || event == "input"_L1)) {
            const QString name = attributeOf(element, "name");
            data.insert(name.isEmpty() ? u"value"_s : name,
                        wireValue(m_tab.controls().value(page(), element)));
        }
        addDataAttributes(data, element);
    }
    return m_tab.sendAction(actionMessage(action, data));
}

Gestures::Ran Gestures::dispatch(Element target, const char *event, const QString &key)
{
    if (!m_tab.isLive() || !isInWrapper(target))
        return false;
    const QByteArray attribute = attributeFor(event);
    for (Element element = target; element; element = parentOf(element)) {
        if (const QString action = attributeOf(element, attribute.constData());
            !action.isEmpty() && listensTo(element, key)) {
            return runAction(element, action, QLatin1StringView(event)).transform([] {
                return true;
            });
        }
        // A button that is in no form runs the action of its name.
        const bool isOrphan = event == "click"_ba && isTag(element, u"button")
            && !attributeOf(element, "name").isEmpty() && !isDisabledControl(element)
            && keywordOf(element, "type") != "reset"_L1 && !formOf(page(), element)
            && !hasAttribute(element, "commandfor");
        if (isOrphan) {
            QJsonObject data;
            addButtonData(data, element);
            return m_tab.sendAction(actionMessage(attributeOf(element, "name"), data))
                .transform([] { return true; });
        }
    }
    return false;
}

Gestures::Ran Gestures::dispatchToWindow(const char *event, const QString &key)
{
    if (!m_tab.isLive())
        return false;
    const QByteArray attribute = QByteArray("lvt-on:window:") + event;
    for (const Element element : page().elements()) {
        const QString action = attributeOf(element, attribute.constData());
        if (action.isEmpty() || !isInWrapper(element) || !listensTo(element, key))
            continue;
        QJsonObject data;
        addDataAttributes(data, element);
        return m_tab.sendAction(actionMessage(action, data)).transform([] { return true; });
    }
    return false;
}

// ---- Clicks

Gestures::Done Gestures::click(Element element)
{
    for (Element part = element; part; part = parentOf(part)) {
        if (isDisabledControl(part))
            return std::unexpected(u"%1 is disabled."_s.arg(quoted(startTag(part))));
    }
    const QString clicked = quoted(startTag(element));
    // What the browser does by itself comes after the action of the click; the page may have come
    // anew by then. A button without a form has run its action by that.
    Element active = element;
    while (active && !reactsToClicks(active))
        active = parentOf(active);
    const bool isOrphan = active && isTag(active, u"button") && !formOf(page(), active);
    const std::optional<Place> place = active && !isOrphan ? std::optional(Place(page(), active))
                                                           : std::nullopt;

    const Ran ran = dispatch(element, "click");
    if (!ran)
        return std::unexpected(ran.error());
    Ran activated = false;
    if (const Element again = place ? place->find(page()) : nullptr)
        activated = activate(again);
    if (!activated)
        return std::unexpected(activated.error());
    if (*activated || *ran)
        return {};
    return std::unexpected(
        u"Nothing happens on a click on %1: it is no button of a form or with a name, no link and no field, and has no lvt-on:click."_s
            .arg(clicked));
}

Gestures::Ran Gestures::activate(Element element)
{
    if (isTag(element, u"a"))
        return clickLink(element);
    if (isTag(element, u"button") || isSubmitButton(element))
        return clickButton(element);
    if (isTag(element, u"label")) {
        const QString id = attributeOf(element, "for");
        for (const Element control : page().elements()) {
            const bool isMeant = id.isEmpty() ? isField(control) && contains(element, control)
                                              : attributeOf(control, "id") == id;
            if (isMeant)
                return activate(control);
        }
        return false;
    }
    if (isCheckable(element)) {
        const bool wasChecked = m_tab.controls().isChecked(page(), element);
        const bool isRadio = keywordOf(element, "type") == "radio"_L1;
        return check(element, isRadio || !wasChecked).transform([] { return true; });
    }
    return true; // the focus goes there
}

Gestures::Ran Gestures::clickButton(Element button)
{
    const Element form = formOf(page(), button);
    if (!form)
        return false;
    if (isSubmitButton(button))
        return submit(form, button).transform([] { return true; });
    if (keywordOf(button, "type") != "reset"_L1)
        return false;
    m_tab.controls().reset(page(), form);
    return true;
}

Gestures::Ran Gestures::clickLink(Element link)
{
    if (!hasAttribute(link, "href"))
        return false;
    const QString address = attributeOf(link, "href");
    const bool isClients = isInWrapper(link) && !hasAttribute(link, "lvt-nav:no-intercept")
        && !hasAttribute(link, "download") && !hasAttribute(link, "target");
    if (isClients)
        return follow(address).transform([] { return true; });
    return m_tab.load(m_tab.url().resolved(QUrl(address))).transform([] { return true; });
}

Gestures::Done Gestures::follow(const QString &address)
{
    const QUrl url = m_tab.url().resolved(QUrl(address));
    if (url.host() != m_tab.url().host())
        return std::unexpected(u"%1 leads to another site."_s.arg(url.toDisplayString()));
    // A place on the same page.
    if (address.startsWith(u'#'))
        return {};
    return m_tab.isLive() ? m_tab.navigateTo(url) : m_tab.load(url);
}

// ---- Fields

/// Whether the client tells the server of changes without being asked to (PROTOCOL.md D.1).
bool Gestures::isReported(Element field) const
{
    const QString name = attributeOf(field, "name");
    if (!m_tab.isLive() || !m_tab.hasCapability(u"change"_s) || name.isEmpty()
        || keywordOf(field, "type") == "hidden"_L1 || !isInWrapper(field))
        return false;
    const Element form = closest(field, u"form");
    if (form && (hasAttribute(form, "lvt-change") || hasAttribute(form, "lvt-form:no-intercept")))
        return false;
    if (hasAttribute(field, "lvt-input") || hasAttribute(field, "lvt-change"))
        return false;
    return isTag(field, u"select") || m_tab.boundFields().contains(name);
}

Gestures::Done Gestures::report(Element field)
{
    const Place place(page(), field);
    const bool isReported = this->isReported(field);
    const bool isBox = keywordOf(field, "type") == "checkbox"_L1;
    const QJsonValue value = isBox ? QJsonValue(m_tab.controls().isChecked(page(), field))
                                   : QJsonValue(m_tab.controls().value(page(), field));
    const QString name = attributeOf(field, "name");
    if (const Ran ran = dispatch(field, "input"); !ran)
        return std::unexpected(ran.error());
    if (isReported) {
        const Done sent = m_tab.sendAction(actionMessage(u"change"_s, {{name, value}}));
        if (!sent)
            return sent;
    }
    const Element now = place.find(page());
    if (!now)
        return {};
    const Ran ran = dispatch(now, "change");
    return ran ? Done() : std::unexpected(ran.error());
}

Gestures::Done Gestures::type(Element field, const QString &text)
{
    if (!isTextField(field)) {
        return std::unexpected(u"Nothing can be written into %1."_s.arg(quoted(startTag(field))));
    }
    if (isDisabledControl(field) || hasAttribute(field, "readonly")) {
        return std::unexpected(
            u"%1 is disabled, or can only be read."_s.arg(quoted(startTag(field))));
    }
    m_tab.controls().setValue(page(), field, text);
    return report(field);
}

Gestures::Done Gestures::choose(Element select, const QString &option)
{
    if (!isTag(select, u"select") || isDisabledControl(select)) {
        return std::unexpected(
            u"%1 is no list to choose from, or is disabled."_s.arg(quoted(startTag(select))));
    }
    QStringList offered;
    for (const Element candidate : optionsOf(page(), select)) {
        if (optionValue(candidate) == option || shownText(candidate) == option.simplified()) {
            m_tab.controls().setValue(page(), select, optionValue(candidate));
            return report(select);
        }
        offered.append(quoted(shownText(candidate)));
    }
    return std::unexpected(u"%1 has no option \"%2\"; it has %3."_s.arg(
        quoted(startTag(select)), option, offered.isEmpty() ? u"none"_s : offered.join(u", "_s)));
}

Gestures::Done Gestures::check(Element box, bool checked)
{
    if (!isCheckable(box) || isDisabledControl(box)) {
        return std::unexpected(
            u"%1 is no check box or radio button, or is disabled."_s.arg(quoted(startTag(box))));
    }
    if (m_tab.controls().isChecked(page(), box) == checked)
        return {};
    m_tab.controls().setChecked(page(), box, checked);
    return report(box);
}

Gestures::Done Gestures::press(Element element, const QString &key)
{
    Ran ran = dispatch(element, "keydown", key);
    if (ran && !*ran)
        ran = dispatchToWindow("keydown", key);
    if (!ran)
        return std::unexpected(ran.error());
    if (*ran || key != "Enter"_L1)
        return {};
    const bool isInput = isTag(element, u"input") && isField(element);
    if (!isInput) {
        const bool isActive = isTag(element, u"a") || isTag(element, u"button")
            || isTag(element, u"input");
        return isActive ? click(element) : Done();
    }
    // A field clicks the first button of its form (HTML, implicit submission); without one, a form
    // that has a single field to type into is sent.
    const Element form = formOf(page(), element);
    if (!form)
        return {};
    if (const Element button = firstSubmitButton(page(), form))
        return click(button);
    const auto fields = std::ranges::count_if(page().elements(), [&](Element field) {
        return isTag(field, u"input") && isTextField(field)
            && keywordOf(field, "type") != "hidden"_L1 && formOf(page(), field) == form;
    });
    return fields > 1 ? Done() : submit(form, nullptr);
}

// ---- Forms

Gestures::Done Gestures::submit(Element form, Element submitter)
{
    const bool isClients = m_tab.isLive() && isInWrapper(form)
        && !hasAttribute(form, "lvt-form:no-intercept");
    return isClients ? submitLive(form, submitter) : submitNative(form, submitter);
}

Gestures::Done Gestures::submitLive(Element form, Element submitter)
{
    QString action;
    for (Element element = form; element && action.isEmpty(); element = parentOf(element))
        action = attributeOf(element, "lvt-on:submit");
    // An action of lvt-on:submit is not told which button it was.
    if (!action.isEmpty())
        submitter = nullptr;
    const QString submitterName = submitter ? attributeOf(submitter, "name") : QString();
    const bool isNamed = submitter && isTag(submitter, u"button");
    for (const QString &candidate :
         {attributeOf(form, "lvt-form:action"), isNamed ? submitterName : QString(),
          attributeOf(form, "name"), u"submit"_s}) {
        if (action.isEmpty())
            action = candidate;
    }
    const bool isKept = hasAttribute(form, "lvt-form:preserve");
    const Place place(page(), form);
    const auto sent = m_tab.sendAction(
        actionMessage(action, m_tab.controls().wireData(page(), form, submitter), submitterName));
    if (!sent || isKept || !m_tab.lastAnswer().success())
        return sent;
    // A form that was sent is as the page has it (PROTOCOL.md D.2).
    if (const Element again = place.find(page()))
        m_tab.controls().reset(page(), again);
    return sent;
}

Gestures::Done Gestures::submitNative(Element form, Element submitter)
{
    QList<FormEntry> entries = m_tab.controls().entries(page(), form, submitter);
    const QString submitterName = submitter ? attributeOf(submitter, "name") : QString();
    if (m_tab.isLive() && hasAttribute(form, "lvt-form:emit-submitter") && !submitterName.isEmpty())
        entries.append({u"lvt-submitter"_s, submitterName});
    const auto ofSubmitter = [&](const char *own, const char *forms) {
        return submitter && hasAttribute(submitter, own) ? attributeOf(submitter, own)
                                                         : attributeOf(form, forms);
    };
    const QString address = ofSubmitter("formaction", "action");
    QUrl url = address.isEmpty() ? m_tab.url() : m_tab.url().resolved(QUrl(address));
    if (ofSubmitter("formmethod", "method").toLower() != "post"_L1) {
        url.setQuery(QString::fromUtf8(urlEncoded(entries)));
        return m_tab.load(url);
    }
    const bool isMultipart = ofSubmitter("formenctype", "enctype").toLower()
        == "multipart/form-data"_L1;
    const EncodedForm encoded = isMultipart
        ? multipartEncoded(entries)
        : EncodedForm{"application/x-www-form-urlencoded", urlEncoded(entries)};
    return m_tab.load(url,
                      {.method = "POST",
                       .headers = {{"Content-Type", encoded.contentType}},
                       .body = encoded.body});
}

} // namespace LiveTest
