// SPDX-FileCopyrightText: 2026 The LiveTemplate for Qt authors
// SPDX-License-Identifier: MIT

#include "optiontable.h"
#include "server.h"

#include <QFile>
#include <QProcessEnvironment>
#include <QRegularExpression>
#include <QSet>
#include <QTemporaryDir>
#include <QTest>

#include <algorithm>

using namespace LiveTemplate;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {

struct EmptyState
{
    Q_GADGET
public:
    bool operator==(const EmptyState &) const = default;
};

class EmptyController : public QObject
{
    Q_OBJECT
};

/// The options that an environment with @p name alone gives.
ServerOptions withVariable(const QString &name, const QString &text, ServerOptions options = {})
{
    QProcessEnvironment environment;
    environment.insert(name, text);
    options.applyEnvironment(environment);
    return options;
}

QString contents(const QString &path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? QString::fromUtf8(file.readAll()) : QString();
}

/// The row of @p option in the table of docs/operating.md.
QString documentRow(const ServerOption &option)
{
    return u"| `%1` | `%2` | %3 | `%4` | %5 |"_s.arg(option.flag(), option.variable(),
                                                     option.description,
                                                     option.show(ServerOptions()), option.range());
}

} // namespace

class TestOptionTable : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void everyRowIsWhole_data();
    void everyRowIsWhole();
    void noTwoRowsAreForTheSame();
    void hasTheVariablesThatTheHeaderNames();
    void documentHasTheSameTable();
    void reads_data();
    void reads();
    void refuses_data();
    void refuses();
    void keepsSecrets_data();
    void keepsSecrets();
    void sentencesKeepPasswordsToo();

    void goVariablesHaveTheirMeaning_data();
    void goVariablesHaveTheirMeaning();
    void anEmptyVariableSaysNothing();
    void bufferSizeOfGoIsOnlyAWarning();
    void unknownVariables_data();
    void unknownVariables();
    void theProcessEnvironmentIsRead();
    void knowsWhereAValueCameFrom();

    void checks_data();
    void checks();
    void checkKnowsWhoSaidIt();
    void checkLooksForTheTemplateFolder();
    void serverRefusesBadOptions_data();
    void serverRefusesBadOptions();
    void relativeTemplatesAreInTheirFolder();
};

void TestOptionTable::everyRowIsWhole_data()
{
    QTest::addColumn<QString>("key");
    for (const ServerOption &option : optionTable())
        QTest::newRow(option.key.data()) << QString(option.key);
}

void TestOptionTable::everyRowIsWhole()
{
    QFETCH(const QString, key);
    const ServerOption *option = findOption(key);
    QVERIFY(option);
    static const QRegularExpression kebabCase(u"^[a-z]+(-[a-z]+)*$"_s);
    QVERIFY(kebabCase.match(key).hasMatch());
    QVERIFY(option->description.endsWith(u'.'));
    QVERIFY(!option->description.contains(u'|')); // stands in a table
    QVERIFY(!option->placeholder().isEmpty());
    QVERIFY(!option->range().contains(u"  "_s));

    const ServerOptions defaults;
    QVERIFY(option->isInRange(defaults));
    ServerOptions read;
    const auto done = option->read(option->print(defaults), read);
    QVERIFY2(done, done ? "" : qPrintable(done.error()));
    QCOMPARE(option->print(read), option->print(defaults));
}

void TestOptionTable::noTwoRowsAreForTheSame()
{
    const auto table = optionTable();
    for (auto one = table.begin(); one != table.end(); ++one) {
        QVERIFY2(std::none_of(table.begin(), one,
                              [&](const ServerOption &other) {
                                  return other.key == one->key || other.member == one->member;
                              }),
                 one->key.data());
    }
    QVERIFY(!findOption(u"nonsense"));
}

void TestOptionTable::hasTheVariablesThatTheHeaderNames()
{
    QSet<QString> named;
    static const QRegularExpression variable(u"LVT_[A-Z_]*[A-Z]"_s);
    const QString header = contents(QStringLiteral(OPTIONS_HEADER));
    for (const QRegularExpressionMatch &match : variable.globalMatch(header))
        named.insert(match.captured());
    QSet<QString> inTable;
    for (const ServerOption &option : optionTable())
        inTable.insert(option.variable());
    QCOMPARE(named, inTable);
}

void TestOptionTable::documentHasTheSameTable()
{
    QStringList expected;
    for (const ServerOption &option : optionTable())
        expected.append(documentRow(option));
    QStringList found;
    static const QRegularExpression row(u"^\\| `--[a-z-]+` \\| `LVT_"_s);
    for (const QString &line : contents(QStringLiteral(OPERATING_GUIDE)).split(u'\n')) {
        if (row.match(line).hasMatch())
            found.append(line);
    }
    QCOMPARE(found, expected);
}

void TestOptionTable::reads_data()
{
    QTest::addColumn<QString>("key");
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("printed");

    const QString flag = u"cookie-secure"_s;
    for (const auto &text : {u"true"_s, u"1"_s, u"Yes"_s, u"ON"_s, u" true "_s})
        QTest::addRow("switch, %s", qPrintable(text)) << flag << text << u"true"_s;
    for (const auto &text : {u"false"_s, u"0"_s, u"No"_s, u"off"_s})
        QTest::addRow("switch, %s", qPrintable(text)) << flag << text << u"false"_s;

    const QString count = u"max-connections"_s;
    QTest::newRow("number") << count << u"5000"_s << u"5000"_s;
    QTest::newRow("spaces around") << count << u" 5000 "_s << u"5000"_s;
    QTest::newRow("largest number") << count << u"1000000"_s << u"1000000"_s;
    QTest::newRow("no limit") << count << u"0"_s << u"0"_s;

    const QString size = u"max-pending-bytes"_s;
    QTest::newRow("bytes") << size << u"4097"_s << u"4097"_s;
    QTest::newRow("whole KiB") << size << u"65536"_s << u"64K"_s;
    QTest::newRow("K") << size << u"64K"_s << u"64K"_s;
    QTest::newRow("k") << size << u"64k"_s << u"64K"_s;
    QTest::newRow("KiB") << size << u"64KiB"_s << u"64K"_s;
    QTest::newRow("M") << size << u"1M"_s << u"1M"_s;
    QTest::newRow("MiB") << size << u"3mib"_s << u"3M"_s;
    QTest::newRow("G") << size << u"1G"_s << u"1G"_s;
    QTest::newRow("no body") << u"max-request-body-size"_s << u"0"_s << u"0"_s;

    const QString time = u"idle-timeout"_s;
    QTest::newRow("seconds") << time << u"45"_s << u"45s"_s;
    QTest::newRow("fraction of a second") << time << u"0.25"_s << u"250ms"_s;
    QTest::newRow("ms") << time << u"500ms"_s << u"500ms"_s;
    QTest::newRow("s") << time << u"90s"_s << u"90s"_s;
    QTest::newRow("m") << time << u"5m"_s << u"5m"_s;
    QTest::newRow("h") << time << u"24h"_s << u"24h"_s;
    QTest::newRow("d") << time << u"1d"_s << u"24h"_s;
    QTest::newRow("several units") << time << u"1h30m"_s << u"90m"_s;
    QTest::newRow("fraction with unit") << time << u"1.1s"_s << u"1100ms"_s;
    QTest::newRow("never") << time << u"0"_s << u"0s"_s;
    QTest::newRow("days") << u"cookie-max-age"_s << u"30d"_s << u"30d"_s;
    QTest::newRow("below the minimum, but 0 is special") << u"heartbeat"_s << u"0"_s << u"0s"_s;

    const QString list = u"allowed-origins"_s;
    QTest::newRow("list") << list << u"https://a.example, https://b.example:8443,"_s
                          << u"https://a.example, https://b.example:8443"_s;
    QTest::newRow("no list") << list << u"none"_s << u"none"_s;
    QTest::newRow("text") << u"content-security-policy"_s << u"default-src 'self'"_s
                          << u"default-src 'self'"_s;
    QTest::newRow("no text") << u"content-security-policy"_s << u"none"_s << u"none"_s;
}

void TestOptionTable::reads()
{
    QFETCH(const QString, key);
    QFETCH(const QString, text);
    ServerOptions options;
    options.set(key, text, OptionSource::CommandLine);
    QCOMPARE(options.errors, QStringList());
    QTEST(findOption(key)->print(options), "printed");
}

void TestOptionTable::refuses_data()
{
    QTest::addColumn<QString>("key");
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("expected");

    const QString number = u"a whole number from 0 (no limit) to 1000000 is expected."_s;
    for (const auto &text : {u"many"_s, u"-1"_s, u"+1"_s, u"1e3"_s, u"0x10"_s, u"1000001"_s,
                             u"99999999999999999999"_s, u"1 000"_s, u"1.5"_s, u""_s}) {
        QTest::addRow("number, %s", qPrintable(text)) << u"max-connections"_s << text << number;
    }
    QTest::newRow("number without 0")
        << u"max-pending-actions"_s << u"0"_s << u"a whole number from 1 to 100000 is expected."_s;

    QTest::newRow("switch") << u"dev-mode"_s << u"maybe"_s << u"true or false is expected."_s;

    const QString size
        = u"a size from 1K to 1G is expected. Write bytes, or 64K, 1M and the like."_s;
    for (const auto &text : {u"64KB"_s, u"64 K"_s, u"K"_s, u"1.5M"_s, u"-1K"_s, u"1023"_s, u"2G"_s,
                             u"99999999999G"_s}) {
        QTest::addRow("size, %s", qPrintable(text)) << u"max-message-size"_s << text << size;
    }

    const QString time = u"0 (off) or a time from 1s to 1h is expected. "
                         "Write seconds, or 500ms, 10s, 5m, 24h and the like."_s;
    for (const auto &text :
         {u"soon"_s, u"-1s"_s, u"999ms"_s, u"61m"_s, u"10 s"_s, u"10S"_s, u"s"_s, u"10us"_s,
          u"1.00005s"_s, u"1e3"_s, u"nan"_s, u"99999999999999999999d"_s}) {
        QTest::addRow("time, %s", qPrintable(text)) << u"heartbeat"_s << text << time;
    }
    QTest::newRow("nearly nothing is not never")
        << u"idle-timeout"_s << u"0.0001"_s
        << u"a time from 0 (never) to 24h is expected. "
           "Write seconds, or 500ms, 10s, 5m, 24h and the like."_s;
    QTest::newRow("no whole seconds") << u"cookie-max-age"_s << u"1500ms"_s
                                      << u"a time in whole seconds from 1s to 400d is expected. "
                                         "Write seconds, or 500ms, 10s, 5m, 24h and the like."_s;
}

void TestOptionTable::refuses()
{
    QFETCH(const QString, key);
    QFETCH(const QString, text);
    QFETCH(const QString, expected);
    const ServerOption *option = findOption(key);
    const QString before = option->print(ServerOptions());

    ServerOptions options;
    options.set(key, text, OptionSource::CommandLine);
    options.set(key, text, OptionSource::Environment);
    QCOMPARE(options.errors,
             (QStringList{u"%1 \"%2\": %3"_s.arg(option->flag(), text, expected),
                          u"%1=\"%2\": %3"_s.arg(option->variable(), text, expected)}));
    QCOMPARE(option->print(options), before);
    QCOMPARE(options.source(key), OptionSource::Default);
}

void TestOptionTable::keepsSecrets_data()
{
    QTest::addColumn<bool>("secret");
    QTest::addColumn<QString>("value");
    QTest::addColumn<QString>("shown");
    const QString text = u"open text"_s;
    QTest::newRow("no secret") << false << text << text;
    QTest::newRow("secret") << true << text << u"***"_s;
    QTest::newRow("secret with control characters") << true << u"a\nb"_s << u"***"_s;
    QTest::newRow("no value") << true << QString() << u"none"_s;
    for (const bool secret : {false, true}) {
        const char *kind = secret ? "secret" : "no secret";
        QTest::addRow("%s, URL", kind)
            << secret << u"redis://user:pass@host:6379/0"_s << u"redis://user:***@host:6379/0"_s;
        QTest::addRow("%s, URL without user", kind)
            << secret << u"rediss://:pass@host"_s << u"rediss://:***@host"_s;
        QTest::addRow("%s, password that is not encoded", kind)
            << secret << u"redis://u:p@s/:s@host"_s << u"redis://u:***@host"_s;
    }
    QTest::newRow("URL without password")
        << false << u"http://host:80/a"_s << u"http://host:80/a"_s;
    QTest::newRow("secret URL whose secret is elsewhere")
        << true << u"http://host/?key=abc"_s << u"***"_s;
    QTest::newRow("secret beside a URL") << true << u"http://u:p@host abc"_s << u"***"_s;
    QTest::newRow("control characters") << false << u"a\n\x1b[0m"_s << u"a\\n\\x1b[0m"_s;
}

void TestOptionTable::keepsSecrets()
{
    QFETCH(const bool, secret);
    const ServerOption option = {.key = "redis-url"_L1,
                                 .member = &ServerOptions::contentSecurityPolicy,
                                 .description = "A row like those that are still to come."_L1,
                                 .form = "a URL"_L1,
                                 .secret = secret};
    QFETCH(const QString, value);
    ServerOptions options;
    options.contentSecurityPolicy = value;
    QTEST(option.show(options), "shown");
}

void TestOptionTable::sentencesKeepPasswordsToo()
{
    const ServerOptions options = withVariable(u"LVT_MAX_CONNECTIONS"_s,
                                               u"redis://u:secret@host"_s);
    QCOMPARE(options.errors.size(), 1);
    QVERIFY(options.errors.first().startsWith(u"LVT_MAX_CONNECTIONS=\"redis://u:***@host\": "_s));

    const QStringList sentences = withVariable(u"LVT_ALLOWED_ORIGINS"_s, u"https://u:secret@host"_s)
                                      .check();
    QCOMPARE(sentences.size(), 1);
    QVERIFY(!sentences.first().contains(u"secret"_s));
}

void TestOptionTable::goVariablesHaveTheirMeaning_data()
{
    QTest::addColumn<QString>("variable");
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("key");
    QTest::addColumn<QString>("printed");
    const auto row = [](const char *variable, const QString &text, const char *key,
                        const QString &printed) {
        QTest::newRow(variable) << QString::fromLatin1(variable) << text << QString::fromLatin1(key)
                                << printed;
    };
    // PROTOCOL.md E.13, with values as Go's documentation has them.
    row("LVT_MAX_CONNECTIONS", u"10000"_s, "max-connections", u"10000"_s);
    row("LVT_MAX_CONNECTIONS_PER_GROUP", u"500"_s, "max-connections-per-group", u"500"_s);
    row("LVT_ALLOWED_ORIGINS", u"https://a.example, https://b.example"_s, "allowed-origins",
        u"https://a.example, https://b.example"_s);
    row("LVT_WEBSOCKET_DISABLED", u"true"_s, "websocket-disabled", u"true"_s);
    row("LVT_DEV_MODE", u"1"_s, "dev-mode", u"true"_s);
    row("LVT_LOADING_DISABLED", u"true"_s, "loading-disabled", u"true"_s);
    row("LVT_PROGRESSIVE_ENHANCEMENT", u"false"_s, "progressive-enhancement", u"false"_s);
    row("LVT_TEMPLATE_BASE_DIR", u"/"_s, "template-base-dir", u"/"_s);
    row("LVT_MAX_TEMPLATE_DEPTH", u"64"_s, "max-template-depth", u"64"_s);
    row("LVT_SHUTDOWN_TIMEOUT", u"1m"_s, "shutdown-timeout", u"1m"_s);
    row("LVT_METRICS_ENABLED", u"false"_s, "metrics-enabled", u"false"_s);
    row("LVT_TRUST_FORWARDED_HEADERS", u"true"_s, "trust-forwarded-headers", u"true"_s);
}

void TestOptionTable::goVariablesHaveTheirMeaning()
{
    QFETCH(const QString, variable);
    QFETCH(const QString, text);
    QFETCH(const QString, key);
    const ServerOptions options = withVariable(variable, text);
    QCOMPARE(options.errors, QStringList());
    QCOMPARE(options.check(), QStringList());
    QTEST(findOption(key)->print(options), "printed");
    QCOMPARE(options.source(key), OptionSource::Environment);
    // Two of them say the opposite of the member.
    QCOMPARE(options.webSocketEnabled, key != "websocket-disabled"_L1);
    QCOMPARE(options.showsLoading, key != "loading-disabled"_L1);
}

void TestOptionTable::anEmptyVariableSaysNothing()
{
    const ServerOptions options = withVariable(u"LVT_MAX_CONNECTIONS"_s, QString());
    QCOMPARE(options.errors, QStringList());
    QCOMPARE(options.source(u"max-connections"_s), OptionSource::Default);
}

void TestOptionTable::bufferSizeOfGoIsOnlyAWarning()
{
    const ServerOptions options = withVariable(u"LVT_WS_BUFFER_SIZE"_s, u"50"_s);
    QCOMPARE(options.errors, QStringList());
    QCOMPARE(options.warnings.size(), 1);
    QVERIFY(options.warnings.first().contains(u"LVT_MAX_PENDING_BYTES"_s));
}

void TestOptionTable::unknownVariables_data()
{
    QTest::addColumn<QString>("name");
    QTest::addColumn<QString>("sentence");
    QTest::newRow("a letter is missing") << u"LVT_MAX_CONECTIONS"_s
                                         << u"LVT_MAX_CONECTIONS is not an option of this server; "
                                            "did you mean LVT_MAX_CONNECTIONS?"_s;
    QTest::newRow("a variable of the program") << u"LVT_LOGLEVEL"_s
                                               << u"LVT_LOGLEVEL is not an option of this server; "
                                                  "did you mean LVT_LOG_LEVEL?"_s;
    QTest::newRow("nothing is near")
        << u"LVT_COLOUR"_s << u"LVT_COLOUR is not an option of this server."_s;
    for (const auto *name :
         {"LVT_PRESET", "LVT_ENVIRONMENT", "LVT_READY_FD", "LVT_TEST_SEED", "LVT_LISTEN",
          "LVT_LOG_LEVEL", "LVT_LOG_FORMAT", "LIVETEMPLATE_TEST_ARTIFACTS", "PATH"}) {
        QTest::addRow("%s is somebody else's", name) << QString::fromLatin1(name) << QString();
    }
}

void TestOptionTable::unknownVariables()
{
    QFETCH(const QString, name);
    QFETCH(const QString, sentence);
    const QStringList expected = sentence.isEmpty() ? QStringList() : QStringList{sentence};
    const ServerOptions once = withVariable(name, u"5"_s);
    QCOMPARE(once.errors, expected);
    // Who applies it twice hears it once.
    QCOMPARE(withVariable(name, u"5"_s, once).errors, expected);
}

void TestOptionTable::theProcessEnvironmentIsRead()
{
    qputenv("LVT_MAX_CONNECTIONS", "17");
    const ServerOptions options = ServerOptions::fromEnvironment();
    qunsetenv("LVT_MAX_CONNECTIONS");
    QCOMPARE(options.maxConnections, 17);
    QCOMPARE(ServerOptions::fromEnvironment().maxConnections, 0);
}

void TestOptionTable::knowsWhereAValueCameFrom()
{
    const QString key = u"heartbeat"_s;
    ServerOptions options;
    QCOMPARE(options.source(key), OptionSource::Default);
    options.heartbeatInterval = 2s;
    QCOMPARE(options.source(key), OptionSource::Code);
    options = withVariable(u"LVT_HEARTBEAT"_s, u"5s"_s, options);
    QCOMPARE(options.heartbeatInterval, 5s);
    QCOMPARE(options.source(key), OptionSource::Environment);
    options.set(key, u"20s"_s, OptionSource::CommandLine);
    QCOMPARE(options.source(key), OptionSource::CommandLine); // though it is the default
    options.heartbeatInterval = 3s;
    QCOMPARE(options.source(key), OptionSource::Code);
    QCOMPARE(options.source(u"threads"_s), OptionSource::Default);
}

void TestOptionTable::checks_data()
{
    QTest::addColumn<ServerOptions>("options");
    QTest::addColumn<QString>("sentence");
    const auto row = [](const char *name, const QString &sentence, auto change) {
        ServerOptions options;
        change(options);
        QTest::newRow(name) << options << sentence;
    };
    row("defaults", QString(), [](ServerOptions &) {});
    row("out of range",
        u"threads is -5: a whole number from 0 (one per core) to 256 is expected."_s,
        [](ServerOptions &options) { options.threads = -5; });
    row("heartbeat", u"heartbeat is 500ms: 0 (off) or a time from 1s to 1h is expected."_s,
        [](ServerOptions &options) { options.heartbeatInterval = 500ms; });
    row("no burst",
        u"message-burst is 0, so no message would get through: at least 1 is expected while "
        "message-rate is 10."_s,
        [](ServerOptions &options) { options.messageBurst = 0; });
    row("no burst is needed without a rate", QString(), [](ServerOptions &options) {
        options.messageRate = 0;
        options.messageBurst = 0;
    });
    row("idle pages are cut",
        u"idle-timeout is 39s, but heartbeat is 20s: at least twice that is expected, or pages on "
        "which nobody does anything are cut off."_s,
        [](ServerOptions &options) { options.idleTimeout = 39s; });
    row("just enough idle time", QString(),
        [](ServerOptions &options) { options.idleTimeout = 40s; });
    row("no idle time-out", QString(), [](ServerOptions &options) { options.idleTimeout = 0s; });
    row("no heartbeat", QString(), [](ServerOptions &options) {
        options.idleTimeout = 1s;
        options.heartbeatInterval = 0s;
    });
    row("origins", QString(), [](ServerOptions &options) {
        options.allowedOrigins = {u"*"_s, u"https://a.example"_s, u"http://[::1]:8080"_s};
    });
    for (const char *origin : {"a.example", "localhost:8080", "https://a.example/", "https://",
                               "https://a.example?x", "https://a.example#x", "https://u@a.example",
                               "//a.example", "https://a b", "https://*.a.example", "null"}) {
        row(origin,
            u"allowed-origins has \"%1\": scheme://host[:port] without a path, or *, is expected."_s
                .arg(QLatin1StringView(origin)),
            [origin](ServerOptions &options) {
                options.allowedOrigins = {u"*"_s, QString::fromLatin1(origin)};
            });
    }
    row("policy with a header in it",
        u"content-security-policy is a\\r\\nb: one line of ASCII text is expected."_s,
        [](ServerOptions &options) { options.contentSecurityPolicy = u"a\r\nb"_s; });
    row("policy with other letters",
        u"content-security-policy is ä: one line of ASCII text is expected."_s,
        [](ServerOptions &options) { options.contentSecurityPolicy = u"ä"_s; });
    row("no policy", QString(),
        [](ServerOptions &options) { options.contentSecurityPolicy.clear(); });
}

void TestOptionTable::checks()
{
    QFETCH(const ServerOptions, options);
    QFETCH(const QString, sentence);
    QCOMPARE(options.check().join(u'\n'), sentence);
}

void TestOptionTable::checkKnowsWhoSaidIt()
{
    ServerOptions options = withVariable(u"LVT_MESSAGE_BURST"_s, u"0"_s);
    options.set(u"message-rate"_s, u"5"_s, OptionSource::CommandLine);
    QCOMPARE(options.check(),
             QStringList{u"LVT_MESSAGE_BURST is 0, so no message would get through: at least 1 is "
                         "expected while --message-rate is 5."_s});
}

void TestOptionTable::checkLooksForTheTemplateFolder()
{
    const QTemporaryDir folder;
    ServerOptions options;
    options.templateBaseDir = folder.path();
    QCOMPARE(options.check(), QStringList());
    options.templateBaseDir = folder.filePath(u"missing"_s);
    QCOMPARE(options.check(),
             QStringList{u"template-base-dir is %1: there is no such folder."_s.arg(
                 options.templateBaseDir)});
}

void TestOptionTable::serverRefusesBadOptions_data()
{
    QTest::addColumn<ServerOptions>("options");
    QTest::addColumn<QString>("sentences");
    ServerOptions values;
    values.threads = -1;
    QTest::newRow("value")
        << values << u"threads is -1: a whole number from 0 (one per core) to 256 is expected."_s;
    ServerOptions source;
    source.errors = {u"One."_s, u"Two."_s};
    QTest::newRow("where they come from") << source << u"One.\nTwo."_s;
}

void TestOptionTable::serverRefusesBadOptions()
{
    QFETCH(const ServerOptions, options);
    QFETCH(const QString, sentences);
    Server server(options);
    QTest::ignoreMessage(QtCriticalMsg, qPrintable(sentences));
    QVERIFY(!server.listen());
    QCOMPARE(server.listenError(), Server::ListenError::BadOptions);
    QCOMPARE(server.errorString(), sentences);
    QVERIFY(!server.isListening());
}

void TestOptionTable::relativeTemplatesAreInTheirFolder()
{
    const QTemporaryDir folder;
    QFile file(folder.filePath(u"page.html"_s));
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write("<p>here</p>");
    file.close();

    ServerOptions options;
    QCOMPARE(options.templateFile(u"page.html"_s), u"page.html"_s);
    options.templateBaseDir = folder.path();
    QCOMPARE(options.templateFile(u"page.html"_s), file.fileName());
    QCOMPARE(options.templateFile(u"/page.html"_s), u"/page.html"_s);
    QCOMPARE(options.templateFile(u":/page.html"_s), u":/page.html"_s);

    Server server(options);
    QVERIFY(server.mount<EmptyState>(u"/", u"page.html", new EmptyController));
    QVERIFY2(server.listen(), qPrintable(server.errorString()));
}

QTEST_GUILESS_MAIN(TestOptionTable)
#include "tst_optiontable.moc"
