// SPDX-FileCopyrightText: 2026 The LiveTemplate for Qt authors
// SPDX-License-Identifier: MIT

#pragma once

#include "tabstate_p.h"

#include <QJsonObject>
#include <QString>

namespace LiveTest {

/// What comes of what a person does to an element: what the browser does by itself, and what the
/// client makes of it (PROTOCOL.md B.3 and D.1). Each waits for the server's answer. Errors are
/// sentences.
class Gestures
{
public:
    using Done = TabState::Done;

    explicit Gestures(TabState &tab)
        : m_tab(tab)
    {
    }

    [[nodiscard]] Done click(Element element);
    [[nodiscard]] Done type(Element field, const QString &text);
    [[nodiscard]] Done choose(Element select, const QString &option);
    [[nodiscard]] Done check(Element box, bool checked);
    [[nodiscard]] Done press(Element element, const QString &key);
    /// @p submitter may be null.
    [[nodiscard]] Done submit(Element form, Element submitter);
    [[nodiscard]] Done follow(const QString &address);

private:
    /// Whether an event of an element ran an action.
    using Ran = std::expected<bool, QString>;

    [[nodiscard]] const HtmlPage &page() const { return m_tab.page(); }
    [[nodiscard]] bool isInWrapper(Element element) const;
    [[nodiscard]] Ran dispatch(Element target, const char *event, const QString &key = {});
    [[nodiscard]] Ran dispatchToWindow(const char *event, const QString &key);
    [[nodiscard]] Done runAction(Element element, const QString &action, QLatin1StringView event);
    [[nodiscard]] Ran activate(Element element);
    [[nodiscard]] Ran clickButton(Element button);
    [[nodiscard]] Ran clickLink(Element link);
    [[nodiscard]] Done report(Element field);
    [[nodiscard]] bool isReported(Element field) const;
    [[nodiscard]] Done submitLive(Element form, Element submitter);
    [[nodiscard]] Done submitNative(Element form, Element submitter);

    TabState &m_tab;
};

} // namespace LiveTest
