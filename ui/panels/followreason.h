// SPDX-FileCopyrightText: 2026 The LiveTemplate for Qt authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "connectiondetails.h"
#include "sessionrows.h"

#include <QList>
#include <QString>

#include <optional>

namespace LiveTemplate::Ui {

/// One of two of whom one asks whether they follow each other: a tab of the window, or a
/// connection from elsewhere.
struct FollowSide
{
    /// "Tab 2".
    QString name;
    /// Where it is a tab of the window.
    std::optional<BrowserId> browser;
    /// The server that the tab's page is of, as host and port; empty for this one.
    QString otherServer;
    /// The short id of its session group; of a tab without a connection what its cookie says.
    QString group;
    /// Nothing while its page is not live.
    std::optional<ConnectionSnapshot> connection;
    FollowTrace trace;
};

/// What is known of the server.
struct FollowServer
{
    /// Empty when it is not joined with others.
    QString instance;
    /// Whether connections remember broadcasts (ServerOptions::actionHistory).
    bool remembers = true;
};

/// Why one side does or does not follow the other. The tests have a row for each.
enum class FollowReason {
    Itself,
    FromNotLive,
    ToNotLive,
    OtherServerOtherCookie,
    OtherServerNotJoined,
    OtherServerMayBeJoined,
    FromOtherServer,
    OtherBrowser,
    OtherGroupSameUser,
    OtherGroup,
    NothingRemembered,
    ToHasNoConnection,
    NothingDoneYet,
    NothingBroadcastYet,
    CameLater,
    NotReceived,
    ForgottenMeanwhile,
    Waiting,
    Changed,
    ChangedOnOtherPage,
    Unchanged,
    Coalesced,
    QueueFull,
    ActionUnknown,
    ActionUnknownOnOtherPage,
    ActionFailed,
    Contained,
    Closing,
};

enum class FollowVerdict {
    Itself,
    /// The last broadcast arrived.
    Follows,
    /// Nothing stands between them, but nothing was broadcast that would show.
    WouldFollow,
    /// The last broadcast is on its way, or changed nothing that one sees.
    Unseen,
    /// The last broadcast was lost.
    Lost,
    /// They have nothing to do with each other.
    Apart,
    /// One of them cannot be seen from here.
    Unknown,
};

/// A stage on the way from one to the other.
struct FollowStep
{
    enum class State {
        Passed,
        /// It ends here.
        Failed,
        /// It did not come so far, or nobody knows.
        Open,
    };
    QString title;
    State state = State::Open;
    QString text;

    bool operator==(const FollowStep &) const = default;
};

struct FollowAnswer
{
    FollowReason reason = FollowReason::Itself;
    FollowVerdict verdict = FollowVerdict::Itself;
    /// For a person.
    QString sentence;
    /// Cookie, group, page, instance, queue, delivery.
    QList<FollowStep> steps;
};

/// Why @p to does or does not follow what is done at @p from.
[[nodiscard]] FollowAnswer explainFollowing(const FollowSide &from, const FollowSide &to,
                                            const FollowServer &server);

/// Only the verdict, for many pairs.
[[nodiscard]] FollowVerdict followVerdict(const FollowSide &from, const FollowSide &to,
                                          const FollowServer &server);

/// One word for a table.
[[nodiscard]] QString verdictName(FollowVerdict verdict);

} // namespace LiveTemplate::Ui
