// SPDX-FileCopyrightText: 2026 The LiveTemplate for Qt authors
// SPDX-License-Identifier: MIT

#include "exampleprogram.h"
#include "exampletab.h"

#include <QTest>
#include <QWebEngineProfile>

using namespace Qt::StringLiterals;

class TestExampleTicker : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void pricesComeByThemselves();
};

void TestExampleTicker::pricesComeByThemselves()
{
    const ExampleProgram program(QStringLiteral(EXAMPLE_PROGRAM), {u"--period"_s, u"50"_s});
    QVERIFY(program.url().isValid());
    QWebEngineProfile mine;
    QWebEngineProfile yours;
    ExampleTab first(&mine);
    ExampleTab second(&mine);
    ExampleTab other(&yours);
    for (ExampleTab *tab : {&first, &second, &other}) {
        QVERIFY(tab->open(program.url()));
        QCOMPARE(tab->text(u"#price"_s), u"100.00"_s);
    }
    QCOMPARE(first.unlabelledControls(), QStringList());

    // Nobody does anything after this click, and yet both tabs draw on.
    QVERIFY(first.click(u"button[name=start]"_s));
    const QString points = u"document.getElementById('line').points.length"_s;
    QTRY_VERIFY_WITH_TIMEOUT(first.evaluate(points).toInt() > 40, patience);
    QTRY_VERIFY_WITH_TIMEOUT(second.evaluate(points).toInt() > 40, patience);
    QVERIFY(first.text(u"#price"_s) != u"100.00");
    QCOMPARE(first.text(u"#status"_s), u"Live from the server"_s);
    // It is drawn, and as SVG.
    QVERIFY(first.evaluate(u"document.getElementById('line').getBBox().width > 100"_s).toBool());
    first.takePictures(u"ticker"_s);

    QVERIFY(second.click(u"button[name=stop]"_s));
    QTRY_COMPARE_WITH_TIMEOUT(first.text(u"#status"_s), u"Stopped"_s, patience);
    const QString price = first.text(u"#price"_s);
    // The other browser never asked for it.
    QCOMPARE(other.text(u"#price"_s), u"100.00"_s);
    QVERIFY(other.click(u"button[name=start]"_s));
    QTRY_COMPARE_WITH_TIMEOUT(other.text(u"#status"_s), u"Live from the server"_s, patience);
    QTRY_VERIFY_WITH_TIMEOUT(other.text(u"#price"_s) != price, patience);
    QCOMPARE(first.text(u"#price"_s), price);
}

QTEST_MAIN(TestExampleTicker)
#include "tst_example_ticker.moc"
