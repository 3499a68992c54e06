// SPDX-FileCopyrightText: 2026 The LiveTemplate for Qt authors
// SPDX-License-Identifier: MIT

#include "tilelayout.h"

#include <QTest>
#include <QWidget>

using namespace LiveTemplate::Ui;

class TileLayoutTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void choosesAGrid_data()
    {
        QTest::addColumn<int>("count");
        QTest::addColumn<int>("width");
        QTest::addColumn<int>("columns");
        QTest::addColumn<int>("rows");
        QTest::newRow("none") << 0 << 1400 << 0 << 0;
        QTest::newRow("one") << 1 << 1400 << 1 << 1;
        QTest::newRow("three in a row") << 3 << 1400 << 3 << 1;
        QTest::newRow("four in a row") << 4 << 1400 << 4 << 1;
        QTest::newRow("five: three and two") << 5 << 1400 << 3 << 2;
        QTest::newRow("eight: twice four") << 8 << 1400 << 4 << 2;
        QTest::newRow("three in a narrow window") << 3 << 700 << 2 << 2;
        QTest::newRow("no room at all") << 3 << 100 << 1 << 3;
    }

    void choosesAGrid()
    {
        QFETCH(const int, count);
        QFETCH(const int, width);
        QFETCH(const int, columns);
        QFETCH(const int, rows);
        QCOMPARE(TileGrid::forTiles(count, width), (TileGrid{.columns = columns, .rows = rows}));
    }

    void choosesItsNeighbours_data()
    {
        QTest::addColumn<int>("current");
        QTest::addColumn<int>("tabs");
        QTest::addColumn<int>("tiles");
        QTest::addColumn<int>("before");
        QTest::addColumn<TileWindow>("window");
        using Window = TileWindow;
        QTest::newRow("no tab") << -1 << 0 << 3 << 0 << Window{};
        QTest::newRow("fewer than tiles") << 1 << 2 << 4 << 0 << Window{.first = 0, .count = 2};
        QTest::newRow("the first") << 0 << 6 << 3 << 0 << Window{.first = 0, .count = 3};
        QTest::newRow("another of those shown")
            << 2 << 6 << 3 << 0 << Window{.first = 0, .count = 3};
        QTest::newRow("the next one: no further than it must")
            << 3 << 6 << 3 << 0 << Window{.first = 1, .count = 3};
        QTest::newRow("the one before") << 1 << 6 << 3 << 2 << Window{.first = 1, .count = 3};
        QTest::newRow("far away") << 5 << 6 << 2 << 0 << Window{.first = 4, .count = 2};
        QTest::newRow("the last ones were closed")
            << 3 << 4 << 3 << 3 << Window{.first = 1, .count = 3};
        QTest::newRow("stacked") << 4 << 6 << 1 << 2 << Window{.first = 4, .count = 1};
        QTest::newRow("all") << 4 << 6 << 6 << 2 << Window{.first = 0, .count = 6};
    }

    void choosesItsNeighbours()
    {
        QFETCH(const int, current);
        QFETCH(const int, tabs);
        QFETCH(const int, tiles);
        QFETCH(const int, before);
        QFETCH(const TileWindow, window);
        const TileWindow found = TileWindow::around(current, tabs, tiles, before);
        QCOMPARE(found, window);
        QVERIFY(tabs == 0 || found.contains(current));
        // It stays where it is.
        QCOMPARE(TileWindow::around(current, tabs, tiles, found.first), found);
    }

    void fillsItsWholeRoom()
    {
        QWidget parent;
        auto *layout = new TileLayout(&parent);
        QList<QWidget *> tiles;
        for (int number = 0; number < 5; ++number) {
            tiles.append(new QWidget(&parent));
            layout->addWidget(tiles.last());
        }
        parent.resize(1001, 501);
        parent.show();

        int area = 0;
        for (const QWidget *tile : tiles)
            area += (tile->width() + layout->spacing()) * (tile->height() + layout->spacing());
        QCOMPARE(area,
                 (parent.width() + layout->spacing()) * (parent.height() + layout->spacing()));
    }

    void aHiddenTileTakesNoRoom()
    {
        QWidget parent;
        auto *layout = new TileLayout(&parent);
        auto *shown = new QWidget(&parent);
        auto *hidden = new QWidget(&parent);
        layout->addWidget(hidden);
        layout->addWidget(shown);
        hidden->hide();
        parent.resize(800, 600);
        parent.show();
        QCOMPARE(shown->geometry(), parent.rect());
    }

    void takesAnOrder()
    {
        QWidget parent;
        auto *layout = new TileLayout(&parent);
        auto *one = new QWidget(&parent);
        auto *other = new QWidget(&parent);
        layout->addWidget(one);
        layout->addWidget(other);
        layout->setOrder({other, one});
        parent.resize(800, 600);
        parent.show();
        QCOMPARE_LT(other->x(), one->x());
    }
};

QTEST_MAIN(TileLayoutTest)
#include "tst_tilelayout.moc"
