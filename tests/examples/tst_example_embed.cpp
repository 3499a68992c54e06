// SPDX-FileCopyrightText: 2026 The LiveTemplate for Qt authors
// SPDX-License-Identifier: MIT

#include "exampleprogram.h"
#include "exampletab.h"

#include <QTest>
#include <QWebEngineProfile>

using namespace Qt::StringLiterals;

class TestExampleEmbed : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void theApplicationIsOnThePage();
};

void TestExampleEmbed::theApplicationIsOnThePage()
{
    // A program with a window, which needs no display here: QT_QPA_PLATFORM is "offscreen".
    const ExampleProgram program(QStringLiteral(EXAMPLE_PROGRAM));
    QVERIFY(program.url().isValid());
    QWebEngineProfile mine;
    QWebEngineProfile yours;
    ExampleTab here(&mine);
    ExampleTab there(&yours);
    QVERIFY(here.open(program.url()));
    QVERIFY(there.open(program.url()));
    QCOMPARE(here.unlabelledControls(), QStringList());
    QCOMPARE(here.text(u"#target"_s), u"20 °C"_s);

    // The room gets warm by the application's own timer, and both browsers see it.
    const QString first = here.text(u"#temperature"_s);
    QTRY_VERIFY_WITH_TIMEOUT(here.text(u"#temperature"_s) != first, patience);
    QTRY_VERIFY_WITH_TIMEOUT(there.text(u"#temperature"_s) != first, patience);
    QCOMPARE(here.text(u"#status"_s), u"Heating"_s);
    here.takePictures(u"embed"_s);

    // Each click goes by the application, which tells all.
    QVERIFY(here.click(u"button[name=warmer]"_s));
    QTRY_COMPARE_WITH_TIMEOUT(there.text(u"#target"_s), u"21 °C"_s, patience);
    QVERIFY(there.click(u"button[name=colder]"_s));
    QTRY_COMPARE_WITH_TIMEOUT(here.text(u"#target"_s), u"20 °C"_s, patience);

    // Too much is refused by the browser, before anything is sent; 30 is not.
    const QString field = u"input[name=target]"_s;
    QVERIFY(here.type(field, u"31"_s));
    here.press(Qt::Key_Return);
    QVERIFY(!here.evaluate(u"document.querySelector('.set').checkValidity()"_s).toBool());
    QVERIFY(here.type(field, u"30"_s));
    here.press(Qt::Key_Return);
    QTRY_COMPARE_WITH_TIMEOUT(there.text(u"#target"_s), u"30 °C"_s, patience);
    QTRY_VERIFY_WITH_TIMEOUT(there.has(u"button[name=warmer]:disabled"_s), patience);
    QVERIFY(here.type(field, u"5"_s));
    QVERIFY(here.click(u"button[name=set]"_s));
    QTRY_COMPARE_WITH_TIMEOUT(there.text(u"#status"_s), u"Not heating"_s, patience);
}

QTEST_MAIN(TestExampleEmbed)
#include "tst_example_embed.moc"
