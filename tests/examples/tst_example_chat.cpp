// SPDX-FileCopyrightText: 2026 The LiveTemplate for Qt authors
// SPDX-License-Identifier: MIT

#include "exampleprogram.h"
#include "exampletab.h"

#include <QTest>
#include <QWebEngineProfile>

using namespace Qt::StringLiterals;

class TestExampleChat : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void twoBrowsersTalk();

private:
    static void enter(ExampleTab &tab, const QUrl &address, const QString &name);
    static void say(ExampleTab &tab, const QString &text);
};

void TestExampleChat::enter(ExampleTab &tab, const QUrl &address, const QString &name)
{
    QVERIFY(tab.open(address));
    QVERIFY(tab.type(u"input[name=name]"_s, name));
    tab.press(Qt::Key_Return);
    // The form leads to the page anew, which is another one now.
    QTRY_VERIFY_WITH_TIMEOUT(tab.has(u".say"_s), patience);
    QVERIFY(tab.waitUntilLive());
}

void TestExampleChat::say(ExampleTab &tab, const QString &text)
{
    QVERIFY(tab.type(u"input[name=text]"_s, text));
    QVERIFY(tab.click(u"button[name=say]"_s));
    QTRY_COMPARE_WITH_TIMEOUT(tab.value(u"input[name=text]"_s), QString(), patience);
}

void TestExampleChat::twoBrowsersTalk()
{
    const ExampleProgram program(QStringLiteral(EXAMPLE_PROGRAM));
    QVERIFY(program.url().isValid());
    QWebEngineProfile adasBrowser;
    QWebEngineProfile gracesBrowser;
    ExampleTab ada(&adasBrowser);
    ExampleTab grace(&gracesBrowser);
    QVERIFY(ada.open(program.url()));
    QCOMPARE(ada.unlabelledControls(), QStringList());
    ada.takePictures(u"chat-enter"_s);

    enter(ada, program.url(), u"Ada"_s);
    QCOMPARE(ada.unlabelledControls(), QStringList());
    ada.takePictures(u"chat-empty"_s);
    // A name that is taken is refused, next to the field.
    QTRY_COMPARE_WITH_TIMEOUT(ada.texts(u".present li"_s), QStringList{u"Ada"_s}, patience);
    QVERIFY(grace.open(program.url()));
    QVERIFY(grace.type(u"input[name=name]"_s, u"ADA"_s));
    QVERIFY(grace.click(u".enter button"_s));
    QTRY_COMPARE_WITH_TIMEOUT(grace.text(u"#name-error"_s),
                              u"Somebody of that name is here already."_s, patience);
    grace.takePictures(u"chat-taken"_s);
    enter(grace, program.url(), u"Grace"_s);
    const QStringList both{u"Ada"_s, u"Grace"_s};
    QTRY_COMPARE_WITH_TIMEOUT(ada.texts(u".present li"_s), both, patience);
    QTRY_COMPARE_WITH_TIMEOUT(grace.texts(u".present li"_s), both, patience);

    const QString texts = u".messages span"_s;
    say(ada, u"Have you seen the moth?"_s);
    QTRY_COMPARE_WITH_TIMEOUT(grace.texts(texts), QStringList{u"Have you seen the moth?"_s},
                              patience);
    // A script is a text like all others.
    const QString script
        = u"<script>window.isBroken = true</script><img src=x onerror=\"isBroken=1\">"_s;
    say(grace, script);
    QTRY_COMPARE_WITH_TIMEOUT(ada.texts(texts).value(1), script, patience);
    QCOMPARE(grace.texts(texts).value(1), script);
    for (ExampleTab *tab : {&ada, &grace}) {
        QVERIFY(!tab->evaluate(u"!!window.isBroken"_s).toBool());
        QVERIFY(!tab->has(u".messages script, .messages img"_s));
    }
    QCOMPARE(ada.texts(u".mine span"_s), QStringList{u"Have you seen the moth?"_s});
    static const QRegularExpression time(u"^\\d\\d:\\d\\d$"_s);
    QVERIFY(time.match(ada.text(u"time"_s)).hasMatch());

    // A reload is the same person; the newest message is in sight.
    for (int i = 1; i <= 15; ++i)
        say(grace, u"It is in the log book, page %1."_s.arg(i));
    QVERIFY(ada.open(program.url()));
    QCOMPARE(ada.texts(texts).size(), 17);
    const QString distance
        = u"(e => e.scrollHeight - e.scrollTop - e.clientHeight)(document.querySelector('.messages'))"_s;
    QTRY_VERIFY_WITH_TIMEOUT(ada.evaluate(distance).toDouble() < 2, patience);
    say(ada, u"So there was a first one."_s);
    QTRY_VERIFY_WITH_TIMEOUT(grace.evaluate(distance).toDouble() < 2, patience);
    ada.takePictures(u"chat"_s);

    // Who leaves is gone, and may come again.
    QVERIFY(ada.click(u"button[name=leave]"_s));
    QTRY_VERIFY_WITH_TIMEOUT(ada.has(u".enter"_s), patience);
    QTRY_COMPARE_WITH_TIMEOUT(grace.texts(u".present li"_s), QStringList{u"Grace"_s}, patience);
    QVERIFY(!ada.has(u".messages"_s));
}

QTEST_MAIN(TestExampleChat)
#include "tst_example_chat.moc"
