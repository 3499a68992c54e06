// SPDX-FileCopyrightText: 2026 The LiveTemplate for Qt authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "followreason.h"

#include "browserid.h"

#include <QCoreApplication>
#include <QDateTime>

#include <algorithm>
#include <chrono>

using namespace Qt::StringLiterals;

namespace LiveTemplate::Ui {

namespace {

using Outcome = ReceivedDispatch::Outcome;
using State = FollowStep::State;

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(LiveTemplate::Ui::FollowReason)
};

QString timeOf(Moment moment)
{
    return momentText(
        QDateTime::fromStdTimePoint(std::chrono::floor<std::chrono::milliseconds>(moment)));
}

QString durationText(Moment from, Moment to)
{
    const auto passed = std::chrono::duration_cast<std::chrono::milliseconds>(to - from);
    if (passed < std::chrono::milliseconds(1))
        return Text::tr("less than a millisecond");
    if (passed < std::chrono::seconds(10))
        return Text::tr("%1 ms").arg(passed.count());
    return Text::tr("%1 s").arg(passed.count() / 1000);
}

FollowVerdict verdictOf(FollowReason reason)
{
    switch (reason) {
    case FollowReason::Itself:
        return FollowVerdict::Itself;
    case FollowReason::Changed:
    case FollowReason::ChangedOnOtherPage:
    case FollowReason::Contained:
        return FollowVerdict::Follows;
    case FollowReason::NothingDoneYet:
    case FollowReason::NothingBroadcastYet:
    case FollowReason::CameLater:
    case FollowReason::ForgottenMeanwhile:
    case FollowReason::NothingRemembered:
        return FollowVerdict::WouldFollow;
    case FollowReason::Waiting:
    case FollowReason::Unchanged:
    case FollowReason::Coalesced:
        return FollowVerdict::Unseen;
    case FollowReason::QueueFull:
    case FollowReason::ActionUnknown:
    case FollowReason::ActionUnknownOnOtherPage:
    case FollowReason::ActionFailed:
    case FollowReason::Closing:
    case FollowReason::NotReceived:
        return FollowVerdict::Lost;
    case FollowReason::FromNotLive:
    case FollowReason::ToNotLive:
    case FollowReason::OtherServerOtherCookie:
    case FollowReason::OtherServerNotJoined:
    case FollowReason::OtherBrowser:
    case FollowReason::OtherGroupSameUser:
    case FollowReason::OtherGroup:
    case FollowReason::ToHasNoConnection:
        return FollowVerdict::Apart;
    case FollowReason::OtherServerMayBeJoined:
    case FollowReason::FromOtherServer:
        return FollowVerdict::Unknown;
    }
    Q_UNREACHABLE_RETURN(FollowVerdict::Unknown);
}

FollowReason reasonOf(Outcome outcome, bool isSamePage)
{
    switch (outcome) {
    case Outcome::Waiting:
        return FollowReason::Waiting;
    case Outcome::Changed:
        return isSamePage ? FollowReason::Changed : FollowReason::ChangedOnOtherPage;
    case Outcome::Unchanged:
        return FollowReason::Unchanged;
    case Outcome::Coalesced:
        return FollowReason::Coalesced;
    case Outcome::QueueFull:
        return FollowReason::QueueFull;
    case Outcome::ActionUnknown:
        return isSamePage ? FollowReason::ActionUnknown : FollowReason::ActionUnknownOnOtherPage;
    case Outcome::ActionFailed:
        return FollowReason::ActionFailed;
    case Outcome::Contained:
        return FollowReason::Contained;
    case Outcome::Closing:
        return FollowReason::Closing;
    }
    Q_UNREACHABLE_RETURN(FollowReason::Waiting);
}

/// Walks the way from one side to the other.
class Inquiry
{
public:
    Inquiry(const FollowSide &from, const FollowSide &to, const FollowServer &server)
        : m_from(from)
        , m_to(to)
        , m_server(server)
    {
    }

    FollowAnswer answer()
    {
        FollowAnswer answer;
        answer.reason = decide();
        answer.verdict = verdictOf(answer.reason);
        answer.sentence = sentence(answer.reason);
        if (answer.reason != FollowReason::Itself)
            answer.steps = steps(answer.reason);
        return answer;
    }

    [[nodiscard]] FollowVerdict verdict() { return verdictOf(decide()); }

private:
    [[nodiscard]] FollowReason decide();
    [[nodiscard]] FollowReason decideAcrossServers();
    [[nodiscard]] FollowReason decideByTrace();

    [[nodiscard]] QString sentence(FollowReason reason) const;
    [[nodiscard]] QString apartSentence(FollowReason reason) const;
    [[nodiscard]] QString deliverySentence(FollowReason reason) const;
    [[nodiscard]] QString outcomePhrase(FollowReason reason) const;
    [[nodiscard]] QString introduction() const;
    [[nodiscard]] QString broadcastPhrase() const;

    [[nodiscard]] QList<FollowStep> steps(FollowReason reason) const;
    [[nodiscard]] FollowStep cookieStep() const;
    [[nodiscard]] FollowStep groupStep() const;
    [[nodiscard]] FollowStep pageStep() const;
    [[nodiscard]] FollowStep instanceStep() const;
    [[nodiscard]] FollowStep queueStep(FollowReason reason) const;
    [[nodiscard]] FollowStep deliveryStep(FollowReason reason) const;

    [[nodiscard]] bool isSameGroup() const
    {
        if (m_from.connection && m_to.connection)
            return m_from.connection->groupId == m_to.connection->groupId;
        return !m_from.group.isEmpty() && m_from.group == m_to.group;
    }
    [[nodiscard]] bool isSameBrowser() const
    {
        return m_from.browser && m_from.browser == m_to.browser;
    }
    [[nodiscard]] bool isSamePage() const
    {
        return m_from.connection && m_to.connection
            && m_from.connection->page == m_to.connection->page;
    }
    [[nodiscard]] bool isHere() const
    {
        return m_from.otherServer.isEmpty() && m_to.otherServer.isEmpty();
    }
    [[nodiscard]] static QString pageOf(const FollowSide &side)
    {
        return side.connection ? side.connection->page : QString();
    }

    const FollowSide &m_from;
    const FollowSide &m_to;
    const FollowServer &m_server;
    /// The last broadcast and what became of it, as far as they are known.
    QString m_action;
    Moment m_sentAt = {};
    std::optional<ReceivedDispatch> m_dispatch;
};

FollowReason Inquiry::decide()
{
    if (m_from.name == m_to.name)
        return FollowReason::Itself;
    if (!isHere())
        return decideAcrossServers();
    const bool isGroupKnown = !m_from.group.isEmpty() && !m_to.group.isEmpty();
    if (isGroupKnown && !isSameGroup()) {
        if (m_from.browser && m_to.browser && !isSameBrowser())
            return FollowReason::OtherBrowser;
        const bool isSameUser = m_from.connection && m_to.connection
            && !m_from.connection->user.isEmpty()
            && m_from.connection->user == m_to.connection->user;
        return isSameUser ? FollowReason::OtherGroupSameUser : FollowReason::OtherGroup;
    }
    if (!m_from.connection)
        return FollowReason::FromNotLive;
    if (!m_to.connection)
        return FollowReason::ToNotLive;
    if (m_to.connection->tier != ConnectionTier::WebSocket)
        return FollowReason::ToHasNoConnection;
    return m_server.remembers ? decideByTrace() : FollowReason::NothingRemembered;
}

FollowReason Inquiry::decideAcrossServers()
{
    if (!isSameGroup())
        return FollowReason::OtherServerOtherCookie;
    if (m_server.instance.isEmpty())
        return FollowReason::OtherServerNotJoined;
    if (!m_to.otherServer.isEmpty())
        return FollowReason::OtherServerMayBeJoined;
    const auto &dispatches = m_to.trace.dispatches;
    const auto found = std::ranges::find(dispatches.rbegin(), dispatches.rend(),
                                         ActionSource::OtherServer, &ReceivedDispatch::source);
    if (found == dispatches.rend())
        return FollowReason::OtherServerMayBeJoined;
    m_dispatch = *found;
    m_action = found->action;
    m_sentAt = found->queuedAt;
    return FollowReason::FromOtherServer;
}

FollowReason Inquiry::decideByTrace()
{
    const quint64 sender = m_from.connection->id;
    const auto &dispatches = m_to.trace.dispatches;
    if (m_from.connection->tier != ConnectionTier::WebSocket) {
        // A visitor keeps no trace; those who were told do.
        const auto found = std::ranges::find(dispatches.rbegin(), dispatches.rend(), sender,
                                             &ReceivedDispatch::from);
        if (found == dispatches.rend())
            return FollowReason::NothingBroadcastYet;
        m_dispatch = *found;
        m_action = found->action;
        m_sentAt = found->queuedAt;
        return reasonOf(found->outcome, isSamePage());
    }
    if (m_from.trace.broadcasts.isEmpty()) {
        return m_from.connection->actions == 0 ? FollowReason::NothingDoneYet
                                               : FollowReason::NothingBroadcastYet;
    }
    const SentBroadcast &last = m_from.trace.broadcasts.last();
    m_action = last.action;
    m_sentAt = last.at;
    const auto found = std::ranges::find_if(dispatches, [&](const ReceivedDispatch &dispatch) {
        return dispatch.broadcast == last.id && dispatch.from == sender;
    });
    if (found != dispatches.end()) {
        m_dispatch = *found;
        return reasonOf(found->outcome, isSamePage());
    }
    if (m_to.connection->connectedAt.toStdSysMilliseconds() > last.at)
        return FollowReason::CameLater;
    const bool isForgotten = !dispatches.isEmpty() && dispatches.first().queuedAt > last.at;
    return isForgotten ? FollowReason::ForgottenMeanwhile : FollowReason::NotReceived;
}

// ---- The sentence

QString Inquiry::sentence(FollowReason reason) const
{
    switch (verdictOf(reason)) {
    case FollowVerdict::Itself:
        return Text::tr("%1 shows what is done in it at once.").arg(m_to.name);
    case FollowVerdict::Apart:
    case FollowVerdict::Unknown:
        return apartSentence(reason);
    default:
        return deliverySentence(reason);
    }
}

QString Inquiry::apartSentence(FollowReason reason) const
{
    const QString &from = m_from.name;
    const QString &to = m_to.name;
    const QString lead = Text::tr("%1 does not follow %2: ").arg(to, from);
    const QString &elsewhere = m_to.otherServer.isEmpty() ? m_from.otherServer : m_to.otherServer;
    const QString &stranger = m_to.otherServer.isEmpty() ? from : to;
    switch (reason) {
    case FollowReason::FromNotLive:
        return lead + Text::tr("%1 has no live connection, so nothing can come from it.").arg(from);
    case FollowReason::ToNotLive:
        return lead
            + Text::tr("it has no live connection, so it cannot be told anything. It shows the "
                       "newest state when it is loaded again.");
    case FollowReason::OtherServerOtherCookie:
        return lead
            + Text::tr("%1 shows a page of %2, another server, which knows it by another cookie.")
                  .arg(stranger, elsewhere);
    case FollowReason::OtherServerNotJoined:
        return lead
            + Text::tr("they have the same cookie, but %1 shows a page of %2, and this server is "
                       "joined with no other. Join both to the same Redis.")
                  .arg(stranger, elsewhere);
    case FollowReason::OtherServerMayBeJoined:
        return Text::tr("%1 may follow %2: they have the same cookie, so the same session group "
                        "%3, but %4 shows a page of %5. It follows when that server is joined to "
                        "the same Redis as this one, which cannot be seen from here.")
            .arg(to, from, m_to.group, stranger, elsewhere);
    case FollowReason::FromOtherServer:
        return Text::tr("%1 follows what comes from other servers: same cookie, so one session "
                        "group %2; the last action from another server, %3 at %4, %5 Whether it "
                        "was done in %6 cannot be seen from here.")
            .arg(to, m_to.group, m_action, timeOf(m_sentAt),
                 outcomePhrase(reasonOf(m_dispatch->outcome, true)), from);
    case FollowReason::OtherBrowser:
        return lead
            + Text::tr("they are different browsers, each with its own cookie, so different "
                       "session groups (%1 and %2).")
                  .arg(m_to.group, m_from.group);
    case FollowReason::OtherGroupSameUser:
        return lead
            + Text::tr("both are %1, but in different session groups (%2 and %3). A broadcast "
                       "stays in its group; the program can reach all tabs of a user.")
                  .arg(m_to.connection->user, m_to.group, m_from.group);
    case FollowReason::OtherGroup:
        return lead
            + Text::tr("they are in different session groups (%1 and %2), because they sent "
                       "different cookies.")
                  .arg(m_to.group, m_from.group);
    case FollowReason::ToHasNoConnection:
        return lead
            + Text::tr("it goes by %1, without a live connection that could tell it. It shows the "
                       "newest state with its next request.")
                  .arg(m_to.connection->tier == ConnectionTier::Form ? Text::tr("forms")
                                                                     : Text::tr("HTTP"));
    default:
        Q_UNREACHABLE_RETURN({});
    }
}

QString Inquiry::introduction() const
{
    const QString group = isSameBrowser() || !m_from.browser || !m_to.browser
        ? Text::tr("same cookie, so one session group %1").arg(m_to.group)
        : Text::tr("two cookies, but the server put both into one session group %1")
              .arg(m_to.group);
    const QString page = isSamePage()
        ? Text::tr("same page %1").arg(pageOf(m_to))
        : Text::tr("pages %1 and %2, both of which a broadcast reaches")
              .arg(pageOf(m_from), pageOf(m_to));
    return Text::tr("%1; %2").arg(group, page);
}

QString Inquiry::broadcastPhrase() const
{
    return Text::tr("%1's last broadcast, %2 at %3,").arg(m_from.name, m_action, timeOf(m_sentAt));
}

QString Inquiry::deliverySentence(FollowReason reason) const
{
    const QString &from = m_from.name;
    const QString &to = m_to.name;
    const QString follows = Text::tr("%1 follows %2: %3; ").arg(to, from, introduction());
    switch (reason) {
    case FollowReason::NothingRemembered:
        return follows
            + Text::tr("what became of broadcasts is not known, because the server remembers none "
                       "(--action-history).");
    case FollowReason::NothingDoneYet:
        return follows + Text::tr("nothing was done in %1 yet.").arg(from);
    case FollowReason::NothingBroadcastYet:
        return follows
            + Text::tr("but %1 has broadcast nothing yet. Its last action, %2, calls no "
                       "broadcastAction().")
                  .arg(from, m_from.connection->lastAction);
    case FollowReason::CameLater:
        return follows
            + Text::tr("%1 was before %2 came, which began with the saved state.")
                  .arg(broadcastPhrase(), to);
    case FollowReason::ForgottenMeanwhile:
        return follows
            + Text::tr("what became of %1 is not remembered any more, because so much came since.")
                  .arg(broadcastPhrase());
    default:
        break;
    }
    const QString lead = verdictOf(reason) == FollowVerdict::Lost
        ? Text::tr("%1 did not follow %2: %3; but ").arg(to, from, introduction())
        : follows;
    return lead + broadcastPhrase() + u' ' + outcomePhrase(reason);
}

/// What became of the broadcast; continues a sentence.
QString Inquiry::outcomePhrase(FollowReason reason) const
{
    switch (reason) {
    case FollowReason::Waiting:
        return Text::tr("is in its queue and waits for its turn.");
    case FollowReason::Changed:
    case FollowReason::ChangedOnOtherPage:
        return Text::tr("was delivered and changed the page %1 later.")
            .arg(durationText(m_sentAt, m_dispatch->endedAt));
    case FollowReason::Unchanged:
        return Text::tr("was delivered, but the page looks as before.");
    case FollowReason::Coalesced:
        return Text::tr("was run, but the client is behind: it does not read, and is shown the "
                        "last state when it does.");
    case FollowReason::QueueFull:
        return Text::tr("was dropped, because too many broadcasts waited for it.");
    case FollowReason::ActionUnknown:
        return Text::tr("found no action %1 in the controller of %2.").arg(m_action, pageOf(m_to));
    case FollowReason::ActionUnknownOnOtherPage:
        return Text::tr("found no action %1 in the controller of %2, which is another page.")
            .arg(m_action, pageOf(m_to));
    case FollowReason::ActionFailed:
        return Text::tr("gave errors with the state of this tab, which stayed as it was.");
    case FollowReason::Contained:
        return Text::tr("came before the page was live, which began with a state that has it.");
    case FollowReason::Closing:
        return Text::tr("came when the connection was already closing.");
    case FollowReason::NotReceived:
        return Text::tr("did not reach it.");
    default:
        Q_UNREACHABLE_RETURN({});
    }
}

// ---- The steps

QList<FollowStep> Inquiry::steps(FollowReason reason) const
{
    QList<FollowStep> steps{cookieStep(),   groupStep(),       pageStep(),
                            instanceStep(), queueStep(reason), deliveryStep(reason)};
    // Behind the one that it ends at nothing happens any more.
    const auto failed = std::ranges::find(steps, State::Failed, &FollowStep::state);
    if (failed != steps.end()) {
        for (FollowStep &step : std::ranges::subrange(std::next(failed), steps.end())) {
            if (step.state == State::Passed)
                step.state = State::Open;
        }
    }
    return steps;
}

FollowStep Inquiry::cookieStep() const
{
    FollowStep step{.title = Text::tr("Cookie"), .state = State::Open, .text = {}};
    if (!m_from.browser || !m_to.browser) {
        step.state = isSameGroup() ? State::Passed : State::Open;
        step.text = Text::tr("Cookies of other browsers cannot be seen here; the group tells.");
    } else if (isSameBrowser()) {
        step.state = isSameGroup() || m_from.group.isEmpty() || m_to.group.isEmpty()
            ? State::Passed
            : State::Failed;
        step.text = step.state == State::Passed
            ? Text::tr("Both are tabs of %1.").arg(browserName(*m_to.browser))
            : Text::tr("Both are tabs of %1, but sent different cookies.")
                  .arg(browserName(*m_to.browser));
    } else {
        step.state = isSameGroup() ? State::Passed : State::Failed;
        step.text = Text::tr("%1 and %2: each has a cookie of its own.")
                        .arg(browserName(*m_from.browser), browserName(*m_to.browser));
    }
    return step;
}

FollowStep Inquiry::groupStep() const
{
    FollowStep step{.title = Text::tr("Group"), .state = State::Open, .text = {}};
    if (m_from.group.isEmpty() || m_to.group.isEmpty()) {
        step.text = Text::tr("%1 has no session group yet.")
                        .arg(m_from.group.isEmpty() ? m_from.name : m_to.name);
    } else if (isSameGroup()) {
        step.state = State::Passed;
        step.text = Text::tr("Both are in session group %1.").arg(m_to.group);
    } else {
        step.state = State::Failed;
        step.text = Text::tr("Session groups %1 and %2.").arg(m_from.group, m_to.group);
    }
    return step;
}

FollowStep Inquiry::pageStep() const
{
    FollowStep step{.title = Text::tr("Page"), .state = State::Passed, .text = {}};
    for (const FollowSide *side : {&m_from, &m_to}) {
        if (!side->connection && side->otherServer.isEmpty()) {
            step.state = State::Failed;
            step.text = Text::tr("The page of %1 is not live.").arg(side->name);
            return step;
        }
    }
    if (!isHere()) {
        step.state = State::Open;
        step.text = Text::tr("The page of another server cannot be seen from here.");
    } else if (isSamePage()) {
        step.text = Text::tr("Both show %1.").arg(pageOf(m_to));
    } else {
        step.text = Text::tr(
                        "%1 and %2: a broadcast reaches all pages of the group, and runs there "
                        "the action of the same name.")
                        .arg(pageOf(m_from), pageOf(m_to));
    }
    return step;
}

FollowStep Inquiry::instanceStep() const
{
    FollowStep step{.title = Text::tr("Server"), .state = State::Passed, .text = {}};
    if (isHere()) {
        step.text = m_server.instance.isEmpty()
            ? Text::tr("Both are connected to this server.")
            : Text::tr("Both are connected to this server, %1.").arg(m_server.instance.left(8));
        return step;
    }
    const QString &elsewhere = m_to.otherServer.isEmpty() ? m_from.otherServer : m_to.otherServer;
    if (m_server.instance.isEmpty()) {
        step.state = State::Failed;
        step.text = Text::tr("%1 is another server, and this one is joined with none.")
                        .arg(elsewhere);
    } else {
        step.state = State::Open;
        step.text = Text::tr("%1 is another server; this one, %2, is joined with others by Redis.")
                        .arg(elsewhere, m_server.instance.left(8));
    }
    return step;
}

FollowStep Inquiry::queueStep(FollowReason reason) const
{
    FollowStep step{.title = Text::tr("Queue"), .state = State::Open, .text = {}};
    switch (reason) {
    case FollowReason::QueueFull:
        step.state = State::Failed;
        step.text = Text::tr("Full: %1 was dropped.").arg(m_action);
        break;
    case FollowReason::Closing:
        step.state = State::Failed;
        step.text = Text::tr("The connection was closing.");
        break;
    case FollowReason::NotReceived:
        step.state = State::Failed;
        step.text = Text::tr("%1 did not come.").arg(m_action);
        break;
    case FollowReason::ToHasNoConnection:
        step.state = State::Failed;
        step.text = Text::tr("There is none without a live connection.");
        break;
    case FollowReason::Waiting:
        step.text = Text::tr("%1 waits for its turn.").arg(m_action);
        break;
    case FollowReason::NothingDoneYet:
    case FollowReason::NothingBroadcastYet:
        step.text = Text::tr("Nothing was broadcast.");
        break;
    case FollowReason::NothingRemembered:
        step.text = Text::tr("Broadcasts are not remembered.");
        break;
    default:
        if (m_dispatch) {
            step.state = State::Passed;
            step.text = Text::tr("%1 was taken in at %2.")
                            .arg(m_action, timeOf(m_dispatch->queuedAt));
        }
    }
    return step;
}

FollowStep Inquiry::deliveryStep(FollowReason reason) const
{
    FollowStep step{.title = Text::tr("Delivery"), .state = State::Open, .text = {}};
    if (reason == FollowReason::FromOtherServer)
        reason = reasonOf(m_dispatch->outcome, true);
    switch (verdictOf(reason)) {
    case FollowVerdict::Follows:
        step.state = State::Passed;
        break;
    case FollowVerdict::Lost:
        step.state = queueStep(reason).state == State::Failed ? State::Open : State::Failed;
        break;
    case FollowVerdict::Unseen:
        step.state = reason == FollowReason::Unchanged ? State::Passed : State::Open;
        break;
    default:
        return step;
    }
    if (step.state != State::Open || verdictOf(reason) == FollowVerdict::Unseen)
        step.text = Text::tr("%1 %2").arg(m_action, outcomePhrase(reason));
    return step;
}

} // namespace

FollowAnswer explainFollowing(const FollowSide &from, const FollowSide &to,
                              const FollowServer &server)
{
    return Inquiry(from, to, server).answer();
}

FollowVerdict followVerdict(const FollowSide &from, const FollowSide &to,
                            const FollowServer &server)
{
    return Inquiry(from, to, server).verdict();
}

QString verdictName(FollowVerdict verdict)
{
    switch (verdict) {
    case FollowVerdict::Itself:
        return Text::tr("itself");
    case FollowVerdict::Follows:
        return Text::tr("follows");
    case FollowVerdict::WouldFollow:
        return Text::tr("would follow");
    case FollowVerdict::Unseen:
        return Text::tr("nothing to see");
    case FollowVerdict::Lost:
        return Text::tr("did not follow");
    case FollowVerdict::Apart:
        return Text::tr("apart");
    case FollowVerdict::Unknown:
        return Text::tr("cannot be seen");
    }
    Q_UNREACHABLE_RETURN({});
}

} // namespace LiveTemplate::Ui
