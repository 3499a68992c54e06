// SPDX-FileCopyrightText: 2026 The LiveTemplate for Qt authors
// SPDX-License-Identifier: MIT

// The test kit does what a browser does: the same gestures on the same page, by LiveTest and by the
// real client in Qt WebEngine, make the same calls of the controller.

#include "recorder.h"
#include "scriptpage.h"

#include <LiveTemplate/LiveTest>

#include <QApplication>
#include <QTest>
#include <QWebEngineProfile>

#include <unistd.h>

using namespace LiveTemplate;
using namespace Qt::StringLiterals;

namespace {

/// Longer than the client waits before it reports a field.
constexpr int callPatience = 15'000;

struct Gesture
{
    enum Kind {
        Click,
        Type,
        Choose,
        Press
    };

    Kind kind = Click;
    QString id;
    QString text = {};
};

using Gestures = QList<Gesture>;

Gesture click(const QString &id)
{
    return {Gesture::Click, id};
}

Gesture type(const QString &id, const QString &text)
{
    return {Gesture::Type, id, text};
}

/// What does it in a browser: the events come as a person's would.
QString script(const Gesture &gesture)
{
    QString act;
    switch (gesture.kind) {
    case Gesture::Click:
        act = u"e.click();"_s;
        break;
    case Gesture::Type:
    case Gesture::Choose:
        act = u"e.focus(); e.value = %1;"
              "e.dispatchEvent(new Event('input', {bubbles: true}));"
              "e.dispatchEvent(new Event('change', {bubbles: true}));"_s;
        break;
    case Gesture::Press:
        act = u"e.dispatchEvent(new KeyboardEvent('keydown', {key: %1, bubbles: true}));"_s;
        break;
    }
    QString text = gesture.text;
    text.replace(u'\n', u"\\n"_s);
    return u"(() => { const e = document.getElementById('%1'); %2 return true; })()"_s.arg(
        gesture.id, act.replace(u"%1"_s, u'\'' + text + u'\''));
}

bool doIt(LiveTest::Tab &tab, const Gesture &gesture)
{
    const QString selector = u'#' + gesture.id;
    switch (gesture.kind) {
    case Gesture::Click:
        return tab.click(selector);
    case Gesture::Type:
        return tab.type(selector, gesture.text);
    case Gesture::Choose:
        return tab.choose(selector, gesture.text);
    case Gesture::Press:
        return tab.press(selector, gesture.text);
    }
    return false;
}

ServerOptions options()
{
    return LiveTest::Site::defaultOptions();
}

} // namespace

class GesturesTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void cleanupTestCase();
    void makeTheSameCalls_data();
    void makeTheSameCalls();

private:
    [[nodiscard]] bool load();

    const std::shared_ptr<CallLog> m_real = std::make_shared<CallLog>();
    std::unique_ptr<Server> m_server;
    std::unique_ptr<QWebEngineProfile> m_profile;
    std::unique_ptr<ScriptPage> m_page;
};

void GesturesTest::initTestCase()
{
    m_server = std::make_unique<Server>(options());
    QVERIFY(m_server->mount<RecorderState>(u"/", u":/gestures.html", new Recorder(m_real)));
    QVERIFY(m_server->listen());
    m_profile = std::make_unique<QWebEngineProfile>();
    m_page = std::make_unique<ScriptPage>(m_profile.get());
}

void GesturesTest::cleanupTestCase()
{
    m_page = nullptr;
    m_profile = nullptr;
    m_server = nullptr;
}

bool GesturesTest::load()
{
    // The page before is there for a while longer.
    m_page->evaluate(u"window.isBefore = true"_s);
    m_page->load(m_server->url());
    return QTest::qWaitFor(
        [this] {
            return m_page
                ->evaluate(u"!window.isBefore && !!window.liveTemplateClient && "
                           u"document.readyState == 'complete' && "
                           "!!document.querySelector('[data-lvt-id]:not([data-lvt-loading])')"_s)
                .toBool();
        },
        pagePatience);
}

void GesturesTest::makeTheSameCalls_data()
{
    QTest::addColumn<Gestures>("gestures");
    const auto row = [](const char *name, const Gestures &gestures) {
        QTest::newRow(name) << gestures;
    };
    row("button without a form", {click(u"orphan"_s)});
    row("its data", {click(u"orphan-data"_s)});
    row("of type button", {click(u"orphan-type"_s)});
    row("what is in a button", {click(u"bold"_s)});
    row("lvt-on:click around", {click(u"plain"_s)});
    row("lvt-on:click in another", {click(u"inner"_s)});
    row("a button in lvt-on:click", {click(u"in-div"_s)});
    row("lvt-on:input", {type(u"listens"_s, u"42"_s)});
    row("lvt-on:input without a name", {type(u"nameless"_s, u" x "_s)});
    row("lvt-on:change", {type(u"changes"_s, u"false"_s)});
    row("bound field", {type(u"bound"_s, u"42"_s)});
    row("bound text area", {type(u"area"_s, u"a\nb"_s)});
    row("bound check box", {click(u"boundbox"_s)});
    row("select", {{Gesture::Choose, u"choice"_s, u"Two words"_s}});
    row("key", {{Gesture::Press, u"keys"_s, u"Escape"_s}});
    row("form by its name", {click(u"unnamed"_s)});
    row("form by a button", {click(u"named"_s)});
    row("form by an input", {click(u"input-submit"_s)});
    row("typed", {type(u"text"_s, u"1e3"_s), click(u"unnamed"_s)});
    row("checked",
        {click(u"single"_s), click(u"second"_s), click(u"radio"_s), click(u"unnamed"_s)});
    row("labels", {click(u"label"_s), click(u"label-for"_s), click(u"unnamed"_s)});
    row("checked and unchecked", {click(u"single"_s), click(u"single"_s), click(u"unnamed"_s)});
    row("chosen", {{Gesture::Choose, u"pick"_s, u"Two words"_s}, click(u"unnamed"_s)});
    row("reset",
        {type(u"text"_s, u"gone"_s), click(u"single"_s), click(u"put-back"_s),
         click(u"unnamed"_s)});
    row("sent twice", {type(u"text"_s, u"once"_s), click(u"unnamed"_s), click(u"unnamed"_s)});
    row("sent twice, preserved",
        {type(u"kept-text"_s, u"stays"_s), click(u"kept-go"_s), click(u"kept-go"_s)});
    row("lvt-form:action", {click(u"routed-go"_s)});
    // Once only: the client enables the first field set of a form when it has been answered.
    row("a disabled field set", {click(u"fenced-go"_s)});
    row("form without a name", {click(u"unrouted-go"_s)});
    row("lvt-on:submit", {click(u"on-submit-go"_s)});
    row("controls outside of their form", {click(u"apart-go"_s)});
    row("lvt-on:click on a button that sends", {click(u"both"_s)});
    row("link to another query", {click(u"link"_s)});
}

void GesturesTest::makeTheSameCalls()
{
    QFETCH(const Gestures, gestures);
    const auto kit = std::make_shared<CallLog>();
    LiveTest::Site site(options());
    QVERIFY(site.mount<RecorderState>(u"/", u":/gestures.html", new Recorder(kit)));
    LiveTest::Browser browser(site);
    LiveTest::Tab tab = browser.open();
    QVERIFY(load());
    m_real->clear();

    for (const Gesture &gesture : gestures) {
        const qsizetype before = kit->calls().size();
        QVERIFY(doIt(tab, gesture));
        QCOMPARE(m_page->evaluate(script(gesture)), true);
        // A bound field is reported after a while (PROTOCOL.md B.3); forms are reset by the answer.
        if (kit->calls().size() > before) {
            QTRY_COMPARE_WITH_TIMEOUT(m_real->calls().size(), kit->calls().size(), callPatience);
            QTRY_COMPARE_WITH_TIMEOUT(
                m_page->evaluate(u"document.getElementById('calls').textContent"_s).toString(),
                tab.text(u"#calls"), callPatience);
        }
    }
    // What the client reports after a while has come when a longer while is over, by its own clock.
    m_page->evaluate(u"setTimeout(() => { window.isLater = true; }, 350)"_s);
    QTRY_VERIFY_WITH_TIMEOUT(m_page->evaluate(u"!!window.isLater"_s).toBool(), pagePatience);
    QCOMPARE(m_real->calls(), kit->calls());
    QVERIFY(!kit->calls().isEmpty());
    // Nothing more was on its way: what comes next is the next.
    QVERIFY(tab.click(u"#orphan"));
    QCOMPARE(m_page->evaluate(script(click(u"orphan"_s))), true);
    QTRY_COMPARE_WITH_TIMEOUT(m_real->calls().size(), kit->calls().size(), callPatience);
    QCOMPARE(m_real->calls(), kit->calls());
}

int main(int argc, char **argv)
{
    if (geteuid() == 0)
        qputenv("QTWEBENGINE_DISABLE_SANDBOX", "1"); // Chromium has none for root
    QApplication application(argc, argv);
    GesturesTest test;
    return QTest::qExec(&test, argc, argv);
}

#include "tst_gestures.moc"
