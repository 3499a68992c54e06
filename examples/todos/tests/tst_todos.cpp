// SPDX-FileCopyrightText: 2026 The LiveTemplate for Qt authors
// SPDX-License-Identifier: MIT

#include "todocontroller.h"

#include <LiveTemplate/LiveTest>

#include <QTemporaryDir>
#include <QTest>

using namespace Qt::StringLiterals;

class TodosTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void cleanup();

    void whatIsWrittenIsListed();
    void aTitleIsChecked_data();
    void aTitleIsChecked();
    void aTitleIsText();
    void filtersShowAPart();
    void theCountHasAPlural();
    void editingChangesTheTitle();
    void anEditThatIsWrongStaysOpen();
    void clearingCanBeUndone();
    void dismissingForgetsWhatWasCleared();
    void tabsOfOneBrowserFollow();
    void aChangeSendsOneRow();
    void nobodyReachesAnotherList();
    void theListSurvivesTheServer();
    void worksWithoutJavaScript();
    void aDatabaseThatIsGoneIsSaid();
    void severalThreadsHaveConnectionsOfTheirOwn();

private:
    [[nodiscard]] QString databaseFile() const { return m_folder->filePath(u"todos.sqlite"_s); }

    /// Mounts the page as main() does.
    void mountOn(LiveTest::Site &site) const
    {
        QVERIFY(site.server().mount<TodoState>(u"/", u":/todos.html", [file = databaseFile()] {
            return std::make_unique<TodoController>(file);
        }));
    }

    std::unique_ptr<QTemporaryDir> m_folder;
    std::unique_ptr<LiveTest::Site> m_site;
};

namespace {

bool write(LiveTest::Tab &tab, const QString &title)
{
    return tab.type(u"input[name=title]", title) && tab.submit(u".new");
}

const QString titles = u"li .title"_s;
const QString toggleFirst = u"li:first-child button[name=toggle]"_s;

} // namespace

void TodosTest::init()
{
    m_folder = std::make_unique<QTemporaryDir>();
    m_site = std::make_unique<LiveTest::Site>();
    mountOn(*m_site);
}

void TodosTest::cleanup()
{
    m_site = nullptr;
}

void TodosTest::whatIsWrittenIsListed()
{
    LiveTest::Browser browser(*m_site);
    LiveTest::Tab tab = browser.open();
    QVERIFY(tab.has(u".empty"));
    QVERIFY(write(tab, u"Water the plants"_s));
    QVERIFY(write(tab, u"  Bake\t bread "_s));
    QCOMPARE(tab.texts(titles), (QStringList{u"Water the plants"_s, u"Bake bread"_s}));
    QVERIFY(!tab.has(u".empty"));
}

void TodosTest::aTitleIsChecked_data()
{
    QTest::addColumn<QString>("title");
    QTest::addColumn<bool>("isRight");
    QTest::newRow("nothing") << QString() << false;
    QTest::newRow("blanks") << u" \t "_s << false;
    QTest::newRow("a letter") << u"x"_s << true;
    QTest::newRow("as long as may be") << QString(120, u'x') << true;
    QTest::newRow("too long") << QString(121, u'x') << false;
}

void TodosTest::aTitleIsChecked()
{
    QFETCH(const QString, title);
    QFETCH(const bool, isRight);
    LiveTest::Browser browser(*m_site);
    LiveTest::Tab tab = browser.open();
    // Past the browser's own check, as anybody can.
    QVERIFY(tab.send(u"add"_s, {{u"title"_s, title}}));
    QCOMPARE(tab.count(u"li"), isRight ? 1 : 0);
    QCOMPARE(tab.errors().contains(u"title"_s), !isRight);
    QCOMPARE(tab.text(u".new"), isRight ? u"Add"_s : u"Add "_s + tab.errors().value(u"title"_s));
}

void TodosTest::aTitleIsText()
{
    LiveTest::Browser browser(*m_site);
    LiveTest::Tab tab = browser.open();
    const QStringList all{u"<script>alert(1)</script>"_s, u"42"_s, u"\" onclick=\"x"_s,
                          u"{{ x }}"_s};
    for (const QString &title : all)
        QVERIFY(write(tab, title));
    QCOMPARE(tab.texts(titles), all);
    QVERIFY(!tab.html().contains(u"<script>"));
    QCOMPARE(tab.attribute(u"li:nth-child(3) button[name=edit]", u"aria-label"),
             u"Edit \" onclick=\"x"_s);
}

void TodosTest::filtersShowAPart()
{
    LiveTest::Browser browser(*m_site);
    LiveTest::Tab tab = browser.open();
    QVERIFY(write(tab, u"one"_s));
    QVERIFY(write(tab, u"two"_s));
    QVERIFY(tab.click(toggleFirst));

    QVERIFY(tab.click(u"a[href='/?filter=open']"));
    QCOMPARE(tab.address(), u"/?filter=open"_s);
    QCOMPARE(tab.texts(titles), QStringList{u"two"_s});
    QVERIFY(tab.has(u"a[href='/?filter=open'][aria-current=page]"));
    QVERIFY(tab.click(toggleFirst));
    QCOMPARE(tab.text(u".empty"), u"All is done."_s);
    QVERIFY(tab.click(u"a[href='/?filter=done']"));
    QCOMPARE(tab.count(u"li.done"), 2);
    QVERIFY(tab.click(u"a[href='/']"));
    QCOMPARE(tab.texts(titles), (QStringList{u"one"_s, u"two"_s}));

    // The address says it all: it can be sent to the browser's next tab.
    LiveTest::Tab next = browser.open(u"/?filter=open"_s);
    QCOMPARE(next.text(u".empty"), u"All is done."_s);
    // What is added is seen.
    QVERIFY(tab.click(u"a[href='/?filter=done']"));
    QVERIFY(write(tab, u"three"_s));
    QVERIFY(tab.texts(titles).contains(u"three"_s));
}

void TodosTest::theCountHasAPlural()
{
    LiveTest::Browser browser(*m_site);
    LiveTest::Tab tab = browser.open();
    QCOMPARE(tab.text(u"#count"), u"0 things to do"_s);
    QVERIFY(write(tab, u"one"_s));
    QCOMPARE(tab.text(u"#count"), u"1 thing to do"_s);
    QVERIFY(write(tab, u"two"_s));
    QCOMPARE(tab.text(u"#count"), u"2 things to do"_s);
}

void TodosTest::editingChangesTheTitle()
{
    LiveTest::Browser browser(*m_site);
    LiveTest::Tab tab = browser.open();
    QVERIFY(write(tab, u"one"_s));
    QVERIFY(tab.click(u"button[name=edit]"));
    QCOMPARE(tab.value(u"input[name=newTitle]"), u"one"_s);
    QVERIFY(tab.type(u"input[name=newTitle]", u"two"_s));
    QVERIFY(tab.press(u"input[name=newTitle]", u"Enter"_s));
    QCOMPARE(tab.texts(titles), QStringList{u"two"_s});

    QVERIFY(tab.click(u"button[name=edit]"));
    QVERIFY(tab.type(u"input[name=newTitle]", u"three"_s));
    QVERIFY(tab.click(u"button[name=cancel]"));
    QCOMPARE(tab.texts(titles), QStringList{u"two"_s});
}

void TodosTest::anEditThatIsWrongStaysOpen()
{
    LiveTest::Browser browser(*m_site);
    LiveTest::Tab tab = browser.open();
    QVERIFY(write(tab, u"one"_s));
    QVERIFY(tab.click(u"button[name=edit]"));
    QVERIFY(tab.type(u"input[name=newTitle]", u"  "_s));
    QVERIFY(tab.click(u"button[name=save]"));
    QCOMPARE(tab.text(u"li .lvt-error"), u"Write what there is to do."_s);
    QVERIFY(!tab.has(u".new .lvt-error"));
    QVERIFY(tab.click(u"button[name=cancel]"));
    QCOMPARE(tab.texts(titles), QStringList{u"one"_s});
    QVERIFY(!tab.has(u".lvt-error"));
}

void TodosTest::clearingCanBeUndone()
{
    LiveTest::Browser browser(*m_site);
    LiveTest::Tab tab = browser.open();
    QVERIFY(write(tab, u"one"_s));
    QVERIFY(write(tab, u"two"_s));
    QVERIFY(!tab.has(u"button[name=clearDone]"));
    QVERIFY(tab.click(toggleFirst));
    QVERIFY(tab.click(u"button[name=clearDone]"));
    QCOMPARE(tab.texts(titles), QStringList{u"two"_s});
    QCOMPARE(tab.text(u".undo span"), u"1 to-do cleared."_s);
    QVERIFY(tab.click(u"button[name=undo]"));
    QCOMPARE(tab.texts(titles), (QStringList{u"one"_s, u"two"_s}));
    QVERIFY(tab.has(u"li.done:first-child"));
    QVERIFY(!tab.has(u".undo"));
}

void TodosTest::dismissingForgetsWhatWasCleared()
{
    LiveTest::Browser browser(*m_site);
    LiveTest::Tab tab = browser.open();
    QVERIFY(write(tab, u"one"_s));
    QVERIFY(tab.click(toggleFirst));
    QVERIFY(tab.click(u"button[name=clearDone]"));
    QVERIFY(tab.click(u"button[name=dismiss]"));
    QVERIFY(!tab.has(u".undo"));
    QVERIFY(tab.send(u"undo"_s));
    QCOMPARE(tab.count(u"li"), 0);
}

void TodosTest::tabsOfOneBrowserFollow()
{
    LiveTest::Browser mine(*m_site);
    LiveTest::Browser yours(*m_site);
    LiveTest::Tab first = mine.open();
    LiveTest::Tab second = mine.open(u"/?filter=done"_s);
    LiveTest::Tab other = yours.open();
    QVERIFY(write(first, u"one"_s));
    QTRY_COMPARE(second.text(u"#count"), u"1 thing to do"_s);
    QCOMPARE(second.count(u"li"), 0); // each tab has a filter of its own
    QVERIFY(first.click(toggleFirst));
    QTRY_COMPARE(second.texts(titles), QStringList{u"one"_s});
    QVERIFY(other.isQuiet());
    QCOMPARE(other.count(u"li"), 0);
}

void TodosTest::aChangeSendsOneRow()
{
    LiveTest::Browser browser(*m_site);
    LiveTest::Tab tab = browser.open();
    for (int i = 1; i <= 40; ++i)
        QVERIFY(write(tab, u"To-do number %1"_s.arg(i)));
    QVERIFY(tab.click(u"li:nth-child(20) button[name=toggle]"));
    QVERIFY2(tab.lastAnswer().size() < 400, tab.lastAnswer().bytes());
}

void TodosTest::nobodyReachesAnotherList()
{
    LiveTest::Browser mine(*m_site);
    LiveTest::Browser yours(*m_site);
    LiveTest::Tab owner = mine.open();
    LiveTest::Tab stranger = yours.open();
    QVERIFY(write(owner, u"one"_s));
    const qint64 id = owner.state<TodoState>().todos.value(0).id;
    QVERIFY(stranger.send(u"remove"_s, {{u"id"_s, id}}));
    QVERIFY(stranger.send(u"toggle"_s, {{u"id"_s, id}}));
    QVERIFY(owner.reload());
    QCOMPARE(owner.texts(titles), QStringList{u"one"_s});
    QVERIFY(!owner.has(u"li.done"));
}

void TodosTest::theListSurvivesTheServer()
{
    LiveTest::Browser browser(*m_site);
    LiveTest::Tab tab = browser.open();
    QVERIFY(write(tab, u"one"_s));
    m_site->stop();
    QVERIFY(m_site->start());
    QVERIFY(tab.reconnect());
    QCOMPARE(tab.texts(titles), QStringList{u"one"_s});

    // Nor does it need what the server has saved of the session.
    LiveTest::Site another;
    mountOn(another);
    LiveTest::Tab there = browser.openAt(another);
    QCOMPARE(there.texts(titles), QStringList{u"one"_s});
}

void TodosTest::worksWithoutJavaScript()
{
    LiveTest::Browser browser(*m_site, LiveTest::Browser::Scripts::Off);
    LiveTest::Tab tab = browser.open();
    QVERIFY(tab.type(u"input[name=title]", u"one"_s));
    QVERIFY(tab.click(u"button[name=add]"));
    QCOMPARE(tab.texts(titles), QStringList{u"one"_s});
    QVERIFY(tab.click(toggleFirst));
    QVERIFY(tab.has(u"li.done"));
    QVERIFY(tab.click(u"a[href='/?filter=open']"));
    QCOMPARE(tab.text(u".empty"), u"All is done."_s);
    QVERIFY(tab.click(u"button[name=clearDone]"));
    QVERIFY(tab.click(u"button[name=undo]"));
    QVERIFY(tab.click(u"a[href='/?filter=done']"));
    QCOMPARE(tab.texts(titles), QStringList{u"one"_s});
    QVERIFY(tab.click(u"button[name=edit]"));
    QCOMPARE(tab.value(u"input[name=newTitle]"), u"one"_s);
    QVERIFY(tab.type(u"input[name=newTitle]", u"two"_s));
    QVERIFY(tab.click(u"button[name=save]"));
    QCOMPARE(tab.texts(titles), QStringList{u"two"_s});
    QVERIFY(tab.click(u"button[name=edit]"));
    QVERIFY(tab.click(u"button[name=cancel]"));
    QCOMPARE(tab.texts(titles), QStringList{u"two"_s});
}

void TodosTest::aDatabaseThatIsGoneIsSaid()
{
    LiveTest::Browser browser(*m_site);
    LiveTest::Tab tab = browser.open();
    QVERIFY(write(tab, u"one"_s));
    {
        auto store = TodoStore::open(databaseFile());
        QVERIFY(store);
        QSqlDatabase breaking = QSqlDatabase::addDatabase(u"QSQLITE"_s, u"breaking"_s);
        breaking.setDatabaseName(databaseFile());
        QVERIFY(breaking.open());
        QSqlQuery(u"DROP TABLE todos"_s, breaking);
    }
    QSqlDatabase::removeDatabase(u"breaking"_s);
    QTest::ignoreMessage(QtWarningMsg, QRegularExpression(u"no such table"_s));
    QVERIFY(write(tab, u"two"_s));
    QCOMPARE(tab.text(u".lvt-error"),
             u"The list cannot be reached at the moment. Try again in a while."_s);
    QCOMPARE(tab.texts(titles), QStringList{u"one"_s}); // what was shown stays
}

void TodosTest::severalThreadsHaveConnectionsOfTheirOwn()
{
    LiveTemplate::ServerOptions options = LiveTest::Site::defaultOptions();
    options.threads = 4;
    LiveTest::Site site(options);
    mountOn(site);
    std::vector<LiveTest::Browser> browsers;
    std::vector<LiveTest::Tab> tabs;
    for (int i = 0; i < 12; ++i) {
        browsers.emplace_back(site);
        tabs.push_back(browsers.back().open());
        QVERIFY(write(tabs.back(), QString::number(i)));
    }
    for (int i = 0; i < 12; ++i) {
        QVERIFY(tabs[std::size_t(i)].click(toggleFirst));
        QCOMPARE(tabs[std::size_t(i)].texts(titles), QStringList{QString::number(i)});
    }
}

QTEST_GUILESS_MAIN(TodosTest)
#include "tst_todos.moc"
