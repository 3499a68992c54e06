// SPDX-FileCopyrightText: 2026 The LiveTemplate for Qt authors
// SPDX-License-Identifier: MIT

#include "binding.h"
#include "context.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QTest>

using namespace LiveTemplate;
using namespace Qt::StringLiterals;

struct Address
{
    Q_GADGET
    Q_PROPERTY(QString city MEMBER city)
    Q_PROPERTY(int zipCode MEMBER zipCode)

public:
    QString city = u"Berlin"_s;
    int zipCode = 10115;
    bool operator==(const Address &) const = default;
};

struct Person
{
    Q_GADGET
    Q_PROPERTY(QString firstName MEMBER firstName)
    Q_PROPERTY(int age MEMBER age)
    Q_PROPERTY(qint64 big MEMBER big)
    Q_PROPERTY(quint64 huge MEMBER huge)
    Q_PROPERTY(uchar small MEMBER small)
    Q_PROPERTY(double height MEMBER height)
    Q_PROPERTY(bool member MEMBER member)
    Q_PROPERTY(Colour colour MEMBER colour)
    Q_PROPERTY(QDate birthday MEMBER birthday)
    Q_PROPERTY(QTime alarm MEMBER alarm)
    Q_PROPERTY(QDateTime meeting MEMBER meeting)
    Q_PROPERTY(QStringList tags MEMBER tags)
    Q_PROPERTY(QList<int> numbers MEMBER numbers)
    Q_PROPERTY(QList<Person::Colour> colours MEMBER colours)
    Q_PROPERTY(Address address MEMBER address)
    Q_PROPERTY(QList<Address> addresses MEMBER addresses)
    Q_PROPERTY(QVariantMap other MEMBER other)
    Q_PROPERTY(bool admin READ isAdmin)

public:
    enum class Colour {
        Red,
        Green = 5,
    };
    Q_ENUM(Colour)

    [[nodiscard]] bool isAdmin() const { return false; }

    QString firstName = u"nobody"_s;
    int age = 1;
    qint64 big = 2;
    quint64 huge = 3;
    uchar small = 4;
    double height = 1.5;
    bool member = true;
    Colour colour = Colour::Green;
    QDate birthday = QDate(2000, 1, 1);
    QTime alarm = QTime(7, 0);
    QDateTime meeting;
    QStringList tags{u"old"_s};
    QList<int> numbers{7};
    QList<Colour> colours;
    Address address;
    QList<Address> addresses;
    QVariantMap other;
    bool operator==(const Person &) const = default;
};

/// A type that can nest without end.
struct Comment
{
    Q_GADGET
    Q_PROPERTY(QList<Comment> answers READ answersOf WRITE setAnswers)

public:
    [[nodiscard]] QList<Comment> answersOf() const { return answers; }
    void setAnswers(const QList<Comment> &list) { answers = list; }

    QList<Comment> answers;
};

namespace {

ActionData dataOf(const QByteArray &json)
{
    return ActionData(QJsonDocument::fromJson(json).object());
}

} // namespace

class TestBinding : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void values_data();
    void values();
    void refused_data();
    void refused();
    void unsupported();
    void startValues();
    void rulesGoFirst();
    void nesting();
    void context();
};

/// What one property is when the data are bound; all others stay as they are.
void TestBinding::values_data()
{
    QTest::addColumn<QByteArray>("json");
    QTest::addColumn<QByteArray>("property");
    QTest::addColumn<QVariant>("value");
    const auto row = [](const char *json, const char *property, const QVariant &value) {
        QTest::newRow(json) << QByteArray(json) << QByteArray(property) << value;
    };
    const Person person;
    row("{}", "age", person.age);
    row(R"({"firstName":"Al"})", "firstName", u"Al"_s);
    row(R"({"first_name":"Al"})", "firstName", u"Al"_s);
    row(R"({"first-name":"Al"})", "firstName", u"Al"_s);
    row(R"({"first_name":"Al","firstName":"Bo"})", "firstName", u"Bo"_s);
    row(R"({"firstname":"Al"})", "firstName", person.firstName);
    row(R"({"firstName":""})", "firstName", u""_s);
    row(R"({"firstName":42})", "firstName", u"42"_s);
    row(R"({"firstName":true})", "firstName", u"true"_s);
    row(R"({"firstName":null})", "firstName", person.firstName);
    row(R"({"age":42})", "age", 42);
    row(R"({"age":" 42 "})", "age", 42);
    row(R"({"age":"+5"})", "age", 5);
    row(R"({"age":"5.0"})", "age", 5);
    row(R"({"age":"1e3"})", "age", 1000);
    row(R"({"age":-2147483648})", "age", std::numeric_limits<int>::min());
    row(R"({"age":""})", "age", person.age);
    row(R"({"age":null})", "age", person.age);
    row(R"({"big":9007199254740993})", "big", Q_INT64_C(9007199254740993));
    row(R"({"big":"-9223372036854775808"})", "big", std::numeric_limits<qint64>::min());
    row(R"({"huge":"18446744073709551615"})", "huge", std::numeric_limits<quint64>::max());
    row(R"({"small":255})", "small", QVariant::fromValue(uchar(255)));
    row(R"({"height":2})", "height", 2.0);
    row(R"({"height":"-1.25e2"})", "height", -125.0);
    row(R"({"height":""})", "height", person.height);
    row(R"({"member":false})", "member", false);
    row(R"({"member":"off"})", "member", false);
    row(R"({"member":"on"})", "member", true);
    row(R"({"member":0})", "member", false);
    row(R"({"member":""})", "member", person.member);
    row(R"({"colour":"Red"})", "colour", QVariant::fromValue(Person::Colour::Red));
    row(R"({"colour":0})", "colour", QVariant::fromValue(Person::Colour::Red));
    row(R"({"colour":""})", "colour", QVariant::fromValue(person.colour));
    row(R"({"birthday":"2026-01-31"})", "birthday", QDate(2026, 1, 31));
    row(R"({"birthday":""})", "birthday", person.birthday);
    row(R"({"alarm":"06:30"})", "alarm", QTime(6, 30));
    row(R"({"alarm":"06:30:15.5"})", "alarm", QTime(6, 30, 15, 500));
    row(R"({"meeting":"2026-01-31T12:00"})", "meeting",
        QDateTime(QDate(2026, 1, 31), QTime(12, 0)));
    row(R"({"meeting":"2026-01-31T12:00-01:30"})", "meeting",
        QDateTime(QDate(2026, 1, 31), QTime(13, 30), QTimeZone::UTC));
    row(R"({"tags":["a","b"]})", "tags", QStringList{u"a"_s, u"b"_s});
    row(R"({"tags":"a"})", "tags", QStringList{u"a"_s});
    row(R"({"tags":[1,true,""]})", "tags", QStringList{u"1"_s, u"true"_s, u""_s});
    row(R"({"tags":[]})", "tags", QStringList());
    row(R"({"tags":""})", "tags", QStringList());
    row(R"({"numbers":["1",2,""]})", "numbers", QVariant::fromValue(QList<int>{1, 2}));
    row(R"({"numbers":5})", "numbers", QVariant::fromValue(QList<int>{5}));
    row(R"({"colours":["Red",5]})", "colours",
        QVariant::fromValue(QList{Person::Colour::Red, Person::Colour::Green}));
    row(R"({"address":{"city":"Bonn"}})", "address",
        QVariant::fromValue(Address{u"Bonn"_s, 10115}));
    row(R"({"address":{"zip_code":"53111"}})", "address",
        QVariant::fromValue(Address{u"Berlin"_s, 53111}));
    row(R"({"addresses":[{"city":"Bonn"},{}]})", "addresses",
        QVariant::fromValue(QList<Address>{{u"Bonn"_s, 10115}, {}}));
    row(R"({"admin":true})", "admin", false);
    row(R"({"unknown":true})", "age", person.age);
}

void TestBinding::values()
{
    QFETCH(QByteArray, json);
    QFETCH(QByteArray, property);
    QFETCH(QVariant, value);
    const auto bound = bindAction<Person>(dataOf(json));
    QVERIFY2(bound, bound ? "" : qPrintable(bound.error().errors().values().join(u' ')));
    const QMetaObject &type = Person::staticMetaObject;
    const int changed = type.indexOfProperty(property.constData());
    QVERIFY(changed >= 0);
    const Person initial;
    for (int i = 0; i < type.propertyCount(); ++i) {
        QCOMPARE(type.property(i).readOnGadget(&*bound),
                 i == changed ? value : type.property(i).readOnGadget(&initial));
    }
}

void TestBinding::refused_data()
{
    QTest::addColumn<QByteArray>("json");
    QTest::addColumn<QString>("field");
    QTest::addColumn<QString>("sentence");
    const auto row = [](const char *json, const char *field, const char *sentence) {
        QTest::newRow(json) << QByteArray(json) << QString::fromUtf8(field)
                            << QString::fromUtf8(sentence);
    };
    row(R"({"first_name":["a"]})", "first_name", "First name must be text.");
    row(R"({"firstName":{}})", "firstName", "First name must be text.");
    row(R"({"age":"abc"})", "age", "Age must be a whole number.");
    row(R"({"age":2.5})", "age", "Age must be a whole number.");
    row(R"({"age":"2.5"})", "age", "Age must be a whole number.");
    row(R"({"age":true})", "age", "Age must be a whole number.");
    row(R"({"age":"0x10"})", "age", "Age must be a whole number.");
    row(R"({"age":[1]})", "age", "Age must be a single value.");
    row(R"({"age":{}})", "age", "Age must be a single value.");
    row(R"({"age":2147483648})", "age",
        "Age must be a whole number from -2147483648 to 2147483647.");
    row(R"({"huge":-1})", "huge", "Huge must be a whole number from 0 to 18446744073709551615.");
    row(R"({"huge":"18446744073709551616"})", "huge", "Huge must be a whole number.");
    row(R"({"small":256})", "small", "Small must be a whole number from 0 to 255.");
    row(R"({"height":"tall"})", "height", "Height must be a number.");
    row(R"({"height":"inf"})", "height", "Height must be a number.");
    row(R"({"height":"1,5"})", "height", "Height must be a number.");
    row(R"({"member":"maybe"})", "member", "Member must be true or false.");
    row(R"({"colour":"Blue"})", "colour", "Colour must be one of the choices.");
    row(R"({"colour":1})", "colour", "Colour must be one of the choices.");
    row(R"({"birthday":"31.1.2026"})", "birthday", "Birthday must be a date.");
    row(R"({"alarm":"25:00"})", "alarm", "Alarm must be a time.");
    row(R"({"meeting":"2026-01-31"})", "meeting", "Meeting must be a date and a time.");
    row(R"({"tags":{}})", "tags", "Tags must be a list.");
    row(R"({"tags":[["a"]]})", "tags", "Tags must be text.");
    row(R"({"numbers":[1,"x","y"]})", "numbers", "Numbers must be a whole number.");
    row(R"({"address":"Bonn"})", "address", "Address must be an object.");
    row(R"({"address":{"zip_code":"x"}})", "address.zip_code", "Zip code must be a whole number.");
    row(R"({"addresses":[{},{"zipCode":"x"}]})", "addresses.1.zipCode",
        "Zip code must be a whole number.");
    row(R"({"addresses":[1]})", "addresses", "Addresses must be an object.");
}

void TestBinding::refused()
{
    QFETCH(QByteArray, json);
    QFETCH(QString, field);
    QFETCH(QString, sentence);
    const auto bound = bindAction<Person>(dataOf(json));
    QVERIFY(!bound);
    QCOMPARE(bound.error(), (ActionError{{field, sentence}}));
}

/// It is the author's mistake.
void TestBinding::unsupported()
{
    QTest::ignoreMessage(QtWarningMsg, QRegularExpression(u"cannot be put into"_s));
    const auto bound = bindAction<Person>(dataOf(R"({"other":"x"})"));
    QVERIFY(!bound);
    QCOMPARE(bound.error(), (ActionError{{u"other"_s, u"Other cannot be set."_s}}));
}

void TestBinding::startValues()
{
    Person start;
    start.age = 30;
    start.firstName = u"Al"_s;
    const auto bound = bindAction(dataOf(R"({"age":31})"), {}, start);
    QVERIFY(bound);
    QCOMPARE(bound->age, 31);
    QCOMPARE(bound->firstName, u"Al"_s);
}

void TestBinding::rulesGoFirst()
{
    const Rules rules = {{u"age"_s, {Rule::required(), Rule::min(18)}},
                         {u"firstName"_s, {Rule::required()}},
                         {u"consent"_s, {Rule::checked()}}};
    const auto refused = bindAction<Person>(dataOf(R"({"age":"abc","first_name":"","height":"x"})"),
                                            rules);
    QVERIFY(!refused);
    QCOMPARE(refused.error(),
             (ActionError{{u"age"_s, u"Age must be a number."_s},
                          {u"first_name"_s, u"First name is required."_s},
                          {u"consent"_s, u"Consent must be checked."_s},
                          {u"height"_s, u"Height must be a number."_s}}));

    const auto bound = bindAction<Person>(
        dataOf(R"({"age":"18","first_name":"Al","consent":true})"), rules);
    QVERIFY(bound);
    QCOMPARE(bound->age, 18);
    QCOMPARE(bound->firstName, u"Al"_s);
}

void TestBinding::nesting()
{
    const auto nested = [](int depth) {
        return dataOf(QByteArray(R"({"answers":[)").repeated(depth)
                      + QByteArray("]}").repeated(depth));
    };
    auto bound = bindAction<Comment>(nested(10));
    QVERIFY(bound);
    for (int i = 1; i < 10; ++i) {
        QCOMPARE(bound->answers.size(), 1);
        bound = Comment(bound->answers.first());
    }
    QVERIFY(bound->answers.isEmpty());

    const auto refused = bindAction<Comment>(nested(400));
    QVERIFY(!refused);
    QCOMPARE(refused.error().errors().size(), 1);
    QVERIFY(refused.error().errors().values().first().endsWith("is nested too deeply."_L1));
}

void TestBinding::context()
{
    const Rules rules = {{u"age"_s, {Rule::max(120)}}};
    const auto contextOf = [](const QByteArray &json) {
        return Context(Context::Origin::Client, u"save"_s, dataOf(json), GroupId(u"g"_s), UserId());
    };
    const auto bound = contextOf(R"({"age":42})").bind<Person>(rules);
    QVERIFY(bound);
    QCOMPARE(bound->age, 42);
    QVERIFY(contextOf(R"({"age":42})").validate(rules));

    const ActionError error{{u"age"_s, u"Age must be at most 120."_s}};
    QCOMPARE(contextOf(R"({"age":121})").bind<Person>(rules).error(), error);
    QCOMPARE(contextOf(R"({"age":121})").validate(rules).error(), error);
}

QTEST_GUILESS_MAIN(TestBinding)
#include "tst_binding.moc"
