// SPDX-FileCopyrightText: 2026 The LiveTemplate for Qt authors
// SPDX-License-Identifier: MIT

#pragma once

#include "clock.h"
#include "server.h"

#include <chrono>
#include <memory>
#include <source_location>

/// The test kit: opens live pages in a test, without a network and without a browser.
///
/// @code
/// void CounterTest::tabsOfOneBrowserFollow()
/// {
///     LiveTest::Site site;
///     site.mount<CounterState>(u"/", u":/counter.html", new CounterController);
///     LiveTest::Browser browser(site);
///     LiveTest::Tab first = browser.open();
///     LiveTest::Tab second = browser.open();
///
///     first.click(u"button[name=increment]");
///     QCOMPARE(first.text(u"#count"), u"1"_s);
///     QTRY_COMPARE(second.text(u"#count"), u"1"_s); // it is told by the server, a little later
///     QCOMPARE(first.state<CounterState>().count, 1);
/// }
/// @endcode
///
/// The server is the real one, with its threads, its HTTP and its WebSocket; requests reach it over
/// pairs of connected sockets instead of a port. What a tab shows is made of the messages as the
/// browser client makes it, without the JavaScript of a page: what that does needs a browser.
///
/// What cannot be done (there is no such button, say) fails the test at the line that asked for it,
/// with a sentence. Functions that act return false then, so that a test may stop.
///
/// Threading: everything is used from the test's thread, which needs a QCoreApplication
/// (QTEST_GUILESS_MAIN).
namespace LiveTest {

/// What several servers share in place of a Redis: saved states, and what they tell each other.
///
/// @code
/// LiveTest::Cluster cluster;
/// LiveTest::Site north(cluster);
/// LiveTest::Site south(cluster);
/// @endcode
class Cluster
{
public:
    Cluster();
    ~Cluster();
    Q_DISABLE_COPY_MOVE(Cluster)

private:
    friend class Site;
    class Private;
    std::unique_ptr<Private> d;
};

/// A server under test. It has no port; browsers reach it by open().
class Site
{
public:
    /// As a Server with default options, but for the number of messages in a second, which is not
    /// limited: a test is faster than a person.
    [[nodiscard]] static LiveTemplate::ServerOptions defaultOptions();

    /// Where @p options has no clock, a ManualClock that advance() moves.
    explicit Site(LiveTemplate::ServerOptions options = defaultOptions());
    /// A server joined with the others of @p cluster, which must outlive it. They have one clock.
    explicit Site(Cluster &cluster, LiveTemplate::ServerOptions options = defaultOptions());
    /// Closes the server.
    ~Site();
    Q_DISABLE_COPY_MOVE(Site)

    /// Mounts as Server::mount() does; fails the test when the page is broken.
    template<LiveTemplate::State PageState>
    bool mount(QStringView path, QStringView templateFile, QObject *controller,
               LiveTemplate::Server::ControllerThreads threads
               = LiveTemplate::Server::ControllerThreads::One,
               std::source_location where = std::source_location::current())
    {
        return checkMounted(m_server.mount<PageState>(path, templateFile, controller, threads),
                            where);
    }

    /// The same with a controller for each thread of the server (ServerOptions::threads).
    template<LiveTemplate::State PageState>
    bool mount(QStringView path, QStringView templateFile,
               const LiveTemplate::Server::ControllerFactory &factory,
               std::source_location where = std::source_location::current())
    {
        return checkMounted(m_server.mount<PageState>(path, templateFile, factory), where);
    }

    /// For all else that a server can do. It serves from the first Browser::open() on.
    [[nodiscard]] LiveTemplate::Server &server() { return m_server; }

    /// Serves, when it does not yet. Fails the test when it cannot.
    bool start(std::source_location where = std::source_location::current());

    /// Closes the server as if its program ended. Open tabs lose their connections; start() serves
    /// again, with what is in the session store.
    void stop();

    /// Waits until the server has done what comes after its answers: states are saved, and other
    /// servers are told.
    void settle();

    /// Lets time pass for the server, and has it drop what has expired thereby. Fails the test
    /// when the options brought a clock of their own.
    bool advance(std::chrono::milliseconds duration,
                 std::source_location where = std::source_location::current());

    /// The time as the server has it.
    [[nodiscard]] QDateTime now() const { return m_clock->now(); }

private:
    Site(LiveTemplate::ServerOptions options, std::shared_ptr<LiveTemplate::ManualClock> clock);
    bool checkMounted(bool mounted, const std::source_location &where);

    /// Null when the options brought one.
    std::shared_ptr<LiveTemplate::ManualClock> m_manualClock;
    std::shared_ptr<const LiveTemplate::Clock> m_clock;
    LiveTemplate::Server m_server;
};

} // namespace LiveTest
