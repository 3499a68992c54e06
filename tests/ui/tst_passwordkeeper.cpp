// SPDX-FileCopyrightText: 2026 The LiveTemplate for Qt authors
// SPDX-License-Identifier: MIT

// With a real keyring on a message bus of the test's own, and without any.

#include "passwordkeeper.h"

#include <QProcess>
#include <QStandardPaths>
#include <QTemporaryDir>
#include <QTest>

using namespace LiveTemplate::Ui;
using namespace Qt::StringLiterals;

namespace {

/// Set in the process that has a keyring.
constexpr char hasKeyring[] = "LIVETEMPLATE_TEST_HAS_KEYRING";

struct Kept
{
    bool isAnswered = false;
    bool isInKeychain = false;
    QString sentence;
};

Kept keep(PasswordKeeper &keeper, const QString &key, const QString &password)
{
    Kept kept;
    keeper.keep(key, password, [&](bool isInKeychain, const QString &sentence) {
        kept = {true, isInKeychain, sentence};
    });
    if (!QTest::qWaitFor([&] { return kept.isAnswered; }, 20'000))
        kept.sentence = u"no answer"_s;
    return kept;
}

PasswordKeeper::Found fetch(PasswordKeeper &keeper, const QString &key)
{
    std::optional<PasswordKeeper::Found> found;
    keeper.fetch(key, [&](const PasswordKeeper::Found &answer) { found = answer; });
    if (!QTest::qWaitFor([&] { return found.has_value(); }, 20'000))
        return {{}, u"no answer"_s};
    return *found;
}

} // namespace

class PasswordKeeperTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase()
    {
        if (!qEnvironmentVariableIsSet(hasKeyring))
            qputenv("DBUS_SESSION_BUS_ADDRESS", "disabled:");
    }

    void withoutAKeychain()
    {
        if (qEnvironmentVariableIsSet(hasKeyring))
            return;
        const QString key = u"redis://:***@host"_s;
        PasswordKeeper keeper;
        QVERIFY(fetch(keeper, key).password.isEmpty());
        const Kept kept = keep(keeper, key, u"secret"_s);
        QVERIFY(kept.isAnswered);
        QVERIFY(!kept.isInKeychain);
        QVERIFY2(kept.sentence.contains(u"until the program ends"_s), qPrintable(kept.sentence));
        QVERIFY(!kept.sentence.contains(u"secret"_s));
        QCOMPARE(fetch(keeper, key).password, u"secret"_s);
        // Another program's run knows nothing of it.
        PasswordKeeper other;
        QVERIFY(fetch(other, key).password.isEmpty());
        keeper.forget(key);
        QVERIFY(fetch(keeper, key).password.isEmpty());
    }

    void withAKeychain()
    {
        if (qEnvironmentVariableIsSet(hasKeyring)) {
            const QString key = u"redis://:***@host"_s;
            {
                PasswordKeeper keeper;
                QVERIFY(fetch(keeper, key).password.isEmpty());
                const Kept kept = keep(keeper, key, u"secret"_s);
                QVERIFY2(kept.isInKeychain, qPrintable(kept.sentence));
            }
            PasswordKeeper keeper;
            QCOMPARE(fetch(keeper, key).password, u"secret"_s);
            QCOMPARE(keep(keeper, key, u"other"_s).isInKeychain, true);
            QCOMPARE(fetch(keeper, key).password, u"other"_s);
            bool isForgotten = false;
            keeper.forget(key, [&] { isForgotten = true; });
            QTRY_VERIFY(isForgotten);
            QVERIFY(fetch(keeper, key).password.isEmpty());
            return;
        }
        for (const auto &program : {u"dbus-run-session"_s, u"gnome-keyring-daemon"_s}) {
            if (QStandardPaths::findExecutable(program).isEmpty())
                QSKIP(qPrintable(program + u" is not installed"_s));
        }
        // The same test in a session of its own, whose keyring ends with it.
        const QTemporaryDir home;
        QProcess session;
        QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
        environment.remove(u"DBUS_SESSION_BUS_ADDRESS"_s);
        environment.insert(u"HOME"_s, home.path());
        environment.insert(u"XDG_DATA_HOME"_s, home.filePath(u"data"_s));
        environment.insert(u"XDG_RUNTIME_DIR"_s, home.path());
        environment.insert(u"XDG_CURRENT_DESKTOP"_s, u"GNOME"_s);
        environment.insert(QString::fromLatin1(hasKeyring), u"1"_s);
        session.setProcessEnvironment(environment);
        session.setProcessChannelMode(QProcess::MergedChannels);
        session.start(
            u"dbus-run-session"_s,
            {u"--"_s, u"sh"_s, u"-c"_s,
             u"printf x | gnome-keyring-daemon --unlock --components=secrets >/dev/null && exec "
             "\"$0\" withAKeychain"_s,
             QCoreApplication::applicationFilePath()});
        QVERIFY(session.waitForFinished(60'000));
        const QByteArray output = session.readAll();
        QVERIFY2(session.exitCode() == 0, output);
        QVERIFY2(output.contains("PASS   : PasswordKeeperTest::withAKeychain"), output);
    }
};

QTEST_GUILESS_MAIN(PasswordKeeperTest)
#include "tst_passwordkeeper.moc"
