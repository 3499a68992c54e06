// SPDX-FileCopyrightText: 2026 The LiveTemplate for Qt authors
// SPDX-License-Identifier: MIT

#include "remotecontrol.h"
#include "thermostat.h"
#include "thermostatpage.h"
#include "thermostatwindow.h"

#include <LiveTemplate/LiveTest>

#include <QLabel>
#include <QSlider>
#include <QTest>

using namespace Qt::StringLiterals;

/// The application with its page, as main() makes it.
struct Application
{
    static LiveTemplate::ServerOptions options()
    {
        LiveTemplate::ServerOptions options = LiveTest::Site::defaultOptions();
        options.authenticator = std::make_shared<OneForAll>();
        return options;
    }

    Thermostat thermostat;
    ThermostatWindow window{thermostat};
    LiveTest::Site site{options()};
    RemoteControl remoteControl{thermostat, site.server()};

    [[nodiscard]] QSlider *slider() const { return window.findChild<QSlider *>(); }
};

class EmbedTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void thePageFollowsTheWindow();
    void theWindowFollowsThePage();
    void allBrowsersSeeTheSame();
    void theRoomGetsWarm();
    void aTargetIsChecked_data();
    void aTargetIsChecked();
    void theLimitsHold();
    void clicksAreNotLost();
    void theThermostatIsOnlyTouchedInItsThread();
};

void EmbedTest::thePageFollowsTheWindow()
{
    Application application;
    application.window.show();
    LiveTest::Browser browser(application.site);
    LiveTest::Tab tab = browser.open();
    QCOMPARE(tab.text(u"#target"), u"20 °C"_s);
    QTest::keyClick(application.slider(), Qt::Key_Right);
    QTRY_COMPARE(tab.text(u"#target"), u"21 °C"_s);
}

void EmbedTest::theWindowFollowsThePage()
{
    Application application;
    LiveTest::Browser browser(application.site);
    LiveTest::Tab tab = browser.open();
    QVERIFY(tab.click(u"button[name=warmer]"));
    QTRY_COMPARE(application.slider()->value(), 21);
    QTRY_COMPARE(tab.text(u"#target"), u"21 °C"_s);
    QVERIFY(tab.click(u"button[name=colder]"));
    QTRY_COMPARE(application.slider()->value(), 20);
    QVERIFY(tab.type(u"input[name=target]", u"25"_s));
    QVERIFY(tab.submit(u".set"));
    QTRY_COMPARE(application.slider()->value(), 25);
    QTRY_COMPARE(tab.text(u"#target"), u"25 °C"_s);
}

void EmbedTest::allBrowsersSeeTheSame()
{
    Application application;
    LiveTest::Browser mine(application.site);
    LiveTest::Browser yours(application.site);
    LiveTest::Tab here = mine.open();
    LiveTest::Tab there = yours.open();
    QVERIFY(here.click(u"button[name=warmer]"));
    QTRY_COMPARE(there.text(u"#target"), u"21 °C"_s);
}

void EmbedTest::theRoomGetsWarm()
{
    Application application;
    application.thermostat.setTarget(18);
    LiveTest::Browser browser(application.site);
    LiveTest::Tab tab = browser.open();
    QCOMPARE(tab.text(u"#temperature"), u"17.0 °C"_s);
    QCOMPARE(tab.text(u"#status"), u"Heating"_s);
    QVERIFY(tab.waitForUpdate()); // nobody has done anything
    QVERIFY(application.thermostat.temperature() > 17.0);
    application.thermostat.setTarget(5);
    QTRY_COMPARE(tab.text(u"#status"), u"Not heating"_s);
}

void EmbedTest::aTargetIsChecked_data()
{
    QTest::addColumn<QString>("target");
    QTest::addColumn<bool>("isRight");
    QTest::newRow("right") << u"24"_s << true;
    QTest::newRow("the least") << u"5"_s << true;
    QTest::newRow("too little") << u"4"_s << false;
    QTest::newRow("too much") << u"31"_s << false;
    QTest::newRow("no number") << u"warm"_s << false;
    QTest::newRow("nothing") << QString() << false;
}

void EmbedTest::aTargetIsChecked()
{
    QFETCH(const QString, target);
    QFETCH(const bool, isRight);
    Application application;
    LiveTest::Browser browser(application.site);
    LiveTest::Tab tab = browser.open();
    // Past the browser's own check, as anybody can.
    QVERIFY(tab.send(u"set"_s, {{u"target"_s, target}}));
    QCOMPARE(tab.has(u".set .lvt-error"), !isRight);
    if (isRight)
        QTRY_COMPARE(application.thermostat.target(), target.toInt());
    else
        QCOMPARE(application.thermostat.target(), 20);
}

void EmbedTest::theLimitsHold()
{
    Application application;
    application.thermostat.setTarget(Thermostat::maxTarget);
    LiveTest::Browser browser(application.site);
    LiveTest::Tab tab = browser.open();
    QVERIFY(tab.has(u"button[name=warmer]:disabled"));
    QVERIFY(tab.send(u"warmer"_s));
    QVERIFY(tab.click(u"button[name=colder]"));
    QTRY_COMPARE(tab.text(u"#target"), u"29 °C"_s);
}

void EmbedTest::clicksAreNotLost()
{
    Application application;
    LiveTest::Browser browser(application.site);
    LiveTest::Tab tab = browser.open();
    // Each is one degree, however far the page is behind.
    for (int i = 0; i < 5; ++i)
        QVERIFY(tab.send(u"warmer"_s));
    QTRY_COMPARE(application.thermostat.target(), 25);
}

void EmbedTest::theThermostatIsOnlyTouchedInItsThread()
{
    Application application;
    int elsewhere = 0;
    QObject::connect(
        &application.thermostat, &Thermostat::changed, &application.thermostat,
        [&] { elsewhere += QThread::currentThread() != application.thermostat.thread(); },
        Qt::DirectConnection);
    LiveTest::Browser browser(application.site);
    LiveTest::Tab tab = browser.open();
    QVERIFY(tab.click(u"button[name=warmer]"));
    QTRY_COMPARE(application.thermostat.target(), 21);
    QCOMPARE(elsewhere, 0);
}

QTEST_MAIN(EmbedTest)
#include "tst_embed.moc"
