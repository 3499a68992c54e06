// SPDX-FileCopyrightText: 2026 The LiveTemplate for Qt authors
// SPDX-License-Identifier: MIT

#include "tabmodel.h"

#include <QAbstractItemModelTester>
#include <QSignalSpy>
#include <QTest>

#include <memory>

using namespace LiveTemplate::Ui;
using namespace Qt::StringLiterals;

class TabModelTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        m_model = std::make_unique<TabModel>();
        m_tester = std::make_unique<QAbstractItemModelTester>(
            m_model.get(), QAbstractItemModelTester::FailureReportingMode::QtTest);
    }

    void cleanup()
    {
        m_tester.reset();
        m_model.reset();
    }

    void isEmptyAtFirst()
    {
        QCOMPARE(m_model->rowCount(), 0);
        QVERIFY(!m_model->current());
        QVERIFY(!m_model->canReopen());
        QVERIFY(!m_model->reopenClosed());
        m_model->step(1);
        QVERIFY(!m_model->current());
    }

    void theFirstTabIsCurrent()
    {
        QSignalSpy currentChanged(m_model.get(), &TabModel::currentChanged);
        const TabId first = open("a");
        open("b");
        QCOMPARE(m_model->current(), first);
        QCOMPARE(currentChanged.count(), 1);
    }

    void tellsWhatItKnows()
    {
        const TabId id = m_model->open(BrowserId{1}, QUrl(u"http://localhost/counter"_s));
        const QModelIndex index = m_model->index(0);
        QCOMPARE(index.data().toString(), u"http://localhost/counter"_s);

        QSignalSpy dataChanged(m_model.get(), &TabModel::dataChanged);
        m_model->setTitle(id, u"Counter"_s);
        m_model->setSessionGroup(id, u"1a2b3c4d"_s);
        m_model->setSessionGroup(id, u"1a2b3c4d"_s);
        QCOMPARE(dataChanged.count(), 2);

        QCOMPARE(index.data().toString(), u"Counter"_s);
        QCOMPARE(index.data(TabModel::BrowserRole).toInt(), 1);
        QCOMPARE(index.data(TabModel::SessionGroupRole).toString(), u"1a2b3c4d"_s);
        QVERIFY(index.data(Qt::AccessibleTextRole).toString().contains(u"Browser B"_s));
        QVERIFY(index.data(Qt::ToolTipRole).toString().contains(u"1a2b3c4d"_s));
    }

    void theNeighbourFollowsAClosedTab_data()
    {
        QTest::addColumn<int>("current");
        QTest::addColumn<int>("closed");
        QTest::addColumn<QString>("next");
        QTest::newRow("first") << 0 << 0 << u"b"_s;
        QTest::newRow("middle") << 1 << 1 << u"c"_s;
        QTest::newRow("last") << 2 << 2 << u"b"_s;
        QTest::newRow("not the current one") << 1 << 0 << u"b"_s;
    }

    void theNeighbourFollowsAClosedTab()
    {
        QFETCH(const int, current);
        QFETCH(const int, closed);
        QFETCH(const QString, next);
        const QList<TabId> ids = {open("a"), open("b"), open("c")};
        m_model->setCurrent(ids.at(current));
        m_model->close(ids.at(closed));
        QCOMPARE(currentTitle(), next);
    }

    void closingTheLastTabLeavesNone()
    {
        const TabId id = open("a");
        QSignalSpy currentChanged(m_model.get(), &TabModel::currentChanged);
        m_model->close(id);
        QVERIFY(!m_model->current());
        QCOMPARE(currentChanged.count(), 1);
        m_model->close(id);
        QCOMPARE(currentChanged.count(), 1);
    }

    void reopensTheLastClosedWhereItWas()
    {
        const QList<TabId> ids = {open("a"), open("b"), open("c")};
        m_model->close(ids.at(0));
        m_model->close(ids.at(1));
        QCOMPARE(titles(), QStringList{u"c"_s});

        const auto reopened = m_model->reopenClosed();
        QVERIFY(reopened);
        QVERIFY(!ids.contains(*reopened));
        QCOMPARE(currentTitle(), u"b"_s);
        QVERIFY(m_model->reopenClosed());
        QCOMPARE(titles(), QStringList({u"a"_s, u"b"_s, u"c"_s}));
        QVERIFY(!m_model->canReopen());
    }

    void aReopenedTabKeepsItsBrowserAndPage()
    {
        const TabId id = m_model->open(BrowserId{4}, QUrl(u"http://localhost/x"_s));
        m_model->close(id);
        const Tab *tab = m_model->tab(*m_model->reopenClosed());
        QVERIFY(tab);
        QCOMPARE(tab->browser, BrowserId{4});
        QCOMPARE(tab->url, QUrl(u"http://localhost/x"_s));
    }

    void forgetsTheOldestClosedTabs()
    {
        for (int number = 0; number < 60; ++number)
            m_model->close(open("a"));
        int reopened = 0;
        while (m_model->reopenClosed())
            ++reopened;
        QCOMPARE(reopened, 50);
    }

    void moves_data()
    {
        QTest::addColumn<int>("from");
        QTest::addColumn<int>("to");
        QTest::addColumn<QString>("order");
        QTest::newRow("right") << 0 << 2 << u"bca"_s;
        QTest::newRow("left") << 2 << 0 << u"cab"_s;
        QTest::newRow("one on") << 0 << 1 << u"bac"_s;
        QTest::newRow("nowhere") << 1 << 1 << u"abc"_s;
    }

    void moves()
    {
        QFETCH(const int, from);
        QFETCH(const int, to);
        QFETCH(const QString, order);
        open("a");
        open("b");
        open("c");
        m_model->move(from, to);
        QCOMPARE(titles().join(QString()), order);
        QCOMPARE(currentTitle(), u"a"_s);
    }

    void stepsGoRound()
    {
        open("a");
        open("b");
        open("c");
        m_model->step(-1);
        QCOMPARE(currentTitle(), u"c"_s);
        m_model->step(+1);
        QCOMPARE(currentTitle(), u"a"_s);
        m_model->step(+4);
        QCOMPARE(currentTitle(), u"b"_s);
    }

    void movesATabToAnotherBrowser_data()
    {
        QTest::addColumn<int>("row");
        QTest::addColumn<int>("currentRow");
        QTest::newRow("the current one") << 1 << 1;
        QTest::newRow("another one") << 1 << 2;
        QTest::newRow("the first") << 0 << 0;
        QTest::newRow("the last") << 2 << 0;
    }

    void movesATabToAnotherBrowser()
    {
        QFETCH(const int, row);
        QFETCH(const int, currentRow);
        TabModel model;
        const QAbstractItemModelTester tester(&model);
        for (const char *page : {"http://localhost/a", "http://localhost/b", "http://localhost/c"})
            model.open(BrowserId{0}, QUrl(QString::fromLatin1(page)));
        model.setCurrent(model.tabs().at(currentRow).id);
        const Tab before = model.tabs().at(row);
        model.setSessionGroup(before.id, QStringLiteral("abcdefgh"));

        const TabId moved = model.moveToBrowser(before.id, BrowserId{3});
        QCOMPARE(model.rowCount(), 3);
        QCOMPARE_NE(moved, before.id);
        QCOMPARE(model.row(moved), row);
        QVERIFY(!model.tab(before.id));
        QCOMPARE(model.tab(moved)->browser, BrowserId{3});
        QCOMPARE(model.tab(moved)->url, before.url);
        QVERIFY(model.tab(moved)->sessionGroup.isEmpty());
        QCOMPARE(model.row(*model.current()), currentRow);
        // It was not closed.
        QVERIFY(!model.canReopen());
        // Where it is already nothing happens.
        QCOMPARE(model.moveToBrowser(moved, BrowserId{3}), moved);
    }

private:
    TabId open(const char *title)
    {
        const TabId id = m_model->open(firstBrowser, QUrl(u"http://localhost/"_s));
        m_model->setTitle(id, QString::fromLatin1(title));
        return id;
    }

    QString currentTitle() const
    {
        const auto current = m_model->current();
        return current ? m_model->tab(*current)->title : QString();
    }

    QStringList titles() const
    {
        QStringList titles;
        for (const Tab &tab : m_model->tabs())
            titles.append(tab.title);
        return titles;
    }

    std::unique_ptr<TabModel> m_model;
    std::unique_ptr<QAbstractItemModelTester> m_tester;
};

QTEST_MAIN(TabModelTest)
#include "tst_tabmodel.moc"
