// SPDX-FileCopyrightText: 2026 The LiveTemplate for Qt authors
// SPDX-License-Identifier: MIT

// Tests that fail, each in one way: what tst_livetestfailures expects of each stands behind
// "expect:" in the line that is to blame.

#include "shop.h"

#include <LiveTemplate/LiveTest>

#include <QTest>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

struct OtherState
{
    Q_GADGET

public:
    bool operator==(const OtherState &) const = default;
};

class FailingTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        m_site = std::make_unique<LiveTest::Site>();
        m_site->mount<ShopState>(u"/", u":/shop.html", new ShopController);
        m_browser = std::make_unique<LiveTest::Browser>(*m_site);
        m_tab = std::make_unique<LiveTest::Tab>(m_browser->open());
    }
    void cleanup()
    {
        m_tab = nullptr;
        m_browser = nullptr;
        m_site = nullptr;
    }

    void missingElement()
    {
        m_tab->click(u"#nowhere"); // expect: The page has no element "#nowhere". It shows: "
    }
    void badSelector()
    {
        (void)m_tab->text(u"p >> a"); // expect: The selector "p >> a" cannot be read at character 4
    }
    void unknownPseudoClass()
    {
        (void)m_tab->has(u"p:hover"); // expect: :hover is not known here
    }
    void disabledButton()
    {
        m_tab->click(u"#off"); // expect: is disabled.
    }
    void nothingToClick()
    {
        m_tab->click(u"span.plain"); // expect: Nothing happens on a click on "<span
    }
    void nothingToWriteInto()
    {
        m_tab->type(u"#count", u"x"_s); // expect: Nothing can be written into "<p id=
    }
    void noSuchOption()
    {
        m_tab->choose(u"select", u"blue"_s); // expect: has no option "blue"; it has "Red", "Green".
    }
    void noForm()
    {
        m_tab->submit(u"nav"); // expect: is no form.
    }
    void elsewhere()
    {
        m_tab->click(u"a:contains(away)"); // expect: leads to another site.
    }
    void missingPage()
    {
        (void)m_browser->open(u"/missing"_s); // expect: was answered by the status 404, not 200
    }
    void otherState()
    {
        (void)m_tab->state<
            OtherState>(); // expect: The state of the page is a ShopState, not a OtherState.
    }
    void noStateWithoutConnection()
    {
        m_tab->drop();
        (void)m_tab->state<ShopState>(); // expect: it is not connected.
    }
    void noUpdateWithoutConnection()
    {
        m_tab->drop();
        m_tab->waitForUpdate(); // expect: The tab is not connected: what the server sends of itself
    }
    void noWebSockets()
    {
        LiveTest::Browser browser(*m_site, LiveTest::Browser::Scripts::WithoutWebSocket);
        LiveTest::Tab tab = browser.open();
        tab.reconnect(); // expect: The browser has no WebSockets
    }
    void controllerOfOneThread()
    {
        LiveTemplate::ServerOptions options = LiveTest::Site::defaultOptions();
        options.threads = 2;
        LiveTest::Site site(options);
        auto *controller = new ShopController;
        site.mount<ShopState>(u"/", u":/shop.html", controller); // expect: mount it with a factory
    }
    void stoppedServer()
    {
        m_site->stop();
        QVERIFY(m_tab->waitForDisconnected());
        m_tab->send(u"increment"_s); // expect: The server does not serve
    }
    void brokenPage()
    {
        LiveTest::Site site;
        auto *controller = new ShopController;
        site.mount<ShopState>(u"/", u":/no.html", controller); // expect: cannot be mounted
    }
    void backwards()
    {
        m_site->advance(-1s); // expect: Time does not go back.
    }

private:
    std::unique_ptr<LiveTest::Site> m_site;
    std::unique_ptr<LiveTest::Browser> m_browser;
    std::unique_ptr<LiveTest::Tab> m_tab;
};

QTEST_GUILESS_MAIN(FailingTest)
#include "failing.moc"
