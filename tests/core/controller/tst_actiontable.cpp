// SPDX-FileCopyrightText: 2026 The LiveTemplate for Qt authors
// SPDX-License-Identifier: MIT

#include "actiontable_p.h"
#include "context.h"

#include <QTest>

using namespace LiveTemplate;
using namespace Qt::StringLiterals;

class Number
{
    Q_GADGET
    Q_PROPERTY(int value MEMBER value)
public:
    int value = 0;
    bool operator==(const Number &) const = default;
};

class GoodController : public QObject
{
    Q_OBJECT

public:
    Q_INVOKABLE Number increment(Number state, LiveTemplate::Context &context)
    {
        state.value += int(context.integer(u"by", 1));
        context.broadcastAction(u"increment"_s);
        return state;
    }
    Q_INVOKABLE Number saveDraft(Number state, Context &) { return state; }
    Q_INVOKABLE LiveTemplate::Result<Number> check(Number state, LiveTemplate::Context &)
    {
        if (state.value > 0)
            return state;
        return std::unexpected(ActionError({{u"value"_s, u"must be above 0"_s}}));
    }
    Q_INVOKABLE Number mount(Number state, LiveTemplate::Context &)
    {
        state.value = 100;
        return state;
    }
    Q_INVOKABLE void onDisconnect() { ++disconnected; }

    Number notInvokable(Number state, LiveTemplate::Context &) { return state; }

    int disconnected = 0;

private:
    Q_INVOKABLE Number hidden(Number state, LiveTemplate::Context &) { return state; }
};

class WrongParameters : public QObject
{
    Q_OBJECT
public:
    Q_INVOKABLE Number increment(Number state) { return state; }
};

class WrongState : public QObject
{
    Q_OBJECT
public:
    Q_INVOKABLE Number increment(int, LiveTemplate::Context &) { return {}; }
};

class WrongReturn : public QObject
{
    Q_OBJECT
public:
    Q_INVOKABLE void increment(Number, LiveTemplate::Context &) {}
};

class ContextByValue : public QObject
{
    Q_OBJECT
public:
    Q_INVOKABLE Number increment(Number state, const LiveTemplate::Context &) { return state; }
};

class SameSpelling : public QObject
{
    Q_OBJECT
public:
    Q_INVOKABLE Number saveDraft(Number state, LiveTemplate::Context &) { return state; }
    Q_INVOKABLE Number save_draft(Number state, LiveTemplate::Context &) { return state; }
};

class TestActionTable : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void names();
    void spellings_data();
    void spellings();
    void run();
    void errorsKeepTheState();
    void hooksAreNoActions_data();
    void hooksAreNoActions();
    void hooks();
    void wrongMethodsAreNamed_data();
    void wrongMethodsAreNamed();
    void broadcasts();

private:
    static std::expected<ActionTable, QString> tableOf(const QMetaObject &metaObject)
    {
        return ActionTable::of(metaObject, StateType::of<Number>(), ActionResultType::of<Number>());
    }

    static Context context(Context::Origin origin = Context::Origin::Client,
                           const QJsonObject &data = {})
    {
        return Context(origin, u"x"_s, ActionData(data), GroupId(u"g"_s), UserId());
    }

    GoodController m_controller;
    ActionTable m_table = *tableOf(GoodController::staticMetaObject);
};

void TestActionTable::names()
{
    QCOMPARE(m_table.names(), (QStringList{u"check"_s, u"increment"_s, u"saveDraft"_s}));
}

void TestActionTable::spellings_data()
{
    QTest::addColumn<QString>("name");
    QTest::addColumn<bool>("known");
    for (const auto &name : {u"saveDraft"_s, u"SaveDraft"_s, u"save_draft"_s, u"save-draft"_s,
                             u"increment"_s, u"Increment"_s})
        QTest::newRow(qPrintable(name)) << name << true;
    for (const auto &name :
         {u"savedraft"_s, u"SAVEDRAFT"_s, u"Save_Draft"_s, u"INCREMENT"_s, u""_s, u"notInvokable"_s,
          u"hidden"_s, u"deleteLater"_s, u"destroyed"_s, u"objectNameChanged"_s})
        QTest::newRow(qPrintable(u"not "_s + name)) << name << false;
}

void TestActionTable::spellings()
{
    QFETCH(QString, name);
    QFETCH(bool, known);
    QCOMPARE(m_table.contains(name), known);
    Context call = context();
    QCOMPARE(m_table.run(name, &m_controller, QVariant::fromValue(Number{1}), call).has_value(),
             known);
}

void TestActionTable::run()
{
    Context call = context(Context::Origin::Client, {{u"by"_s, u"3"_s}});
    const QVariant before = QVariant::fromValue(Number{4});
    const auto result = m_table.run(u"increment"_s, &m_controller, before, call);
    QVERIFY(result && *result);
    QCOMPARE((*result)->value<Number>().value, 7);
    QCOMPARE(before.value<Number>().value, 4);
}

void TestActionTable::errorsKeepTheState()
{
    Context call = context();
    const auto failed = m_table.run(u"check"_s, &m_controller, QVariant::fromValue(Number{0}),
                                    call);
    QVERIFY(failed && !*failed);
    QCOMPARE(failed->error().errors().value(u"value"_s), u"must be above 0"_s);
    const auto passed = m_table.run(u"check"_s, &m_controller, QVariant::fromValue(Number{5}),
                                    call);
    QVERIFY(passed && *passed);
    QCOMPARE((*passed)->value<Number>().value, 5);
}

void TestActionTable::hooksAreNoActions_data()
{
    QTest::addColumn<QString>("name");
    for (const auto &hook : {u"mount"_s, u"onConnect"_s, u"onDisconnect"_s}) {
        for (const QString &spelling : ActionTable::spellings(hook))
            QTest::newRow(qPrintable(spelling)) << spelling;
    }
}

void TestActionTable::hooksAreNoActions()
{
    QFETCH(QString, name);
    QVERIFY(!m_table.contains(name));
}

void TestActionTable::hooks()
{
    Context call = context();
    const auto mounted = m_table.mount(&m_controller, QVariant::fromValue(Number{1}), call);
    QVERIFY(mounted);
    QCOMPARE(mounted->value<Number>().value, 100);
    const auto connected = m_table.onConnect(&m_controller, QVariant::fromValue(Number{1}), call);
    QVERIFY(connected);
    QCOMPARE(connected->value<Number>().value, 1); // it has no such hook
    m_controller.disconnected = 0;
    m_table.onDisconnect(&m_controller);
    QCOMPARE(m_controller.disconnected, 1);
}

void TestActionTable::wrongMethodsAreNamed_data()
{
    QTest::addColumn<const QMetaObject *>("metaObject");
    QTest::addColumn<QString>("mentions");
    QTest::newRow("parameters") << &WrongParameters::staticMetaObject
                                << u"WrongParameters: 'Number increment(Number)'"_s;
    QTest::newRow("state") << &WrongState::staticMetaObject
                           << u"'Number increment(int,LiveTemplate::Context&)'"_s;
    QTest::newRow("return") << &WrongReturn::staticMetaObject
                            << u"'void increment(Number,LiveTemplate::Context&)'"_s;
    QTest::newRow("context") << &ContextByValue::staticMetaObject
                             << u"'Number increment(Number,LiveTemplate::Context)'"_s;
    QTest::newRow("same spelling")
        << &SameSpelling::staticMetaObject << u"both answer to the action 'save_draft'"_s;
}

void TestActionTable::wrongMethodsAreNamed()
{
    QFETCH(const QMetaObject *, metaObject);
    QFETCH(QString, mentions);
    const auto table = tableOf(*metaObject);
    QVERIFY(!table);
    QVERIFY2(table.error().contains(mentions), qPrintable(table.error()));
}

void TestActionTable::broadcasts()
{
    Context own = context();
    own.broadcastAction(QString());
    own.broadcastAction(u"a"_s, {{u"k"_s, 1}});
    QCOMPARE(own.broadcasts().size(), 1);
    QCOMPARE(own.broadcasts().first().action, u"a"_s);
    QCOMPARE(own.broadcasts().first().data, (QJsonObject{{u"k"_s, 1}}));

    // One hop: increment broadcasts increment, and must not do so for ever.
    Context peers = context(Context::Origin::Broadcast);
    peers.broadcastAction(u"a"_s);
    QVERIFY(peers.broadcasts().isEmpty());

    QTest::ignoreMessage(QtWarningMsg, QRegularExpression(u"broadcast dropped"_s));
    Context many = context();
    for (int i = 0; i < Context::maxBroadcasts + 1; ++i)
        many.broadcastAction(u"a"_s);
    QCOMPARE(many.broadcasts().size(), Context::maxBroadcasts);
}

QTEST_GUILESS_MAIN(TestActionTable)
#include "tst_actiontable.moc"
