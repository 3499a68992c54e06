// SPDX-FileCopyrightText: 2026 The LiveTemplate for Qt authors
// SPDX-License-Identifier: MIT

#include "clientrenderer.h"
#include "livetab.h"
#include "server.h"

#include <QDir>
#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QRegularExpression>
#include <QSaveFile>
#include <QTcpSocket>
#include <QTemporaryDir>
#include <QTest>

#include <memory>

using namespace LiveTemplate;
using namespace Qt::StringLiterals;

class PageState
{
    Q_GADGET
    Q_PROPERTY(int counter MEMBER counter)
    Q_PROPERTY(QVariantList rows MEMBER rows)
public:
    int counter = 0;
    QVariantList rows{u"a"_s, u"b"_s};
    bool operator==(const PageState &) const = default;
};

class PageController : public QObject
{
    Q_OBJECT

public:
    Q_INVOKABLE PageState increment(PageState state, LiveTemplate::Context &)
    {
        ++state.counter;
        return state;
    }
};

namespace {

/// The ways in which editors write a file.
enum class Way {
    InPlace,
    InTwoSteps,
    RenamedOver,
    RenamedOverWhileItIsOpen,
    DeletedAndCreated
};

bool write(const QString &path, const QByteArray &text, Way way = Way::InPlace)
{
    QFile file(path);
    QFile reader(path);
    switch (way) {
    case Way::InPlace:
        return file.open(QIODevice::WriteOnly) && file.write(text) == text.size();
    case Way::InTwoSteps: {
        const qsizetype half = text.size() / 2;
        return file.open(QIODevice::WriteOnly) && file.write(text.first(half)) == half
            && file.flush() && file.write(text.sliced(half)) == text.size() - half;
    }
    case Way::RenamedOverWhileItIsOpen:
        if (!reader.open(QIODevice::ReadOnly))
            return false;
        [[fallthrough]];
    case Way::RenamedOver: {
        QSaveFile replacement(path);
        return replacement.open(QIODevice::WriteOnly) && replacement.write(text) == text.size()
            && replacement.commit();
    }
    case Way::DeletedAndCreated:
        return file.remove() && file.open(QIODevice::NewOnly) && file.write(text) == text.size();
    }
    Q_UNREACHABLE_RETURN(false);
}

} // namespace

/// A whole server on loopback, with templates that change while pages are open.
class TestDevelopmentMode : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void cleanup();

    void isReadFromTheEnvironment_data();
    void isReadFromTheEnvironment();
    void aChangedTemplateReachesAnOpenPageWithItsState_data();
    void aChangedTemplateReachesAnOpenPageWithItsState();
    void manyEditsArriveOneAfterTheOther();
    void aChangedIncludeReachesAnOpenPage();
    void aChangeOfALinkedFileReachesAnOpenPage();
    void anIncludeThatComesIntoUseIsWatched();
    void pagesThatAreOpenedLaterUseTheNewTemplate();
    void rowsOfAnOldTemplateDoNotStay();
    void aBrokenEditIsShownAboveTheLivePage();
    void newVisitorsGetTheLastGoodTemplate();
    void aBrokenEditOfAnIncludeCanBeMended();
    void aMissingIncludeThatAppearsMendsThePage();
    void aMissingIncludeInANewFolderMendsThePage();
    void aDeletedTemplateStaysAndIsMissed();
    void anErrorOfRenderingKeepsTheLastGoodTemplate();
    void productionChangesNothing();

private:
    void start(ServerOptions options)
    {
        m_server = std::make_unique<Server>(std::move(options));
        QVERIFY(m_server->mount<PageState>(u"/", path(u"page.html"_s), new PageController));
        QVERIFY2(m_server->listen(), qPrintable(m_server->errorString()));
    }

    /// Starts with @p source as the page.
    void start(const QByteArray &source)
    {
        QVERIFY(write(path(u"page.html"_s), source));
        ServerOptions options;
        options.developmentMode = true;
        start(options);
    }

    QString path(const QString &name) const { return m_folder->filePath(name); }

    std::unique_ptr<LiveTab> open()
    {
        return std::make_unique<LiveTab>(m_server->url(), *m_renderer);
    }

    /// The page's document as a new visitor gets it.
    QString load()
    {
        QTcpSocket socket;
        socket.connectToHost(m_server->address(), m_server->port());
        socket.write("GET / HTTP/1.1\r\nHost: h\r\nConnection: close\r\n\r\n");
        return socket.waitForDisconnected(10'000) ? QString::fromUtf8(socket.readAll()) : QString();
    }

    std::unique_ptr<QTemporaryDir> m_folder;
    std::unique_ptr<ClientRenderer> m_renderer;
    std::unique_ptr<Server> m_server;
};

void TestDevelopmentMode::init()
{
    m_folder = std::make_unique<QTemporaryDir>();
    QVERIFY(m_folder->isValid());
    m_renderer = std::make_unique<ClientRenderer>();
}

void TestDevelopmentMode::cleanup()
{
    m_server.reset();
}

void TestDevelopmentMode::isReadFromTheEnvironment_data()
{
    QTest::addColumn<QByteArray>("value");
    QTest::addColumn<bool>("on");
    QTest::newRow("not set") << QByteArray() << false;
    QTest::newRow("1") << "1"_ba << true;
    QTest::newRow("true") << "True"_ba << true;
    QTest::newRow("0") << "0"_ba << false;
    QTest::newRow("false") << "false"_ba << false;
    QTest::newRow("nonsense") << "maybe"_ba << false;
}

void TestDevelopmentMode::isReadFromTheEnvironment()
{
    QFETCH(const QByteArray, value);
    if (!value.isEmpty())
        qputenv("LVT_DEV_MODE", value);
    const ServerOptions options = ServerOptions::fromEnvironment();
    qunsetenv("LVT_DEV_MODE");
    QTEST(options.developmentMode, "on");
    QCOMPARE(options.errors.isEmpty(), value != "maybe");
}

void TestDevelopmentMode::aChangedTemplateReachesAnOpenPageWithItsState_data()
{
    QTest::addColumn<Way>("way");
    QTest::newRow("written in place") << Way::InPlace;
    QTest::newRow("written in two steps") << Way::InTwoSteps;
    QTest::newRow("renamed over") << Way::RenamedOver;
    QTest::newRow("renamed over while it is open") << Way::RenamedOverWhileItIsOpen;
    QTest::newRow("deleted and created") << Way::DeletedAndCreated;
}

void TestDevelopmentMode::aChangedTemplateReachesAnOpenPageWithItsState()
{
    QFETCH(const Way, way);
    start("<p>{{ counter }}</p>");
    const auto tab = open();
    QCOMPARE(tab->html(), u"<p>0</p>"_s);
    tab->action(u"increment"_s);
    QVERIFY(tab->becomes(u"<p>1</p>"_s));

    QVERIFY(write(path(u"page.html"_s), "<h1>Count: {{ counter }}</h1>", way));
    QVERIFY2(tab->becomes(u"<h1>Count: 1</h1>"_s), qPrintable(tab->html()));
    QVERIFY2(!tab->last().contains(u"meta"), "it would end a form that is being submitted");

    tab->action(u"increment"_s);
    QVERIFY(tab->becomes(u"<h1>Count: 2</h1>"_s));
    QVERIFY(write(path(u"page.html"_s), "<h2>{{ counter }} again</h2>", way));
    QVERIFY2(tab->becomes(u"<h2>2 again</h2>"_s), qPrintable(tab->html()));
}

void TestDevelopmentMode::manyEditsArriveOneAfterTheOther()
{
    start("<p>{{ counter }}</p>");
    const auto tab = open();
    for (int i = 0; i < 10; ++i) {
        const QByteArray number = QByteArray::number(i);
        QVERIFY(write(path(u"page.html"_s), "<p>" + number + "/{{ counter }}</p>",
                      i % 2 ? Way::InPlace : Way::RenamedOver));
        QVERIFY2(tab->becomes(u"<p>%1/0</p>"_s.arg(i)), qPrintable(tab->html()));
    }
}

void TestDevelopmentMode::aChangedIncludeReachesAnOpenPage()
{
    QVERIFY(QDir(m_folder->path()).mkdir(u"parts"_s));
    QVERIFY(write(path(u"parts/number.html"_s), "<b>{{ counter }}</b>"));
    start("<p>{% include \"parts/number.html\" %}</p>");
    const auto tab = open();
    tab->action(u"increment"_s);
    QVERIFY(tab->becomes(u"<p><b>1</b></p>"_s));
    QVERIFY(write(path(u"parts/number.html"_s), "<i>{{ counter }}</i>"));
    QVERIFY2(tab->becomes(u"<p><i>1</i></p>"_s), qPrintable(tab->html()));
}

void TestDevelopmentMode::aChangeOfALinkedFileReachesAnOpenPage()
{
    QVERIFY(QDir(m_folder->path()).mkdir(u"mounted"_s));
    QVERIFY(write(path(u"mounted/first.html"_s), "<p>first {{ counter }}</p>"));
    QVERIFY(write(path(u"mounted/second.html"_s), "<p>second {{ counter }}</p>"));
    const QString link = path(u"mounted/page.html"_s);
    QVERIFY(QFile::link(u"first.html"_s, link));
    ServerOptions options;
    options.developmentMode = true;
    m_server = std::make_unique<Server>(options);
    QVERIFY(m_server->mount<PageState>(u"/", link, new PageController));
    QVERIFY(m_server->listen());
    const auto tab = open();
    QVERIFY(tab->becomes(u"<p>first 0</p>"_s));
    QVERIFY(write(path(u"mounted/first.html"_s), "<p>first, changed</p>"));
    QVERIFY2(tab->becomes(u"<p>first, changed</p>"_s), qPrintable(tab->html()));
    QVERIFY(QFile::remove(link) && QFile::link(u"second.html"_s, link));
    QVERIFY2(tab->becomes(u"<p>second 0</p>"_s), qPrintable(tab->html()));
}

void TestDevelopmentMode::anIncludeThatComesIntoUseIsWatched()
{
    QVERIFY(QDir(m_folder->path()).mkdir(u"parts"_s));
    QVERIFY(write(path(u"parts/number.html"_s), "<b>{{ counter }}</b>"));
    start("<p>{{ counter }}</p>");
    const auto tab = open();
    QVERIFY(write(path(u"page.html"_s), "{% include \"parts/number.html\" %}"));
    QVERIFY2(tab->becomes(u"<b>0</b>"_s), qPrintable(tab->html()));
    QVERIFY(write(path(u"parts/number.html"_s), "<i>{{ counter }}</i>"));
    QVERIFY2(tab->becomes(u"<i>0</i>"_s), qPrintable(tab->html()));
}

void TestDevelopmentMode::pagesThatAreOpenedLaterUseTheNewTemplate()
{
    start("<p>{{ counter }}</p>");
    const auto tab = open();
    static const QRegularExpression wrapper(u"data-lvt-id=\"[^\"]*\""_s);
    const QString id = wrapper.match(load()).captured();
    QVERIFY(!id.isEmpty());
    QVERIFY(write(path(u"page.html"_s), "<h1>{{ counter }}</h1>"));
    QVERIFY2(tab->becomes(u"<h1>0</h1>"_s), qPrintable(tab->html()));
    const QString document = load();
    QVERIFY2(document.contains(u"><h1>0</h1></div>"_s), qPrintable(document));
    QCOMPARE(wrapper.match(document).captured(), id);
    QVERIFY(open()->becomes(u"<h1>0</h1>"_s));
}

void TestDevelopmentMode::rowsOfAnOldTemplateDoNotStay()
{
    // The client merges what it is sent into what it holds.
    struct Version
    {
        QByteArray source;
        QString html;
    };
    const Version versions[]{
        {"{% for r in rows %}<li>{{ r }}</li>{% endfor %}", u"<li>a</li><li>b</li>"_s},
        {"{% if rows %}<ul>{% for r in rows %}<b>{{ r }}</b>{% endfor %}</ul>{% endif %}",
         u"<ul><b>a</b><b>b</b></ul>"_s},
        {"{% if counter %}1{% else %}none{% endif %}", u"none"_s},
        {"{{ counter }}{% for r in rows %}{% if counter %}x{% endif %}{{ r }}{% endfor %}",
         u"0ab"_s},
        {"{% for r in rows %}{% for s in rows %}{{ r }}{{ s }}{% endfor %}{% endfor %}",
         u"aaabbabb"_s},
        {"{% if rows %}{% for r in rows %}{{ r }}{% endfor %}{{ counter }}{% endif %}", u"ab0"_s},
        {"nothing", u"nothing"_s},
    };
    start("<p>{{ counter }}</p>");
    const auto tab = open();
    for (int round = 0; round < 2; ++round) {
        for (const Version &version : versions) {
            QVERIFY(write(path(u"page.html"_s), version.source));
            QVERIFY2(tab->becomes(version.html), qPrintable(tab->html()));
        }
    }
}

void TestDevelopmentMode::aBrokenEditIsShownAboveTheLivePage()
{
    start("<p>{{ counter }}</p>");
    const auto tab = open();
    tab->action(u"increment"_s);
    QVERIFY(tab->becomes(u"<p>1</p>"_s));

    QVERIFY(write(path(u"page.html"_s), "<h1>\n{% nonsense & \"<b>\" %}</h1>"));
    QVERIFY2(tab->contains(u"role=\"alert\""_s), qPrintable(tab->html()));
    const QString broken = tab->html();
    QVERIFY2(broken.startsWith(u"<div role=\"alert\""), qPrintable(broken));
    QVERIFY2(broken.contains(u"page.html:2:"), qPrintable(broken));
    QVERIFY2(!broken.contains(u"\"<b>\""), "it is not escaped");
    QVERIFY2(broken.endsWith(u"</div><p>1</p>"), qPrintable(broken));
    QVERIFY(!tab->last().contains(u"meta"));

    tab->action(u"increment"_s);
    QVERIFY(tab->contains(u"</div><p>2</p>"_s));
    QVERIFY(tab->html().startsWith(u"<div role=\"alert\""));

    QVERIFY(write(path(u"page.html"_s), "<h1>{{ counter }}</h1>"));
    QVERIFY2(tab->becomes(u"<h1>2</h1>"_s), qPrintable(tab->html()));
}

void TestDevelopmentMode::newVisitorsGetTheLastGoodTemplate()
{
    start("<p>{{ counter }}</p>");
    const auto tab = open();
    QVERIFY(write(path(u"page.html"_s), "{% if %}"));
    QVERIFY(tab->contains(u"role=\"alert\""_s));

    const QString document = load();
    QVERIFY2(document.contains(u"role=\"alert\""_s), qPrintable(document));
    QVERIFY2(document.contains(u"</div><p>0</p></div>"_s), qPrintable(document));
    const auto later = open();
    QCOMPARE(later->html(), tab->html());

    QVERIFY(write(path(u"page.html"_s), "<p>{{ counter }}</p>"));
    QVERIFY(later->becomes(u"<p>0</p>"_s));
    QVERIFY(!load().contains(u"role=\"alert\""_s));
}

void TestDevelopmentMode::aBrokenEditOfAnIncludeCanBeMended()
{
    QVERIFY(QDir(m_folder->path()).mkdir(u"parts"_s));
    QVERIFY(write(path(u"parts/number.html"_s), "{% nonsense %}"));
    start("<p>{{ counter }}</p>");
    const auto tab = open();
    // An include that was never a part of a good template.
    QVERIFY(write(path(u"page.html"_s), "{% include \"parts/number.html\" %}"));
    QVERIFY2(tab->contains(u"number.html"_s), qPrintable(tab->html()));
    QVERIFY(write(path(u"parts/number.html"_s), "<b>{{ counter }}</b>"));
    QVERIFY2(tab->becomes(u"<b>0</b>"_s), qPrintable(tab->html()));
}

void TestDevelopmentMode::aMissingIncludeThatAppearsMendsThePage()
{
    start("<p>{{ counter }}</p>");
    const auto tab = open();
    QVERIFY(write(path(u"page.html"_s), "{% include \"number.html\" %}"));
    QVERIFY2(tab->contains(u"there is no template"_s), qPrintable(tab->html()));
    QVERIFY(write(path(u"number.html"_s), "<b>{{ counter }}</b>"));
    QVERIFY2(tab->becomes(u"<b>0</b>"_s), qPrintable(tab->html()));
}

void TestDevelopmentMode::aMissingIncludeInANewFolderMendsThePage()
{
    start("<p>{{ counter }}</p>");
    const auto tab = open();
    QVERIFY(write(path(u"page.html"_s), "{% include \"a/b/number.html\" %}"));
    QVERIFY2(tab->contains(u"role=\"alert\""_s), qPrintable(tab->html()));
    QVERIFY(QDir(m_folder->path()).mkpath(u"a/b"_s));
    QVERIFY(write(path(u"a/b/number.html"_s), "<b>{{ counter }}</b>"));
    QVERIFY2(tab->becomes(u"<b>0</b>"_s), qPrintable(tab->html()));
}

void TestDevelopmentMode::aDeletedTemplateStaysAndIsMissed()
{
    QVERIFY(QDir(m_folder->path()).mkdir(u"mounted"_s));
    const QString file = path(u"mounted/page.html"_s);
    QVERIFY(write(file, "<p>{{ counter }}</p>"));
    ServerOptions options;
    options.developmentMode = true;
    m_server = std::make_unique<Server>(options);
    QVERIFY(m_server->mount<PageState>(u"/", file, new PageController));
    QVERIFY(m_server->listen());
    const auto tab = open();
    QVERIFY(QDir(path(u"mounted"_s)).removeRecursively());
    QVERIFY2(tab->contains(u"role=\"alert\""_s), qPrintable(tab->html()));
    QVERIFY(tab->html().endsWith(u"<p>0</p>"));

    QVERIFY(QDir(m_folder->path()).mkdir(u"mounted"_s));
    QVERIFY(write(file, "<h1>{{ counter }}</h1>"));
    QVERIFY2(tab->becomes(u"<h1>0</h1>"_s), qPrintable(tab->html()));
    QVERIFY(write(file, "<h2>{{ counter }}</h2>"));
    QVERIFY2(tab->becomes(u"<h2>0</h2>"_s), qPrintable(tab->html()));
}

void TestDevelopmentMode::anErrorOfRenderingKeepsTheLastGoodTemplate()
{
    start("<p>{{ counter }}</p>");
    const auto tab = open();
    // A name that is only known when it is rendered, and then is none.
    for (const QByteArray &name : {"first"_ba, "second"_ba}) {
        QVERIFY(write(path(u"page.html"_s), name + "{% include rows.0 %}"));
        QVERIFY2(tab->contains(u"role=\"alert\""_s), qPrintable(tab->html()));
        QVERIFY2(tab->html().endsWith(u"</div><p>0</p>"), qPrintable(tab->html()));
    }
    QVERIFY(load().contains(u"<p>0</p>"));
    tab->action(u"increment"_s);
    QVERIFY2(tab->contains(u"</div><p>1</p>"_s), qPrintable(tab->html()));
    // Nothing of the template's own has changed, but now it can be rendered.
    QVERIFY(write(path(u"a"_s), "included {{ counter }}"));
    QVERIFY2(tab->becomes(u"secondincluded 1"_s), qPrintable(tab->html()));
    QVERIFY(write(path(u"a"_s), "changed {{ counter }}"));
    QVERIFY2(tab->becomes(u"secondchanged 1"_s), qPrintable(tab->html()));
}

void TestDevelopmentMode::productionChangesNothing()
{
    start("<p>{{ counter }}</p>");
    const std::unique_ptr<Server> development = std::move(m_server);
    LiveTab witness(development->url(), *m_renderer);
    start(ServerOptions());
    const auto tab = open();
    QCOMPARE(tab->html(), u"<p>0</p>"_s);

    QVERIFY(write(path(u"page.html"_s), "<h1>{{ counter }}</h1>"));
    QVERIFY(witness.becomes(u"<h1>0</h1>"_s));
    QVERIFY(tab->isQuiet());
    tab->action(u"increment"_s);
    QVERIFY(tab->becomes(u"<p>1</p>"_s));
    QVERIFY(load().contains(u"<p>0</p>"));
}

QTEST_GUILESS_MAIN(TestDevelopmentMode)
#include "tst_developmentmode.moc"
