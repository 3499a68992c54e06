// SPDX-FileCopyrightText: 2026 The LiveTemplate for Qt authors
// SPDX-License-Identifier: MIT

#include "formrules_p.h"

#include "actiontable_p.h"
#include "fieldvalue_p.h"

#include <QHash>
#include <QRegularExpression>
#include <QStringList>

#include <gumbo.h>

#include <algorithm>
#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <type_traits>
#include <utility>
#include <vector>

using namespace Qt::StringLiterals;

namespace LiveTemplate {

namespace {

std::optional<QString> attribute(const GumboElement &element, const char *name)
{
    const GumboAttribute *found = gumbo_get_attribute(&element.attributes, name);
    return found ? std::optional(QString::fromUtf8(found->value)) : std::nullopt;
}

bool has(const GumboElement &element, const char *name)
{
    return gumbo_get_attribute(&element.attributes, name);
}

/// An attribute whose values are keywords.
QString keyword(const GumboElement &element, const char *name)
{
    return attribute(element, name).value_or(QString()).toLower();
}

/// Null when @p node is no element of HTML.
const GumboElement *htmlElement(const GumboNode &node)
{
    const bool isElement = node.type == GUMBO_NODE_ELEMENT
        && node.v.element.tag_namespace == GUMBO_NAMESPACE_HTML;
    return isElement ? &node.v.element : nullptr;
}

std::span<GumboNode *> toSpan(const GumboVector &nodes)
{
    return {reinterpret_cast<GumboNode **>(nodes.data), nodes.length};
}

std::span<GumboNode *> children(const GumboNode &node)
{
    if (node.type == GUMBO_NODE_ELEMENT)
        return toSpan(node.v.element.children);
    if (node.type == GUMBO_NODE_DOCUMENT)
        return toSpan(node.v.document.children);
    return {}; // text, or a template, which is not a part of the page
}

bool isSubmitButton(const GumboElement &element)
{
    const QString type = keyword(element, "type");
    if (element.tag == GUMBO_TAG_BUTTON)
        return type != "button"_L1 && type != "reset"_L1;
    return element.tag == GUMBO_TAG_INPUT && (type == "submit"_L1 || type == "image"_L1);
}

bool isControl(const GumboElement &element)
{
    return element.tag == GUMBO_TAG_INPUT || element.tag == GUMBO_TAG_BUTTON
        || element.tag == GUMBO_TAG_SELECT || element.tag == GUMBO_TAG_TEXTAREA;
}

/// A control of a form, and what it has from the elements around it.
struct Control
{
    const GumboElement *element = nullptr;
    bool isDisabled = false;
};

struct Form
{
    const GumboElement *element = nullptr;
    std::vector<Control> controls;
};

/// The forms of a page in the order of the document, and the controls of each.
class FormCollector
{
public:
    explicit FormCollector(const GumboNode &document)
    {
        // Not by recursion: what a page nests may be deeper than the stack.
        m_pending.push_back({&document, {}});
        while (!m_pending.empty()) {
            const Place place = m_pending.back();
            m_pending.pop_back();
            visit(place);
        }
        for (const auto &[control, id] : m_distant) {
            if (const int form = m_formsById.value(id, -1); form >= 0)
                m_forms[std::size_t(form)].controls.push_back(control);
        }
    }

    [[nodiscard]] const std::vector<Form> &forms() const { return m_forms; }

private:
    /// What is around a node.
    struct Scope
    {
        int form = -1;
        bool isDisabled = false;
        bool isInDataList = false;
    };

    struct Place
    {
        const GumboNode *node;
        Scope scope;
    };

    void visit(const Place &place)
    {
        Scope scope = place.scope;
        const GumboNode *legend = nullptr;
        if (const GumboElement *element = htmlElement(*place.node)) {
            if (element->tag == GUMBO_TAG_FORM)
                scope.form = addForm(*element);
            else if (isControl(*element) && !scope.isInDataList)
                addControl(*element, scope);
            else if (element->tag == GUMBO_TAG_FIELDSET && has(*element, "disabled"))
                legend = firstLegend(*place.node);
            scope.isDisabled |= element->tag == GUMBO_TAG_FIELDSET && has(*element, "disabled");
            scope.isInDataList |= element->tag == GUMBO_TAG_DATALIST;
        }
        const auto nodes = children(*place.node);
        for (auto it = nodes.rbegin(); it != nodes.rend(); ++it) {
            Scope inner = scope;
            // HTML, 4.10.15: what is in the first legend of a field set is not disabled by it.
            if (*it == legend)
                inner.isDisabled = place.scope.isDisabled;
            m_pending.push_back({*it, inner});
        }
    }

    [[nodiscard]] static const GumboNode *firstLegend(const GumboNode &fieldSet)
    {
        for (const GumboNode *child : children(fieldSet)) {
            const GumboElement *element = htmlElement(*child);
            if (element && element->tag == GUMBO_TAG_LEGEND)
                return child;
        }
        return nullptr;
    }

    [[nodiscard]] int addForm(const GumboElement &element)
    {
        const int form = int(m_forms.size());
        m_forms.push_back({&element, {}});
        if (const auto id = attribute(element, "id");
            id && !id->isEmpty() && !m_formsById.contains(*id))
            m_formsById.insert(*id, form);
        return form;
    }

    void addControl(const GumboElement &element, const Scope &scope)
    {
        const Control control{&element, scope.isDisabled || has(element, "disabled")};
        if (const auto id = attribute(element, "form"))
            m_distant.emplace_back(control, *id);
        else if (scope.form >= 0)
            m_forms[std::size_t(scope.form)].controls.push_back(control);
    }

    std::vector<Form> m_forms;
    QHash<QString, int> m_formsById;
    /// Controls that name their form by its id.
    std::vector<std::pair<Control, QString>> m_distant;
    std::vector<Place> m_pending;
};

enum class ControlType {
    Text,
    TextArea,
    Email,
    Url,
    Number,
    Range,
    Date,
    Time,
    DateTime,
    /// Months and weeks.
    OtherTime,
    CheckBox,
    Radio,
    Select,
    /// What browsers do not check, and files.
    Other,
};

ControlType inputType(const QString &keyword)
{
    static const QHash<QString, ControlType> types{
        {u"email"_s, ControlType::Email},       {u"url"_s, ControlType::Url},
        {u"number"_s, ControlType::Number},     {u"range"_s, ControlType::Range},
        {u"date"_s, ControlType::Date},         {u"time"_s, ControlType::Time},
        {u"month"_s, ControlType::OtherTime},   {u"week"_s, ControlType::OtherTime},
        {u"checkbox"_s, ControlType::CheckBox}, {u"radio"_s, ControlType::Radio},
        {u"hidden"_s, ControlType::Other},      {u"submit"_s, ControlType::Other},
        {u"image"_s, ControlType::Other},       {u"reset"_s, ControlType::Other},
        {u"button"_s, ControlType::Other},      {u"file"_s, ControlType::Other},
        {u"color"_s, ControlType::Other},       {u"datetime-local"_s, ControlType::DateTime},
    };
    return types.value(keyword, ControlType::Text);
}

ControlType typeOf(const GumboElement &element)
{
    switch (element.tag) {
    case GUMBO_TAG_INPUT:
        return inputType(keyword(element, "type"));
    case GUMBO_TAG_SELECT:
        return ControlType::Select;
    case GUMBO_TAG_TEXTAREA:
        return ControlType::TextArea;
    default:
        return ControlType::Other;
    }
}

QString nameOf(const GumboElement &element)
{
    return attribute(element, "name").value_or(QString());
}

/// HTML, 2.3.4.2: what follows the digits does not count.
std::optional<int> countOf(const std::optional<QString> &text)
{
    static const QRegularExpression form(u"^\\s*\\+?(\\d{1,9})"_s);
    const auto match = form.match(text.value_or(QString()));
    return match.hasMatch() ? std::optional(match.captured(1).toInt()) : std::nullopt;
}

bool isEmptyOption(const GumboElement &option)
{
    if (option.tag != GUMBO_TAG_OPTION || has(option, "disabled"))
        return false;
    if (const auto value = attribute(option, "value"))
        return value->isEmpty();
    return std::ranges::all_of(toSpan(option.children), [](const GumboNode *node) {
        return node->type == GUMBO_NODE_WHITESPACE;
    });
}

/// Whether one can choose nothing in a `<select>` or `<optgroup>`. The placeholder is no choice
/// (HTML, 4.10.7): the first option, if nothing is around it.
bool offersNothing(const GumboElement &parent, bool mayHavePlaceholder)
{
    for (const GumboNode *node : toSpan(parent.children)) {
        const GumboElement *element = htmlElement(*node);
        if (!element)
            continue;
        if (!std::exchange(mayHavePlaceholder, false) && isEmptyOption(*element))
            return true;
        if (element->tag == GUMBO_TAG_OPTGROUP && offersNothing(*element, false))
            return true;
    }
    return false;
}

bool hasPlaceholder(const GumboElement &select)
{
    return !has(select, "multiple") && countOf(attribute(select, "size")).value_or(1) <= 1;
}

/// The rules of one form.
class RuleCollector
{
public:
    explicit RuleCollector(const Form &form)
        : m_form(form)
    {
        for (const Control &control : form.controls)
            addControl(control);
    }

    [[nodiscard]] const Rules &rules() const { return m_rules; }

private:
    void addControl(const Control &control)
    {
        const GumboElement &element = *control.element;
        const ControlType type = typeOf(element);
        m_name = nameOf(element);
        if (type == ControlType::Other || m_name.isEmpty() || control.isDisabled
            || isReadOnly(element, type)) {
            return;
        }
        if (has(element, "required"))
            addRequired(element, type);
        addType(element, type);
        if (type == ControlType::Text || type == ControlType::TextArea || type == ControlType::Email
            || type == ControlType::Url) {
            addText(element, type);
        }
        addLimits(element, type);
    }

    [[nodiscard]] static bool isReadOnly(const GumboElement &element, ControlType type)
    {
        return has(element, "readonly") && type != ControlType::Range
            && type != ControlType::CheckBox && type != ControlType::Radio
            && type != ControlType::Select;
    }

    void add(const Rule &rule)
    {
        QList<Rule> &rules = m_rules[m_name];
        if (!rules.contains(rule))
            rules.append(rule);
    }

    void addRequired(const GumboElement &element, ControlType type)
    {
        if (type == ControlType::CheckBox) {
            add(Rule::checked(attribute(element, "value").value_or(u"on"_s)));
            return;
        }
        const bool mayBeEmpty = type == ControlType::Range
            || (type == ControlType::Select && offersNothing(element, hasPlaceholder(element)))
            || (type == ControlType::Radio && hasRadioOfNothing());
        if (!mayBeEmpty)
            add(Rule::required());
    }

    [[nodiscard]] bool hasRadioOfNothing() const
    {
        return std::ranges::any_of(m_form.controls, [this](const Control &control) {
            return typeOf(*control.element) == ControlType::Radio
                && nameOf(*control.element) == m_name && !control.isDisabled
                && attribute(*control.element, "value") == QString();
        });
    }

    void addType(const GumboElement &element, ControlType type)
    {
        switch (type) {
        case ControlType::Email:
            return add(has(element, "multiple") ? Rule::emailList() : Rule::email());
        case ControlType::Url:
            return add(Rule::url());
        case ControlType::Number:
        case ControlType::Range:
            return add(Rule::number());
        case ControlType::Date:
            return add(Rule::date());
        case ControlType::Time:
            return add(Rule::time());
        case ControlType::DateTime:
            return add(Rule::dateTime());
        default:
            return;
        }
    }

    void addText(const GumboElement &element, ControlType type)
    {
        if (const auto least = countOf(attribute(element, "minlength")))
            add(Rule::minLength(*least));
        if (const auto most = countOf(attribute(element, "maxlength")))
            add(Rule::maxLength(*most));
        const auto pattern = attribute(element, "pattern");
        if (pattern && type != ControlType::TextArea)
            add(Rule::pattern(*pattern, attribute(element, "title").value_or(QString())));
    }

    void addLimits(const GumboElement &element, ControlType type)
    {
        const auto least = attribute(element, "min");
        const auto most = attribute(element, "max");
        switch (type) {
        case ControlType::Number:
            return addLimits(least.and_then(numberOf), most.and_then(numberOf));
        case ControlType::Range:
            return addLimits(std::optional(least.and_then(numberOf).value_or(0)),
                             std::optional(most.and_then(numberOf).value_or(100)));
        case ControlType::Date:
            return addLimits(least.and_then(dateOf), most.and_then(dateOf));
        case ControlType::Time:
            return addLimits(least.and_then(timeOf), most.and_then(timeOf));
        case ControlType::DateTime:
            return addLimits(least.and_then(dateTimeOf), most.and_then(dateTimeOf));
        default:
            return;
        }
    }

    template<typename T>
    void addLimits(const std::optional<T> &least, const std::optional<T> &most)
    {
        // HTML, 4.10.5.1.10: times may go past midnight, from 22:00 to 06:00.
        if (std::is_same_v<T, QTime> && least && most && *most < *least)
            return;
        if (least)
            add(Rule::min(*least));
        if (most)
            add(Rule::max(*most));
    }

    const Form &m_form;
    Rules m_rules;
    /// Of the control that is looked at.
    QString m_name;
};

/// "saveDraft" for "save_draft", "save-draft" and "SaveDraft".
QString camelCase(const QString &action)
{
    QString joined;
    bool startsWord = false;
    for (const QChar character : action) {
        const bool isSeparator = character == u'_' || character == u'-';
        if (!isSeparator)
            joined += startsWord && !joined.isEmpty() ? character.toUpper() : character;
        startsWord = isSeparator;
    }
    if (!joined.isEmpty())
        joined[0] = joined[0].toLower();
    return joined;
}

/// Chooses the form of an action.
class FormFinder
{
public:
    FormFinder(const std::vector<Form> &forms, const QString &action)
        : m_forms(forms)
        , m_action(action)
        , m_spellings{action}
    {
        if (const QString method = camelCase(action); !method.isEmpty())
            m_spellings += ActionTable::spellings(method);
    }

    /// Usually one.
    [[nodiscard]] std::vector<const Form *> find() const
    {
        auto found = formsThat([this](const Form &form) { return hasAny(explicitActions(form)); });
        if (found.empty())
            found = formsThat([this](const Form &form) { return hasAny(buttonNames(form)); });
        if (found.empty())
            found = formsThat([this](const Form &form) { return hasAny(formNames(form)); });
        if (found.empty() && m_action == "submit"_L1) {
            found = formsThat([](const Form &form) {
                return explicitActions(form).isEmpty() && buttonNames(form).isEmpty()
                    && formNames(form).isEmpty();
            });
        }
        return found;
    }

    /// Whether the form, or the button that was clicked, asks for no checks. Which button that was
    /// is what the client says: it counts where the action is the button's own, or where the form
    /// names the action and so leaves its buttons that word.
    [[nodiscard]] bool isUnchecked(const Form &form, const QString &submitter) const
    {
        return has(*form.element, "novalidate")
            || std::ranges::any_of(form.controls, [&](const Control &control) {
                   const QString name = nameOf(*control.element);
                   return isSubmitButton(*control.element)
                       && has(*control.element, "formnovalidate") && !name.isEmpty()
                       && (m_spellings.contains(name)
                           || (name == submitter && hasAny(explicitActions(form))));
               });
    }

private:
    template<typename Condition>
    [[nodiscard]] std::vector<const Form *> formsThat(Condition condition) const
    {
        std::vector<const Form *> found;
        for (const Form &form : m_forms) {
            if (condition(form))
                found.push_back(&form);
        }
        return found;
    }

    [[nodiscard]] bool hasAny(const QStringList &names) const
    {
        return std::ranges::any_of(names, [this](const QString &name) {
            return m_spellings.contains(name);
        });
    }

    [[nodiscard]] static QStringList explicitActions(const Form &form)
    {
        QStringList actions;
        if (const auto action = attribute(*form.element, "lvt-form:action"))
            actions.append(*action);
        for (const Control &control : form.controls) {
            if (nameOf(*control.element) == "lvt-action"_L1)
                actions.append(attribute(*control.element, "value").value_or(QString()));
        }
        return actions;
    }

    [[nodiscard]] static QStringList buttonNames(const Form &form)
    {
        QStringList names;
        for (const Control &control : form.controls) {
            const QString name = nameOf(*control.element);
            if (isSubmitButton(*control.element) && !name.isEmpty())
                names.append(name);
        }
        return names;
    }

    [[nodiscard]] static QStringList formNames(const Form &form)
    {
        const QString name = nameOf(*form.element);
        return name.isEmpty() ? QStringList() : QStringList{name};
    }

    const std::vector<Form> &m_forms;
    QString m_action;
    QStringList m_spellings;
};

} // namespace

std::expected<Rules, QString> rulesOfForm(const QByteArray &html, const QString &action,
                                          const QString &submitter)
{
    const auto destroy = [](GumboOutput *output) {
        gumbo_destroy_output(&kGumboDefaultOptions, output);
    };
    const std::unique_ptr<GumboOutput, decltype(destroy)> page(gumbo_parse_with_options(
        &kGumboDefaultOptions, html.constData(), std::size_t(html.size())));
    const FormCollector collector(*page->document);
    const FormFinder finder(collector.forms(), action);
    const std::vector<const Form *> found = finder.find();
    if (found.empty())
        return std::unexpected(u"The page has no form for the action \"%1\"."_s.arg(action));

    std::vector<Rules> rules;
    for (const Form *form : found) {
        rules.push_back(finder.isUnchecked(*form, submitter) ? Rules()
                                                             : RuleCollector(*form).rules());
    }
    if (std::ranges::adjacent_find(rules, std::not_equal_to()) != rules.end()) {
        return std::unexpected(
            u"The page has several forms for the action \"%1\", with different rules."_s.arg(
                action));
    }
    return rules.front();
}

} // namespace LiveTemplate
