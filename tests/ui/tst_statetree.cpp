// SPDX-FileCopyrightText: 2026 The LiveTemplate for Qt authors
// SPDX-License-Identifier: MIT

#include "jsonfield.h"
#include "statetree.h"

#include <QAbstractItemModelTester>
#include <QJsonArray>
#include <QPlainTextEdit>
#include <QTest>

#include <random>

using namespace LiveTemplate::Ui;
using namespace Qt::StringLiterals;

class TestStateTree : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void aStateIsATree();
    void theLastChangeIsMarkedUntilTheNext();
    void whatIsSavedStandsBeside();
    void rowsKeepTheirPlace();
    void anyStatesAfterEachOther();
    void longListsAreCut();
    void jsonMistakes_data();
    void jsonMistakes();
    void theFieldSaysWhereItIsWrong();

private:
    static QModelIndex find(const StateTree &tree, const QStringList &path, int column = 0)
    {
        QModelIndex index;
        for (const QString &name : path) {
            QModelIndex next;
            for (int row = 0; row < tree.rowCount(index) && !next.isValid(); ++row) {
                const QModelIndex child = tree.index(row, 0, index);
                if (child.data().toString().remove(u"● "_s) == name)
                    next = child;
            }
            if (!next.isValid())
                return {};
            index = next;
        }
        return index.siblingAtColumn(column);
    }
    static QString value(const StateTree &tree, const QStringList &path)
    {
        return find(tree, path, StateTree::ValueColumn).data().toString();
    }
    static bool isChanged(const StateTree &tree, const QStringList &path)
    {
        return find(tree, path).data(StateTree::IsChangedRole).toBool();
    }
};

void TestStateTree::aStateIsATree()
{
    StateTree tree;
    const QAbstractItemModelTester tester(&tree,
                                          QAbstractItemModelTester::FailureReportingMode::QtTest);
    tree.setState({{u"counter"_s, 3},
                   {u"name"_s, u"Ada"_s},
                   {u"isOpen"_s, true},
                   {u"nothing"_s, QJsonValue::Null},
                   {u"tags"_s, QJsonArray{u"a"_s, u"b"_s}},
                   {u"address"_s, QJsonObject{{u"city"_s, u"London"_s}}}},
                  {}, {});
    QCOMPARE(tree.rowCount(), 6);
    QCOMPARE(value(tree, {u"counter"_s}), u"3"_s);
    QCOMPARE(value(tree, {u"name"_s}), u"\"Ada\""_s);
    QCOMPARE(value(tree, {u"isOpen"_s}), u"true"_s);
    QCOMPARE(value(tree, {u"nothing"_s}), u"null"_s);
    QCOMPARE(value(tree, {u"tags"_s}), u"list of 2"_s);
    QCOMPARE(value(tree, {u"tags"_s, u"1"_s}), u"\"b\""_s);
    QCOMPARE(value(tree, {u"address"_s, u"city"_s}), u"\"London\""_s);
    QCOMPARE(find(tree, {u"counter"_s}, StateTree::SavedColumn).data().toString(),
             u"nothing saved"_s);
    // What was there at first has not changed.
    QVERIFY(!isChanged(tree, {u"counter"_s}));
    tree.clear();
    QCOMPARE(tree.rowCount(), 0);
}

void TestStateTree::theLastChangeIsMarkedUntilTheNext()
{
    StateTree tree;
    const QAbstractItemModelTester tester(&tree,
                                          QAbstractItemModelTester::FailureReportingMode::QtTest);
    QJsonObject state{{u"a"_s, 1}, {u"b"_s, 1}, {u"list"_s, QJsonArray{1, 2}}};
    tree.setState(state, {}, {});
    state[u"a"_s] = 2;
    tree.setState(state, {}, {});
    QVERIFY(isChanged(tree, {u"a"_s}) && !isChanged(tree, {u"b"_s}));
    // Asked again, and saved meanwhile: it is still the last change.
    tree.setState(state, {}, {});
    tree.setState(state, state, {});
    QVERIFY(isChanged(tree, {u"a"_s}) && !isChanged(tree, {u"b"_s}));
    state[u"list"_s] = QJsonArray{1, 3, 4};
    tree.setState(state, state, {});
    QVERIFY(!isChanged(tree, {u"a"_s}));
    QVERIFY(isChanged(tree, {u"list"_s}) && !isChanged(tree, {u"list"_s, u"0"_s}));
    QVERIFY(isChanged(tree, {u"list"_s, u"1"_s}) && isChanged(tree, {u"list"_s, u"2"_s}));
}

void TestStateTree::whatIsSavedStandsBeside()
{
    StateTree tree;
    tree.setState({{u"counter"_s, 2}, {u"same"_s, 1}, {u"mine"_s, 1}},
                  QJsonObject{{u"counter"_s, 5}, {u"same"_s, 1}, {u"gone"_s, 7}}, {u"mine"_s});
    const auto saved = [&tree](const QString &name) {
        return find(tree, {name}, StateTree::SavedColumn);
    };
    QCOMPARE(saved(u"counter"_s).data().toString(), u"≠ 5"_s);
    QVERIFY(saved(u"counter"_s).data(StateTree::DiffersRole).toBool());
    QCOMPARE(saved(u"same"_s).data().toString(), u"1"_s);
    QVERIFY(!saved(u"same"_s).data(StateTree::DiffersRole).toBool());
    QCOMPARE(saved(u"mine"_s).data().toString(), u"never saved"_s);
    QVERIFY(!saved(u"mine"_s).data(StateTree::DiffersRole).toBool());
    QCOMPARE(value(tree, {u"gone"_s}), u"(none)"_s);
    QCOMPARE(saved(u"gone"_s).data().toString(), u"≠ 7"_s);
}

void TestStateTree::rowsKeepTheirPlace()
{
    StateTree tree;
    tree.setState({{u"b"_s, QJsonObject{{u"x"_s, 1}}}, {u"d"_s, 1}}, {}, {});
    const QPersistentModelIndex kept = find(tree, {u"b"_s, u"x"_s});
    tree.setState({{u"a"_s, 1}, {u"b"_s, QJsonObject{{u"w"_s, 0}, {u"x"_s, 2}}}, {u"c"_s, 1}}, {},
                  {});
    QVERIFY(kept.isValid());
    QCOMPARE(QModelIndex(kept), find(tree, {u"b"_s, u"x"_s}));
    QCOMPARE(kept.sibling(kept.row(), StateTree::ValueColumn).data().toString(), u"2"_s);
}

void TestStateTree::anyStatesAfterEachOther()
{
    std::mt19937 random(7); // NOLINT: the same each time
    const std::function<QJsonValue(int)> make = [&](int depth) -> QJsonValue {
        const auto pick = [&](int most) {
            return int(random() % unsigned(most));
        };
        switch (depth == 0 ? pick(2) : pick(4)) {
        case 0:
            return pick(3);
        case 1:
            return QString::number(pick(3));
        case 2: {
            QJsonArray list;
            for (int i = pick(4); i > 0; --i)
                list.append(make(depth - 1));
            return list;
        }
        default: {
            QJsonObject object;
            for (int i = pick(5); i > 0; --i)
                object.insert(QString(QLatin1Char(char('a' + pick(6)))), make(depth - 1));
            return object;
        }
        }
    };
    StateTree tree;
    const QAbstractItemModelTester tester(&tree,
                                          QAbstractItemModelTester::FailureReportingMode::QtTest);
    const auto count = [](const QJsonValue &value) {
        return value.toObject().size();
    };
    for (int i = 0; i < 500; ++i) {
        const QJsonObject state{{u"root"_s, make(3)}, {u"other"_s, make(2)}};
        const QJsonObject saved{{u"root"_s, make(3)}, {u"other"_s, make(2)}};
        tree.setState(state, i % 3 == 0 ? std::nullopt : std::optional(saved), {});
        QCOMPARE(tree.rowCount(), 2);
        if (i % 3 == 0 && state.value(u"root"_s).isObject())
            QCOMPARE(tree.rowCount(find(tree, {u"root"_s})), count(state.value(u"root"_s)));
    }
}

void TestStateTree::longListsAreCut()
{
    StateTree tree;
    QJsonArray list;
    for (int i = 0; i < 3000; ++i)
        list.append(i);
    tree.setState({{u"list"_s, list}, {u"text"_s, QString(5000, u'x')}}, {}, {});
    QCOMPARE(tree.rowCount(find(tree, {u"list"_s})), int(StateTree::maxChildren));
    QVERIFY(value(tree, {u"list"_s}).contains(u"list of 3000, of which the first 500"_s));
    QVERIFY(value(tree, {u"text"_s}).size() < 300);
}

void TestStateTree::jsonMistakes_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<bool>("isObject");
    QTest::addColumn<int>("line");
    QTest::addColumn<int>("column");
    QTest::newRow("nothing") << QString() << true << 0 << 0;
    QTest::newRow("blanks") << u" \n "_s << true << 0 << 0;
    QTest::newRow("an object") << u"{\"a\": [1, 2]}"_s << true << 0 << 0;
    QTest::newRow("a list") << u"  [1]"_s << false << 1 << 3;
    QTest::newRow("no value") << u"{\"a\": }"_s << false << 1 << 7;
    QTest::newRow("on the second line") << u"{\n\"a\": x}"_s << false << 2 << 6;
    QTest::newRow("behind other letters") << u"{\"é\": x}"_s << false << 1 << 7;
    QTest::newRow("not finished") << u"{\"a\": 1"_s << false << 1 << 8;
}

void TestStateTree::jsonMistakes()
{
    QFETCH(QString, text);
    QFETCH(bool, isObject);
    QFETCH(int, line);
    QFETCH(int, column);
    const auto read = readJsonObject(text);
    QCOMPARE(read.has_value(), isObject);
    if (isObject)
        return;
    QCOMPARE(read.error().line, line);
    // The parser may be a character further.
    QVERIFY2(std::abs(read.error().column - column) <= 1,
             qPrintable(QString::number(read.error().column)));
    QVERIFY(!read.error().reason.isEmpty());
}

void TestStateTree::theFieldSaysWhereItIsWrong()
{
    JsonField field;
    QVERIFY(field.value().has_value());
    field.editor()->setPlainText(u"{\"by\": 2}"_s);
    QCOMPARE(field.value().value(), QJsonObject({{u"by"_s, 2}}));
    field.editor()->setPlainText(u"{\"by\": 2"_s);
    QVERIFY(!field.value().has_value());
    QVERIFY(field.message().startsWith(u"Line 1, column "_s));
    QCOMPARE(field.editor()->extraSelections().size(), 1);
    field.editor()->setPlainText(u"{}"_s);
    QVERIFY(field.editor()->extraSelections().isEmpty());
}

QTEST_MAIN(TestStateTree)
#include "tst_statetree.moc"
