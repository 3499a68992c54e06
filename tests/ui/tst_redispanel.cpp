// SPDX-FileCopyrightText: 2026 The LiveTemplate for Qt authors
// SPDX-License-Identifier: MIT

// The panel with real servers.

#include "redispanel.h"

#include "redisbroadcaster.h"
#include "redisclient.h"
#include "redisconnectionform.h"
#include "redismembership.h"
#include "redismessagedetails.h"
#include "redispublisher.h"
#include "redisserver.h"
#include "screenshot.h"
#include "tablepanel.h"

#include <QAbstractItemModelTester>
#include <QAbstractSpinBox>
#include <QAccessible>
#include <QApplication>
#include <QCheckBox>
#include <QElapsedTimer>
#include <QLabel>
#include <QLineEdit>
#include <QMenu>
#include <QMessageBox>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QSettings>
#include <QTabWidget>
#include <QTableView>
#include <QTemporaryDir>
#include <QTest>

#include <future>
#include <thread>

using namespace LiveTemplate;
using namespace LiveTemplate::Ui;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

using State = RedisObserverStatus::State;

namespace {

/// Has a client wait for @p arguments to be answered.
bool command(RedisClient &client, const QList<QByteArray> &arguments)
{
    std::promise<bool> promise;
    RedisClient::CommandOptions options;
    options.keyIndex = -1;
    options.waitForConnection = true;
    client.command(
        arguments, [&](const RedisClient::Reply &reply) { promise.set_value(reply.has_value()); },
        options);
    return promise.get_future().get();
}

bool pipeline(RedisClient &client, const QList<QList<QByteArray>> &commands)
{
    std::promise<bool> promise;
    RedisClient::CommandOptions options;
    options.keyIndex = -1;
    options.waitForConnection = true;
    client.pipeline(
        commands, [&](const RedisClient::Reply &reply) { promise.set_value(reply.has_value()); },
        options);
    return promise.get_future().get();
}

void takePicture(QWidget &widget, const QString &name)
{
    Screenshot::takeBoth(widget, u"redis-"_s + name);
}

} // namespace

class RedisPanelTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void init();
    void cleanup();

    void beginsEmpty();
    void showsWhatCrossesRedis();
    void urlAndFieldsKeepStep();
    void testSaysWhatIsThere();
    void saysWhatIsWrong();
    void filters();
    void showsMessagesWithoutSecrets();
    void publishesOnlyWhenConfirmed();
    void publishingCanBeForbidden();
    void joinsAndLeaves();
    void asksForNothingWhileHidden();
    void settingsHaveNoPassword();
    void tenThousandASecond();

private:
    [[nodiscard]] bool connectPanel()
    {
        m_panel->connectTo(*RedisUrl::parse(m_server->url()));
        return QTest::qWaitFor(
            [this] { return m_panel->observer().status().state == State::Connected; }, 20'000);
    }
    template<typename Widget>
    [[nodiscard]] Widget &find(const QString &name) const
    {
        Widget *const found = m_panel->findChild<Widget *>(name);
        if (!found)
            qFatal("there is no %s", qPrintable(name));
        return *found;
    }
    [[nodiscard]] QString cell(const TableModel &model, int row, const QString &key) const
    {
        const QList<ColumnTitle> titles = model.columnTitles();
        for (int column = 0; column < titles.size(); ++column) {
            if (titles[column].key == key)
                return model.index(row, column).data().toString();
        }
        return u"no such column"_s;
    }
    [[nodiscard]] QStringList column(const TableModel &model, const QString &key) const
    {
        QStringList cells;
        for (int row = 0; row < model.rowCount(); ++row)
            cells += cell(model, row, key);
        return cells;
    }
    void selectTab(int index) const { m_panel->findChild<QTabWidget *>()->setCurrentIndex(index); }

    std::unique_ptr<RedisServer> m_server;
    std::unique_ptr<RedisMembership> m_membership;
    std::unique_ptr<RedisPanel> m_panel;
    std::vector<std::unique_ptr<QAbstractItemModelTester>> m_testers;
};

void RedisPanelTest::initTestCase()
{
    // No keychain in tests, whatever this machine has.
    qputenv("DBUS_SESSION_BUS_ADDRESS", "disabled:");
    m_server = std::make_unique<RedisServer>();
    QVERIFY2(m_server->start(), m_server->log());
}

void RedisPanelTest::init()
{
    m_membership = std::make_unique<RedisMembership>();
    m_panel = std::make_unique<RedisPanel>(m_membership.get());
    using Mode = QAbstractItemModelTester::FailureReportingMode;
    for (QAbstractItemModel *const model :
         std::initializer_list<QAbstractItemModel *>{&m_panel->messages(), &m_panel->channels(),
                                                     &m_panel->servers()})
        m_testers.push_back(std::make_unique<QAbstractItemModelTester>(model, Mode::Fatal));
    m_panel->resize(1100, 760);
    m_panel->show();
    QVERIFY(QTest::qWaitForWindowExposed(m_panel.get()));
}

void RedisPanelTest::cleanup()
{
    m_testers.clear();
    m_panel.reset();
    m_membership.reset();
}

void RedisPanelTest::beginsEmpty()
{
    QCOMPARE(m_panel->observer().status().state, State::Closed);
    QCOMPARE(find<QLineEdit>(u"redis-url"_s).text(), u"redis://localhost"_s);
    QVERIFY(find<QPushButton>(u"redis-connect"_s).isEnabled());
    QVERIFY(!find<QPushButton>(u"publish"_s).isEnabled());
    // Every control has a name for a screen reader.
    for (const QWidget *const widget : m_panel->findChildren<QWidget *>()) {
        if (const auto *const edit = qobject_cast<const QLineEdit *>(widget)) {
            const bool isPart = qobject_cast<QAbstractSpinBox *>(edit->parentWidget()) != nullptr;
            QAccessibleInterface *const interface = QAccessible::queryAccessibleInterface(
                const_cast<QLineEdit *>(edit));
            QVERIFY2(isPart || !interface->text(QAccessible::Name).isEmpty(),
                     qPrintable(edit->objectName() + edit->placeholderText()));
        }
    }
    takePicture(*m_panel, u"empty"_s);
}

void RedisPanelTest::showsWhatCrossesRedis()
{
    QVERIFY(connectPanel());
    const auto client = std::make_shared<RedisClient>(
        RedisOptions{.url = *RedisUrl::parse(m_server->url())});
    RedisBroadcasterOptions quick;
    quick.probeInterval = 100ms;
    RedisBroadcaster other(client, quick);
    const GroupId group(u"abcdefghSECRETSECRETSECRET"_s);
    other.subscribeToGroup(group, [] {});
    QVERIFY(other.publishGroupAction(group, u"Increment"_s, {{u"by"_s, 2}}));
    QVERIFY(other.publishGroupAction(group, u"Increment"_s, {{u"by"_s, 3}}));
    QVERIFY(other.publishServerAction(UserId(u"alice"_s), u"Refresh"_s, {}));
    QVERIFY(other.publishGlobal("{\"title\":\"Back at nine\"}"));
    const auto &messages = m_panel->messages();
    QTRY_COMPARE(messages.rowCount(), 4);
    QVERIFY(command(*client, {"PUBLISH", "orders", R"({"id":17,"total":9.5})"}));
    QVERIFY(command(*client, {"PUBLISH", "weather", "rain tomorrow"}));
    QVERIFY(command(*client, {"PUBLISH", QByteArray("bin\xff", 4), QByteArray("\0\1\2", 3)}));
    QVERIFY(command(*client, {"PUBLISH", "livetemplate:broadcast:global", "{}"}));

    QTRY_COMPARE(messages.rowCount(), 8);
    QCOMPARE(cell(messages, 0, u"action"_s), u"Increment"_s);
    QCOMPARE(cell(messages, 0, u"scope"_s), u"Group abcdefgh…"_s);
    QCOMPARE(cell(messages, 0, u"data"_s), u"{\"by\":2}"_s);
    QCOMPARE(cell(messages, 0, u"instance"_s), other.instanceId().left(8));
    QVERIFY(cell(messages, 0, u"lag"_s).contains(u"ms"_s));
    QCOMPARE(cell(messages, 2, u"scope"_s), u"User alice"_s);
    QCOMPARE(cell(messages, 3, u"data"_s), u"{\"title\":\"Back at nine\"}"_s);
    QCOMPARE(cell(messages, 4, u"scope"_s), u"Other"_s);
    QCOMPARE(cell(messages, 6, u"channel"_s), u"bin\\xff"_s);
    QCOMPARE(cell(messages, 6, u"data"_s), u"00 01 02"_s);
    QVERIFY(cell(messages, 7, u"data"_s).startsWith(u"Dropped by servers"_s));

    const auto &channels = m_panel->channels();
    const auto subscribers = [&](const QString &name) {
        for (int row = 0; row < channels.rowCount(); ++row) {
            if (cell(channels, row, u"channel"_s) == name)
                return cell(channels, row, u"subscribers"_s);
        }
        return u"none"_s;
    };
    QTRY_COMPARE_WITH_TIMEOUT(subscribers(u"livetemplate:groupaction:group:abcdefgh…"_s), u"1"_s,
                              10'000);
    QCOMPARE(subscribers(u"orders"_s), u"0"_s);
    QVERIFY(!column(channels, u"channel"_s).join(u' ').contains(u"SECRET"_s));
    QTRY_COMPARE_WITH_TIMEOUT(m_panel->servers().rowCount(), 1, 10'000);
    QCOMPARE(cell(m_panel->servers(), 0, u"state"_s), u"alive"_s);
    QCOMPARE(cell(m_panel->servers(), 0, u"messages"_s), u"4"_s);

    // The second of one channel, beside the first.
    find<TablePanel>(u"redis-messages"_s).select(messages.index(1, 0).data(TableModel::KeyRole));
    const auto *const details = m_panel->findChild<RedisMessageDetails *>();
    QTRY_VERIFY(details->text().contains(u"\"by\": 3"_s));
    QVERIFY(!details->text().contains(u"SECRET"_s));
    QVERIFY(details->differenceText().contains(u"-         \"by\": 2"_s));
    QVERIFY(details->differenceText().contains(u"+         \"by\": 3"_s));
    for (int i = 0; i < 40; ++i) {
        other.publishGroupAction(group, u"Increment"_s, {{u"by"_s, i}}).value();
        QTest::qWait(50);
    }
    takePicture(*m_panel, u"messages"_s);
    selectTab(1);
    takePicture(*m_panel, u"channels"_s);
    selectTab(2);
    takePicture(*m_panel, u"servers"_s);
}

void RedisPanelTest::urlAndFieldsKeepStep()
{
    auto &url = find<QLineEdit>(u"redis-url"_s);
    auto &hosts = find<QLineEdit>(u"redis-hosts"_s);
    auto &user = find<QLineEdit>(u"redis-user"_s);
    auto &password = find<QLineEdit>(u"redis-password"_s);
    const auto *const form = m_panel->findChild<RedisConnectionForm *>();

    url.setFocus();
    url.selectAll();
    QTest::keyClicks(&url, u"rediss://me:s%20cret@example.org:7000/3"_s);
    QCOMPARE(hosts.text(), u"example.org:7000"_s);
    QCOMPARE(user.text(), u"me"_s);
    QCOMPARE(password.text(), u"s cret"_s);
    QVERIFY(find<QCheckBox>(u"redis-tls"_s).isChecked());
    // What was typed of a password does not stay where everybody sees it.
    QTest::keyClick(&url, Qt::Key_Tab);
    QCOMPARE(url.text(), u"rediss://me:***@example.org:7000/3"_s);
    QCOMPARE(form->url()->password, u"s cret"_s);

    m_panel->findChild<RedisConnectionForm *>()->setFieldsShown(true);
    hosts.setFocus();
    hosts.selectAll();
    QTest::keyClicks(&hosts, u"other"_s);
    QCOMPARE(url.text(), u"rediss://me:***@other/3"_s);
    find<QCheckBox>(u"redis-tls"_s).setChecked(false);
    QCOMPARE(url.text(), u"redis://me:***@other/3"_s);
    QCOMPARE(form->url()->password, u"s cret"_s);
    takePicture(*m_panel, u"form"_s);

    url.selectAll();
    QTest::keyClicks(&url, u"ftp://nonsense"_s);
    QVERIFY(!form->url());
    QVERIFY(find<QLabel>(u"connection-note"_s).text().contains(u"ftp"_s));
    QVERIFY(!find<QPushButton>(u"redis-connect"_s).isEnabled());
}

void RedisPanelTest::testSaysWhatIsThere()
{
    auto *const form = m_panel->findChild<RedisConnectionForm *>();
    form->setUrl(*RedisUrl::parse(m_server->url()));
    form->test();
    auto &note = find<QLabel>(u"connection-note"_s);
    QVERIFY(note.text().startsWith(u"Looking"_s));
    QTRY_VERIFY(note.text().contains(u"Redis 8"_s));
    takePicture(*m_panel, u"test"_s);
    form->setUrl(*RedisUrl::parse(u"rediss://127.0.0.1:%1"_s.arg(m_server->port())));
    form->test();
    QTRY_VERIFY_WITH_TIMEOUT(note.text().contains(u"Switch TLS off"_s), 15'000);
    QCOMPARE(m_panel->observer().status().state, State::Closed);
    QVERIFY(!QApplication::activeModalWidget());
}

void RedisPanelTest::saysWhatIsWrong()
{
    RedisServer server({.password = u"right"_s});
    QVERIFY(server.start());
    m_panel->connectTo(*RedisUrl::parse(u"redis://:wrong@127.0.0.1:%1"_s.arg(server.port())));
    auto &banner = find<QLabel>(u"redis-banner-text"_s);
    QVERIFY(banner.isVisible());
    QTRY_VERIFY(banner.text().contains(u"password is wrong"_s));
    QVERIFY(!banner.text().contains(u"wrong@"_s));
    QVERIFY(!QApplication::activeModalWidget());
    takePicture(*m_panel, u"wrong-password"_s);

    m_panel->connectTo(*RedisUrl::parse(server.url()));
    QTRY_COMPARE(m_panel->observer().status().state, State::Connected);
    QVERIFY(!banner.isVisible());
    server.kill();
    QTRY_VERIFY(banner.isVisible());
    QTRY_VERIFY(banner.text().contains(u"next try"_s));
    takePicture(*m_panel, u"gone"_s);
    QVERIFY(server.restart());
    QTRY_COMPARE_WITH_TIMEOUT(m_panel->observer().status().state, State::Connected, 20'000);
    QVERIFY(!banner.isVisible());
    QVERIFY(!QApplication::activeModalWidget());
}

void RedisPanelTest::filters()
{
    QVERIFY(connectPanel());
    m_server->run({u"PUBLISH"_s, u"room:1"_s, u"a"_s});
    m_server->run({u"PUBLISH"_s, u"room:2"_s, u"b"_s});
    m_server->run({u"PUBLISH"_s, u"door"_s, u"c"_s});
    const QString message
        = uR"({"type":"group_action","groupID":"g","action":"A","instanceID":"feed0001"})"_s;
    m_server->run({u"PUBLISH"_s, u"livetemplate:groupaction:group:g"_s, message});
    m_server->run({u"PUBLISH"_s, u"livetemplate:probe:feed0001"_s,
                   uR"({"type":"probe","seq":1,"instanceID":"feed0001"})"_s});
    auto &messages = m_panel->messages();
    QTRY_COMPARE(messages.arrivedCount(), 5u);
    QCOMPARE(messages.rowCount(), 4); // without the probe
    auto &pattern = find<QLineEdit>(u"channel-pattern"_s);
    pattern.setText(u"room:*"_s);
    QTRY_COMPARE(messages.rowCount(), 2);
    pattern.setText(u"oor"_s);
    QTRY_COMPARE(column(messages, u"channel"_s), QStringList{u"door"_s});
    pattern.clear();
    QTRY_COMPARE(messages.rowCount(), 4);
    auto &instance = find<QLineEdit>(u"instance-filter"_s);
    instance.setText(u"FEED"_s);
    QTRY_COMPARE(column(messages, u"action"_s), QStringList{u"A"_s});
    // Paused nothing changes, and nothing is lost.
    instance.clear();
    QTRY_COMPARE(messages.rowCount(), 4);
    messages.setPaused(true);
    m_server->run({u"PUBLISH"_s, u"room:3"_s, u"d"_s});
    QTRY_COMPARE(messages.waitingCount(), 1);
    QCOMPARE(messages.rowCount(), 4);
    messages.setPaused(false);
    QCOMPARE(messages.rowCount(), 5);
}

void RedisPanelTest::showsMessagesWithoutSecrets()
{
    QVERIFY(connectPanel());
    const QString secret = u"0123456789abcdefSECRET="_s;
    const QString message = u"{\"type\":\"broadcast\",\"scope\":\"group\",\"groupID\":\"%1\","
                            "\"payload\":\"eyJhIjoxfQ==\",\"instanceID\":\"x\"}"_s.arg(secret);
    m_server->run({u"PUBLISH"_s, u"livetemplate:broadcast:group:"_s + secret, message});
    m_server->run(
        {u"PUBLISH"_s, u"livetemplate:broadcast:group:"_s + secret, u"broken "_s + secret});
    QTRY_COMPARE(m_panel->messages().rowCount(), 2);
    auto &table = find<TablePanel>(u"redis-messages"_s);
    const auto *const details = m_panel->findChild<RedisMessageDetails *>();
    for (int row = 0; row < 2; ++row) {
        table.select(m_panel->messages().index(row, 0).data(TableModel::KeyRole));
        QTRY_VERIFY(details->text().contains(u"01234567…"_s));
        QVERIFY(!details->text().contains(u"SECRET"_s));
        QVERIFY(!details->differenceText().contains(u"SECRET"_s));
        for (const ColumnTitle &title : m_panel->messages().columnTitles())
            QVERIFY(!cell(m_panel->messages(), row, title.key).contains(u"SECRET"_s));
    }
    const TableExport exported = m_panel->messages().takeExport();
    for (int column = 0; column < exported.columns.size(); ++column)
        QVERIFY(!exported.value(0, column).toString().contains(u"SECRET"_s));
}

void RedisPanelTest::publishesOnlyWhenConfirmed()
{
    QVERIFY(connectPanel());
    RedisClient listener({.url = *RedisUrl::parse(m_server->url())});
    selectTab(3);
    auto &publishButton = find<QPushButton>(u"publish"_s);
    auto &result = find<QLabel>(u"publish-result"_s);
    QVERIFY(!publishButton.isEnabled());
    QVERIFY(result.text().contains(u"only reads"_s));
    takePicture(*m_panel, u"publish-read-only"_s);
    find<QCheckBox>(u"allow-publishing"_s).setChecked(true);
    find<QLineEdit>(u"publish-channel"_s).setText(u"room"_s);
    find<QPlainTextEdit>(u"publish-payload"_s).setPlainText(u"hello"_s);
    QVERIFY(publishButton.isEnabled());

    const auto box = [] {
        return qobject_cast<QMessageBox *>(QApplication::activeModalWidget());
    };
    publishButton.click();
    QTRY_VERIFY(box());
    QVERIFY(box()->text().contains(u"room"_s));
    QVERIFY(box()->informativeText().contains(u"now: 0"_s));
    takePicture(*box(), u"publish-confirmation"_s);
    box()->reject();
    QTRY_VERIFY(!box());
    QTest::qWait(200);
    QCOMPARE(m_panel->messages().arrivedCount(), 0u);

    publishButton.click();
    QTRY_VERIFY(box());
    box()->buttons().first()->click();
    QTRY_COMPARE(m_panel->messages().arrivedCount(), 1u);
    QTRY_VERIFY(result.text().startsWith(u"Published to room"_s));

    // Once more, from the stream.
    find<TablePanel>(u"redis-messages"_s)
        .select(m_panel->messages().index(0, 0).data(TableModel::KeyRole));
    auto &replay = find<QAction>(u"replay"_s);
    QTRY_VERIFY(replay.isEnabled());
    replay.trigger();
    QTRY_VERIFY(box());
    box()->buttons().first()->click();
    QTRY_COMPARE(m_panel->messages().arrivedCount(), 2u);
    QCOMPARE(cell(m_panel->messages(), 1, u"data"_s), u"hello"_s);

    // Switched off again, it is refused.
    find<QCheckBox>(u"allow-publishing"_s).setChecked(false);
    QVERIFY(!replay.isEnabled());
    QVERIFY(replay.toolTip().contains(u"only reads"_s));
    QVERIFY(!m_panel->observer().isPublishingAllowed());
}

void RedisPanelTest::publishingCanBeForbidden()
{
    m_testers.clear();
    m_panel = std::make_unique<RedisPanel>(nullptr);
    m_panel->setReadOnly(true);
    m_panel->connectTo(m_server->url());
    QTRY_COMPARE(m_panel->observer().status().state, State::Connected);
    QVERIFY(!find<QCheckBox>(u"allow-publishing"_s).isEnabled());
    QVERIFY(!find<QPushButton>(u"publish"_s).isEnabled());
    QVERIFY(find<QLabel>(u"publish-result"_s).text().contains(u"--read-only"_s));
    QVERIFY(!m_panel->observer().isPublishingAllowed());
    // Without a server of ours there is nothing to join.
    QVERIFY(!m_panel->findChild<QCheckBox *>(u"join-redis"_s));
    m_panel->connectTo(u"no://url"_s);
    QVERIFY(find<QLabel>(u"connection-note"_s).text().contains(u"no://"_s));
}

void RedisPanelTest::joinsAndLeaves()
{
    QVERIFY(connectPanel());
    auto &join = find<QCheckBox>(u"join-redis"_s);
    auto &state = find<QLabel>(u"join-state"_s);
    QVERIFY(state.text().contains(u"alone"_s));
    join.click();
    QTRY_COMPARE(m_membership->state(), RedisMembership::State::Joined);
    QVERIFY(state.text().startsWith(u"Joined"_s));
    // Its probe is a sign of life.
    const auto own = [this] {
        return column(m_panel->servers(), u"instance"_s).join(u' ').contains(u"This desktop"_s);
    };
    QTRY_VERIFY_WITH_TIMEOUT(own(), 10'000);
    selectTab(2);
    takePicture(*m_panel, u"joined"_s);
    join.click();
    QTRY_COMPARE(m_membership->state(), RedisMembership::State::Apart);
    QVERIFY(!join.isChecked());
    QVERIFY(state.text().contains(u"alone"_s));
}

void RedisPanelTest::asksForNothingWhileHidden()
{
    QVERIFY(connectPanel());
    QTRY_VERIFY(m_panel->observation().listings > 0);
    m_panel->hide();
    QTest::qWait(200); // what is under way
    const quint64 samples = m_panel->sampleTimer().count();
    const QByteArray before = m_server->cli({u"INFO"_s, u"commandstats"_s});
    m_server->run({u"PUBLISH"_s, u"hidden"_s, u"x"_s});
    // Messages go on to be collected: to connect is to record.
    QTRY_COMPARE(m_panel->messages().arrivedCount(), 1u);
    QTest::qWait(2'500);
    QCOMPARE(m_panel->sampleTimer().count(), samples);
    const QByteArray after = m_server->cli({u"INFO"_s, u"commandstats"_s});
    for (const QByteArray name : {"cmdstat_pubsub|channels", "cmdstat_pubsub|numpat"}) {
        QVERIFY(!RedisServer::field(before, name).isEmpty());
        QCOMPARE(RedisServer::field(after, name), RedisServer::field(before, name));
    }
    m_panel->show();
    QTRY_VERIFY(m_panel->sampleTimer().count() > samples);
}

void RedisPanelTest::settingsHaveNoPassword()
{
    RedisServer server({.password = u"tellnobody"_s});
    QVERIFY(server.start());
    m_panel->connectTo(*RedisUrl::parse(server.url()));
    QTRY_COMPARE(m_panel->observer().status().state, State::Connected);
    // There is no keychain here, and it says so.
    auto &note = find<QLabel>(u"connection-note"_s);
    QTRY_VERIFY2(note.text().contains(u"until the program ends"_s), qPrintable(note.text()));
    takePicture(*m_panel, u"no-keychain"_s);
    QTemporaryDir folder;
    const QString file = folder.filePath(u"settings.ini"_s);
    {
        QSettings settings(file, QSettings::IniFormat);
        m_panel->save(settings);
    }
    QFile written(file);
    QVERIFY(written.open(QIODevice::ReadOnly));
    const QByteArray text = written.readAll();
    QVERIFY(text.contains("recent"));
    QVERIFY(!text.contains("tellnobody"));

    // It is kept for this session.
    auto *const form = m_panel->findChild<RedisConnectionForm *>();
    form->setUrl(*RedisUrl::parse(u"redis://elsewhere"_s));
    QMenu *const recent = form->findChild<QMenu *>();
    QVERIFY(recent && !recent->actions().isEmpty());
    recent->actions().first()->trigger();
    QTRY_COMPARE(find<QLineEdit>(u"redis-password"_s).text(), u"tellnobody"_s);
}

void RedisPanelTest::tenThousandASecond()
{
    // The tester looks at every row after every batch.
    m_testers.clear();
    QVERIFY(connectPanel());
    constexpr int seconds = 5;
    constexpr int batches = seconds * 20;
    constexpr int perBatch = 500;
    std::thread publisher([url = m_server->url()] {
        RedisClient client({.url = *RedisUrl::parse(url)});
        const auto begun = std::chrono::steady_clock::now();
        for (int batch = 0; batch < batches; ++batch) {
            QList<QList<QByteArray>> commands;
            for (int i = 0; i < perBatch; ++i) {
                commands += {"PUBLISH"_ba,
                             "livetemplate:groupaction:group:g" + QByteArray::number(i % 100),
                             R"({"type":"group_action","groupID":"g)" + QByteArray::number(i % 100)
                                 + R"(","action":"Tick","data":{"n":)" + QByteArray::number(i)
                                 + R"(},"seq":1,"timestamp":"2026-01-02T03:04:05Z",)"
                                   R"("instanceID":"load"})"};
            }
            if (!pipeline(client, commands))
                qFatal("could not publish");
            std::this_thread::sleep_until(begun + (batch + 1) * 50ms);
        }
    });
    // The longest time for which the event loop did not come round.
    QTimer beat;
    QElapsedTimer sinceBeat;
    qint64 longest = 0;
    QObject::connect(&beat, &QTimer::timeout, &beat,
                     [&] { longest = std::max(longest, sinceBeat.restart()); });
    sinceBeat.start();
    beat.start(1ms);
    constexpr quint64 all = quint64(batches) * perBatch;
    const bool isComplete = QTest::qWaitFor(
        [&] { return m_panel->messages().arrivedCount() == all; }, 60'000);
    publisher.join();
    QVERIFY(isComplete);
    QTRY_COMPARE_WITH_TIMEOUT(m_panel->observation().messages, all, 10'000);
    QCOMPARE(m_panel->observation().droppedMessages, 0u);
    QCOMPARE(m_panel->servers().rowCount(), 1);
    QCOMPARE(m_panel->servers().row(0).server.messages, all);
    qInfo("the event loop was held up for at most %lld ms", static_cast<long long>(longest));
}

QTEST_MAIN(RedisPanelTest)
#include "tst_redispanel.moc"
