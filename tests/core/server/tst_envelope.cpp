// SPDX-FileCopyrightText: 2026 The LiveTemplate for Qt authors
// SPDX-License-Identifier: MIT

#include "envelope_p.h"

#include <QTest>

using namespace LiveTemplate;
using namespace Qt::StringLiterals;

/// PROTOCOL.md B.3 and B.4, byte by byte.
class TestEnvelope : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void parse_data();
    void parse();
    void messages();

private:
    static Tree tree(const QByteArray &value)
    {
        static const auto statics = std::make_shared<Statics>(std::vector{"<p>"_ba, "</p>"_ba});
        return {statics, {value}};
    }
};

void TestEnvelope::parse_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<QString>("action"); // null: refused
    QTest::addColumn<QJsonObject>("data");
    const auto row = [](const char *text, const char *action, const QJsonObject &data = {}) {
        QTest::newRow(text) << QByteArray(text) << QString::fromUtf8(action) << data;
    };
    row(R"({"action":"increment","data":{}})", "increment");
    row(R"({"action":"increment"})", "increment");
    row(R"({"action":"increment","data":null})", "increment");
    row(R"({"action":"save","data":{"n":42,"z":true},"submitter":"save"})", "save",
        {{u"n"_s, 42}, {u"z"_s, true}});
    row(R"({"action":"__ping__"})", "__ping__");
    row(R"({"action":"persist:todos","data":{}})", "persist:todos");
    row("", nullptr);
    row("{", nullptr);
    row("null", nullptr);
    row("[]", nullptr);
    row("\"increment\"", nullptr);
    row("{}", nullptr);
    row(R"({"action":""})", nullptr);
    row(R"({"action":5})", nullptr);
    row(R"({"action":"a","data":5})", nullptr);
    row(R"({"action":"a","data":[]})", nullptr);
    row(R"({"action":"a"} x)", nullptr);
}

void TestEnvelope::parse()
{
    QFETCH(QByteArray, text);
    QFETCH(QString, action);
    const auto message = ClientMessage::parse(text);
    QCOMPARE(message.has_value(), !action.isNull());
    if (message) {
        QCOMPARE(message->action, action);
        QTEST(message->data, "data");
    } else {
        QVERIFY(!message.error().isEmpty());
    }
}

void TestEnvelope::messages()
{
    QCOMPARE(firstMessage(tree("0"), {}),
             R"({"tree":{"s":["<p>","</p>"],"0":"0"},"meta":{"success":true,"errors":{}}})"_ba);
    QCOMPARE(
        firstMessage(tree("0"), {{}, {}, {u"change"_s, u"validate"_s}}),
        R"({"tree":{"s":["<p>","</p>"],"0":"0"},"meta":{"success":true,"errors":{},"capabilities":["change","validate"]}})"_ba);
    QCOMPARE(answerMessage(tree("0"), tree("1"), {{}, u"increment"_s, {}}),
             R"({"tree":{"0":"1"},"meta":{"success":true,"errors":{},"action":"increment"}})"_ba);
    QCOMPARE(
        answerMessage(tree("0"), tree("0"), {{{u"_general"_s, u"no \"way\""_s}}, u"x"_s, {}}),
        R"({"tree":{},"meta":{"success":false,"errors":{"_general":"no \"way\""},"action":"x"}})"_ba);
    QCOMPARE(updateMessage(tree("0"), tree("1")), R"({"tree":{"0":"1"}})"_ba);
    QCOMPARE(pongMessage(), R"({"pong":true})"_ba);
}

QTEST_GUILESS_MAIN(TestEnvelope)
#include "tst_envelope.moc"
