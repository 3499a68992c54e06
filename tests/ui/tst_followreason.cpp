// SPDX-FileCopyrightText: 2026 The LiveTemplate for Qt authors
// SPDX-License-Identifier: MIT

#include "followreason.h"

#include <QTest>

using namespace LiveTemplate;
using namespace LiveTemplate::Ui;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

using Outcome = ReceivedDispatch::Outcome;

Q_DECLARE_METATYPE(FollowSide)
Q_DECLARE_METATYPE(FollowServer)

namespace {

const GroupId ours(u"1a2b3c4d5e6f"_s);
const GroupId theirs(u"9f8e7d6c5b4a"_s);

/// Noon, by the clock on the wall.
Moment moment(std::chrono::milliseconds after = 0ms)
{
    const QDateTime noon(QDate::currentDate(), QTime(12, 3, 4));
    return noon.toStdSysMilliseconds() + after;
}

ConnectionSnapshot connection(quint64 id, const GroupId &group = ours, const QString &page = u"/"_s)
{
    ConnectionSnapshot snapshot;
    snapshot.id = id;
    snapshot.groupId = group;
    snapshot.group = group.shortened();
    snapshot.page = page;
    snapshot.connectedAt = QDateTime::fromStdTimePoint(
        std::chrono::floor<std::chrono::milliseconds>(moment(-60s)));
    snapshot.actions = 3;
    snapshot.lastAction = u"increment"_s;
    return snapshot;
}

FollowSide tab(int number, const std::optional<ConnectionSnapshot> &live, int browser = 0)
{
    return {.name = u"Tab %1"_s.arg(number),
            .browser = BrowserId{browser},
            .otherServer = {},
            .group = live ? live->group : ours.shortened(),
            .connection = live,
            .trace = {}};
}

/// Tab 1, which broadcast something.
FollowSide acted(const QString &action = u"increment"_s)
{
    FollowSide side = tab(1, connection(1));
    side.trace.broadcasts = {
        {.id = 8, .action = u"earlier"_s, .at = moment(-5s), .peers = 1, .isPublished = false},
        {.id = 9, .action = action, .at = moment(), .peers = 1, .isPublished = false}};
    return side;
}

/// Tab 2, to which that came.
FollowSide receiver(Outcome outcome, const QString &page = u"/"_s)
{
    FollowSide side = tab(2, connection(2, ours, page));
    side.trace.dispatches = {{.broadcast = 9,
                              .source = ActionSource::Connection,
                              .from = 1,
                              .action = u"increment"_s,
                              .queuedAt = moment(),
                              .endedAt = moment(2ms),
                              .outcome = outcome}};
    return side;
}

} // namespace

class TestFollowReason : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void reasons_data();
    void reasons();
    void everyReasonHasARow();
    void aWholeSentence();
    void steps();

private:
    QSet<int> m_seen;
};

void TestFollowReason::reasons_data()
{
    QTest::addColumn<FollowSide>("from");
    QTest::addColumn<FollowSide>("to");
    QTest::addColumn<FollowServer>("server");
    QTest::addColumn<FollowReason>("reason");
    QTest::addColumn<FollowVerdict>("verdict");
    QTest::addColumn<QString>("says");
    using Reason = FollowReason;
    using Verdict = FollowVerdict;
    const FollowServer alone;
    const FollowServer joined{.instance = u"0123456789abcdef"_s};
    const auto row = [](const char *name, const FollowSide &from, const FollowSide &to,
                        const FollowServer &server, Reason reason, Verdict verdict,
                        const QString &says) {
        QTest::newRow(name) << from << to << server << reason << verdict << says;
    };
    const auto on = [](FollowSide side, const QString &server) {
        side.otherServer = server;
        side.connection.reset();
        return side;
    };
    const auto with = [](FollowSide side, auto change) {
        change(side);
        return side;
    };

    row("itself", acted(), acted(), alone, Reason::Itself, Verdict::Itself, u"at once"_s);
    row("from is not live", tab(1, {}), tab(2, connection(2)), alone, Reason::FromNotLive,
        Verdict::Apart, u"Tab 1 has no live connection"_s);
    row("to is not live", acted(), tab(2, {}), alone, Reason::ToNotLive, Verdict::Apart,
        u"it has no live connection"_s);
    row("another server, another cookie", acted(),
        on(with(tab(2, {}), [](FollowSide &side) { side.group = theirs.shortened(); }),
           u"example.org:80"_s),
        alone, Reason::OtherServerOtherCookie, Verdict::Apart,
        u"Tab 2 shows a page of example.org:80, another server, which knows it by another "
        u"cookie"_s);
    row("another server, not joined", acted(), on(tab(2, {}), u"localhost:9090"_s), alone,
        Reason::OtherServerNotJoined, Verdict::Apart, u"joined with no other"_s);
    row("another server, joined", acted(), on(tab(2, {}), u"localhost:9090"_s), joined,
        Reason::OtherServerMayBeJoined, Verdict::Unknown, u"joined to the same Redis"_s);
    row("from another server, nothing came", on(tab(1, {}), u"localhost:9090"_s),
        tab(2, connection(2)), joined, Reason::OtherServerMayBeJoined, Verdict::Unknown,
        u"Tab 1 shows a page of localhost:9090"_s);
    row("from another server", on(tab(1, {}), u"localhost:9090"_s),
        with(receiver(Outcome::Changed),
             [](FollowSide &side) {
                 side.trace.dispatches.first().source = ActionSource::OtherServer;
                 side.trace.dispatches.first().from = 0;
             }),
        joined, Reason::FromOtherServer, Verdict::Unknown,
        u"the last action from another server, increment at 12:03:04, was delivered and changed "
        u"the page 2 ms later"_s);
    row("another browser", acted(), tab(3, connection(3, theirs), 1), alone, Reason::OtherBrowser,
        Verdict::Apart,
        u"different browsers, each with its own cookie, so different session groups (9f8e7d6c and "
        u"1a2b3c4d)"_s);
    const auto ada = [](FollowSide &side) {
        side.connection->user = u"ada"_s;
        side.browser.reset();
    };
    row("another group of the same user", with(acted(), ada),
        with(tab(3, connection(3, theirs)), ada), alone, Reason::OtherGroupSameUser, Verdict::Apart,
        u"both are ada"_s);
    row("another group", acted(), tab(3, connection(3, theirs)), alone, Reason::OtherGroup,
        Verdict::Apart, u"different session groups"_s);
    row("nothing is remembered", tab(1, connection(1)), tab(2, connection(2)),
        {.instance = {}, .remembers = false}, Reason::NothingRemembered, Verdict::WouldFollow,
        u"--action-history"_s);
    row("to a visitor", acted(),
        with(tab(2, connection(2)),
             [](FollowSide &side) { side.connection->tier = ConnectionTier::Form; }),
        alone, Reason::ToHasNoConnection, Verdict::Apart, u"it goes by forms"_s);
    row("nothing done yet",
        with(tab(1, connection(1)), [](FollowSide &side) { side.connection->actions = 0; }),
        tab(2, connection(2)), alone, Reason::NothingDoneYet, Verdict::WouldFollow,
        u"nothing was done in Tab 1 yet"_s);
    row("nothing broadcast yet", tab(1, connection(1)), tab(2, connection(2)), alone,
        Reason::NothingBroadcastYet, Verdict::WouldFollow,
        u"Its last action, increment, calls no broadcastAction()"_s);
    const auto visit = [](FollowSide &side) {
        side.connection->tier = ConnectionTier::Http;
    };
    row("nothing from a visitor yet", with(tab(1, connection(1)), visit), tab(2, connection(2)),
        alone, Reason::NothingBroadcastYet, Verdict::WouldFollow, u"has broadcast nothing yet"_s);
    row("from a visitor", with(tab(1, connection(1)), visit), receiver(Outcome::Changed), alone,
        Reason::Changed, Verdict::Follows, u"changed the page"_s);
    row("came later", acted(),
        with(tab(2, connection(2)),
             [](FollowSide &side) {
                 side.connection->connectedAt = side.connection->connectedAt.addSecs(120);
             }),
        alone, Reason::CameLater, Verdict::WouldFollow, u"was before Tab 2 came"_s);
    row("did not come", acted(), tab(2, connection(2)), alone, Reason::NotReceived, Verdict::Lost,
        u"did not reach it"_s);
    row("forgotten meanwhile", acted(),
        with(receiver(Outcome::Changed),
             [](FollowSide &side) {
                 side.trace.dispatches.first().broadcast = 12;
                 side.trace.dispatches.first().queuedAt = moment(1s);
             }),
        alone, Reason::ForgottenMeanwhile, Verdict::WouldFollow, u"not remembered any more"_s);
    row("waiting", acted(), receiver(Outcome::Waiting), alone, Reason::Waiting, Verdict::Unseen,
        u"waits for its turn"_s);
    row("changed", acted(), receiver(Outcome::Changed), alone, Reason::Changed, Verdict::Follows,
        u"same page /"_s);
    row("changed on another page", acted(), receiver(Outcome::Changed, u"/other"_s), alone,
        Reason::ChangedOnOtherPage, Verdict::Follows,
        u"pages / and /other, both of which a broadcast reaches"_s);
    row("two cookies, one group", acted(),
        with(receiver(Outcome::Changed), [](FollowSide &side) { side.browser = BrowserId{1}; }),
        alone, Reason::Changed, Verdict::Follows, u"two cookies, but the server put both"_s);
    row("unchanged", acted(), receiver(Outcome::Unchanged), alone, Reason::Unchanged,
        Verdict::Unseen, u"the page looks as before"_s);
    row("behind", acted(), receiver(Outcome::Coalesced), alone, Reason::Coalesced, Verdict::Unseen,
        u"the client is behind"_s);
    row("queue full", acted(), receiver(Outcome::QueueFull), alone, Reason::QueueFull,
        Verdict::Lost, u"was dropped, because too many broadcasts waited"_s);
    row("unknown action", acted(), receiver(Outcome::ActionUnknown), alone, Reason::ActionUnknown,
        Verdict::Lost, u"no action increment in the controller of /."_s);
    row("unknown action on another page", acted(), receiver(Outcome::ActionUnknown, u"/other"_s),
        alone, Reason::ActionUnknownOnOtherPage, Verdict::Lost,
        u"in the controller of /other, which is another page"_s);
    row("failed", acted(), receiver(Outcome::ActionFailed), alone, Reason::ActionFailed,
        Verdict::Lost, u"gave errors"_s);
    row("contained", acted(), receiver(Outcome::Contained), alone, Reason::Contained,
        Verdict::Follows, u"began with a state that has it"_s);
    row("closing", acted(), receiver(Outcome::Closing), alone, Reason::Closing, Verdict::Lost,
        u"already closing"_s);
}

void TestFollowReason::reasons()
{
    QFETCH(FollowSide, from);
    QFETCH(FollowSide, to);
    QFETCH(FollowServer, server);
    QFETCH(FollowReason, reason);
    QFETCH(FollowVerdict, verdict);
    QFETCH(QString, says);
    const FollowAnswer answer = explainFollowing(from, to, server);
    m_seen.insert(int(answer.reason));
    QCOMPARE(answer.reason, reason);
    QCOMPARE(answer.verdict, verdict);
    QCOMPARE(followVerdict(from, to, server), verdict);
    QVERIFY2(answer.sentence.contains(says), qPrintable(answer.sentence));
    QVERIFY2(!answer.sentence.contains(u'%'), qPrintable(answer.sentence));
    QVERIFY2(answer.sentence.endsWith(u'.'), qPrintable(answer.sentence));
    QVERIFY(!answer.sentence.contains(ours.value()) && !answer.sentence.contains(theirs.value()));
    QCOMPARE(answer.steps.size(), reason == FollowReason::Itself ? 0 : 6);
    bool hasFailed = false;
    for (const FollowStep &step : answer.steps) {
        QVERIFY2(!step.text.contains(u'%'), qPrintable(step.text));
        // Nothing is passed behind what it ended at.
        QVERIFY(!hasFailed || step.state != FollowStep::State::Passed);
        hasFailed = hasFailed || step.state == FollowStep::State::Failed;
    }
    if (verdict == FollowVerdict::Follows)
        QVERIFY(!hasFailed);
    if (verdict == FollowVerdict::Lost || verdict == FollowVerdict::Apart)
        QVERIFY2(hasFailed, "It must end somewhere.");
}

void TestFollowReason::everyReasonHasARow()
{
    // Runs after the table.
    for (int reason = 0; reason <= int(FollowReason::Closing); ++reason)
        QVERIFY2(m_seen.contains(reason), qPrintable(u"no row for reason %1"_s.arg(reason)));
}

void TestFollowReason::aWholeSentence()
{
    QCOMPARE(explainFollowing(acted(), receiver(Outcome::Changed), {}).sentence,
             u"Tab 2 follows Tab 1: same cookie, so one session group 1a2b3c4d; same page /; Tab "
             u"1's last broadcast, increment at 12:03:04, was delivered and changed the page 2 ms "
             u"later."_s);
    QCOMPARE(explainFollowing(acted(), tab(3, connection(3, theirs), 1), {}).sentence,
             u"Tab 3 does not follow Tab 1: they are different browsers, each with its own cookie, "
             u"so different session groups (9f8e7d6c and 1a2b3c4d)."_s);
}

void TestFollowReason::steps()
{
    using State = FollowStep::State;
    const auto states = [](const FollowAnswer &answer) {
        QList<State> all;
        for (const FollowStep &step : answer.steps)
            all.append(step.state);
        return all;
    };
    QCOMPARE(states(explainFollowing(acted(), receiver(Outcome::Changed), {})),
             QList<State>(6, State::Passed));
    QCOMPARE(states(explainFollowing(acted(), receiver(Outcome::QueueFull), {})),
             QList<State>({State::Passed, State::Passed, State::Passed, State::Passed,
                           State::Failed, State::Open}));
    QCOMPARE(states(explainFollowing(acted(), receiver(Outcome::ActionFailed), {})),
             QList<State>({State::Passed, State::Passed, State::Passed, State::Passed,
                           State::Passed, State::Failed}));
    QCOMPARE(states(explainFollowing(acted(), tab(3, connection(3, theirs), 1), {})),
             QList<State>({State::Failed, State::Failed, State::Open, State::Open, State::Open,
                           State::Open}));
}

QTEST_GUILESS_MAIN(TestFollowReason)
#include "tst_followreason.moc"
