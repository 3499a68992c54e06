// SPDX-FileCopyrightText: 2026 The LiveTemplate for Qt authors
// SPDX-License-Identifier: MIT

#include "controls_p.h"

#include "wirevalue_p.h"

#include <QJsonArray>
#include <QMap>
#include <QSet>

#include <algorithm>
#include <span>

using namespace Qt::StringLiterals;

namespace LiveTest {

namespace {

bool isCheckBox(Element element)
{
    return isTag(element, u"input") && keywordOf(element, "type") == "checkbox"_L1;
}

bool isRadio(Element element)
{
    return isTag(element, u"input") && keywordOf(element, "type") == "radio"_L1;
}

/// What the page says of a control, to be compared later.
QString originalOf(const HtmlPage &page, Element control)
{
    if (isCheckable(control))
        return hasAttribute(control, "checked") ? u"checked"_s : QString();
    if (isTag(control, u"textarea"))
        return rawText(control);
    if (!isTag(control, u"select"))
        return attributeOf(control, "value");
    QStringList selected;
    for (const Element option : optionsOf(page, control)) {
        if (hasAttribute(option, "selected"))
            selected.append(optionValue(option));
    }
    return selected.join(u'\n');
}

/// What a control is known by over the updates of a page.
QString identityOf(const HtmlPage &page, Element control)
{
    QString place = isCheckable(control) ? u"="_s + attributeOf(control, "value") : QString();
    if (hasAttribute(control, "id"))
        return u"#"_s + attributeOf(control, "id") + place;
    for (Element ancestor = control; ancestor; ancestor = parentOf(ancestor)) {
        for (const char *key : {"data-key", "data-lvt-key"}) {
            if (hasAttribute(ancestor, key))
                place += u"@"_s + attributeOf(ancestor, key);
        }
    }
    const auto describe = [&](Element element) {
        return tagOf(element) + u'.' + attributeOf(element, "name");
    };
    // Those of one name in one place are told apart by their order.
    const Element form = formOf(page, control);
    const QString name = describe(control);
    int order = 0;
    int forms = 0;
    for (const Element element : page.elements()) {
        if (element == control)
            break;
        if (form && element == form)
            order = 0;
        if (isTag(element, u"form"))
            ++forms;
        if (describe(element) == name)
            ++order;
    }
    return u"%1%2/%3/%4"_s.arg(name, place, QString::number(form ? forms : 0),
                               QString::number(place.contains(u'@') ? 0 : order));
}

} // namespace

bool isDisabledControl(Element element)
{
    static const QSet<QString> controls{u"button"_s,   u"input"_s,    u"select"_s,
                                        u"textarea"_s, u"fieldset"_s, u"option"_s};
    if (!controls.contains(tagOf(element)))
        return false;
    if (hasAttribute(element, "disabled"))
        return true;
    for (Element ancestor = parentOf(element); ancestor; ancestor = parentOf(ancestor)) {
        if (isTag(ancestor, u"fieldset") && hasAttribute(ancestor, "disabled"))
            return true;
    }
    return false;
}

bool isSubmitButton(Element element)
{
    const QString type = keywordOf(element, "type");
    if (isTag(element, u"button"))
        return type != "button"_L1 && type != "reset"_L1;
    return isTag(element, u"input") && (type == "submit"_L1 || type == "image"_L1);
}

bool isField(Element element)
{
    static const QSet<QString> buttons{u"submit"_s, u"image"_s, u"button"_s, u"reset"_s};
    if (isTag(element, u"input"))
        return !buttons.contains(keywordOf(element, "type"));
    return isTag(element, u"select") || isTag(element, u"textarea");
}

bool isTextField(Element element)
{
    return isField(element) && !isTag(element, u"select") && !isCheckable(element)
        && keywordOf(element, "type") != "file"_L1;
}

bool isCheckable(Element element)
{
    return isCheckBox(element) || isRadio(element);
}

std::vector<Element> optionsOf(const HtmlPage &page, Element select)
{
    std::vector<Element> options;
    std::ranges::copy_if(page.elements(), std::back_inserter(options), [&](Element element) {
        return isTag(element, u"option") && contains(select, element);
    });
    return options;
}

QString optionValue(Element option)
{
    return hasAttribute(option, "value") ? attributeOf(option, "value") : shownText(option);
}

Element formOf(const HtmlPage &page, Element control)
{
    if (!hasAttribute(control, "form"))
        return closest(control, u"form");
    const QString id = attributeOf(control, "form");
    const auto found = std::ranges::find_if(page.elements(), [&](Element element) {
        return isTag(element, u"form") && attributeOf(element, "id") == id;
    });
    return found == page.elements().end() ? nullptr : *found;
}

Element firstSubmitButton(const HtmlPage &page, Element form)
{
    const auto found = std::ranges::find_if(page.elements(), [&](Element element) {
        return isSubmitButton(element) && formOf(page, element) == form;
    });
    return found == page.elements().end() ? nullptr : *found;
}

const Controls::Touched *Controls::find(const HtmlPage &page, Element control) const
{
    if (m_touched.isEmpty())
        return nullptr;
    const auto found = m_touched.constFind(identityOf(page, control));
    if (found == m_touched.cend() || found->original != originalOf(page, control))
        return nullptr;
    return &*found;
}

void Controls::touch(const HtmlPage &page, Element control, const Touched &now)
{
    Touched touched = now;
    touched.original = originalOf(page, control);
    m_touched.insert(identityOf(page, control), touched);
}

QString Controls::value(const HtmlPage &page, Element control) const
{
    if (isTag(control, u"select"))
        return selected(page, control).value(0);
    if (isCheckable(control))
        return hasAttribute(control, "value") ? attributeOf(control, "value") : u"on"_s;
    if (const Touched *touched = find(page, control))
        return touched->value;
    if (isTag(control, u"textarea")) {
        const QString text = rawText(control);
        return text.startsWith(u'\n') ? text.sliced(1) : text;
    }
    return attributeOf(control, "value");
}

QStringList Controls::selected(const HtmlPage &page, Element select) const
{
    if (const Touched *touched = find(page, select))
        return {touched->value};
    const auto options = optionsOf(page, select);
    QStringList values;
    for (const Element option : options) {
        if (hasAttribute(option, "selected"))
            values.append(optionValue(option));
    }
    if (hasAttribute(select, "multiple"))
        return values;
    if (!values.isEmpty())
        return {values.last()};
    const auto first = std::ranges::find_if(options, [](Element option) {
        return !hasAttribute(option, "disabled");
    });
    return first == options.end() ? QStringList() : QStringList(optionValue(*first));
}

bool Controls::isChecked(const HtmlPage &page, Element control) const
{
    if (isTag(control, u"option")) {
        const Element select = closest(control, u"select");
        return select && selected(page, select).contains(optionValue(control));
    }
    if (!isCheckable(control))
        return false;
    const Touched *touched = find(page, control);
    return touched ? touched->checked : hasAttribute(control, "checked");
}

void Controls::setValue(const HtmlPage &page, Element control, const QString &value)
{
    touch(page, control, {.value = value, .original = {}});
}

void Controls::setChecked(const HtmlPage &page, Element control, bool checked)
{
    if (isRadio(control) && checked) {
        const QString name = attributeOf(control, "name");
        const Element form = formOf(page, control);
        for (const Element other : page.elements()) {
            if (isRadio(other) && other != control && attributeOf(other, "name") == name
                && formOf(page, other) == form)
                touch(page, other, {});
        }
    }
    touch(page, control, {.value = {}, .checked = checked, .original = {}});
}

void Controls::reset(const HtmlPage &page, Element form)
{
    for (const Element element : page.elements()) {
        if (isField(element) && formOf(page, element) == form)
            m_touched.remove(identityOf(page, element));
    }
}

QList<FormEntry> Controls::entries(const HtmlPage &page, Element form, Element submitter) const
{
    QList<FormEntry> entries;
    for (const Element element : page.elements()) {
        const QString name = hasAttribute(element, "name") ? attributeOf(element, "name")
                                                           : QString();
        if (name.isEmpty() || isDisabledControl(element) || formOf(page, element) != form)
            continue;
        if (element == submitter)
            entries.append({name, attributeOf(element, "value")});
        if (!isField(element) || (isCheckable(element) && !isChecked(page, element)))
            continue;
        if (isTag(element, u"select")) {
            for (const QString &value : selected(page, element))
                entries.append({name, value});
        } else {
            const bool isFile = keywordOf(element, "type") == "file"_L1;
            entries.append({name, isFile ? QString() : value(page, element), isFile});
        }
    }
    return entries;
}

QJsonObject Controls::wireData(const HtmlPage &page, Element form, Element submitter) const
{
    QJsonObject data;
    QMap<QString, QList<Element>> boxes;
    QSet<QString> passwords;
    for (const Element element : page.elements()) {
        if (!contains(form, element) || attributeOf(element, "name").isEmpty())
            continue;
        if (isCheckBox(element))
            boxes[attributeOf(element, "name")].append(element);
        else if (isTag(element, u"input") && keywordOf(element, "type") == "password"_L1)
            passwords.insert(attributeOf(element, "name"));
    }
    for (const auto &[name, group] : boxes.asKeyValueRange()) {
        if (group.size() == 1) {
            data.insert(name, isChecked(page, group.first()));
            continue;
        }
        QJsonArray values;
        for (const Element box : group) {
            if (isChecked(page, box))
                values.append(value(page, box));
        }
        data.insert(name, values);
    }
    const QString submitterName = submitter ? attributeOf(submitter, "name") : QString();
    for (const FormEntry &entry : entries(page, form, nullptr)) {
        if (entry.isFile || boxes.contains(entry.name)
            || (!submitterName.isEmpty() && entry.name == submitterName))
            continue;
        data.insert(entry.name,
                    passwords.contains(entry.name) ? QJsonValue(entry.value)
                                                   : wireValue(entry.value));
    }
    if (submitter)
        addButtonData(data, submitter);
    return data;
}

namespace {

void addAttributes(QJsonObject &data, Element element, bool withId)
{
    const GumboVector &attributes = element->v.element.attributes;
    const std::span all(reinterpret_cast<GumboAttribute **>(attributes.data), attributes.length);
    for (const GumboAttribute *attribute : all) {
        const QString name = QString::fromUtf8(attribute->name);
        if (name.startsWith("data-"_L1) && name != "data-key"_L1
            && (withId || name != "data-lvt-id"_L1))
            data.insert(name.sliced(5), wireValue(QString::fromUtf8(attribute->value)));
    }
}

} // namespace

void addButtonData(QJsonObject &data, Element button)
{
    if (const QString value = attributeOf(button, "value"); !value.isEmpty())
        data.insert(u"value"_s, wireValue(value));
    addAttributes(data, button, true);
}

void addDataAttributes(QJsonObject &data, Element element)
{
    addAttributes(data, element, false);
}

} // namespace LiveTest
