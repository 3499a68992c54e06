// SPDX-FileCopyrightText: 2026 The LiveTemplate for Qt authors
// SPDX-License-Identifier: MIT

#include "commandpalette.h"
#include "fuzzymatch.h"
#include "screenshot.h"

#include <QAbstractItemModelTester>
#include <QAction>
#include <QLineEdit>
#include <QListView>
#include <QMainWindow>
#include <QSignalSpy>
#include <QTest>

#include <memory>

using namespace LiveTemplate::Ui;
using namespace Qt::StringLiterals;

class CommandPaletteTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        m_window = std::make_unique<QMainWindow>();
        m_window->resize(900, 600);
        m_content = new QLineEdit;
        m_window->setCentralWidget(m_content);
        m_window->show();
        QVERIFY(QTest::qWaitForWindowActive(m_window.get()));
        m_content->setFocus();

        m_newTab = action(u"New &Tab"_s, u"Ctrl+T"_s);
        m_newBrowser = action(u"New &Browser"_s, u"Ctrl+Shift+N"_s);
        m_close = action(u"Close"_s, {});
        m_close->setEnabled(false);
        m_close->setStatusTip(u"No tab is open"_s);
        m_export = action(u"Export as CSV…"_s, {});
        m_palette = new CommandPalette(m_window.get());
        m_commands = {{.action = m_newTab, .place = {}},
                      {.action = m_newBrowser, .place = {}},
                      {.action = m_close, .place = {}},
                      {.action = m_export, .place = u"Logs"_s}};
    }

    void cleanup() { m_window.reset(); }

    void matches_data()
    {
        QTest::addColumn<QString>("typed");
        QTest::addColumn<QString>("text");
        QTest::addColumn<QString>("marked");
        QTest::newRow("beginning") << u"new"_s << u"New Tab"_s << u"^^^    "_s;
        QTest::newRow("any case") << u"TAB"_s << u"New Tab"_s << u"    ^^^"_s;
        QTest::newRow("beginnings of words") << u"ta"_s << u"Next Tab"_s << u"     ^^ "_s;
        QTest::newRow("with spaces") << u"new tab"_s << u"New Tab"_s << u"^^^ ^^^"_s;
        QTest::newRow("beside each other") << u"side"_s << u"Site of Side"_s << u"        ^^^^"_s;
        QTest::newRow("other letters") << u"ü"_s << u"Über"_s << u"^   "_s;
        QTest::newRow("nothing typed") << u""_s << u"Any"_s << u"   "_s;
        QTest::newRow("not in order") << u"bat"_s << u"Tab"_s << QString();
        QTest::newRow("too long") << u"tabs"_s << u"Tab"_s << QString();
        QTest::newRow("no text") << u"t"_s << u""_s << QString();
    }

    void matches()
    {
        QFETCH(const QString, typed);
        QFETCH(const QString, text);
        QFETCH(const QString, marked);
        const auto match = fuzzyMatch(typed, text);
        QCOMPARE(match.has_value(), !marked.isEmpty());
        if (!match)
            return;
        QString actual(text.size(), u' ');
        for (const qsizetype position : match->positions)
            actual[position] = u'^';
        QCOMPARE(actual, marked);
    }

    void listsWhatCanBeDone()
    {
        const QAbstractItemModelTester tester(&m_palette->list());
        QAction separator;
        separator.setSeparator(true);
        QAction nameless;
        m_palette->open(m_commands
                        + QList<Command>{{.action = &separator, .place = {}},
                                         {.action = &nameless, .place = {}},
                                         {.action = m_newTab, .place = u"again"_s}});
        QCOMPARE(titles(),
                 (QStringList{u"New Tab"_s, u"New Browser"_s, u"Close"_s, u"Export as CSV…"_s}));
        const QModelIndex first = m_palette->list().index(0);
        QCOMPARE(first.data(CommandList::ShortcutRole).toString(), u"Ctrl+T"_s);
        QCOMPARE(m_palette->list().index(2).data(Qt::AccessibleTextRole).toString(),
                 u"Close, not available, No tab is open"_s);
        QCOMPARE(m_palette->list().index(3).data(CommandList::PlaceRole).toString(), u"Logs"_s);
    }

    void whatIsTypedFindsOne()
    {
        const QAbstractItemModelTester tester(&m_palette->list());
        m_palette->open(m_commands);
        QVERIFY(input()->hasFocus());
        QTest::keyClicks(input(), u"nb"_s);
        // Both have the letters; in one of them they begin words.
        QCOMPARE(titles(), (QStringList{u"New Browser"_s, u"New Tab"_s}));
        QSignalSpy triggered(m_newBrowser, &QAction::triggered);
        QTest::keyClick(input(), Qt::Key_Return);
        QVERIFY(!m_palette->isVisible());
        QTRY_COMPARE(triggered.count(), 1);
    }

    void arrowsGoAround()
    {
        m_palette->open(m_commands);
        QCOMPARE(current(), 0);
        QTest::keyClick(input(), Qt::Key_Up);
        QCOMPARE(current(), 3);
        QTest::keyClick(input(), Qt::Key_Down);
        QTest::keyClick(input(), Qt::Key_Down);
        QCOMPARE(current(), 1);
        QTest::keyClick(input(), Qt::Key_PageDown);
        QCOMPARE(current(), 3);
        QTest::keyClick(input(), Qt::Key_PageUp);
        QCOMPARE(current(), 0);
    }

    void oneThatIsDisabledDoesNothing()
    {
        m_palette->open(m_commands);
        QTest::keyClicks(input(), u"close"_s);
        QSignalSpy triggered(m_close, &QAction::triggered);
        QTest::keyClick(input(), Qt::Key_Return);
        QVERIFY(m_palette->isVisible());
        QCOMPARE(triggered.count(), 0);
    }

    void escapeClosesIt()
    {
        m_palette->open(m_commands);
        QTest::keyClick(input(), Qt::Key_Escape);
        QVERIFY(!m_palette->isVisible());
        QTRY_VERIFY(m_content->hasFocus());
    }

    void whatWasUsedComesFirst()
    {
        m_palette->open(m_commands);
        QTest::keyClicks(input(), u"csv"_s);
        QTest::keyClick(input(), Qt::Key_Return);
        m_palette->open(m_commands);
        QCOMPARE(titles().first(), u"Export as CSV…"_s);
        m_palette->open(m_commands);
        QTest::keyClicks(input(), u"browser"_s);
        QTest::keyClick(input(), Qt::Key_Return);
        m_palette->open(m_commands);
        QCOMPARE(titles().first(2), (QStringList{u"New Browser"_s, u"Export as CSV…"_s}));

        // In another run of the program too.
        CommandList list;
        list.setRecent(m_palette->list().recent());
        list.setCommands(m_commands);
        QCOMPARE(list.index(0).data().toString(), u"New Browser"_s);
        // What fits better is before it all the same.
        list.setTyped(u"new t"_s);
        QCOMPARE(list.index(0).data().toString(), u"New Tab"_s);
    }

    void survivesAnActionThatGoes()
    {
        m_palette->open(m_commands);
        delete m_newTab;
        QTest::keyClick(input(), Qt::Key_Return);
        QVERIFY(m_palette->isVisible());
        m_palette->open(m_commands);
        QCOMPARE(titles().size(), 3);
    }

    void screenshots()
    {
        m_palette->open(m_commands);
        QTest::keyClicks(input(), u"e"_s);
        Screenshot::takeBoth(*m_palette, u"command-palette"_s);
    }

private:
    QAction *action(const QString &text, const QString &shortcut)
    {
        auto *action = new QAction(text, m_window.get());
        action->setShortcut(QKeySequence(shortcut));
        return action;
    }

    [[nodiscard]] QLineEdit *input() const { return m_palette->findChild<QLineEdit *>(); }
    [[nodiscard]] int current() const
    {
        return m_palette->findChild<QListView *>()->currentIndex().row();
    }

    [[nodiscard]] QStringList titles() const
    {
        QStringList titles;
        for (int row = 0; row < m_palette->list().rowCount(); ++row)
            titles.append(m_palette->list().index(row).data().toString());
        return titles;
    }

    std::unique_ptr<QMainWindow> m_window;
    QLineEdit *m_content = nullptr;
    CommandPalette *m_palette = nullptr;
    QAction *m_newTab = nullptr;
    QAction *m_newBrowser = nullptr;
    QAction *m_close = nullptr;
    QAction *m_export = nullptr;
    QList<Command> m_commands;
};

QTEST_MAIN(CommandPaletteTest)
#include "tst_commandpalette.moc"
