// SPDX-FileCopyrightText: 2026 The LiveTemplate for Qt authors
// SPDX-License-Identifier: MIT

#include "exampleprogram.h"
#include "exampletab.h"

#include <QTest>
#include <QWebEngineProfile>

using namespace Qt::StringLiterals;

class TestExampleCounter : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void tabsOfABrowserCountTogether();
};

void TestExampleCounter::tabsOfABrowserCountTogether()
{
    const ExampleProgram program(QStringLiteral(EXAMPLE_PROGRAM));
    QVERIFY(program.url().isValid());
    QWebEngineProfile mine;
    QWebEngineProfile yours;
    ExampleTab first(&mine);
    ExampleTab second(&mine);
    ExampleTab other(&yours);
    for (ExampleTab *tab : {&first, &second, &other})
        QVERIFY(tab->open(program.url()));
    QCOMPARE(first.unlabelledControls(), QStringList());

    QVERIFY(first.click(u"button[name=increment]"_s));
    QTRY_COMPARE_WITH_TIMEOUT(first.text(u"#count"_s), u"1"_s, patience);
    QTRY_COMPARE_WITH_TIMEOUT(second.text(u"#count"_s), u"1"_s, patience);
    QVERIFY(second.click(u"button[name=increment]"_s));
    QTRY_COMPARE_WITH_TIMEOUT(first.text(u"#count"_s), u"2"_s, patience);
    QVERIFY(other.click(u"button[name=increment]"_s));
    QTRY_COMPARE_WITH_TIMEOUT(other.text(u"#count"_s), u"1"_s, patience);
    QCOMPARE(first.text(u"#count"_s), u"2"_s);
    first.takePictures(u"counter"_s);

    QVERIFY(first.click(u"button[name=reset]"_s));
    QTRY_COMPARE_WITH_TIMEOUT(second.text(u"#count"_s), u"0"_s, patience);
    QVERIFY(second.has(u"button[name=reset]:disabled"_s));

    // A tab that is opened later has what the browser has.
    QVERIFY(first.click(u"button[name=increment]"_s));
    QTRY_COMPARE_WITH_TIMEOUT(first.text(u"#count"_s), u"1"_s, patience);
    ExampleTab third(&mine);
    QVERIFY(third.open(program.url()));
    QCOMPARE(third.text(u"#count"_s), u"1"_s);
}

QTEST_MAIN(TestExampleCounter)
#include "tst_example_counter.moc"
