// SPDX-FileCopyrightText: 2026 The LiveTemplate for Qt authors
// SPDX-License-Identifier: MIT

#include "validation.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QTest>

using namespace LiveTemplate;
using namespace Qt::StringLiterals;

Q_DECLARE_METATYPE(LiveTemplate::Rule)

namespace {

QJsonValue fromJson(const QByteArray &json)
{
    return QJsonDocument::fromJson('[' + json + ']').array().first();
}

constexpr auto keeps = true;
constexpr auto breaks = false;

} // namespace

/// What browsers say about the same values, by the rules of the HTML standard.
class TestValidation : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void rules_data();
    void rules();
    void emptyValues();
    void emails_data();
    void emails();
    void urls_data();
    void urls();
    void patterns_data();
    void patterns();
    void invalidPatterns_data();
    void invalidPatterns();
    void patternsEnd();
    void sentences_data();
    void sentences();
    void labels_data();
    void labels();
    void fields();
    void equality();
};

void TestValidation::rules_data()
{
    QTest::addColumn<Rule>("rule");
    QTest::addColumn<QByteArray>("json");
    QTest::addColumn<bool>("kept");
    const auto row = [](const char *name, const Rule &rule, const char *json, bool kept) {
        QTest::addRow("%s %s %s", name, json, kept ? "" : "not")
            << rule << QByteArray(json) << kept;
    };
    const auto required = Rule::required();
    row("required", required, R"("x")", keeps);
    row("required", required, R"(" ")", keeps);
    row("required", required, "0", keeps);
    row("required", required, "false", keeps); // a title "false" arrives so
    row("required", required, R"(["x"])", keeps);
    row("required", required, R"("")", breaks);
    row("required", required, "null", breaks);
    row("required", required, "[]", breaks);

    const auto checked = Rule::checked();
    row("checked", checked, "true", keeps);
    row("checked", checked, R"("on")", keeps);
    row("checked", checked, R"("true")", keeps);
    row("checked", checked, R"(["x","on"])", keeps);
    row("checked", checked, "false", breaks);
    row("checked", checked, R"("false")", breaks);
    row("checked", checked, R"("off")", breaks);
    row("checked", checked, R"("")", breaks);
    row("checked", checked, "null", breaks);
    row("checked", checked, R"(["x"])", breaks);
    row("checked", checked, "[]", breaks);
    row("checked with a value", Rule::checked(u"0"_s), R"("0")", keeps);
    row("checked with a value", Rule::checked(u"7"_s), "[5,7]", keeps);
    row("checked with a value", Rule::checked(u"7"_s), "true", keeps);
    row("checked with a value", Rule::checked(u"7"_s), R"("5")", breaks);

    row("minLength", Rule::minLength(3), R"("abc")", keeps);
    row("minLength", Rule::minLength(3), "123", keeps);
    row("minLength", Rule::minLength(3), "true", keeps);
    row("minLength", Rule::minLength(3), R"("ab")", breaks);
    row("minLength", Rule::minLength(3), "12", breaks);
    row("minLength", Rule::minLength(3), R"(["abc","ab"])", breaks);
    row("minLength", Rule::minLength(3), R"({"a":"abc"})", breaks);
    row("maxLength", Rule::maxLength(3), R"("abc")", keeps);
    row("maxLength", Rule::maxLength(3), R"("abcd")", breaks);
    row("maxLength", Rule::maxLength(3), "1234", breaks);
    row("maxLength", Rule::maxLength(0), R"("a")", breaks);
    // UTF-16 code units, as maxlength counts.
    row("maxLength", Rule::maxLength(2), R"("😀")", keeps);
    row("maxLength", Rule::maxLength(1), R"("😀")", breaks);
    row("maxLength", Rule::maxLength(1), R"("é")", keeps);
    // A text area sends a line break as two characters, and counts it as one.
    row("maxLength", Rule::maxLength(3), R"("a\r\nb")", keeps);
    row("maxLength", Rule::maxLength(2), R"("a\r\nb")", breaks);
    row("length", Rule::length(3), R"("abc")", keeps);
    row("length", Rule::length(3), R"("ab")", breaks);
    row("length", Rule::length(3), R"("abcd")", breaks);

    row("min", Rule::min(18), "18", keeps);
    row("min", Rule::min(18), R"("18")", keeps);
    row("min", Rule::min(18), R"(" 18.0 ")", keeps);
    row("min", Rule::min(18), R"("1.8e1")", keeps);
    row("min", Rule::min(18), "17.999", breaks);
    row("min", Rule::min(18), R"("17")", breaks);
    row("min", Rule::min(18), R"("-18")", breaks);
    row("min", Rule::min(18), R"("many")", breaks);
    row("min", Rule::min(0), "true", breaks);
    row("min", Rule::min(-1.5), "-1.5", keeps);
    row("max", Rule::max(120), "120", keeps);
    row("max", Rule::max(120), "120.5", breaks);
    row("max", Rule::max(120), R"("1000")", breaks);
    row("max", Rule::max(120), R"("9")", keeps); // as a number, not as text
    row("max", Rule::max(120), R"("1e400")", breaks);
    row("max", Rule::max(120), R"("-inf")", breaks);

    const QDate day(2026, 2, 3);
    row("min date", Rule::min(day), R"("2026-02-03")", keeps);
    row("min date", Rule::min(day), R"("10000-01-01")", keeps);
    row("min date", Rule::min(day), R"("2026-02-02")", breaks);
    row("min date", Rule::min(day), R"("3.2.2026")", breaks);
    row("min date", Rule::min(day), "2027", breaks);
    row("max date", Rule::max(day), R"("2025-12-31")", keeps);
    row("max date", Rule::max(day), R"("2026-02-04")", breaks);
    const QTime noon(12, 0);
    row("min time", Rule::min(noon), R"("12:00")", keeps);
    row("min time", Rule::min(noon), R"("11:59:59.999")", breaks);
    row("max time", Rule::max(noon), R"("12:00:00")", keeps);
    row("max time", Rule::max(noon), R"("12:00:01")", breaks);
    const QDateTime moment(day, noon);
    row("min moment", Rule::min(moment), R"("2026-02-03T12:00")", keeps);
    row("min moment", Rule::min(moment), R"("2026-02-03 11:59")", breaks);
    row("max moment", Rule::max(moment), R"("2026-02-03T12:00")", keeps);
    row("max moment", Rule::max(moment), R"("2026-02-03T12:00:00.1")", breaks);

    // HTML, 2.3.4.3: valid floating-point numbers.
    for (const char *text : {"0", "-0", "1.5", ".5", "-.5", "1e3", "1E-3", "1.5e+3", "007"})
        row("number", Rule::number(), qPrintable(u"\"%1\""_s.arg(QLatin1StringView(text))), keeps);
    for (const char *text : {"+1", "1.", "1,5", "1,000", "1e", "e3", "--1", "0x10", "inf", "NaN",
                             "1 2", "1e999", "\\u0663"}) {
        row("number", Rule::number(), qPrintable(u"\"%1\""_s.arg(QLatin1StringView(text))), breaks);
    }
    row("number", Rule::number(), "1e21", keeps);
    row("number", Rule::number(), "true", breaks);

    // HTML, 2.3.5: dates and times.
    for (const char *text : {"2026-01-31", "0001-01-01", "2024-02-29", "12345-01-01"})
        row("date", Rule::date(), qPrintable(u"\"%1\""_s.arg(QLatin1StringView(text))), keeps);
    for (const char *text :
         {"2026-1-31", "2026-02-29", "2026-13-01", "2026-00-01", "26-01-31", "2026/01/31",
          "2026-01-31T00:00", "31.1.2026", "0000-01-01", "today", "-2026-01-31"}) {
        row("date", Rule::date(), qPrintable(u"\"%1\""_s.arg(QLatin1StringView(text))), breaks);
    }
    for (const char *text : {"00:00", "23:59", "23:59:59", "23:59:59.9", "23:59:59.999"})
        row("time", Rule::time(), qPrintable(u"\"%1\""_s.arg(QLatin1StringView(text))), keeps);
    for (const char *text : {"24:00", "12:60", "12:00:60", "1:00", "12", "12:00:00.1234", "12:00Z",
                             "12.00", "12:00 PM"}) {
        row("time", Rule::time(), qPrintable(u"\"%1\""_s.arg(QLatin1StringView(text))), breaks);
    }
    for (const char *text : {"2026-01-31T23:59", "2026-01-31 23:59", "2026-01-31T23:59:59.999",
                             "2026-01-31T23:59Z", "2026-01-31T23:59+02:00"}) {
        row("dateTime", Rule::dateTime(), qPrintable(u"\"%1\""_s.arg(QLatin1StringView(text))),
            keeps);
    }
    for (const char *text : {"2026-01-31", "23:59", "2026-01-31T24:00", "2026-01-31t23:59",
                             "2026-01-31T23:59+2", "2026-01-31T23:59+99:00", "2026-02-30T00:00"}) {
        row("dateTime", Rule::dateTime(), qPrintable(u"\"%1\""_s.arg(QLatin1StringView(text))),
            breaks);
    }
}

void TestValidation::rules()
{
    QFETCH(Rule, rule);
    QFETCH(QByteArray, json);
    const auto error = rule.check(fromJson(json), u"X"_s);
    QTEST(!error.has_value(), "kept");
    if (error)
        QVERIFY2(error->startsWith(u"X must "_s) || error == u"X is required."_s,
                 qPrintable(*error));
}

/// What is not filled in is valid unless it is required.
void TestValidation::emptyValues()
{
    const QList<Rule> rules{
        Rule::minLength(3),
        Rule::length(3),
        Rule::min(18),
        Rule::max(-1),
        Rule::min(QDate(2026, 1, 1)),
        Rule::pattern(u"[a-z]+"_s),
        Rule::email(),
        Rule::emailList(),
        Rule::url(),
        Rule::number(),
        Rule::date(),
        Rule::time(),
        Rule::dateTime(),
    };
    for (const Rule &rule : rules) {
        for (const QJsonValue &value :
             {QJsonValue(QJsonValue::Undefined), QJsonValue(), QJsonValue(""_L1),
              QJsonValue(QJsonArray()), QJsonValue(QJsonArray{u""_s})}) {
            const auto error = rule.check(value, u"X"_s);
            QVERIFY2(!error, qPrintable(error.value_or(QString())));
        }
    }
}

/// HTML, 4.10.5.1.5, and what Web Platform Tests try.
void TestValidation::emails_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<bool>("valid");
    QTest::addColumn<bool>("validAsList");
    const auto row = [](const QString &text, bool valid, bool validAsList) {
        QTest::newRow(qPrintable(text)) << text << valid << validAsList;
    };
    const QString label63(63, u'a');
    for (const QString &text :
         {u"a@b"_s, u"test@example.com"_s, u"first.last+tag@mail.example.co.uk"_s,
          u"!#$%&'*+/=?^_`{|}~.-@h"_s, u".a@b"_s, u"a..b@c"_s, u"1@2.3"_s, u"a@b-c.d"_s, u" a@b "_s,
          u"a@"_s + label63})
        row(text, true, true);
    for (const QString &text : {u"a"_s,
                                u"@"_s,
                                u"a@"_s,
                                u"@b"_s,
                                u"a@b@c"_s,
                                u"a b@c"_s,
                                u"a@b c"_s,
                                u"a@b."_s,
                                u"a@.b"_s,
                                u"a@b..c"_s,
                                u"a@-b"_s,
                                u"a@b-"_s,
                                u"a@b.c-"_s,
                                u"a@b_c"_s,
                                u"\"a\"@b"_s,
                                u"a@[127.0.0.1]"_s,
                                u"ü@b"_s,
                                u"a@ü.de"_s,
                                u"a@b\n"_s.repeated(2),
                                u"a@"_s + label63 + u'a',
                                u"a(c)@b"_s,
                                u"a<a@b>"_s})
        row(text, false, false);
    row(u"a@b,c@d"_s, false, true);
    row(u" a@b , c@d "_s, false, true);
    row(u"a@b,"_s, false, false);
    row(u",a@b"_s, false, false);
    row(u"a@b c@d"_s, false, false);
    row(u"a@b;c@d"_s, false, false);
}

void TestValidation::emails()
{
    QFETCH(QString, text);
    QTEST(!Rule::email().check(text, u"X"_s), "valid");
    QTEST(!Rule::emailList().check(text, u"X"_s), "validAsList");
}

void TestValidation::urls_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<bool>("valid");
    for (const QString &text :
         {u"http://a"_s, u"https://example.org/a?b=c#d"_s, u"HTTPS://EXAMPLE.ORG"_s,
          u"http://user:password@h:8080/"_s, u"http://[::1]:80/"_s, u"http://127.0.0.1"_s,
          u"https://bücher.example/ü"_s, u"ftp://h/a"_s, u"mailto:a@b"_s, u"tel:+49123"_s,
          u"javascript:alert(1)"_s, u"file:///etc/passwd"_s, u"data:,x"_s, u" http://a "_s,
          u"http://a/b c"_s})
        QTest::newRow(qPrintable(text)) << text << true;
    for (const QString &text :
         {u"example.org"_s, u"www.example.org/a"_s, u"/a"_s, u"//example.org"_s, u"#a"_s, u"?a=b"_s,
          u"http://"_s, u"http:///a"_s, u"https://a b/"_s, u"http://[::1"_s, u"http://a:99999/"_s,
          u"://a"_s, u"1http://a"_s, u"words"_s})
        QTest::newRow(qPrintable(u"not "_s + text)) << text << false;
}

void TestValidation::urls()
{
    QFETCH(QString, text);
    QTEST(!Rule::url().check(text, u"X"_s), "valid");
}

void TestValidation::patterns_data()
{
    QTest::addColumn<QString>("pattern");
    QTest::addColumn<QString>("text");
    QTest::addColumn<bool>("matches");
    const auto row = [](const QString &pattern, const QString &text, bool matches) {
        QTest::newRow(qPrintable(pattern + u' ' + text)) << pattern << text << matches;
    };
    row(u"[a-z]+"_s, u"abc"_s, true);
    row(u"[a-z]+"_s, u"abc1"_s, false);
    row(u"[a-z]+"_s, u"1abc"_s, false);
    row(u"[a-z]+"_s, u"ABC"_s, false);
    row(u"[a-z]+"_s, u"abc\n"_s, false); // a `$` would let it pass
    row(u"a|bc"_s, u"a"_s, true);
    row(u"a|bc"_s, u"ac"_s, false);
    row(u"^a$"_s, u"a"_s, true);
    row(u"\\d{5}"_s, u"12345"_s, true);
    row(u"\\d{5}"_s, u"1234"_s, false);
    row(u"\\d"_s, u"\u0663"_s, false); // JavaScript's digits are ASCII,
    row(u"\\w"_s, u"ü"_s, false); // and so are its words
    row(u"\\p{L}+"_s, u"größe"_s, true);
    row(u"\\p{L}+"_s, u"a1"_s, false);
    row(u"\\p{Lu}\\p{Ll}*"_s, u"Österreich"_s, true);
    row(u"."_s, u"😀"_s, true); // one character, though two code units
    row(u".{2}"_s, u"😀"_s, false);
    row(u"[😀-😂]"_s, u"😁"_s, true);
    row(u"\\u0041\\u{42}"_s, u"AB"_s, true);
    row(u"[\\u{1F600}-\\u{1F602}]"_s, u"😁"_s, true);
    row(u"\\uD83D\\uDE00"_s, u"😀"_s, true);
    row(u"\\\\u0041"_s, u"\\u0041"_s, true); // an escaped backslash
    row(u"\\x41\\/\\-"_s, u"A/-"_s, true);
    row(u"(?<first>a)\\k<first>"_s, u"aa"_s, true);
    row(u"(?=.*\\d)(?=.*[a-z]).{8,}"_s, u"secret12"_s, true);
    row(u"(?=.*\\d)(?=.*[a-z]).{8,}"_s, u"secretly"_s, false);
    row(u"(?!admin).*"_s, u"admin"_s, false);
    row(u"a.b"_s, u"a\nb"_s, false);
    row(u"[0-9]{3}-[0-9]{4}"_s, u"555-1234"_s, true);
    row(u"-?\\d+"_s, u"-5"_s, true);
    row(u"a*"_s, QString(10'000, u'a'), true);
    row(u"a*"_s, QString(10'001, u'a'), false); // more than is tried
}

void TestValidation::patterns()
{
    QFETCH(QString, pattern);
    QFETCH(QString, text);
    QTEST(!Rule::pattern(pattern).check(text, u"X"_s), "matches");
}

void TestValidation::invalidPatterns_data()
{
    QTest::addColumn<QString>("pattern");
    for (const QString &pattern : {u"("_s, u"a)|(b"_s, u"["_s, u"a{2,1}"_s, u"*"_s, u"\\"_s,
                                   u"\\p{NoSuchProperty}"_s, u"(?<a"_s, u"\\u{110000}"_s})
        QTest::newRow(qPrintable(pattern)) << pattern;
}

/// It is the author's mistake, and must not let everything pass.
void TestValidation::invalidPatterns()
{
    QFETCH(QString, pattern);
    QTest::ignoreMessage(QtWarningMsg, QRegularExpression(u"The pattern \".*\" is not valid"_s));
    const Rule rule = Rule::pattern(pattern);
    for (const QString &text : {u"a"_s, u"b"_s, pattern})
        QVERIFY(rule.check(text, u"X"_s));
    QVERIFY(!rule.check(u""_s, u"X"_s));
}

/// Patterns whose time grows exponentially with the text.
void TestValidation::patternsEnd()
{
    const QString text = QString(5'000, u'a') + u'!';
    for (const QString &pattern : {u"(a+)+"_s, u"(a|aa)+"_s, u"(a|a)*"_s, u"(.*)*b"_s,
                                   u"([a-z]+)*\\1+c"_s, u"(?:a?){500}a{500}b"_s})
        QVERIFY2(Rule::pattern(pattern).check(text, u"X"_s), qPrintable(pattern));
    QVERIFY(Rule::email().check(QString(text + u'@').repeated(2), u"X"_s));
    QVERIFY(Rule::email().check(u"a@"_s + u"a-"_s.repeated(5'000), u"X"_s));
}

void TestValidation::sentences_data()
{
    QTest::addColumn<Rule>("rule");
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("sentence");
    const auto row = [](const Rule &rule, const QString &text, const QString &sentence) {
        QTest::addRow("%s %s", qPrintable(text), qPrintable(sentence)) << rule << text << sentence;
    };
    row(Rule::required(), {}, u"First name is required."_s);
    row(Rule::checked(), {}, u"First name must be checked."_s);
    row(Rule::minLength(2), u"a"_s, u"First name must have at least 2 characters."_s);
    row(Rule::maxLength(1), u"ab"_s, u"First name must have at most 1 character."_s);
    row(Rule::length(3), u"ab"_s, u"First name must have exactly 3 characters."_s);
    row(Rule::min(18), u"17"_s, u"First name must be at least 18."_s);
    row(Rule::min(0.5), u"0"_s, u"First name must be at least 0.5."_s);
    row(Rule::max(1e6), u"1e7"_s, u"First name must be at most 1000000."_s);
    row(Rule::max(5), u"x"_s, u"First name must be a number."_s);
    row(Rule::min(QDate(2026, 2, 3)), u"2025-01-01"_s,
        u"First name must be 2026-02-03 or later."_s);
    row(Rule::max(QTime(9, 5)), u"10:00"_s, u"First name must be 09:05 or earlier."_s);
    row(Rule::max(QDateTime(QDate(2026, 2, 3), QTime(9, 5))), u"2027-01-01T00:00"_s,
        u"First name must be 2026-02-03 09:05 or earlier."_s);
    row(Rule::max(QDate(2026, 2, 3)), u"x"_s, u"First name must be a date."_s);
    row(Rule::pattern(u"a"_s), u"b"_s, u"First name does not have the expected form."_s);
    row(Rule::pattern(u"a"_s, u"Just the letter a."_s), u"b"_s,
        u"First name does not have the expected form: Just the letter a."_s);
    row(Rule::email(), u"b"_s, u"First name must be an e-mail address."_s);
    row(Rule::emailList(), u"b"_s, u"First name must be e-mail addresses, separated by commas."_s);
    row(Rule::url(), u"b"_s,
        u"First name must be a whole web address, for example https://example.org."_s);
    row(Rule::number(), u"b"_s, u"First name must be a number."_s);
    row(Rule::date(), u"b"_s, u"First name must be a date."_s);
    row(Rule::time(), u"b"_s, u"First name must be a time."_s);
    row(Rule::dateTime(), u"b"_s, u"First name must be a date and a time."_s);
}

void TestValidation::sentences()
{
    QFETCH(Rule, rule);
    QFETCH(QString, text);
    QFETCH(QString, sentence);
    const auto result = validateAction(ActionData({{u"first_name"_s, text}}),
                                       {{u"first_name"_s, {rule}}});
    QVERIFY(!result);
    QCOMPARE(result.error(), (ActionError{{u"first_name"_s, sentence}}));
}

void TestValidation::labels_data()
{
    QTest::addColumn<QString>("field");
    QTest::addColumn<QString>("label");
    QTest::newRow("word") << u"title"_s << u"Title"_s;
    QTest::newRow("snake_case") << u"first_name"_s << u"First name"_s;
    QTest::newRow("kebab-case") << u"first-name"_s << u"First name"_s;
    QTest::newRow("camelCase") << u"firstName"_s << u"First name"_s;
    QTest::newRow("PascalCase") << u"FirstName"_s << u"First name"_s;
    QTest::newRow("abbreviation") << u"homeURL"_s << u"Home URL"_s;
    QTest::newRow("number") << u"line2"_s << u"Line2"_s;
    QTest::newRow("separators only") << u"__a__"_s << u"A"_s;
    QTest::newRow("path") << u"address.zip_code"_s << u"Zip code"_s;
    QTest::newRow("not ASCII") << u"größe"_s << u"Größe"_s;
    QTest::newRow("per cent sign") << u"%1"_s << u"%1"_s;
}

void TestValidation::labels()
{
    QFETCH(QString, field);
    QFETCH(QString, label);
    const auto result = validateAction(ActionData(), {{field, {Rule::required()}}});
    QVERIFY(!result);
    QCOMPARE(result.error().errors().value(field), label + u" is required."_s);
}

void TestValidation::fields()
{
    const Rules rules = {
        {u"title"_s, {Rule::required(), Rule::maxLength(3)}},
        {u"age"_s, {Rule::min(18), Rule::max(120)}},
        {u"firstName"_s, {Rule::required(), Rule::minLength(2)}},
    };
    QVERIFY(validateAction(
        ActionData({{u"title"_s, u"abc"_s}, {u"age"_s, 18}, {u"firstName"_s, u"Al"_s}}), rules));
    QVERIFY(validateAction(ActionData({{u"title"_s, 123}, {u"first_name"_s, u"Al"_s}}), rules));

    // One sentence for each field, under the name that the page knows it by.
    const auto refused = validateAction(
        ActionData({{u"title"_s, u"abcd"_s}, {u"age"_s, 5}, {u"first-name"_s, u"A"_s}}), rules);
    QVERIFY(!refused);
    QCOMPARE(refused.error(),
             (ActionError{{u"title"_s, u"Title must have at most 3 characters."_s},
                          {u"age"_s, u"Age must be at least 18."_s},
                          {u"first-name"_s, u"First name must have at least 2 characters."_s}}));

    const auto missing = validateAction(ActionData(), rules);
    QVERIFY(!missing);
    QCOMPARE(missing.error(),
             (ActionError{{u"title"_s, u"Title is required."_s},
                          {u"firstName"_s, u"First name is required."_s}}));
    QVERIFY(validateAction(ActionData(), {}));
}

void TestValidation::equality()
{
    QVERIFY(Rule::min(1) == Rule::min(1));
    QVERIFY(Rule::min(1) != Rule::min(2));
    QVERIFY(Rule::min(1) != Rule::max(1));
    QVERIFY(Rule::min(QDate(2026, 1, 1)) != Rule::min(QDateTime(QDate(2026, 1, 1), QTime(0, 0))));
    QVERIFY(Rule::pattern(u"a"_s) == Rule::pattern(u"a"_s));
    QVERIFY(Rule::pattern(u"a"_s) != Rule::pattern(u"b"_s));
    QVERIFY(Rule::pattern(u"a"_s) != Rule::pattern(u"a"_s, u"An a."_s));
    QVERIFY(Rule::checked() != Rule::checked(u"x"_s));
}

QTEST_GUILESS_MAIN(TestValidation)
#include "tst_validation.moc"
