// SPDX-FileCopyrightText: 2026 The LiveTemplate for Qt authors
// SPDX-License-Identifier: MIT

#include "statetype.h"

#include <QDateTime>
#include <QJsonDocument>
#include <QMap>
#include <QTest>
#include <QTimer>
#include <QUrl>

using namespace LiveTemplate;
using namespace Qt::StringLiterals;

class Inner
{
    Q_GADGET
    Q_PROPERTY(QString label MEMBER label)
    Q_PROPERTY(int count MEMBER count)
public:
    QString label;
    int count = 0;
    bool operator==(const Inner &) const = default;
};

class Everything
{
    Q_GADGET
    Q_PROPERTY(bool boolean MEMBER boolean)
    Q_PROPERTY(int integer MEMBER integer)
    Q_PROPERTY(qint64 large MEMBER large)
    Q_PROPERTY(quint64 unsignedLarge MEMBER unsignedLarge)
    Q_PROPERTY(double real MEMBER real)
    Q_PROPERTY(QString text MEMBER text)
    Q_PROPERTY(QByteArray bytes MEMBER bytes)
    Q_PROPERTY(QDateTime moment MEMBER moment)
    Q_PROPERTY(QUrl url MEMBER url)
    Q_PROPERTY(Colour colour MEMBER colour)
    Q_PROPERTY(QStringList words MEMBER words)
    Q_PROPERTY(QList<int> numbers MEMBER numbers)
    Q_PROPERTY(Inner inner MEMBER inner)
    Q_PROPERTY(QList<Inner> inners MEMBER inners)
    Q_PROPERTY(QMap<QString, Inner> named MEMBER named)
    Q_PROPERTY(QVariantMap map MEMBER map)
    Q_PROPERTY(QString draft MEMBER draft STORED false)
public:
    enum class Colour {
        Red,
        Green,
        Blue
    };
    Q_ENUM(Colour)

    bool boolean = false;
    int integer = 7;
    qint64 large = 0;
    quint64 unsignedLarge = 0;
    double real = 0;
    QString text;
    QByteArray bytes;
    QDateTime moment;
    QUrl url;
    Colour colour = Colour::Green;
    QStringList words;
    QList<int> numbers;
    Inner inner;
    QList<Inner> inners;
    QMap<QString, Inner> named;
    QVariantMap map;
    QString draft = u"new"_s;
    bool operator==(const Everything &) const = default;
};

class WithPointer
{
    Q_GADGET
    Q_PROPERTY(QObject *object MEMBER object)
public:
    QObject *object = nullptr;
    bool operator==(const WithPointer &) const = default;
};

class Deep
{
    Q_GADGET
    Q_PROPERTY(QList<WithPointer> parts MEMBER parts)
public:
    QList<WithPointer> parts;
    bool operator==(const Deep &) const = default;
};

class Ephemeral
{
    Q_GADGET
    Q_PROPERTY(QObject *object MEMBER object STORED false)
    Q_PROPERTY(int kept MEMBER kept)
public:
    QObject *object = nullptr;
    int kept = 0;
    bool operator==(const Ephemeral &) const = default;
};

class ReadOnly
{
    Q_GADGET
    Q_PROPERTY(int twice READ twice)
public:
    int twice() const { return 2; }
    bool operator==(const ReadOnly &) const = default;
};

class TestStateType : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void saveAndRestore();
    void ephemeralPropertiesStartAnew();
    void missingAndForeignProperties();
    void check_data();
    void check();
    void properties();

private:
    static Everything full()
    {
        Everything state;
        state.boolean = true;
        state.integer = -5;
        state.large = 9007199254740993; // not exact as a double
        state.unsignedLarge = 18446744073709551615U;
        state.real = 0.1;
        state.text = u"ü \"quoted\" 🎉"_s;
        state.bytes = QByteArray("\0\xff", 2);
        state.moment = QDateTime::fromString(u"2026-11-22T04:05:06.789Z"_s, Qt::ISODateWithMs);
        state.url = QUrl(u"https://example.org/a?b=c"_s);
        state.colour = Everything::Colour::Blue;
        state.words = {u"a"_s, QString(u""_s)};
        state.numbers = {3, 1, 2};
        state.inner = {u"one"_s, 1};
        state.inners = {{u"two"_s, 2}, {u"three"_s, 3}};
        state.named = {{u"k"_s, {u"four"_s, 4}}};
        state.map = {{u"x"_s, 1.5}, {u"y"_s, u"z"_s}};
        state.draft = u"changed"_s;
        return state;
    }
};

void TestStateType::saveAndRestore()
{
    const StateType type = StateType::of<Everything>();
    QVERIFY(type.check());
    // Through text, as a store does it.
    const QByteArray text = QJsonDocument(type.save(QVariant::fromValue(full()))).toJson();
    const QVariant restored = type.restore(QJsonDocument::fromJson(text).object());
    Everything expected = full();
    expected.draft = u"new"_s;
    QCOMPARE(restored.value<Everything>(), expected);
    QCOMPARE(restored, QVariant::fromValue(expected));
}

void TestStateType::ephemeralPropertiesStartAnew()
{
    const StateType type = StateType::of<Everything>();
    const QJsonObject saved = type.save(QVariant::fromValue(full()));
    QVERIFY(!saved.contains(u"draft"));
    QJsonObject forged = saved;
    forged.insert(u"draft"_s, u"forged"_s);
    QCOMPARE(type.restore(forged).value<Everything>().draft, u"new"_s);
}

void TestStateType::missingAndForeignProperties()
{
    const StateType type = StateType::of<Everything>();
    const QJsonObject saved{{u"text"_s, u"kept"_s},
                            {u"integer"_s, u"not a number"_s},
                            {u"inners"_s, 5},
                            {u"removedProperty"_s, 1}};
    const auto state = type.restore(saved).value<Everything>();
    QCOMPARE(state.text, u"kept"_s);
    QCOMPARE(state.integer, 7);
    QVERIFY(state.inners.isEmpty());
    QCOMPARE(state.colour, Everything::Colour::Green);
}

void TestStateType::check_data()
{
    QTest::addColumn<QString>("error");
    QTest::newRow("pointer") << StateType::of<WithPointer>().check().error_or(QString());
    QTest::newRow("nested pointer") << StateType::of<Deep>().check().error_or(QString());
    QTest::newRow("read-only") << StateType::of<ReadOnly>().check().error_or(QString());
}

void TestStateType::check()
{
    QFETCH(QString, error);
    const QString tag = QString::fromLatin1(QTest::currentDataTag());
    if (tag == u"pointer")
        QCOMPARE(
            error,
            u"property 'object': QObject* is a pointer, which means nothing after a restart"_s);
    else if (tag == u"nested pointer")
        QCOMPARE(
            error,
            u"property 'parts': property 'object': QObject* is a pointer, which means nothing after a restart"_s);
    else
        QCOMPARE(error, u"property 'twice' is read-only and could not be restored"_s);
    QVERIFY(StateType::of<Ephemeral>().check());
}

void TestStateType::properties()
{
    const QVariantHash values = StateType::of<Everything>().properties(QVariant::fromValue(full()));
    QCOMPARE(values.size(), Everything::staticMetaObject.propertyCount());
    QCOMPARE(values.value(u"integer"_s), -5);
    QCOMPARE(values.value(u"draft"_s), u"changed"_s);
    QCOMPARE(values.value(u"inner"_s).value<Inner>().label, u"one"_s);
}

QTEST_GUILESS_MAIN(TestStateType)
#include "tst_statetype.moc"
