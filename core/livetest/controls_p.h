// SPDX-FileCopyrightText: 2026 The LiveTemplate for Qt authors
// SPDX-License-Identifier: MIT

#pragma once

#include "htmlpage_p.h"

#include <QHash>
#include <QJsonObject>
#include <QList>
#include <QString>
#include <QStringList>

#include <memory>

namespace LiveTest {

/// Whether an element is a control that can be disabled, and is, by itself or by its fieldset.
[[nodiscard]] bool isDisabledControl(Element element);
[[nodiscard]] bool isSubmitButton(Element element);
/// An input, select or textarea that takes text or a choice: no button.
[[nodiscard]] bool isField(Element element);
/// A field of a line or more of text, which one types into.
[[nodiscard]] bool isTextField(Element element);
/// A check box or a radio button.
[[nodiscard]] bool isCheckable(Element element);

/// The options of a select.
[[nodiscard]] std::vector<Element> optionsOf(const HtmlPage &page, Element select);
[[nodiscard]] QString optionValue(Element option);

/// The form that a control belongs to: that of its `form` attribute, or the one around it.
[[nodiscard]] Element formOf(const HtmlPage &page, Element control);
/// Null when it has none.
[[nodiscard]] Element firstSubmitButton(const HtmlPage &page, Element form);

/// A name and value of a form as it is sent.
struct FormEntry
{
    QString name;
    QString value;
    /// A file input in which nothing is chosen.
    bool isFile = false;
};

/// What a person has typed, chosen and checked on a page, over what the page itself says. It
/// outlives the page's updates: a control is known again by its id, or its name and its place. What
/// was typed stays until the form is reset, or the server says something else there.
class Controls
{
public:
    [[nodiscard]] QString value(const HtmlPage &page, Element control) const;
    [[nodiscard]] QStringList selected(const HtmlPage &page, Element select) const;
    [[nodiscard]] bool isChecked(const HtmlPage &page, Element control) const;

    void setValue(const HtmlPage &page, Element control, const QString &value);
    /// Unchecks the others of a radio button's group.
    void setChecked(const HtmlPage &page, Element control, bool checked);

    /// Forgets what was done to the controls of @p form.
    void reset(const HtmlPage &page, Element form);
    void clear() { m_touched.clear(); }

    /// What a browser sends of @p form, in the order of the document; @p submitter is the button
    /// that sends it, or null.
    [[nodiscard]] QList<FormEntry> entries(const HtmlPage &page, Element form,
                                           Element submitter) const;
    /// What the client sends (PROTOCOL.md B.3).
    [[nodiscard]] QJsonObject wireData(const HtmlPage &page, Element form, Element submitter) const;

private:
    struct Touched
    {
        QString value;
        bool checked = false;
        /// What the page said then.
        QString original;
    };

    [[nodiscard]] const Touched *find(const HtmlPage &page, Element control) const;
    void touch(const HtmlPage &page, Element control, const Touched &now);

    QHash<QString, Touched> m_touched;
};

/// The data of a button: its value, and its data attributes (PROTOCOL.md B.3).
void addButtonData(QJsonObject &data, Element button);
/// The data attributes of an element that acts.
void addDataAttributes(QJsonObject &data, Element element);

} // namespace LiveTest
