// SPDX-FileCopyrightText: 2026 The LiveTemplate for Qt authors
// SPDX-License-Identifier: MIT

#include "exampleprogram.h"
#include "exampletab.h"

#include <QTemporaryDir>
#include <QTest>
#include <QWebEngineProfile>

using namespace Qt::StringLiterals;

/// What a row is found by.
static QString row(int number, const QString &what)
{
    return u"li:nth-child(%1) %2"_s.arg(number).arg(what);
}

class TestExampleTodos : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void aListIsKept();
};

void TestExampleTodos::aListIsKept()
{
    QTemporaryDir folder;
    const QStringList arguments{u"--database"_s, folder.filePath(u"todos.sqlite"_s)};
    auto program = std::make_unique<ExampleProgram>(QStringLiteral(EXAMPLE_PROGRAM), arguments);
    QVERIFY(program->url().isValid());
    const QString titles = u"li .title"_s;
    const QString title = u"input[name=title]"_s;
    QWebEngineProfile mine;
    QWebEngineProfile yours;
    ExampleTab tab(&mine);
    ExampleTab other(&yours);
    QVERIFY(tab.open(program->url()));
    QVERIFY(other.open(program->url()));
    QCOMPARE(tab.text(u".empty"_s), u"Nothing to do. Write the first thing above."_s);
    tab.takePictures(u"todos-empty"_s);

    // Three are written, by button and by Enter; what was sent leaves the field.
    const QStringList all{u"Water the plants"_s, u"Call <b>Ada</b> & Grace"_s, u"Bake bread"_s};
    for (qsizetype i = 0; i < all.size(); ++i) {
        QVERIFY(tab.type(title, all.at(i)));
        if (i == 1)
            tab.press(Qt::Key_Return);
        else
            QVERIFY(tab.click(u"button[name=add]"_s));
        QTRY_COMPARE_WITH_TIMEOUT(tab.texts(titles), all.mid(0, i + 1), patience);
        QTRY_COMPARE_WITH_TIMEOUT(tab.value(title), QString(), patience);
    }
    QCOMPARE(tab.text(u"#count"_s), u"3 things to do"_s);
    QCOMPARE(tab.unlabelledControls(), QStringList());

    // Blanks pass the browser's check; the server says what is wrong, next to the field.
    QVERIFY(tab.type(title, u"   "_s));
    tab.press(Qt::Key_Return);
    QTRY_COMPARE_WITH_TIMEOUT(tab.text(u".new .lvt-error"_s), u"Write what there is to do."_s,
                              patience);
    tab.takePictures(u"todos-error"_s);

    // Another tab of the browser has the list and follows; another browser has neither.
    ExampleTab second(&mine);
    QVERIFY(second.open(program->url()));
    QCOMPARE(second.texts(titles), all);
    QVERIFY(second.click(row(1, u"button[name=toggle]"_s)));
    QTRY_COMPARE_WITH_TIMEOUT(tab.attribute(row(1, u"button[name=toggle]"_s), u"aria-checked"_s),
                              u"true"_s, patience);
    QTRY_COMPARE_WITH_TIMEOUT(tab.text(u"#count"_s), u"2 things to do"_s, patience);
    QCOMPARE(other.texts(titles), QStringList());

    // Edited, with the field focused for it.
    QVERIFY(tab.click(row(3, u"button[name=edit]"_s)));
    const QString editor = u"input[name=newTitle]"_s;
    QTRY_VERIFY_WITH_TIMEOUT(
        tab.evaluate(u"document.activeElement?.name === 'newTitle'"_s).toBool(), patience);
    QCOMPARE(tab.value(editor), u"Bake bread"_s);
    QVERIFY(tab.type(editor, u"Bake a cake"_s));
    tab.takePictures(u"todos-edit"_s);
    tab.press(Qt::Key_Return);
    QTRY_COMPARE_WITH_TIMEOUT(tab.texts(titles).value(2), u"Bake a cake"_s, patience);
    QTRY_COMPARE_WITH_TIMEOUT(second.texts(titles).value(2), u"Bake a cake"_s, patience);

    // Filters are links, and this tab's own.
    QVERIFY(tab.click(u"a[href*=open]"_s));
    QTRY_COMPARE_WITH_TIMEOUT(tab.texts(titles), (QStringList{all.at(1), u"Bake a cake"_s}),
                              patience);
    QCOMPARE(tab.evaluate(u"location.search"_s).toString(), u"?filter=open"_s);
    QCOMPARE(second.texts(titles).size(), 3);
    QVERIFY(tab.click(row(1, u"button[name=toggle]"_s)));
    QTRY_COMPARE_WITH_TIMEOUT(tab.texts(titles), QStringList{u"Bake a cake"_s}, patience);
    QCOMPARE(tab.text(u"#count"_s), u"1 thing to do"_s);
    QVERIFY(tab.click(u"a[href*=done]"_s));
    QTRY_COMPARE_WITH_TIMEOUT(tab.texts(titles), all.mid(0, 2), patience);

    // Cleared, in all tabs, and brought back by one of them.
    QVERIFY(tab.click(u"button[name=clearDone]"_s));
    QTRY_COMPARE_WITH_TIMEOUT(tab.text(u".empty"_s), u"Nothing is done yet."_s, patience);
    QTRY_COMPARE_WITH_TIMEOUT(second.texts(titles), QStringList{u"Bake a cake"_s}, patience);
    QTRY_COMPARE_WITH_TIMEOUT(second.text(u".undo span"_s), u"2 to-dos cleared."_s, patience);
    QVERIFY(second.click(u"button[name=undo]"_s));
    QTRY_COMPARE_WITH_TIMEOUT(second.texts(titles).size(), 3, patience);
    QTRY_COMPARE_WITH_TIMEOUT(tab.texts(titles), all.mid(0, 2), patience);
    second.takePictures(u"todos"_s);

    // All of it is there after the program was started anew; so is what can be undone.
    QVERIFY(tab.click(u"button[name=clearDone]"_s));
    QTRY_VERIFY_WITH_TIMEOUT(tab.has(u".undo"_s), patience);
    program = nullptr;
    program = std::make_unique<ExampleProgram>(QStringLiteral(EXAMPLE_PROGRAM), arguments);
    QVERIFY(program->url().isValid());
    QVERIFY(tab.open(program->url()));
    QCOMPARE(tab.texts(titles), QStringList{u"Bake a cake"_s});
    QVERIFY(tab.click(u"button[name=undo]"_s));
    QTRY_COMPARE_WITH_TIMEOUT(tab.texts(titles).size(), 3, patience);
    QVERIFY(tab.click(row(3, u"button[name=remove]"_s)));
    QTRY_COMPARE_WITH_TIMEOUT(tab.texts(titles), all.mid(0, 2), patience);
}

QTEST_MAIN(TestExampleTodos)
#include "tst_example_todos.moc"
