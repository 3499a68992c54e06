// SPDX-FileCopyrightText: 2026 The LiveTemplate for Qt authors
// SPDX-License-Identifier: MIT

#include "formrules_p.h"

#include <QTest>

using namespace LiveTemplate;
using namespace Qt::StringLiterals;

Q_DECLARE_METATYPE(LiveTemplate::Rules)

namespace {

Rules ruleFor(const QString &name, const QList<Rule> &rules)
{
    return {{name, rules}};
}

/// Tells which form was found by the field that it requires.
QString requiredField(const std::expected<Rules, QString> &rules)
{
    return rules && rules->size() == 1 ? rules->firstKey() : QString();
}

} // namespace

class TestFormRules : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void controls_data();
    void controls();
    void notChecked_data();
    void notChecked();
    void whichForm_data();
    void whichForm();
    void noValidate_data();
    void noValidate();
    void noForm_data();
    void noForm();
    void severalForms();
    void deepPage();
};

void TestFormRules::controls_data()
{
    QTest::addColumn<QByteArray>("html");
    QTest::addColumn<Rules>("rules");
    const auto row = [](const char *html, const QList<Rule> &rules) {
        QTest::newRow(html) << QByteArray(html) << ruleFor(u"a"_s, rules);
    };
    row("<input name=a required>", {Rule::required()});
    row("<input name=a required=''>", {Rule::required()});
    row("<INPUT NAME=a REQUIRED TYPE=TEXT>", {Rule::required()});
    row("<input name=a type=nosuchtype required maxlength=5>",
        {Rule::required(), Rule::maxLength(5)});
    row("<input name=a minlength=2 maxlength=5>", {Rule::minLength(2), Rule::maxLength(5)});
    row("<input name=a maxlength=' +5px'>", {Rule::maxLength(5)});
    row("<input name=a maxlength=0>", {Rule::maxLength(0)});
    row("<input name=a type=password minlength=8>", {Rule::minLength(8)});
    row("<input name=a type=search required>", {Rule::required()});
    row("<input name=a type=tel pattern='[0-9]+'>", {Rule::pattern(u"[0-9]+"_s)});
    row("<input name=a pattern='a&amp;b' title='Say \"a\"'>",
        {Rule::pattern(u"a&b"_s, u"Say \"a\""_s)});
    row("<input name=a type=email>", {Rule::email()});
    row("<input name=a type=email multiple required maxlength=100>",
        {Rule::required(), Rule::emailList(), Rule::maxLength(100)});
    row("<input name=a type=url pattern='https:.*'>", {Rule::url(), Rule::pattern(u"https:.*"_s)});
    row("<input name=a type=number>", {Rule::number()});
    row("<input name=a type=number min=-1.5 max=1e3 step=0.5>",
        {Rule::number(), Rule::min(-1.5), Rule::max(1000)});
    row("<input name=a type=number min=low maxlength=3 pattern=x>", {Rule::number()});
    row("<input name=a type=range required>", {Rule::number(), Rule::min(0), Rule::max(100)});
    row("<input name=a type=range min=1 max=5>", {Rule::number(), Rule::min(1), Rule::max(5)});
    row("<input name=a type=date min=2026-01-01 max=2026-12-31>",
        {Rule::date(), Rule::min(QDate(2026, 1, 1)), Rule::max(QDate(2026, 12, 31))});
    row("<input name=a type=date min=today>", {Rule::date()});
    row("<input name=a type=time min=09:00 max=17:30>",
        {Rule::time(), Rule::min(QTime(9, 0)), Rule::max(QTime(17, 30))});
    row("<input name=a type=time min=22:00 max=06:00>", {Rule::time()});
    row("<input name=a type=datetime-local min=2026-01-01T09:00>",
        {Rule::dateTime(), Rule::min(QDateTime(QDate(2026, 1, 1), QTime(9, 0)))});
    row("<input name=a type=month min=2026-01 required>", {Rule::required()});
    row("<input name=a type=checkbox required>", {Rule::checked()});
    row("<input name=a type=checkbox value=yes required>", {Rule::checked(u"yes"_s)});
    row("<input name=a type=checkbox value=1><input name=a type=checkbox value=2 required>",
        {Rule::checked(u"2"_s)});
    row("<input name=a type=radio value=1><input name=a type=radio value=2 required>",
        {Rule::required()});
    row("<input name=a type=radio value=1 required readonly>", {Rule::required()});
    row("<textarea name=a required minlength=2 maxlength=5 pattern=x></textarea>",
        {Rule::required(), Rule::minLength(2), Rule::maxLength(5)});
    row("<select name=a required><option value=''>Choose</option><option>x</option></select>",
        {Rule::required()});
    row("<select name=a required><option></option><option>x</option></select>", {Rule::required()});
    row("<select name=a required><option>x<option value='' disabled>-</select>",
        {Rule::required()});
    row("<select name=a required multiple><option>x</option></select>", {Rule::required()});
    row("<input name=a required><input name=a required maxlength=5>",
        {Rule::required(), Rule::maxLength(5)});
    row("<div><p><label>A <input name=a required></label></div>", {Rule::required()});
    row("<fieldset><legend>x</legend><input name=a required></fieldset>", {Rule::required()});
    row("<fieldset disabled><div></div><legend><input name=a required></legend>"
        "<legend><input name=b required></legend><input name=c required></fieldset>",
        {Rule::required()});
    row("<input name=a required><template><input name=b required></template>", {Rule::required()});
    row("<input name=a required><!-- <input name=b required> -->", {Rule::required()});
    row("<input name=a required></form><input name=b required>", {Rule::required()});
    row("</form><input name=a form=f required><input name=b form=g required>"
        "<input name=c form='' required>",
        {Rule::required()});
}

void TestFormRules::controls()
{
    QFETCH(QByteArray, html);
    const auto rules = rulesOfForm("<form id=f>" + html + "</form>", u"submit"_s);
    QVERIFY2(rules, rules ? "" : qPrintable(rules.error()));
    QTEST(*rules, "rules");
}

void TestFormRules::notChecked_data()
{
    QTest::addColumn<QByteArray>("html");
    for (const char *html : {
             "<input name=a>",
             "<input required>",
             "<input name='' required>",
             "<input name=a required disabled>",
             "<input name=a required readonly>",
             "<textarea name=a required readonly></textarea>",
             "<input name=a type=hidden required maxlength=1>",
             "<input name=a type=file required>",
             "<input name=a type=color required>",
             "<input name=a type=reset required>",
             "<input name=a type=button required>",
             "<input name=a type=range required disabled>",
             "<input name=a min=1 max=2>",
             "<input name=a type=checkbox maxlength=1 pattern=x>",
             "<input name=a step=5>",
             "<input name=a maxlength=-1 minlength=x>",
             "<select name=a disabled required></select>",
             "<select name=a required><option>x<option value=''>Any</select>",
             "<select name=a required><optgroup><option value=''>Any</optgroup></select>",
             "<select name=a required multiple><option value=''>Any</select>",
             "<select name=a required size=2><option value=''>Any</select>",
             "<input name=a type=radio required value=1><input name=a type=radio value=''>",
             "<fieldset disabled><input name=a required></fieldset>",
             "<fieldset disabled><fieldset><input name=a required></fieldset></fieldset>",
             "<datalist><input name=a required></datalist>",
             "<button type=button name=a required>x</button>",
             "<object name=a required></object><output name=a required></output>",
         })
        QTest::newRow(html) << QByteArray(html);
}

void TestFormRules::notChecked()
{
    QFETCH(QByteArray, html);
    const auto rules = rulesOfForm("<form>" + html + "</form>", u"submit"_s);
    QVERIFY2(rules, rules ? "" : qPrintable(rules.error()));
    QVERIFY2(rules->isEmpty(), qPrintable(QStringList(rules->keys()).join(u' ')));
}

/// The form that is meant has one required field, "right"; the others have "wrong".
void TestFormRules::whichForm_data()
{
    QTest::addColumn<QByteArray>("html");
    QTest::addColumn<QString>("action");
    const auto row = [](const char *action, const char *html) {
        QTest::newRow(html) << QByteArray(html)
                                   .replace("RIGHT", "<input name=right required>")
                                   .replace("WRONG", "<input name=wrong required>")
                            << QString::fromUtf8(action);
    };
    row("save", "<form lvt-form:action=delete>WRONG</form><form lvt-form:action=save>RIGHT</form>");
    row("save_draft",
        "<form lvt-form:action=saveDraft>RIGHT</form><form lvt-form:action=save>WRONG</form>");
    row("saveDraft", "<form lvt-form:action=save-draft>RIGHT</form>");
    row("save-draft", "<form lvt-form:action=save_draft>RIGHT</form>");
    row("SaveDraft", "<form lvt-form:action='save-draft'>RIGHT</form>");
    row("save_draft",
        "<form lvt-form:action=savedraft>WRONG</form><form name=SaveDraft>RIGHT</form>");
    row("save",
        "<form><input type=hidden name=lvt-action value=save>RIGHT</form><form "
        "name=save>WRONG</form>");
    row("save",
        "<form><button name=save>x</button>WRONG</form><form lvt-form:action=save>RIGHT</form>");
    row("save", "<form name=save>WRONG</form><form><button name=save>x</button>RIGHT</form>");
    row("save", "<form>RIGHT<input type=submit name=save></form><form>WRONG</form>");
    row("save", "<form>RIGHT<input type=image name=save></form>");
    row("save",
        "<form>WRONG<button type=button name=save>x</button></form><form name=save>RIGHT</form>");
    row("save", "<form>WRONG<input name=save></form><form name=save>RIGHT</form>");
    row("save", "<form id=f>RIGHT</form><form>WRONG</form><button form=f name=save>x</button>");
    row("delete",
        "<form>RIGHT<button name=save>x</button><button "
        "name=delete>x</button></form><form>WRONG</form>");
    row("save", "<form name=save>RIGHT</form><form>WRONG</form>");
    row("submit", "<form>RIGHT<button>x</button></form>");
    row("submit",
        "<form name=save>WRONG</form><form>RIGHT</form><form "
        "lvt-form:action=x>WRONG</form><form>RIGHT<button></button></form>");
    row("submit", "<form>WRONG<button name=save>x</button></form><form>RIGHT</form>");
    row("submit", "<form>WRONG</form><form lvt-form:action=Submit>RIGHT</form>");
    row("persist:todos", "<form lvt-form:action='persist:todos'>RIGHT</form>");
    row("x__y", "<form name=x__y>RIGHT</form>");
    row("save",
        "<!DOCTYPE html><html><body><div data-lvt-id=x><form "
        "name=save>RIGHT</form></div><script>\"<form name=save>\"</script></body></html>");
}

void TestFormRules::whichForm()
{
    QFETCH(QByteArray, html);
    QFETCH(QString, action);
    const auto rules = rulesOfForm(html, action);
    QVERIFY2(rules, rules ? "" : qPrintable(rules.error()));
    QCOMPARE(requiredField(rules), u"right"_s);
}

void TestFormRules::noValidate_data()
{
    QTest::addColumn<QByteArray>("html");
    QTest::addColumn<QString>("submitter");
    QTest::addColumn<bool>("checked");
    const auto row = [](const char *html, const char *submitter, bool checked) {
        QTest::addRow("%s by '%s'", html, submitter)
            << QByteArray(html) << QString::fromUtf8(submitter) << checked;
    };
    row("<form name=save novalidate>INPUT</form>", "", false);
    row("<form>INPUT<button name=save formnovalidate>x</button></form>", "", false);
    row("<form>INPUT<button name=SAVE formnovalidate>x</button><button name=save></button></form>",
        "", true);
    row("<form>INPUT<input type=submit name=save formnovalidate></form>", "", false);
    row("<form name=save>INPUT<button name=draft formnovalidate>x</button></form>", "", true);
    // A client says what it likes of its button: the action would be that of the button.
    row("<form name=save>INPUT<button name=draft formnovalidate>x</button></form>", "draft", true);
    row("<form lvt-form:action=save>INPUT<button name=draft formnovalidate>x</button></form>",
        "draft", false);
    row("<form lvt-form:action=save>INPUT<button name=draft formnovalidate>x</button></form>",
        "other", true);
    row("<form name=save>INPUT<button name=draft formnovalidate>x</button></form>", "other", true);
    row("<form name=save>INPUT<button formnovalidate>x</button></form>", "", true);
    row("<form name=save>INPUT<input name=draft formnovalidate></form>", "draft", true);
}

void TestFormRules::noValidate()
{
    QFETCH(QByteArray, html);
    QFETCH(QString, submitter);
    const auto rules = rulesOfForm(html.replace("INPUT", "<input name=a required>"), u"save"_s,
                                   submitter);
    QVERIFY(rules);
    QTEST(!rules->isEmpty(), "checked");
}

void TestFormRules::noForm_data()
{
    QTest::addColumn<QByteArray>("html");
    QTest::addColumn<QString>("action");
    QTest::newRow("nothing") << ""_ba << u"save"_s;
    QTest::newRow("no form") << "<input name=a required>"_ba << u"submit"_s;
    QTest::newRow("other form") << "<form name=other></form>"_ba << u"save"_s;
    QTest::newRow("a form without a name is for submit") << "<form></form>"_ba << u"save"_s;
    QTest::newRow("all forms are for other actions")
        << "<form name=a></form><form><button name=b></button></form>"_ba << u"submit"_s;
    QTest::newRow("empty action") << "<form name=''></form>"_ba << u""_s;
    QTest::newRow("in a comment") << "<!-- <form name=save></form> -->"_ba << u"save"_s;
}

void TestFormRules::noForm()
{
    QFETCH(QByteArray, html);
    QFETCH(QString, action);
    const auto rules = rulesOfForm(html, action);
    QVERIFY(!rules);
    QVERIFY(rules.error().contains(u"no form for the action \"%1\"."_s.arg(action)));
}

void TestFormRules::severalForms()
{
    // A row of a list has a form, and so have the others.
    const QByteArray row = "<form lvt-form:action=rename><input name=title required></form>";
    const auto same = rulesOfForm(row.repeated(3), u"rename"_s);
    QCOMPARE(requiredField(same), u"title"_s);

    const auto different = rulesOfForm(
        row + "<form lvt-form:action=rename><input name=title required maxlength=5></form>",
        u"rename"_s);
    QVERIFY(!different);
    QCOMPARE(different.error(),
             u"The page has several forms for the action \"rename\", with different rules."_s);
}

void TestFormRules::deepPage()
{
    const auto rules = rulesOfForm("<form name=save>" + QByteArray("<div>").repeated(3'000)
                                       + "<input name=right required>",
                                   u"save"_s);
    QCOMPARE(requiredField(rules), u"right"_s);
}

QTEST_GUILESS_MAIN(TestFormRules)
#include "tst_formrules.moc"
