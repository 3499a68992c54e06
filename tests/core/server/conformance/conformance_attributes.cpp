// SPDX-FileCopyrightText: 2026 The LiveTemplate for Qt authors
// SPDX-License-Identifier: MIT

#include "conformance_attributes.h"

#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QProcess>
#include <QRegularExpression>

using namespace LiveTemplate;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {

constexpr auto formType = "Content-Type: application/x-www-form-urlencoded\r\n";

QStringList attributeLines()
{
    QFile file(u":/templates/attributes.html"_s);
    if (!file.open(QIODevice::ReadOnly))
        qFatal("There is no attributes.html.");
    return QString::fromUtf8(file.readAll()).split(u'\n', Qt::SkipEmptyParts);
}

} // namespace

void AttributeConformance::d1_attributesArePassedThrough_data()
{
    QTest::addColumn<QString>("line");
    for (const QString &line : attributeLines())
        QTest::newRow(qPrintable(line.left(70))) << line;
}

// What the client reads stands in the page and in the tree as the template has it.
void AttributeConformance::d1_attributesArePassedThrough()
{
    QFETCH(QString, line);
    QVERIFY(ask(request("GET", "/attributes")).body.contains(line.toUtf8()));
    QVERIFY(open(u"/attributes"_s)->html().contains(line));
}

void AttributeConformance::d1_whatTheClientMakesOfThemCallsTheAction_data()
{
    QTest::addColumn<QByteArray>("message");
    QTest::addColumn<QString>("method");
    QTest::addColumn<QJsonObject>("data");
    const auto row = [](const char *name, const char *message, const QString &method,
                        const char *data) {
        QTest::newRow(name) << QByteArray(message) << method
                            << QJsonDocument::fromJson(data).object();
    };
    row("button with a value and data-*", R"({"action":"increment","data":{"value":5,"by":2}})",
        u"increment"_s, R"({"value":5,"by":2})");
    row("form with lvt-form:action",
        R"({"action":"save","data":{"title":"x"},"submitter":"third"})", u"save"_s,
        R"({"title":"x"})");
    row("form by its button", R"({"action":"save","data":{"title":"x"},"submitter":"save"})",
        u"save"_s, R"({"title":"x"})");
    row("form by its name", R"({"action":"save","data":{}})", u"save"_s, "{}");
    row("form without any name", R"({"action":"submit","data":{"title":"x"}})", u"submit"_s,
        R"({"title":"x"})");
    row("lvt-on:click", R"({"action":"echo","data":{"id":"a1"}})", u"echo"_s, R"({"id":"a1"})");
    row("lvt-on:input", R"({"action":"echo","data":{"value":"text"}})", u"echo"_s,
        R"({"value":"text"})");
    row("lvt-on:drop", R"({"action":"echo","data":{"dragSourceKey":"a","dragTargetKey":"b"}})",
        u"echo"_s, R"({"dragSourceKey":"a","dragTargetKey":"b"})");
    row("lvt-on:window:scroll", R"({"action":"echo","data":{}})", u"echo"_s, "{}");
    row("a name in kebab case", R"({"action":"save-draft","data":{}})", u"saveDraft"_s, "{}");
    row("lvt-fx:area-select", R"({"action":"echo","data":{"x":1,"y":2,"w":3,"h":4}})", u"echo"_s,
        R"({"x":1,"y":2,"w":3,"h":4})");
    row("lvt-fx:url-hash", R"({"action":"echo","data":{"hash":"part-2"}})", u"echo"_s,
        R"({"hash":"part-2"})");
}

// Whatever element of a page an action comes from, its method has the data of that element.
void AttributeConformance::d1_whatTheClientMakesOfThemCallsTheAction()
{
    QFETCH(QByteArray, message);
    QFETCH(QString, method);
    QFETCH(QJsonObject, data);
    const auto tab = open(u"/attributes"_s);
    tab->client().send(QString::fromUtf8(message));
    QVERIFY(tab->read());
    QCOMPARE(tab->last().value(u"meta")[u"success"], QJsonValue(true));
    QCOMPARE(journal().last(method).data, data);
}

// A form that fails is rendered again with its errors, and keeps none of what the action made.
void AttributeConformance::d1_aFormThatFailsIsShownWithItsErrors()
{
    const auto tab = open();
    tab->run(u"fail"_s, {{u"field"_s, u"title"_s}, {u"message"_s, u"is bad"_s}});
    const QString html = tab->html();
    QVERIFY2(html.contains(u"aria-invalid=\"true\" aria-describedby=\"lvt-error-title\""),
             qPrintable(html));
    QVERIFY(html.contains(u"id=\"lvt-error-title\">is bad</small>"));
    QVERIFY(html.contains(u"<p id=\"counter\">0</p>"));
}

// The static text before a bound value ends with value=" in a tag that has its name before that.
void AttributeConformance::d1_boundInputsAreSplitAtTheirValue()
{
    static const QRegularExpression bound(u"<input[^>]*\\sname=\"([^\"]+)\"[^>]*value=\"$"_s);
    const QJsonValue tree = open(u"/inputs"_s)->last().value(u"tree");
    QStringList names;
    for (const QJsonValue &part : tree[u"s"].toArray()) {
        if (const auto match = bound.match(part.toString()); match.hasMatch())
            names.append(match.captured(1));
    }
    QCOMPARE(names, (QStringList{u"title"_s, u"counter"_s}));
}

// The client's own analysis of the first tree finds the inputs, the text area and the box; not an
// input whose name stands behind its value, and not one with text around its value.
void AttributeConformance::d1_theClientFindsTheBoundInputs()
{
    const QByteArray cookie = newCookie();
    ask(request("POST", "/inputs", formType + ("Cookie: " + cookie) + "\r\n",
                "lvt-action=note&line=a"));
    const auto tab = open(u"/inputs"_s, cookie);
    QProcess node;
    node.setProcessChannelMode(QProcess::ForwardedErrorChannel);
    node.start(QStringLiteral(NODE_EXECUTABLE),
               {QStringLiteral(BOUND_FIELDS_SCRIPT),
                QStringLiteral(CLIENT_PACKAGE "/dist/state/change-auto-wirer.js")});
    node.write(QJsonDocument(tab->last().value(u"tree").toObject()).toJson());
    node.closeWriteChannel();
    QVERIFY2(node.waitForFinished(60'000), qPrintable(node.errorString()));
    QCOMPARE(QJsonDocument::fromJson(node.readAllStandardOutput()).object(),
             (QJsonObject{{u"title"_s, u"value"_s},
                          {u"counter"_s, u"value"_s},
                          {u"draft"_s, u"content"_s},
                          {u"on"_s, u"attribute"_s},
                          {u"line"_s, u"value"_s}}));
}

// A page whose controller has no action for it does not make the client send each change.
void AttributeConformance::d1_changeIsSentOnlyWhereItIsAnnounced()
{
    const auto announces = [&](const QString &page) {
        return open(page)->last().value(u"meta")[u"capabilities"].toArray().contains(u"change"_s);
    };
    QVERIFY(announces(u"/inputs"_s));
    QVERIFY(!announces(u"/attributes"_s));
    const auto tab = open(u"/inputs"_s);
    tab->run(u"change"_s, {{u"title"_s, u"typed"_s}});
    QVERIFY(tab->html().contains(u"<input name=\"title\" value=\"typed\">"));
}

// What comes into view at the end of a list calls loadMore, without any data.
void AttributeConformance::d1_scrollingLoadsMoreWithoutData()
{
    const auto tab = open();
    tab->client().send(uR"({"action":"load_more"})"_s);
    QVERIFY(tab->read());
    QCOMPARE(journal().last(u"loadMore"_s).data, QJsonObject());
    QVERIFY(tab->html().contains(u"<p id=\"counter\">10</p>"));
}

// The key of a row in the tree is the value of its data-key, as a string.
void AttributeConformance::d1_rowsHaveTheirKeys()
{
    const QByteArray cookie = newCookie();
    const auto tab = open(u"/inputs"_s, cookie);
    tab->run(u"note"_s, {{u"line"_s, 7}});
    tab->run(u"note"_s, {{u"line"_s, u"a<b"_s}});
    QVERIFY2(tab->html().contains(u"<li data-key=\"7\">"), qPrintable(tab->html()));
    const auto again = open(u"/inputs"_s, cookie);
    const QJsonObject tree = again->last().value(u"tree").toObject();
    QStringList keys;
    for (const QJsonValue &dynamic : tree) {
        for (const QJsonValue &nested : {dynamic, dynamic[u"0"]}) {
            for (const QJsonValue &row : nested[u"d"].toArray())
                keys.append(row[u"_k"].toString());
        }
    }
    QCOMPARE(keys, (QStringList{u"7"_s, u"a<b"_s}));
}

// The server can check a form by the attributes that the page has for it.
void AttributeConformance::d1_aFormIsCheckedByItsOwnAttributes()
{
    const auto tab = open(u"/attributes"_s);
    const auto errors = [&](const QString &title) {
        return tab->run(u"check"_s, {{u"title"_s, title}}).value(u"meta")[u"errors"].toObject();
    };
    QCOMPARE(errors(QString()).keys(), QStringList{u"title"_s});
    QCOMPARE(errors(u"longer"_s).keys(), QStringList{u"title"_s});
    QCOMPARE(journal().count(u"rename"_s), 0);
    QCOMPARE(errors(u"short"_s), QJsonObject());
    QCOMPARE(journal().count(u"rename"_s), 1);
}

// A button with formnovalidate sends the form as it is.
void AttributeConformance::d1_formnovalidateSwitchesTheChecksOff()
{
    const auto tab = open(u"/attributes"_s);
    tab->client().send(
        uR"({"action":"checkLater","data":{"title":""},"submitter":"checkLater"})"_s);
    QVERIFY(tab->read());
    QCOMPARE(tab->last().value(u"meta")[u"success"], QJsonValue(true));
    QCOMPARE(journal().count(u"rename"_s), 1);
}

// A form that the client leaves to the browser is answered by HTML, and has the submitter that the
// client wrote into it.
void AttributeConformance::d1_nativeFormsGetHtml()
{
    const QByteArray headers = formType + "Accept: text/html,*/*;q=0.8\r\n"_ba;
    const WebAnswer answer = ask(
        request("POST", "/attributes", headers, "title=x&lvt-submitter=save"));
    QCOMPARE(answer.status, 303);
    QCOMPARE(journal().last(u"save"_s).submitter, u"save"_s);
    const WebAnswer failed = ask(request("POST", "/attributes", headers, "lvt-action=fail"));
    QCOMPARE(failed.status, 200);
    QCOMPARE(failed.header("content-type"), "text/html; charset=utf-8"_ba);
}

// The wrapper has its id, and what else the options say, in one tag.
void AttributeConformance::d1_theWrapperHasItsAttributes()
{
    ServerOptions options = patientOptions();
    options.heartbeatInterval = 5s;
    options.loadingDebounce = 300ms;
    start(options);
    static const QRegularExpression wrapper(
        u"<div data-lvt-id=\"lvt-[0-9a-f]{16}\" data-lvt-loading=\"true\" "
        "data-lvt-heartbeat-ms=\"5000\" data-lvt-loading-debounce-ms=\"300\">"_s);
    const QByteArray page = ask(request("GET", "/attributes")).body;
    QVERIFY2(wrapper.match(QString::fromUtf8(page)).hasMatch(), page.left(300));
}

// Several events in brackets are short for an attribute for each; the client does not know the
// short form.
void AttributeConformance::d2_bracketsAreExpanded()
{
    const QByteArray page = ask(request("GET", "/brackets")).body;
    QVERIFY(page.contains("<p "));
    QEXPECT_FAIL("", "Templates are not searched for brackets.", Continue);
    QVERIFY(page.contains("lvt-el:addClass:on:save:pending=\"busy\" "
                          "lvt-el:addClass:on:delete:pending=\"busy\""));
}
