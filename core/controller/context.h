// SPDX-FileCopyrightText: 2026 The LiveTemplate for Qt authors
// SPDX-License-Identifier: MIT

#pragma once

#include "actiondata.h"
#include "binding.h"
#include "clock.h"
#include "flashmessages.h"
#include "httpexchange.h"
#include "ids.h"
#include "livetemplate_export.h"
#include "session.h"

#include <QJsonObject>
#include <QList>
#include <QString>

#include <memory>
#include <optional>

namespace LiveTemplate {

/// An action that waits to be run on the peers of the connection that asked for it.
struct BroadcastRequest
{
    QString action;
    QJsonObject data;
};

/// A page as it is shown when an action comes.
class ShownPage
{
public:
    virtual ~ShownPage() = default;
    [[nodiscard]] virtual QByteArray html() const = 0;
};

/// What an action is told besides the state, and what it may ask for. Valid during the call only.
class LIVETEMPLATE_EXPORT Context
{
public:
    /// How the action came about.
    enum class Origin {
        /// The client of this connection sent it, or it is this connection's own life-cycle hook.
        Client,
        /// A peer of the session group broadcast it.
        Broadcast,
        /// The program triggered it: Session::triggerAction().
        Trigger,
    };

    /// When the server calls.
    enum class Occasion {
        /// An action.
        Action,
        /// `mount` for a page that is asked for by HTTP.
        PageLoad,
        /// `mount` before an action that is sent by HTTP.
        Submission,
        /// `mount` or `onConnect` for a WebSocket that was opened just now.
        Connect,
        /// `mount` for another query of the same page, without a new page.
        Navigation,
    };

    /// At most this many broadcasts per action; more are dropped and logged.
    static constexpr int maxBroadcasts = 100;

    /// All that the server knows of a call.
    struct Call
    {
        Origin origin = Origin::Client;
        Occasion occasion = Occasion::Action;
        QString action = {};
        /// The control that sent a form; empty when it has no name.
        QString submitter = {};
        ActionData data = {};
        GroupId group = {};
        UserId user = {};
        /// Whether the state is one that the group had saved.
        bool isRestored = false;
        /// What the page shows already.
        FlashMessages flash = {};
        std::weak_ptr<GroupDispatcher> dispatcher = {};
        /// Null over a WebSocket.
        HttpExchange *http = nullptr;
        /// Null where there is none, in a test say.
        const ShownPage *page = nullptr;
        /// Null where the system's is meant.
        const Clock *clock = nullptr;
    };

    explicit Context(Call call);
    Context(Origin origin, QString action, ActionData data, GroupId group, UserId user);

    /// The action's name as it was sent; empty in a life-cycle hook.
    [[nodiscard]] const QString &action() const { return m_call.action; }

    /// The name of the control that sent the form; empty when it has none.
    [[nodiscard]] const QString &submitter() const { return m_call.submitter; }

    /// The data that came with the action, with getters that convert. In `mount`: the parameters of
    /// the URL's query.
    [[nodiscard]] const ActionData &data() const { return m_call.data; }

    /// Shorthands for the getters of data().
    [[nodiscard]] bool has(QStringView key) const { return data().has(key); }
    [[nodiscard]] QString string(QStringView key, const QString &fallback = {}) const
    {
        return data().string(key, fallback);
    }
    [[nodiscard]] qint64 integer(QStringView key, qint64 fallback = 0) const
    {
        return data().integer(key, fallback);
    }
    [[nodiscard]] double number(QStringView key, double fallback = 0) const
    {
        return data().number(key, fallback);
    }
    [[nodiscard]] bool boolean(QStringView key, bool fallback = false) const
    {
        return data().boolean(key, fallback);
    }

    /// Checks @p rules and puts the data into a gadget made for the form: see bindAction().
    template<Bindable T>
    [[nodiscard]] Result<T> bind(const Rules &rules = {}, const T &values = {}) const
    {
        return bindAction(data(), rules, values);
    }

    /// Checks the data: see validateAction().
    [[nodiscard]] Result<void> validate(const Rules &rules) const
    {
        return validateAction(data(), rules);
    }

    /// Checks the data by the rules that the page's own form has for the action: required, min,
    /// max, minlength, maxlength, pattern and the types of its controls, as a browser would. Fails,
    /// and logs why, when the page shows no such form.
    [[nodiscard]] Result<void> validateForm() const;

    /// Whose tabs follow each other. It is a secret: who knows it can join the group.
    [[nodiscard]] const GroupId &group() const { return m_call.group; }
    /// Empty for anonymous visitors.
    [[nodiscard]] const UserId &user() const { return m_call.user; }
    /// The group, to be reached later and from other threads.
    [[nodiscard]] Session session() const { return {m_call.dispatcher, m_call.group}; }

    /// The date and time in UTC, by the server's clock (ServerOptions::clock): a test can let it go
    /// on.
    [[nodiscard]] QDateTime now() const;

    [[nodiscard]] Origin origin() const { return m_call.origin; }
    /// Whether this is `mount` for a page that is asked for by HTTP.
    [[nodiscard]] bool isInitialMount() const { return m_call.occasion == Occasion::PageLoad; }
    /// Whether this is `mount` or `onConnect` of a WebSocket that was opened just now.
    [[nodiscard]] bool isNewConnect() const { return m_call.occasion == Occasion::Connect; }
    /// Whether, besides that, the state is one that the group had saved.
    [[nodiscard]] bool isReconnect() const { return isNewConnect() && m_call.isRestored; }

    /// Shows @p message under @p key ("success", say) until it is cleared, or for @p expiry: a
    /// template has it as `lvt.flash.KEY`. Also when the action fails.
    void setFlash(const QString &key, const QString &message,
                  std::chrono::milliseconds expiry = std::chrono::milliseconds(0));
    void clearFlash(const QString &key) { m_call.flash.clear(key); }
    void clearAllFlash() { m_call.flash.clearAll(); }
    [[nodiscard]] const FlashMessages &flash() const { return m_call.flash; }

    /// Whether an HTTP request is being answered. Over a WebSocket cookies and redirects cannot be
    /// had: there is no answer that could carry them.
    [[nodiscard]] bool isHttp() const { return m_call.http != nullptr; }

    /// The value of a cookie of the request, percent-decoded; nothing when there is none, and over
    /// a WebSocket.
    [[nodiscard]] std::optional<QByteArray> cookie(QByteArrayView name) const;

    /// Has the answer set a cookie. Returns false, and logs why, over a WebSocket or when the
    /// cookie is not valid.
    bool setCookie(const Cookie &cookie);

    /// Has the answer send the browser to @p location, a relative address ("/done", "?page=2"),
    /// with @p status, 300 to 399. Returns false, and logs why, over a WebSocket or when that is
    /// not what was given: an address from elsewhere would let others send visitors anywhere.
    bool redirect(const QString &location, int status = 303);

    /// Runs @p action on every other connection of the session group, each on its own state, after
    /// this action has succeeded and its answer was sent. An action that runs because of a
    /// broadcast or a trigger cannot broadcast again (it would never end): there the call does
    /// nothing, so the same method may serve both.
    void broadcastAction(const QString &action, const QJsonObject &data = {});

    /// What broadcastAction() was asked for. The server takes it after the action succeeded.
    [[nodiscard]] const QList<BroadcastRequest> &broadcasts() const { return m_broadcasts; }
    /// How many calls of broadcastAction() were past maxBroadcasts.
    [[nodiscard]] int droppedBroadcasts() const { return m_droppedBroadcasts; }

private:
    [[nodiscard]] bool requireHttp(const char *what) const;

    Call m_call;
    QList<BroadcastRequest> m_broadcasts;
    int m_droppedBroadcasts = 0;
};

} // namespace LiveTemplate
