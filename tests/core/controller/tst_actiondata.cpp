// SPDX-FileCopyrightText: 2026 The LiveTemplate for Qt authors
// SPDX-License-Identifier: MIT

#include "actiondata.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QTest>

using namespace LiveTemplate;
using namespace Qt::StringLiterals;

/// PROTOCOL.md B.3: the same value arrives as text, as a number or as a boolean.
class TestActionData : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void getters_data();
    void getters();
    void missingValues();
};

void TestActionData::getters_data()
{
    QTest::addColumn<QByteArray>("json");
    QTest::addColumn<QString>("string");
    QTest::addColumn<qint64>("integer");
    QTest::addColumn<double>("number");
    QTest::addColumn<bool>("boolean");
    const auto row = [](const char *json, const char *string, qint64 integer, double number,
                        bool boolean) {
        QTest::newRow(json) << QByteArray(json) << QString::fromUtf8(string) << integer << number
                            << boolean;
    };
    // The fallbacks are "?", -1, -1.0 and, for booleans, true: see getters().
    row("42", "42", 42, 42, true);
    row("0", "0", 0, 0, false);
    row("-7", "-7", -7, -7, true);
    row("2.5", "2.5", 2, 2.5, true);
    row("-2.5", "-2.5", -2, -2.5, true);
    row("1e21", "1000000000000000000000", -1, 1e21, true);
    row("1e15", "1000000000000000", 1000000000000000, 1e15, true);
    row("0.000001", "0.000001", 0, 0.000001, true);
    row("9007199254740993", "9007199254740993", 9007199254740993, 9007199254740993.0, true);
    row("true", "true", 1, 1, true);
    row("false", "false", 0, 0, false);
    row(R"("5")", "5", 5, 5, true);
    row(R"(" 5 ")", " 5 ", 5, 5, true);
    row(R"("007")", "007", 7, 7, true);
    row(R"("1e3")", "1e3", 1000, 1000, true);
    row(R"("2.9")", "2.9", 2, 2.9, true);
    row(R"("TRUE")", "TRUE", -1, -1, true);
    row(R"("False")", "False", -1, -1, false);
    row(R"("on")", "on", -1, -1, true);
    row(R"("off")", "off", -1, -1, false);
    row(R"("0")", "0", 0, 0, false);
    row(R"("1")", "1", 1, 1, true);
    row(R"("")", "", -1, -1, true);
    row(R"("words")", "words", -1, -1, true);
    row(R"("inf")", "inf", -1, -1, true);
    row(R"("nan")", "nan", -1, -1, true);
    row(R"("99999999999999999999")", "99999999999999999999", -1, 1e20, true);
    row("null", "?", -1, -1, true);
    row("[1]", "?", -1, -1, true);
    row(R"({"a":1})", "?", -1, -1, true);
}

void TestActionData::getters()
{
    QFETCH(QByteArray, json);
    const ActionData data(QJsonDocument::fromJson("{\"v\":" + json + '}').object());
    QVERIFY(data.has(u"v"));
    QTEST(data.string(u"v", u"?"_s), "string");
    QTEST(data.integer(u"v", -1), "integer");
    QTEST(data.number(u"v", -1), "number");
    QTEST(data.boolean(u"v", true), "boolean");
}

void TestActionData::missingValues()
{
    const ActionData data;
    QVERIFY(!data.has(u"v"));
    QCOMPARE(data.string(u"v"), QString());
    QCOMPARE(data.integer(u"v"), 0);
    QCOMPARE(data.number(u"v"), 0.0);
    QCOMPARE(data.boolean(u"v"), false);
    QCOMPARE(data.string(u"v", u"x"_s), u"x"_s);
}

QTEST_GUILESS_MAIN(TestActionData)
#include "tst_actiondata.moc"
