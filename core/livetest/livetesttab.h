// SPDX-FileCopyrightText: 2026 The LiveTemplate for Qt authors
// SPDX-License-Identifier: MIT

#pragma once

#include "livetestupdate.h"
#include "statetype.h"

#include <QJsonObject>
#include <QList>
#include <QMap>
#include <QString>
#include <QStringList>
#include <QVariant>

#include <memory>
#include <optional>
#include <source_location>
#include <utility>

namespace LiveTest {

/// An open page, as a person has it before them.
///
/// Elements are named by CSS selectors: `#id`, `.class`, `tag`, `[name=value]` and the other
/// attribute selectors, `:nth-child(2)`, `:first-child`, `:last-child`, `:not(…)`, `:checked`,
/// `:disabled`, combined by " ", ">", "+", "~" and ","; and `:contains("text")` for what has a text
/// in it. Where several match, the first in the document is meant.
///
/// Functions that look see what has arrived; what others cause comes a little later: use
/// QTRY_COMPARE for that, or waitForUpdate(). Functions that act return when the server has
/// answered, and fail the test when it does not within ten seconds.
class Tab
{
public:
    /// As std::source_location::current(), in the caller: a test fails there.
    using Where = std::source_location;

    ~Tab();
    Tab(Tab &&) noexcept;
    Tab &operator=(Tab &&) noexcept;

    // ---- What the page shows

    /// The status of the answer that brought the page.
    [[nodiscard]] int status() const;
    /// The address with its query, after redirects and navigation: "/todos?filter=open".
    [[nodiscard]] QString address() const;
    /// The whole document, with its live part as it is now.
    [[nodiscard]] QString document() const;
    /// The live part: what stands in the page's body.
    [[nodiscard]] QString html() const;
    [[nodiscard]] QString title() const;

    [[nodiscard]] bool has(QStringView selector, Where where = Where::current()) const;
    [[nodiscard]] qsizetype count(QStringView selector, Where where = Where::current()) const;
    /// The text of an element, with white space collapsed as a browser shows it.
    [[nodiscard]] QString text(QStringView selector, Where where = Where::current()) const;
    /// The texts of all that match, in the order of the document.
    [[nodiscard]] QStringList texts(QStringView selector, Where where = Where::current()) const;
    /// The HTML of an element, itself included.
    [[nodiscard]] QString outerHtml(QStringView selector, Where where = Where::current()) const;
    /// Null when the element has no such attribute.
    [[nodiscard]] QString attribute(QStringView selector, QStringView name,
                                    Where where = Where::current()) const;
    /// What a control holds: what was typed, chosen or checked, otherwise what the page says.
    [[nodiscard]] QString value(QStringView selector, Where where = Where::current()) const;
    [[nodiscard]] bool isChecked(QStringView selector, Where where = Where::current()) const;

    // ---- What a person does. Each returns whether it could be done.

    /// Clicks: a button runs its action or sends its form, a link is followed, a check box or radio
    /// button changes, an element with lvt-on:click runs that action.
    bool click(QStringView selector, Where where = Where::current());
    /// Writes @p text into a field in place of what stands there. The server is told where the page
    /// asks for it: lvt-on:input, lvt-on:change, or a controller with an action "change". Delays
    /// of the client (lvt-mod:debounce) are not waited for.
    bool type(QStringView selector, const QString &text, Where where = Where::current());
    /// Chooses an option of a select, by its value or its text.
    bool choose(QStringView selector, const QString &option, Where where = Where::current());
    bool check(QStringView selector, bool checked = true, Where where = Where::current());
    /// Presses a key in a field or on another element, by its name in KeyboardEvent.key: Enter in a
    /// field of a form sends the form, and lvt-on:keydown with lvt-key runs its action.
    bool press(QStringView selector, const QString &key, Where where = Where::current());
    /// Sends a form as its first button would. File inputs send nothing: uploads are not
    /// supported.
    bool submit(QStringView form = u"form", Where where = Where::current());
    /// Follows a link to another address or another query of the page.
    bool navigate(const QString &address, Where where = Where::current());
    /// Goes to the page anew, as a person who reloads it.
    bool reload(Where where = Where::current());

    /// Sends an action that no element of the page sends.
    bool send(const QString &action, const QJsonObject &data = {}, Where where = Where::current());
    /// Sends a form that is not on the page, as a browser does by itself, and shows what comes.
    bool sendForm(const QList<std::pair<QString, QString>> &fields, Where where = Where::current());
    /// Sends a message as it stands, which need not be one, and waits for nothing.
    bool sendRaw(const QByteArray &message, Where where = Where::current());

    // ---- What the server sent

    /// The last message: after an action its answer, unless something else came since. Null before
    /// the first, and without JavaScript.
    [[nodiscard]] Update lastUpdate() const;
    /// The answer to the last action. Null before the first.
    [[nodiscard]] Update lastAnswer() const;
    /// All since the page was loaded, the first with the whole tree.
    [[nodiscard]] QList<Update> updates() const;
    /// Waits for the next message that is no answer. Fails the test when none comes within ten
    /// seconds, or the connection ends. Messages that came before the call and were not waited for
    /// count.
    bool waitForUpdate(Where where = Where::current());
    /// Whether nothing more is on its way to the tab: asks the server for a sign of life, and says
    /// whether something else came before that. What other threads and servers have still to send
    /// is not known to it.
    [[nodiscard]] bool isQuiet(Where where = Where::current());

    /// The errors by field that the last answer came with.
    [[nodiscard]] QMap<QString, QString> errors() const { return lastAnswer().errors(); }

    // ---- What the server has

    /// A copy of the state of this tab at the server; a default one, and a failed test, when the
    /// tab is not connected.
    template<LiveTemplate::State PageState>
    [[nodiscard]] PageState state(Where where = Where::current()) const
    {
        return stateAs(QMetaType::fromType<PageState>(), where).template value<PageState>();
    }
    /// All of its properties by name.
    [[nodiscard]] QJsonObject stateAsJson(Where where = Where::current()) const;

    // ---- The connection

    [[nodiscard]] bool isConnected() const;
    /// Waits until the server has closed the connection; false after ten seconds.
    [[nodiscard]] bool waitForDisconnected() const;
    /// Why the server closed the connection (RFC 6455, 7.4): 1001 when it goes away, say. 0 while
    /// it is open, and when there was no farewell.
    [[nodiscard]] int closeCode() const;
    /// The sentence that came with the code.
    [[nodiscard]] QString closeReason() const;
    /// The connection as the server names it, for Server::requestDetails() and its kin; nothing
    /// when it has none of this tab's.
    [[nodiscard]] std::optional<quint64> connectionId() const;
    /// Cuts the connection as a network does that is gone. Meanwhile actions go by HTTP, as those
    /// of the client do.
    void drop();
    /// Connects again, as the client does at its next heartbeat: the page comes anew, with the
    /// state that was saved.
    bool reconnect(Where where = Where::current());
    /// Closes the tab. It cannot be used any more, but for looking.
    void close();

private:
    friend class Browser;
    explicit Tab(std::unique_ptr<class TabState> state);
    [[nodiscard]] QVariant stateAs(QMetaType type, Where where) const;

    std::unique_ptr<class TabState> m_state;
};

} // namespace LiveTest
