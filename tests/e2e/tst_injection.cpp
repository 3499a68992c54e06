// SPDX-FileCopyrightText: 2026 The LiveTemplate for Qt authors
// SPDX-License-Identifier: MIT

#include "contexts.h"
#include "payloads.h"
#include "scriptpage.h"
#include "template.h"

#include <KTextTemplate/SafeString>

#include <QApplication>
#include <QElapsedTimer>
#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QTest>
#include <QWebEngineProfile>
#include <QWebEngineSettings>
#include <QWebEngineUrlRequestInterceptor>
#include <QWebEngineView>

#include <unistd.h>

using namespace LiveTemplate;
using namespace Qt::StringLiterals;

namespace {

/// Far above what a batch takes.
constexpr int batchPatience = 120'000;

/// Keeps the pages off the network.
class Blocker : public QWebEngineUrlRequestInterceptor
{
public:
    void interceptRequest(QWebEngineUrlRequestInfo &info) override
    {
        const QString scheme = info.requestUrl().scheme();
        info.block(scheme != "data"_L1 && scheme != "about"_L1 && scheme != "blob"_L1);
    }
};

/// A page that hears when a script opens a message box.
class HostilePage : public ScriptPage
{
public:
    using ScriptPage::ScriptPage;

    /// The numbers that payloads said in a message box.
    QList<int> alerts;

protected:
    void javaScriptAlert(const QUrl &, const QString &text) override
    {
        alerts.append(text.toInt());
    }
    bool javaScriptConfirm(const QUrl &, const QString &text) override
    {
        alerts.append(text.toInt());
        return false;
    }
    bool javaScriptPrompt(const QUrl &, const QString &text, const QString &, QString *) override
    {
        alerts.append(text.toInt());
        return false;
    }
    void javaScriptConsoleMessage(JavaScriptConsoleMessageLevel, const QString &, int,
                                  const QString &) override
    {
    }
    bool acceptNavigationRequest(const QUrl &url, NavigationType, bool) override
    {
        return url.scheme() == "data"_L1 || url.scheme() == "about"_L1
            || url.scheme() == "https"_L1;
    }
};

/// UTF-8 has no halves of a character: they are shown as U+FFFD.
QString wellFormed(QString text)
{
    for (qsizetype i = 0; i < text.size(); ++i) {
        if (text.at(i).isHighSurrogate() && i + 1 < text.size() && text.at(i + 1).isLowSurrogate())
            ++i;
        else if (text.at(i).isSurrogate())
            text[i] = QChar::ReplacementCharacter;
    }
    return text;
}

bool isText(const QVariant &value)
{
    return value.typeId() == QMetaType::QString;
}

/// The two halves of a text, anything else and nothing.
QVariantList halves(const QVariant &value)
{
    if (!isText(value))
        return {value, QString()};
    const QString text = value.toString();
    return {text.first(text.size() / 2), text.sliced(text.size() / 2)};
}

QVariantHash valuesFor(const QVariant &value)
{
    const QVariantList parts = halves(value);
    return {{u"x"_s, value},       {u"a"_s, parts.at(0)},
            {u"b"_s, parts.at(1)}, {u"list"_s, QVariantList{value, value}},
            {u"on"_s, true},       {u"one"_s, QVariantList{value}},
            {u"halves"_s, parts}};
}

TemplateOptions optionsFor(const QString &source)
{
    TemplateOptions options;
    options.sources = includedTemplates();
    options.sources.insert(u"page.html"_s, source);
    return options;
}

QString framed(const QString &source)
{
    return u"<i title=\"before\">before</i>"_s + source + u"<i title=\"behind\">behind</i>"_s;
}

/// @p object's JSON as a string of JavaScript.
QString quoted(const QJsonObject &object)
{
    const QString json = QString::fromUtf8(QJsonDocument(object).toJson(QJsonDocument::Compact));
    const QByteArray list = QJsonDocument(QJsonArray{json}).toJson(QJsonDocument::Compact);
    return QString::fromUtf8(list.sliced(1, list.size() - 2));
}

/// The value as JSON, which a script must be handed.
QJsonValue jsonOf(const QVariant &value)
{
    if (value.metaType() == QMetaType::fromType<KTextTemplate::SafeString>())
        return value.value<KTextTemplate::SafeString>().get();
    if (value.typeId() == QMetaType::QByteArray)
        return QString::fromUtf8(value.toByteArray());
    const QJsonValue json = QJsonValue::fromVariant(value);
    return json.isUndefined() ? QJsonValue(QJsonValue::Null) : json;
}

/// What the page must find for @p payload.
QJsonObject expectation(const Payload &payload, bool isSplit)
{
    QStringList parts;
    if (isText(payload.value)) {
        for (const QVariant &part : isSplit ? halves(payload.value) : QVariantList{payload.value})
            parts.append(wellFormed(part.toString()));
    }
    const QJsonValue value = isText(payload.value) ? QJsonValue(parts.join(QString()))
                                                   : jsonOf(payload.value);
    return {{u"name"_s, payload.name},
            {u"isText"_s, isText(payload.value)},
            {u"text"_s, parts.join(QString())},
            {u"parts"_s, QJsonArray::fromStringList(parts)},
            {u"value"_s, value}};
}

} // namespace

/// Hostile values in templates, as a browser sees them: none of them runs, and each is nothing but
/// a value.
class TestInjection : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void cleanupTestCase();
    void payloadsRunWhereNothingEscapesThem_data();
    void payloadsRunWhereNothingEscapesThem();
    void mostPayloadsRan();
    void valuesStayValues_data();
    void valuesStayValues();
    void hopelessTemplatesAreRefused_data();
    void hopelessTemplatesAreRefused();

private:
    struct Report
    {
        QSet<int> executed;
        QStringList problems;
    };

    Report run(const QJsonObject &batch)
    {
        m_page->alerts.clear();
        m_page->evaluate(u"run("_s + quoted(batch) + u")"_s);
        QString json;
        const bool isDone = QTest::qWaitFor(
            [&] {
                json = m_page->evaluate(u"window.report"_s).toString();
                return !json.isEmpty();
            },
            batchPatience);
        Report report;
        if (!isDone) {
            report.problems = {u"The page did not come to an end: "_s
                               + m_page->evaluate(u"progress"_s).toString()};
            return report;
        }
        const QJsonObject object = QJsonDocument::fromJson(json.toUtf8()).object();
        for (const QJsonValue &number : object.value(u"executed"_s).toArray())
            report.executed.insert(number.toInt());
        for (int number : std::as_const(m_page->alerts))
            report.executed.insert(number);
        for (const QJsonValue &problem : object.value(u"problems"_s).toArray())
            report.problems.append(problem.toString());
        return report;
    }

    Blocker m_blocker;
    QWebEngineProfile m_profile;
    std::unique_ptr<HostilePage> m_page;
    /// Without one no frames are drawn, and SVG's animations never begin.
    QWebEngineView m_view;
    const QList<Payload> m_payloads = payloads();
    QElapsedTimer m_clock;
    int m_contexts = 0;
    int m_cases = 0;
    qsizetype m_executed = 0;
    qsizetype m_brokeOut = 0;
    QSet<int> m_controls;
};

void TestInjection::initTestCase()
{
    m_clock.start();
    QVERIFY(m_payloads.size() >= 150);
    QVERIFY(injectionContexts().size() >= 25);
    QSet<QString> names;
    for (const Payload &payload : m_payloads)
        names.insert(payload.name);
    QCOMPARE(names.size(), m_payloads.size());

    m_profile.setUrlRequestInterceptor(&m_blocker);
    m_page = std::make_unique<HostilePage>(&m_profile);
    m_view.setPage(m_page.get());
    m_view.resize(800, 600);
    m_view.show();
    QFile harness(QStringLiteral(INJECTION_HARNESS));
    QVERIFY(harness.open(QIODevice::ReadOnly));
    m_page->setHtml(u"<!DOCTYPE html><meta charset=utf-8><div id=stage></div>"_s,
                    QUrl(u"https://page.invalid/"_s));
    QTRY_VERIFY_WITH_TIMEOUT(m_page->evaluate(u"!!document.getElementById('stage')"_s).toBool(),
                             pagePatience);
    m_page->evaluate(QString::fromUtf8(harness.readAll()));
    QVERIFY(m_page->evaluate(u"typeof window.run === 'function'"_s).toBool());
}

void TestInjection::cleanupTestCase()
{
    m_page.reset();
    qInfo("%lld payloads x %d contexts = %d documents: "
          "executed %lld, broke out %lld; control: %lld payloads executed; %lld ms",
          qlonglong(m_payloads.size()), m_contexts, m_cases, qlonglong(m_executed),
          qlonglong(m_brokeOut), qlonglong(m_controls.size()), m_clock.elapsed());
}

void TestInjection::payloadsRunWhereNothingEscapesThem_data()
{
    QTest::addColumn<QString>("source");
    QTest::addColumn<QStringList>("groups");
    const QString markup = u"markup"_s;
    const QString attribute = u"attribute"_s;
    const QString script = u"script"_s;
    const auto row = [](const QString &source, const QStringList &groups) {
        QTest::newRow(qPrintable(source)) << source << groups;
    };
    row(u"<p>{{ x }}</p>"_s, {markup, u"other"_s});
    row(u"<textarea>{{ x }}</textarea>"_s, {markup});
    row(u"<title>{{ x }}</title>"_s, {markup});
    row(u"<!-- {{ x }} -->"_s, {markup});
    row(u"<p title=\"{{ x }}\">t</p>"_s, {attribute, u"other"_s});
    row(u"<p title='{{ x }}'>t</p>"_s, {attribute, u"other"_s});
    row(u"<p title={{ x }}>t</p>"_s, {attribute});
    row(u"<p {{ x }}>t</p>"_s, {attribute});
    row(u"<p {{ x }}=top.pwned(-1)>t</p>"_s, {attribute});
    row(u"<a href=\"{{ x }}\">t</a>"_s, {u"address"_s, u"other"_s});
    row(u"<iframe src=\"{{ x }}\"></iframe>"_s, {u"address"_s});
    row(u"<script>window.value = \"{{ x }}\"</script>"_s, {script});
    row(u"<script>window.value = '{{ x }}'</script>"_s, {script, u"other"_s});
    row(u"<script>window.value = `{{ x }}`</script>"_s, {script});
    row(u"<script>window.value = {{ x }}</script>"_s, {script});
    row(u"<script>window.value = /{{ x }}/</script>"_s, {script});
    row(u"<script>window.value = /[{{ x }}]/</script>"_s, {script});
    row(u"<script>// {{ x }}\n</script>"_s, {script});
    row(u"<script>/* {{ x }} */</script>"_s, {script});
    row(u"<button onclick=\"window.value = '{{ x }}'\">t</button>"_s, {script});
    row(u"<p lvt-mounted=\"{{ x }}\">t</p>"_s, {script});
    row(u"<style>p { color: {{ x }} }</style>"_s, {markup});
}

void TestInjection::payloadsRunWhereNothingEscapesThem()
{
    QFETCH(const QString, source);
    QFETCH(const QStringList, groups);
    QJsonArray documents;
    for (const Payload &payload : m_payloads) {
        if (isText(payload.value) && groups.contains(payload.name.section(u' ', 0, 0))) {
            documents.append(
                framed(source).replace(u"{{ x }}"_s, wellFormed(payload.value.toString())));
        }
    }
    const Report report = run({{u"documents"_s, documents}});
    QCOMPARE(report.problems, QStringList());
    QVERIFY(!report.executed.isEmpty());
    m_controls += report.executed;
}

void TestInjection::mostPayloadsRan()
{
    m_controls.remove(-1);
    // The others are tricks of other browsers, or change what is shown and run nothing.
    QVERIFY2(m_controls.size() >= 100, qPrintable(QString::number(m_controls.size())));
}

void TestInjection::valuesStayValues_data()
{
    QTest::addColumn<int>("index");
    QSet<QString> names;
    int index = 0;
    for (const InjectionContext &context : injectionContexts()) {
        QVERIFY2(!names.contains(context.name), qPrintable(context.name));
        names.insert(context.name);
        QTest::newRow(qPrintable(context.name)) << index++;
    }
}

void TestInjection::valuesStayValues()
{
    QFETCH(const int, index);
    const InjectionContext context = injectionContexts().at(index);
    const auto page = Template::load(u"page.html"_s, optionsFor(framed(context.source)));
    QVERIFY2(page, page ? "" : qPrintable(page.error().toString()));
    QString failure;
    const auto document = [&](const QVariant &value) {
        const QVariantHash values = valuesFor(value);
        const auto tree = page->render(values);
        const auto html = tree ? page->document(**tree, values, {.id = "lvt-0123456789abcdef"})
                               : std::unexpected(tree.error());
        if (!html) {
            failure = html.error().toString();
            return QString();
        }
        if (!html->isValidUtf8())
            failure = u"This is not UTF-8."_s;
        return QString::fromUtf8(*html);
    };
    QJsonArray cases;
    for (const Payload &payload : m_payloads) {
        QJsonObject item = expectation(payload, context.isSplit);
        item.insert(u"html"_s, document(payload.value));
        QVERIFY2(failure.isEmpty(), qPrintable(payload.name + u": "_s + failure));
        cases.append(item);
    }
    const QJsonObject description{
        {u"look"_s, context.look},           {u"selector"_s, context.selector},
        {u"attribute"_s, context.attribute}, {u"prefix"_s, context.prefix},
        {u"suffix"_s, context.suffix},       {u"template"_s, context.source}};
    const Report report = run({{u"context"_s, description},
                               {u"harmless"_s, document(u"harmless"_s)},
                               {u"cases"_s, cases}});
    ++m_contexts;
    m_cases += int(cases.size());
    m_executed += report.executed.size();
    m_brokeOut += report.problems.size();

    QStringList problems = report.problems;
    for (const int number : report.executed) {
        problems.prepend(u"EXECUTED: "_s
                         + (number >= 0 && number < m_payloads.size() ? m_payloads.at(number).name
                                                                      : QString::number(number)));
    }
    if (!problems.isEmpty()) {
        QFAIL(qPrintable(u"%1 problems in %2\n"_s.arg(problems.size()).arg(context.source)
                         + problems.mid(0, 12).join(u'\n')));
    }
}

void TestInjection::hopelessTemplatesAreRefused_data()
{
    QTest::addColumn<QString>("source");
    for (const QString &source : hopelessTemplates())
        QTest::newRow(qPrintable(source)) << source;
}

void TestInjection::hopelessTemplatesAreRefused()
{
    QFETCH(const QString, source);
    const auto page = Template::load(u"page.html"_s, optionsFor(source));
    QVERIFY2(!page, "It compiles.");
    QVERIFY(!page.error().message.isEmpty());
}

int main(int argc, char *argv[])
{
    // Chromium refuses to run its sandbox as root.
    if (geteuid() == 0)
        qputenv("QTWEBENGINE_DISABLE_SANDBOX", "1");
    QApplication application(argc, argv);
    TestInjection test;
    return QTest::qExec(&test, argc, argv);
}

#include "tst_injection.moc"
