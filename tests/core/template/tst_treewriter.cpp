// SPDX-FileCopyrightText: 2026 The LiveTemplate for Qt authors
// SPDX-License-Identifier: MIT

#include "tree_p.h"
#include "treedifference_p.h"
#include "treewriter_p.h"

#include <QTest>

using namespace LiveTemplate;
using namespace Qt::StringLiterals;

namespace {

StaticsPtr statics(std::vector<QByteArray> parts)
{
    return std::make_shared<Statics>(std::move(parts));
}

TreePtr tree(const StaticsPtr &parts, std::vector<Dynamic> dynamics = {})
{
    return std::make_shared<Tree>(parts, std::move(dynamics));
}

RangePtr range(const StaticsPtr &parts, std::vector<RangeItem> items,
               Dynamic otherwise = QByteArray(""))
{
    return std::make_shared<Range>(parts, std::move(items), true, std::move(otherwise));
}

QByteArray whole(const TreePtr &value)
{
    QByteArray json;
    appendTree(json, *value);
    return json;
}

QByteArray difference(const TreePtr &from, const TreePtr &to)
{
    QByteArray json;
    appendDifference(json, *from, *to);
    return json;
}

} // namespace

/// The exact wire values of PROTOCOL.md C.
class TestTreeWriter : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void string_data();
    void string();
    void firstTree();
    void nestedTree();
    void range_data();
    void range();
    void differenceOfEqualTreesIsEmpty();
    void differenceHasOnlyChangedDynamics();
    void differenceWithinABranchHasNoStatics();
    void anotherBranchIsSentWhole();
    void anEmptiedBranchIsAnEmptyString();
    void anEmptyRangeAlwaysNamesItsElse();
    void html();
};

void TestTreeWriter::string_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<QByteArray>("json");
    QTest::newRow("plain") << "abc"_ba << "\"abc\""_ba;
    QTest::newRow("empty") << ""_ba << "\"\""_ba;
    QTest::newRow("quote and backslash") << "a\"b\\c"_ba << R"("a\"b\\c")"_ba;
    QTest::newRow("white space") << "a\nb\rc\td"_ba << R"("a\nb\rc\td")"_ba;
    QTest::newRow("control characters")
        << QByteArray("\x00\x01\x1f", 3) << R"("\u0000\u0001\u001f")"_ba;
    QTest::newRow("UTF-8 stays") << "→ ü 🎉"_ba << "\"→ ü 🎉\""_ba;
}

void TestTreeWriter::string()
{
    QFETCH(QByteArray, text);
    QByteArray json;
    appendJsonString(json, text);
    QTEST(json, "json");
}

void TestTreeWriter::firstTree()
{
    QCOMPARE(whole(tree(statics({"<h1>", "</h1>"}), {"0"_ba})),
             R"({"s":["<h1>","</h1>"],"0":"0"})"_ba);
    QCOMPARE(whole(tree(statics({"<p>none</p>"}))), R"({"s":["<p>none</p>"]})"_ba);
}

void TestTreeWriter::nestedTree()
{
    const auto branch = tree(statics({"<p>", "</p>"}), {"x"_ba});
    QCOMPARE(whole(tree(statics({"a", "b", "c"}), {"1"_ba, branch})),
             R"({"s":["a","b","c"],"0":"1","1":{"s":["<p>","</p>"],"0":"x"}})"_ba);
}

void TestTreeWriter::range_data()
{
    QTest::addColumn<RangePtr>("value");
    QTest::addColumn<QByteArray>("json");
    const auto row = statics({"<li data-key=\"", "\">", "</li>"});
    QTest::newRow("items")
        << ::range(row, {{"a", {"a"_ba, "A"_ba}}, {"b", {"b"_ba, "B"_ba}}})
        << R"({"s":["<li data-key=\"","\">","</li>"],"d":[{"_k":"a","0":"a","1":"A"},{"_k":"b","0":"b","1":"B"}]})"_ba;
    QTest::newRow("numeric keys are strings")
        << ::range(row, {{"7", {"7"_ba, "A"_ba}}})
        << R"({"s":["<li data-key=\"","\">","</li>"],"d":[{"_k":"7","0":"7","1":"A"}]})"_ba;
    QTest::newRow("empty") << ::range(row, {})
                           << R"({"s":["<li data-key=\"","\">","</li>"],"d":[],"else":""})"_ba;
    QTest::newRow("empty with else")
        << ::range(row, {}, tree(statics({"<li>nothing</li>"})))
        << R"({"s":["<li data-key=\"","\">","</li>"],"d":[],"else":{"s":["<li>nothing</li>"]}})"_ba;
}

void TestTreeWriter::range()
{
    QFETCH(RangePtr, value);
    QFETCH(QByteArray, json);
    // A range is never the root: the client would show none of its items (trap 1).
    QCOMPARE(whole(tree(statics({"", ""}), {value})), R"({"s":["",""],"0":)" + json + '}');
}

void TestTreeWriter::differenceOfEqualTreesIsEmpty()
{
    const auto parts = statics({"a", "b"});
    QCOMPARE(difference(tree(parts, {"1"_ba}), tree(parts, {"1"_ba})), "{}"_ba);
}

void TestTreeWriter::differenceHasOnlyChangedDynamics()
{
    const auto parts = statics({"a", "b", "c"});
    QCOMPARE(difference(tree(parts, {"1"_ba, "2"_ba}), tree(parts, {"1"_ba, "3"_ba})),
             R"({"1":"3"})"_ba);
}

void TestTreeWriter::differenceWithinABranchHasNoStatics()
{
    const auto parts = statics({"a", "b"});
    const auto branch = statics({"<p>", "|", "</p>"});
    QCOMPARE(difference(tree(parts, {tree(branch, {"x"_ba, "y"_ba})}),
                        tree(parts, {tree(branch, {"x"_ba, "z"_ba})})),
             R"({"0":{"1":"z"}})"_ba);
}

void TestTreeWriter::anotherBranchIsSentWhole()
{
    const auto parts = statics({"a", "b"});
    QCOMPARE(difference(tree(parts, {tree(statics({"<p>", "</p>"}), {"x"_ba})}),
                        tree(parts, {tree(statics({"<i>", "</i>"}), {"x"_ba})})),
             R"({"0":{"s":["<i>","</i>"],"0":"x"}})"_ba);
}

void TestTreeWriter::anEmptiedBranchIsAnEmptyString()
{
    const auto parts = statics({"a", "b"});
    QCOMPARE(difference(tree(parts, {tree(statics({"<p></p>"}))}), tree(parts, {""_ba})),
             R"({"0":""})"_ba);
}

void TestTreeWriter::anEmptyRangeAlwaysNamesItsElse()
{
    // The client merges: without the key it would go on showing the else of an earlier time.
    const auto parts = statics({"", ""});
    const auto row = statics({"<li>", "</li>"});
    const auto from = tree(parts, {::range(row, {{"a", {"A"_ba}}})});
    const auto to = tree(parts, {::range(row, {})});
    QCOMPARE(difference(from, to), R"({"0":{"d":[],"else":""}})"_ba);
}

void TestTreeWriter::html()
{
    const auto row = statics({"<li>", "</li>"});
    const auto value = tree(statics({"[", "|", "|", "]"}),
                            {"a"_ba, ::range(row, {{"1", {"x"_ba}}, {"2", {"y"_ba}}}),
                             ::range(row, {}, tree(statics({"none"})))});
    QByteArray html;
    appendHtml(html, *value);
    QCOMPARE(html, "[a|<li>x</li><li>y</li>|none]"_ba);
}

QTEST_GUILESS_MAIN(TestTreeWriter)
#include "tst_treewriter.moc"
