// SPDX-FileCopyrightText: 2026 The LiveTemplate for Qt authors
// SPDX-License-Identifier: MIT

#include "tablepanel.h"

#include "exportbar.h"
#include "keyedtable.h"
#include "screenshot.h"
#include "streamtable.h"

#include <QAction>
#include <QApplication>
#include <QClipboard>
#include <QContextMenuEvent>
#include <QHeaderView>
#include <QLabel>
#include <QLineEdit>
#include <QMenu>
#include <QScrollBar>
#include <QSignalSpy>
#include <QTableView>
#include <QTemporaryDir>
#include <QTest>
#include <QTimer>
#include <QToolBar>
#include <QToolButton>

#include <functional>
#include <memory>

#include <time.h>

using namespace LiveTemplate::Ui;
using namespace Qt::StringLiterals;

namespace {

struct Item
{
    quint64 id = 0;
    QString name;
    int size = 0;

    bool operator==(const Item &) const = default;
};

TableDefinition<Item> definition()
{
    return {.columns
            = {{.title = {.key = u"name"_s,
                          .title = u"Name"_s,
                          .toolTip = u"What it is called."_s,
                          .width = 24},
                .value =
                    [](const Item &item) {
                        return item.name;
                    }},
               {.title = {.key = u"size"_s,
                          .title = u"Size"_s,
                          .toolTip = u"How large it is."_s,
                          .alignment = Qt::AlignRight | Qt::AlignVCenter},
                .value =
                    [](const Item &item) {
                        return item.size;
                    }},
               {.title = {.key = u"note"_s, .title = u"Note"_s, .toolTip = {}, .isShown = false},
                .value =
                    [](const Item &item) {
                        return u"note\tof %1"_s.arg(item.id);
                    }},
               {.title = {.key = u"id"_s, .title = u"Number"_s, .toolTip = {}, .width = 30},
                .value = [](const Item &item) { return item.id; },
                .text =
                    [](const Item &item) {
                        return u"number %1"_s.arg(item.id);
                    }}},
            .chips = {{.chip = {.key = u"large"_s, .text = u"Large"_s, .toolTip = u"500 or more"_s},
                       .holds =
                           [](const Item &item) {
                               return item.size >= 500;
                           }},
                      {.chip = {.key = u"even"_s, .text = u"Even"_s, .toolTip = {}, .set = 1},
                       .holds =
                           [](const Item &item) {
                               return item.size % 2 == 0;
                           }}},
            .key = [](const Item &item) {
                return item.id;
            }};
}

QList<Item> items(quint64 first, quint64 last)
{
    QList<Item> items;
    for (quint64 id = first; id <= last; ++id)
        items.append(
            {.id = id, .name = u"item %1"_s.arg(id), .size = static_cast<int>(id * 7 % 1000)});
    return items;
}

} // namespace

class TablePanelTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        m_table = std::make_unique<KeyedTable<Item>>(definition());
        m_panel = std::make_unique<TablePanel>(*m_table, u"items"_s, u"Items"_s);
        m_panel->resize(900, 400);
        m_panel->show();
        QVERIFY(QTest::qWaitForWindowActive(m_panel.get()));
    }

    void cleanup()
    {
        m_panel.reset();
        m_table.reset();
    }

    void searchesAsOneTypes()
    {
        m_table->setRows(items(1, 340));
        QCOMPARE(counts(), u"340"_s);
        m_panel->view()->setFocus();
        QTest::keyClick(m_panel->view(), Qt::Key_F, Qt::ControlModifier);
        QTRY_VERIFY(search()->hasFocus());
        QTest::keyClicks(search(), u"ITEM 340"_s);
        QTRY_COMPARE(m_table->rowCount(), 1);
        QCOMPARE(counts(), u"1 of 340"_s);

        QTest::keyClick(search(), Qt::Key_Down);
        QVERIFY(m_panel->view()->hasFocus());
        QCOMPARE(m_panel->selectedKeys(), QList<QVariant>{quint64(340)});
        QTest::keyClick(m_panel->view(), Qt::Key_Escape);
        QVERIFY(search()->text().isEmpty());
        QCOMPARE(m_table->rowCount(), 340);
    }

    void escapeClearsTheSearchThenLeavesIt()
    {
        m_table->setRows(items(1, 3));
        search()->setFocus();
        QTest::keyClicks(search(), u"x"_s);
        QTest::keyClick(search(), Qt::Key_Escape);
        QVERIFY(search()->text().isEmpty());
        QVERIFY(search()->hasFocus());
        QTest::keyClick(search(), Qt::Key_Escape);
        QVERIFY(m_panel->view()->hasFocus());
    }

    void chipsAreSwitchedByKeyboard()
    {
        m_table->setRows(items(1, 340));
        auto *large = m_panel->findChild<QAbstractButton *>(u"large"_s);
        large->setFocus();
        QTest::keyClick(large, Qt::Key_Space);
        QVERIFY(large->isChecked());
        const int largeCount = m_table->rowCount();
        QVERIFY(largeCount > 0 && largeCount < 340);
        auto *even = m_panel->findChild<QAbstractButton *>(u"even"_s);
        QTest::mouseClick(even, Qt::LeftButton);
        QVERIFY(m_table->rowCount() < largeCount);
        QTest::keyClick(large, Qt::Key_Space);
        QTest::mouseClick(even, Qt::LeftButton);
        QCOMPARE(m_table->rowCount(), 340);
    }

    void theThirdClickOnAHeaderRestoresTheOrder()
    {
        m_table->setRows(
            {{.id = 2, .name = u"b"_s}, {.id = 3, .name = u"c"_s}, {.id = 1, .name = u"a"_s}});
        QCOMPARE(shownKeys(), (QList<quint64>{2, 3, 1}));
        clickHeader(0);
        QCOMPARE(shownKeys(), (QList<quint64>{1, 2, 3}));
        clickHeader(0);
        QCOMPARE(shownKeys(), (QList<quint64>{3, 2, 1}));
        clickHeader(0);
        QCOMPARE(shownKeys(), (QList<quint64>{2, 3, 1}));
    }

    void selectionAndPlaceAreKept_data()
    {
        QTest::addColumn<int>("sortColumn");
        QTest::addColumn<int>("selected");
        QTest::newRow("few selected") << -1 << 3;
        QTest::newRow("many selected") << -1 << 5000;
        QTest::newRow("sorted") << 1 << 3;
        QTest::newRow("sorted, many selected") << 1 << 5000;
    }

    // All 10,000 rows change, and others come and go among them.
    void selectionAndPlaceAreKept()
    {
        QFETCH(const int, sortColumn);
        QFETCH(const int, selected);
        QList<Item> rows = items(1, 10000);
        m_table->setRows(rows);
        m_panel->view()->sortByColumn(sortColumn, Qt::AscendingOrder);
        const int first = m_table->rowOf(quint64(4000));
        m_panel->select(quint64(4000));
        m_panel->view()->verticalScrollBar()->setValue(first - 2);
        for (int i = 1; i < selected; ++i) {
            m_panel->view()->selectionModel()->select(m_table->index((first + 2 * i) % 10000, 0),
                                                      QItemSelectionModel::Select
                                                          | QItemSelectionModel::Rows);
        }
        const QList<QVariant> before = m_panel->selectedKeys();
        QCOMPARE(before.size(), selected);
        QSignalSpy selectionChanged(m_panel.get(), &TablePanel::selectionChanged);

        for (int round = 0; round < 3; ++round) {
            rows.removeIf([round](const Item &item) { return item.size == 990 + round; });
            for (Item &item : rows)
                item.size = (item.size * 17 + round) % 990;
            for (int i = 0; i < 100; ++i)
                rows.insert(i * 90, {.id = quint64(20000 + 100 * round + i), .name = u"new"_s});
            m_table->setRows(rows);
        }

        QSet<quint64> remaining;
        for (const QVariant &key : before) {
            if (m_table->rowOf(key) >= 0)
                remaining.insert(key.toULongLong());
        }
        QSet<quint64> selectedNow;
        for (const QVariant &key : m_panel->selectedKeys())
            selectedNow.insert(key.toULongLong());
        QCOMPARE(selectedNow, remaining);
        QCOMPARE(m_panel->selectedKeys().contains(quint64(4000)), true);
        QCOMPARE(m_panel->view()->currentIndex().data(TableModel::KeyRole),
                 QVariant(quint64(4000)));
        QCOMPARE(m_panel->view()->rowAt(0), m_table->rowOf(quint64(4000)) - 2);
        QCOMPARE(selectionChanged.isEmpty(), remaining.size() == before.size());
    }

    void aTableAtItsTopStaysThere()
    {
        QList<Item> rows = items(1, 1000);
        m_table->setRows(rows);
        rows.prepend({.id = 5000, .name = u"first"_s});
        m_table->setRows(rows);
        QCOMPARE(m_panel->view()->rowAt(0), 0);
    }

    void aStreamThatFollowsStaysAtItsEnd()
    {
        StreamTable<Item> stream(definition(), 500);
        TablePanel panel(stream, u"stream"_s, u"Stream"_s);
        panel.setFollowing(true);
        panel.resize(600, 300);
        panel.show();
        for (int batch = 0; batch < 20; ++batch) {
            stream.append(items(1, 77));
            QCOMPARE(panel.view()->verticalScrollBar()->value(),
                     panel.view()->verticalScrollBar()->maximum());
            QVERIFY(panel.view()->rowAt(panel.view()->viewport()->height() - 30)
                    >= stream.rowCount() - 2);
        }
    }

    void aStreamThatIsReadStaysWhileItsRingTurns()
    {
        StreamTable<Item> stream(definition(), 500);
        TablePanel panel(stream, u"stream"_s, u"Stream"_s);
        panel.setFollowing(true);
        panel.resize(600, 300);
        panel.show();
        stream.append(items(1, 500));
        panel.view()->verticalScrollBar()->setValue(300);
        const auto top = [&panel] {
            return panel.view()->indexAt({0, 0}).data(TableModel::KeyRole).toULongLong();
        };
        QCOMPARE(top(), 301u);
        for (int batch = 0; batch < 5; ++batch) {
            stream.append(items(1, 50));
            QCOMPARE(top(), 301u);
        }
        // Until the ring has lost it.
        stream.append(items(1, 200));
        QCOMPARE(top(), stream.droppedCount() + 1);
    }

    void pauseCollects()
    {
        StreamTable<Item> stream(definition(), 500);
        TablePanel panel(stream, u"stream"_s, u"Stream"_s);
        panel.show();
        QVERIFY(QTest::qWaitForWindowActive(&panel));
        panel.view()->setFocus();
        stream.append(items(1, 10));
        QAction *pause = action(panel, u"Pause"_s);
        QTest::keyClick(panel.view(), Qt::Key_P, Qt::ControlModifier);
        QVERIFY(stream.isPaused());
        stream.append(items(1, 128));
        QCOMPARE(stream.rowCount(), 10);
        QVERIFY(pause->text().contains(u"+128 new"_s));
        QTest::keyClick(panel.view(), Qt::Key_P, Qt::ControlModifier);
        QCOMPARE(stream.rowCount(), 138);
        QVERIFY(!pause->isChecked());
    }

    void copiesRows()
    {
        m_panel->view()->setFocus();
        m_table->setRows(items(1, 5));
        m_panel->select(quint64(2));
        QTest::keyClick(m_panel->view(), Qt::Key_C, Qt::ControlModifier);
        QCOMPARE(QGuiApplication::clipboard()->text(), u"item 2\t14\tnumber 2"_s);
        m_panel->view()->showColumn(2);
        m_panel->view()->horizontalHeader()->moveSection(2, 0);
        m_panel->view()->hideColumn(3);
        QTest::keyClick(m_panel->view(), Qt::Key_Down, Qt::ShiftModifier);
        QTest::keyClick(m_panel->view(), Qt::Key_C, Qt::ControlModifier);
        QCOMPARE(QGuiApplication::clipboard()->text(),
                 u"Note\tName\tSize\nnote of 2\titem 2\t14\nnote of 3\titem 3\t21"_s);
    }

    void enterAndDoubleClickOpenDetails()
    {
        m_table->setRows(items(1, 5));
        QSignalSpy activated(m_panel.get(), &TablePanel::activated);
        QTest::keyClick(m_panel->view(), Qt::Key_Return);
        QCOMPARE(activated.count(), 0);
        m_panel->select(quint64(2));
        QTest::keyClick(m_panel->view(), Qt::Key_Return);
        QCOMPARE(activated.takeFirst().first(), QVariant(quint64(2)));
        const QPoint third = m_panel->view()->visualRect(m_table->index(2, 0)).center();
        QTest::mouseClick(m_panel->view()->viewport(), Qt::LeftButton, {}, third);
        QCOMPARE(activated.count(), 0);
        QTest::mouseDClick(m_panel->view()->viewport(), Qt::LeftButton, {}, third);
        QCOMPARE(activated.takeFirst().first(), QVariant(quint64(3)));
    }

    void theContextMenuOpensByKeyboard_data()
    {
        QTest::addColumn<Qt::Key>("key");
        QTest::addColumn<Qt::KeyboardModifier>("modifier");
        QTest::newRow("menu key") << Qt::Key_Menu << Qt::NoModifier;
        QTest::newRow("Shift+F10") << Qt::Key_F10 << Qt::ShiftModifier;
    }

    void theContextMenuOpensByKeyboard()
    {
        QFETCH(const Qt::Key, key);
        QFETCH(const Qt::KeyboardModifier, modifier);
        m_table->setRows(items(1, 5));
        QAction forget(u"Forget"_s);
        m_panel->addAction(&forget, true);
        QVERIFY(!forget.isEnabled());
        m_panel->select(quint64(3));
        QVERIFY(forget.isEnabled());

        const QStringList texts = menuOpenedBy(
            [&] { QTest::keyClick(m_panel->view(), key, modifier); });
        QCOMPARE(texts.first(), u"Forget"_s);
        QVERIFY(texts.contains(u"&Copy"_s));
        const QRect row = m_panel->view()->visualRect(m_table->index(2, 0));
        QCOMPARE(m_menuPlace, m_panel->view()->viewport()->mapToGlobal(row.bottomLeft()));
    }

    void theContextMenuOpensByMouse()
    {
        m_table->setRows(items(1, 5));
        const QPoint place(20, 30);
        const QStringList texts = menuOpenedBy([&] {
            QWidget *viewport = m_panel->view()->viewport();
            QContextMenuEvent event(QContextMenuEvent::Mouse, place, viewport->mapToGlobal(place));
            QCoreApplication::sendEvent(viewport, &event);
        });
        QVERIFY(texts.contains(u"&Export"_s));
        QCOMPARE(m_menuPlace, m_panel->view()->viewport()->mapToGlobal(place));
    }

    void columnsAreChosen()
    {
        m_table->setRows(items(1, 5));
        QHeaderView *header = m_panel->view()->horizontalHeader();
        QVERIFY(header->isSectionHidden(2));
        QMenu *menu = action(*m_panel, u"Columns"_s)->menu();
        Q_EMIT menu->aboutToShow();
        QCOMPARE(menu->actions().size(), 4);
        menu->actions().at(2)->trigger();
        QVERIFY(!header->isSectionHidden(2));
        for (const int column : {0, 1, 2})
            menu->actions().at(column)->trigger();
        // The last one stays.
        Q_EMIT menu->aboutToShow();
        QVERIFY(!menu->actions().at(3)->isEnabled());
        QCOMPARE(header->hiddenSectionCount(), 3);
    }

    void comesBackAsItWas()
    {
        m_table->setRows(items(1, 5));
        QHeaderView *header = m_panel->view()->horizontalHeader();
        header->moveSection(0, 1);
        header->resizeSection(1, 123);
        m_panel->view()->showColumn(2);
        header->resizeSection(2, 77);
        m_panel->view()->hideColumn(2);
        m_panel->view()->sortByColumn(1, Qt::DescendingOrder);

        KeyedTable<Item> otherTable(definition());
        TablePanel other(otherTable, u"other"_s, u"Other"_s);
        other.restoreState(m_panel->saveState());
        QHeaderView *otherHeader = other.view()->horizontalHeader();
        QCOMPARE(otherHeader->visualIndex(0), 1);
        QCOMPARE(otherHeader->sectionSize(1), 123);
        QVERIFY(otherHeader->isSectionHidden(2));
        other.view()->showColumn(2);
        QCOMPARE(otherHeader->sectionSize(2), 77);
        QCOMPARE(otherHeader->sortIndicatorSection(), 1);
        QCOMPARE(otherHeader->sortIndicatorOrder(), Qt::DescendingOrder);
    }

    void aWrongStateChangesNothing_data()
    {
        QTest::addColumn<QByteArray>("state");
        QTest::newRow("nothing") << QByteArray();
        QTest::newRow("not JSON") << QByteArray("{");
        QTest::newRow("other columns") << QByteArray(R"({"columns":[{"key":"x","width":9}]})");
        QTest::newRow("wrong types") << QByteArray(R"({"columns":7,"sort":[]})");
    }

    void aWrongStateChangesNothing()
    {
        QFETCH(const QByteArray, state);
        const QByteArray before = m_panel->saveState();
        m_panel->restoreState(state);
        QCOMPARE(m_panel->saveState(), before);
    }

    void exportsWhatIsShown()
    {
        const QTemporaryDir folder;
        m_table->setRows(items(70, 82));
        m_table->setFilter({.text = {}, .chips = {u"large"_s}});
        const QString file = folder.filePath(u"items.csv"_s);
        m_panel->exportTo(file, ExportFormat::Csv);
        QVERIFY(!action(*m_panel, u"Export"_s)->isEnabled());
        const auto *bar = m_panel->findChild<ExportBar *>();
        QTRY_VERIFY(!bar->isRunning());
        QVERIFY2(bar->text().contains(u"11 rows"_s), qPrintable(bar->text()));
        QVERIFY(action(*m_panel, u"Export"_s)->isEnabled());
        QFile written(file);
        QVERIFY(written.open(QIODevice::ReadOnly));
        QCOMPARE(written.readLine(), "name,size,id\r\n");
        QCOMPARE(written.readLine(), "item 72,504,72\r\n");
    }

    void sayWhatIsMissing()
    {
        m_panel->setEmptyText(u"No <b>items</b> yet.<br>They come with the first visitor."_s);
        Screenshot::takeBoth(*m_panel, u"table-empty"_s);
    }

    void screenshots()
    {
        m_panel->setEmptyText(u"Nothing"_s);
        m_table->setRows(items(1, 340));
        m_panel->select(quint64(3));
        m_panel->findChild<QAbstractButton *>(u"large"_s)->click();
        m_table->setPaused(true);
        m_table->setRows(items(1, 468));
        const QTemporaryDir folder;
        m_panel->exportTo(folder.filePath(u"items.csv"_s), ExportFormat::Csv);
        QTRY_VERIFY(!m_panel->findChild<ExportBar *>()->isRunning());
        Screenshot::takeBoth(*m_panel, u"table"_s);
    }

    // How much of the thread's time a refresh takes; with the view. Reported, not judged.
    void refreshOf10000_data()
    {
        QTest::addColumn<int>("sortColumn");
        QTest::addColumn<QString>("text");
        QTest::addColumn<bool>("isSelected");
        QTest::newRow("all change") << -1 << QString() << false;
        QTest::newRow("all change places") << 1 << QString() << false;
        QTest::newRow("by text, with a search") << 0 << u"item"_s << false;
        QTest::newRow("all selected, all change places") << 1 << QString() << true;
    }

    void refreshOf10000()
    {
        QFETCH(const int, sortColumn);
        QFETCH(const QString, text);
        QFETCH(const bool, isSelected);
        QList<Item> rows = items(1, 10000);
        m_table->setRows(rows);
        m_panel->view()->sortByColumn(sortColumn, Qt::AscendingOrder);
        m_table->setFilter({.text = text, .chips = {}});
        if (isSelected)
            m_panel->view()->selectAll();
        else
            m_panel->select(quint64(5000));
        measure(20, [&](int round) {
            for (Item &item : rows)
                item.size = static_cast<int>((item.id * 7919 + quint64(round) * 31) % 100003);
            m_table->setRows(rows);
            m_panel->view()->viewport()->repaint();
        });
    }

    void streamOf10000ASecond_data()
    {
        QTest::addColumn<int>("sortColumn");
        QTest::addColumn<QString>("text");
        QTest::newRow("as it comes") << -1 << QString();
        QTest::newRow("with a search") << -1 << u"item 1"_s;
        QTest::newRow("sorted by number") << 1 << QString();
        QTest::newRow("sorted by text, with a search") << 0 << u"item"_s;
    }

    // A batch of 1,000 in a full ring of 100,000.
    void streamOf10000ASecond()
    {
        QFETCH(const int, sortColumn);
        QFETCH(const QString, text);
        StreamTable<Item> stream(definition(), 100000);
        TablePanel panel(stream, u"stream"_s, u"Stream"_s);
        panel.setFollowing(true);
        panel.resize(900, 400);
        panel.show();
        panel.view()->sortByColumn(sortColumn, Qt::AscendingOrder);
        stream.setFilter({.text = text, .chips = {}});
        stream.append(items(1, 100000));
        panel.view()->verticalScrollBar()->setValue(500);
        measure(20, [&](int) {
            stream.append(items(1, 1000));
            panel.view()->viewport()->repaint();
        });
    }

    // What a click on a header and a letter in the search field cost then.
    void anotherOrderOf100000_data()
    {
        QTest::addColumn<int>("sortColumn");
        QTest::addColumn<QString>("text");
        QTest::newRow("by number") << 1 << QString();
        QTest::newRow("by text") << 0 << QString();
        QTest::newRow("search") << -1 << u"item 99"_s;
    }

    void anotherOrderOf100000()
    {
        QFETCH(const int, sortColumn);
        QFETCH(const QString, text);
        StreamTable<Item> stream(definition(), 100000);
        TablePanel panel(stream, u"stream"_s, u"Stream"_s);
        panel.resize(900, 400);
        panel.show();
        stream.append(items(1, 100000));
        measure(5, [&](int round) {
            stream.sort(sortColumn, round % 2 == 0 ? Qt::AscendingOrder : Qt::DescendingOrder);
            stream.setFilter({.text = round % 2 == 0 ? text : QString(), .chips = {}});
            panel.view()->viewport()->repaint();
        });
    }

private:
    [[nodiscard]] QLineEdit *search() const { return m_panel->findChild<QLineEdit *>(u"search"_s); }
    [[nodiscard]] QString counts() const
    {
        return m_panel->findChild<QLabel *>(u"counts"_s)->text();
    }

    [[nodiscard]] QList<quint64> shownKeys() const
    {
        QList<quint64> keys;
        for (int row = 0; row < m_table->rowCount(); ++row)
            keys.append(m_table->row(row).id);
        return keys;
    }

    void clickHeader(int column)
    {
        QHeaderView *header = m_panel->view()->horizontalHeader();
        QTest::mouseClick(header->viewport(), Qt::LeftButton, {},
                          QPoint(header->sectionViewportPosition(column) + 20,
                                 header->height() / 2));
    }

    static QAction *action(const TablePanel &panel, const QString &text)
    {
        const auto *toolBar = panel.findChild<QToolBar *>();
        for (QAction *action : toolBar->actions()) {
            if (action->text().remove(u'&').startsWith(text))
                return action;
        }
        return nullptr;
    }

    /// The texts of the menu that @p open opens, which is closed.
    QStringList menuOpenedBy(const std::function<void()> &open)
    {
        QStringList texts;
        QTimer closer;
        closer.setInterval(10);
        connect(&closer, &QTimer::timeout, this, [&] {
            auto *menu = qobject_cast<QMenu *>(QApplication::activePopupWidget());
            if (!menu)
                return;
            for (const QAction *action : menu->actions())
                texts.append(action->text());
            m_menuPlace = menu->pos();
            menu->close();
        });
        closer.start();
        open();
        return texts;
    }

    /// The mean of the thread's time for a call of @p step.
    static void measure(int rounds, const std::function<void(int)> &step)
    {
        qint64 longest = 0;
        const qint64 start = threadNanoseconds();
        for (int round = 0; round < rounds; ++round) {
            const qint64 before = threadNanoseconds();
            step(round);
            longest = std::max(longest, threadNanoseconds() - before);
        }
        const double mean = double(threadNanoseconds() - start) / rounds / 1e6;
        qInfo("%.2f ms mean, %.2f ms longest", mean, double(longest) / 1e6);
        QTest::setBenchmarkResult(mean, QTest::WalltimeMilliseconds);
    }

    static qint64 threadNanoseconds()
    {
        timespec time{};
        clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time);
        return time.tv_sec * 1'000'000'000LL + time.tv_nsec;
    }

    QPoint m_menuPlace;
    std::unique_ptr<KeyedTable<Item>> m_table;
    std::unique_ptr<TablePanel> m_panel;
};

QTEST_MAIN(TablePanelTest)
#include "tst_tablepanel.moc"
