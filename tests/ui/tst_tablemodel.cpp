// SPDX-FileCopyrightText: 2026 The LiveTemplate for Qt authors
// SPDX-License-Identifier: MIT

#include "keyedtable.h"
#include "streamtable.h"

#include <QAbstractItemModelTester>
#include <QSignalSpy>
#include <QTest>

#include <memory>
#include <random>

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
    return {.columns = {{.title = {.key = u"name"_s, .title = u"Name"_s, .toolTip = {}},
                         .value =
                             [](const Item &item) {
                                 return item.name;
                             }},
                        {.title = {.key = u"size"_s,
                                   .title = u"Size"_s,
                                   .toolTip = {},
                                   .alignment = Qt::AlignRight | Qt::AlignVCenter},
                         .value =
                             [](const Item &item) {
                                 return item.size;
                             }}},
            .chips = {{.chip = {.key = u"large"_s, .text = u"Large"_s, .toolTip = {}},
                       .holds =
                           [](const Item &item) {
                               return item.size >= 500;
                           }},
                      {.chip = {.key = u"tiny"_s, .text = u"Tiny"_s, .toolTip = {}},
                       .holds =
                           [](const Item &item) {
                               return item.size < 100;
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

/// The keys of the rows that are shown.
QList<quint64> keys(const TableModel &model)
{
    QList<quint64> keys;
    for (int row = 0; row < model.rowCount(); ++row) {
        keys.append(model.index(row, 0).data(TableModel::KeyRole).toULongLong());
        if (model.rowOf(keys.last()) != row)
            qFatal("rowOf(%llu) is %d, not %d", keys.last(), model.rowOf(keys.last()), row);
    }
    return keys;
}

bool matches(const Item &item, const TableFilter &filter)
{
    const bool isLarge = filter.chips.contains(u"large"_s);
    const bool isTiny = filter.chips.contains(u"tiny"_s);
    if ((isLarge || isTiny) && !(isLarge && item.size >= 500) && !(isTiny && item.size < 100))
        return false;
    if (filter.chips.contains(u"even"_s) && item.size % 2 != 0)
        return false;
    const QString all = item.name + u' ' + QLocale().toString(item.size);
    for (const QString &word : filter.text.split(u' ', Qt::SkipEmptyParts)) {
        if (!all.contains(word, Qt::CaseInsensitive))
            return false;
    }
    return true;
}

/// What a table must show, found in the simplest way.
QList<quint64> expectedKeys(QList<Item> items, const TableFilter &filter, int column,
                            Qt::SortOrder order)
{
    items.removeIf([&filter](const Item &item) { return !matches(item, filter); });
    const auto isLess = [column](const Item &left, const Item &right) {
        return column == 0 ? left.name.toCaseFolded() < right.name.toCaseFolded()
                           : left.size < right.size;
    };
    if (column >= 0) {
        std::ranges::stable_sort(items, [&](const Item &left, const Item &right) {
            return order == Qt::AscendingOrder ? isLess(left, right) : isLess(right, left);
        });
    }
    QList<quint64> keys;
    for (const Item &item : std::as_const(items))
        keys.append(item.id);
    return keys;
}

} // namespace

class TableModelTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init() { m_random.seed(20260101); }

    void aKeyedTableShowsWhatItIsGiven()
    {
        KeyedTable<Item> table(definition());
        const QAbstractItemModelTester tester(&table);
        QCOMPARE(table.rowCount(), 0);
        table.setRows({{.id = 7, .name = u"b"_s, .size = 1234}, {.id = 3, .name = u"a"_s}});
        QCOMPARE(keys(table), (QList<quint64>{7, 3}));
        QCOMPARE(table.index(0, 1).data().toString(), QLocale().toString(1234));
        QCOMPARE(table.index(0, 1).data(TableModel::ValueRole), QVariant(1234));
        QCOMPARE(table.row(1).name, u"a"_s);
        QCOMPARE(table.rowOf(99), -1);
    }

    void aKeyedTableTellsOnlyWhatChanged()
    {
        KeyedTable<Item> table(definition());
        QList<Item> rows;
        for (quint64 id = 0; id < 100; ++id)
            rows.append({.id = id, .name = u"n"_s, .size = 0});
        table.setRows(rows);

        QSignalSpy dataChanged(&table, &QAbstractItemModel::dataChanged);
        QSignalSpy reset(&table, &QAbstractItemModel::modelReset);
        QSignalSpy inserted(&table, &QAbstractItemModel::rowsInserted);
        table.setRows(rows);
        QCOMPARE(dataChanged.count(), 0);
        rows[5].size = rows[6].size = rows[50].size = 1;
        table.setRows(rows);
        QCOMPARE(dataChanged.count(), 2);
        QCOMPARE(dataChanged.at(0).at(0).toModelIndex().row(), 5);
        QCOMPARE(dataChanged.at(0).at(1).toModelIndex().row(), 6);
        rows.append({.id = 100, .name = {}});
        table.setRows(rows);
        QCOMPARE(inserted.count(), 1);
        QCOMPARE(reset.count(), 0);
    }

    // The selection of a view is made of such indexes.
    void persistentIndexesFollowTheirRow()
    {
        KeyedTable<Item> table(definition());
        const QAbstractItemModelTester tester(&table);
        table.sort(1, Qt::AscendingOrder);
        table.setRows({{.id = 1, .name = {}, .size = 10},
                       {.id = 2, .name = {}, .size = 20},
                       {.id = 3, .name = {}, .size = 30}});
        const QPersistentModelIndex second(table.index(1, 0));
        table.setRows({{.id = 1, .name = {}, .size = 10},
                       {.id = 2, .name = {}, .size = 99},
                       {.id = 3, .name = {}, .size = 30},
                       {.id = 4, .name = {}, .size = 1}});
        QCOMPARE(keys(table), (QList<quint64>{4, 1, 3, 2}));
        QCOMPARE(second.row(), 3);
    }

    void keysThatAreThereTwiceDoNoHarm()
    {
        KeyedTable<Item> table(definition());
        const QAbstractItemModelTester tester(&table);
        table.setRows({{.id = 1, .name = u"a"_s}, {.id = 1, .name = u"b"_s}});
        table.setRows(
            {{.id = 2, .name = u"c"_s}, {.id = 1, .name = u"b"_s}, {.id = 1, .name = {}}});
        table.setRows(
            {{.id = 1, .name = u"b"_s}, {.id = 1, .name = {}}, {.id = 2, .name = u"c"_s}});
        QCOMPARE(table.rowCount(), 3);
    }

    void aKeyedTableAgreesWithTheSimplestOne_data() { addSizes(); }

    void aKeyedTableAgreesWithTheSimplestOne()
    {
        QFETCH(const int, step);
        KeyedTable<Item> table(definition());
        const QAbstractItemModelTester tester(&table);
        QList<Item> items;
        int column = -1;
        Qt::SortOrder order = Qt::AscendingOrder;
        for (int round = 0; round < 300; ++round) {
            switch (number(8)) {
            case 0:
                table.setFilter(anyFilter());
                break;
            case 1:
                column = number(3) - 1;
                order = number(2) == 0 ? Qt::AscendingOrder : Qt::DescendingOrder;
                table.sort(column, order);
                break;
            default:
                change(items, step);
                table.setRows(items);
            }
            QCOMPARE(keys(table), expectedKeys(items, table.filter(), column, order));
            QCOMPARE(table.totalCount(), items.size());
        }
    }

    void aPausedKeyedTableCountsWhatIsNew()
    {
        KeyedTable<Item> table(definition());
        const QAbstractItemModelTester tester(&table);
        table.setRows({{.id = 1, .name = u"a"_s}});
        table.setPaused(true);
        table.setRows({{.id = 2, .name = u"b"_s}, {.id = 3, .name = u"c"_s}});
        QCOMPARE(keys(table), QList<quint64>{1});
        QCOMPARE(table.waitingCount(), 2);
        table.setFilter({.text = u"a"_s, .chips = {}});
        QCOMPARE(keys(table), QList<quint64>{1});
        table.setPaused(false);
        QCOMPARE(keys(table), QList<quint64>{});
        QCOMPARE(table.waitingCount(), 0);
        table.setFilter({});
        QCOMPARE(keys(table), (QList<quint64>{2, 3}));
    }

    void aStreamAgreesWithTheSimplestOne_data() { addSizes(); }

    void aStreamAgreesWithTheSimplestOne()
    {
        QFETCH(const int, step);
        const qsizetype capacity = 10 * step;
        StreamTable<Item> table(definition(), capacity);
        const QAbstractItemModelTester tester(&table);
        QList<Item> arrived;
        QList<Item> shown;
        int column = -1;
        Qt::SortOrder order = Qt::AscendingOrder;
        for (int round = 0; round < 300; ++round) {
            switch (number(10)) {
            case 0:
                table.setFilter(anyFilter());
                break;
            case 1:
                column = number(3) - 1;
                order = number(2) == 0 ? Qt::AscendingOrder : Qt::DescendingOrder;
                table.sort(column, order);
                break;
            case 2:
                table.setPaused(!table.isPaused());
                break;
            default: {
                QList<Item> rows;
                for (int i = number(step * (round % 50 == 0 ? 15 : 1)); i >= 0; --i)
                    rows.append({.id = quint64(arrived.size() + rows.size() + 1),
                                 .name = anyName(),
                                 .size = number(1000)});
                arrived += rows;
                table.append(rows);
            }
            }
            if (!table.isPaused())
                shown = arrived.last(std::min(capacity, arrived.size()));
            QCOMPARE(keys(table), expectedKeys(shown, table.filter(), column, order));
            QCOMPARE(table.totalCount(), shown.size());
            QCOMPARE(table.arrivedCount(), quint64(arrived.size()));
            QCOMPARE(table.droppedCount(),
                     quint64(std::max<qsizetype>(0, arrived.size() - capacity)));
            QCOMPARE(table.waitingCount(),
                     shown.isEmpty() ? arrived.size()
                                     : arrived.size() - qsizetype(shown.last().id));
        }
    }

    void aLongStreamIsSearchedInParts_data()
    {
        QTest::addColumn<int>("column");
        QTest::newRow("in the order of arrival") << -1;
        QTest::newRow("sorted") << 1;
    }

    // While it is, rows come and go, the order changes and it is paused.
    void aLongStreamIsSearchedInParts()
    {
        QFETCH(const int, column);
        constexpr qsizetype capacity = 60'000;
        StreamTable<Item> table(definition(), capacity);
        const QAbstractItemModelTester tester(&table);
        QList<Item> arrived;
        const auto append = [&](int count) {
            QList<Item> rows;
            for (int i = 0; i < count; ++i)
                rows.append(
                    {.id = quint64(arrived.size() + i + 1), .name = anyName(), .size = i % 1000});
            arrived += rows;
            table.append(rows);
        };
        append(capacity);
        table.sort(column);
        table.setFilter({.text = u"alpha"_s, .chips = {u"large"_s}});
        const int atFirst = table.rowCount();
        QVERIFY(atFirst > 0);
        append(2000);
        QCoreApplication::processEvents();
        QVERIFY(table.rowCount() > atFirst);
        table.setPaused(true);
        append(40'000);
        const QList<Item> shown = arrived.sliced(2000, capacity);
        const QList<quint64> expected = expectedKeys(shown, table.filter(), column,
                                                     Qt::AscendingOrder);
        QTRY_COMPARE(table.rowCount(), expected.size());
        QCOMPARE(keys(table), expected);
        table.setPaused(false);
        QCOMPARE(keys(table),
                 expectedKeys(arrived.last(capacity), table.filter(), column, Qt::AscendingOrder));
    }

    void aClearedStreamBeginsAnew()
    {
        StreamTable<Item> table(definition(), 10);
        const QAbstractItemModelTester tester(&table);
        table.sort(1);
        table.append(QList<Item>(15, {.id = 0, .name = u"a"_s}));
        table.clear();
        QCOMPARE(table.rowCount(), 0);
        QCOMPARE(table.arrivedCount(), 0u);
        table.append({{.id = 0, .name = u"b"_s}});
        QCOMPARE(keys(table), QList<quint64>{1});
    }

    void anExportIsOfItsMoment()
    {
        StreamTable<Item> table(definition(), 3);
        table.append({{.id = 0, .name = u"a"_s}, {.id = 0, .name = u"b"_s}});
        const TableExport taken = table.takeExport();
        table.append(QList<Item>(5, {.id = 0, .name = u"c"_s}));
        QCOMPARE(taken.rowCount, 2);
        QCOMPARE(taken.value(0, 0), QVariant(u"a"_s));
        QCOMPARE(taken.value(1, 0), QVariant(u"b"_s));
        QCOMPARE(taken.columns.at(1).key, u"size"_s);
    }

private:
    static void addSizes()
    {
        QTest::addColumn<int>("step");
        QTest::newRow("few at a time") << 3;
        // More ranges than are told one by one.
        QTest::newRow("many at a time") << 150;
    }

    int number(int end) { return std::uniform_int_distribution(0, end - 1)(m_random); }

    QString anyName()
    {
        const QStringList names{u"alpha"_s, u"Beta"_s, u"gamma ray"_s, u"ALPHA"_s, {}, u"élan"_s};
        return names.at(number(static_cast<int>(names.size())));
    }

    TableFilter anyFilter()
    {
        const QStringList texts{{}, {}, u"a"_s, u"alp"_s, u"RAY gam"_s, u"nothing"_s, u"1"_s};
        TableFilter filter{.text = texts.at(number(static_cast<int>(texts.size()))), .chips = {}};
        for (const QString &chip : {u"large"_s, u"tiny"_s, u"even"_s, u"unknown"_s}) {
            if (number(3) == 0)
                filter.chips.insert(chip);
        }
        return filter;
    }

    void change(QList<Item> &items, int step)
    {
        for (int i = number(step); i > 0 && !items.isEmpty(); --i)
            items.removeAt(number(static_cast<int>(items.size())));
        for (int i = number(step); i > 0; --i) {
            items.insert(number(static_cast<int>(items.size()) + 1),
                         {.id = ++m_lastId, .name = anyName(), .size = number(1000)});
        }
        for (int i = number(step); i > 0 && !items.isEmpty(); --i)
            items[number(static_cast<int>(items.size()))].size = number(1000);
        if (number(4) == 0)
            std::ranges::shuffle(items, m_random);
        // So that it does not grow without end.
        if (items.size() > 6 * step)
            items.resize(step);
    }

    std::mt19937 m_random;
    quint64 m_lastId = 0;
};

QTEST_GUILESS_MAIN(TableModelTest)
#include "tst_tablemodel.moc"
