// SPDX-FileCopyrightText: 2026 The LiveTemplate for Qt authors
// SPDX-License-Identifier: MIT

#include "stategenerator.h"

#include "awkwardvalues.h"
#include "testperson.h"

#include <QDateTime>
#include <QJsonArray>
#include <QJsonObject>
#include <QMetaEnum>
#include <QMetaProperty>
#include <QRegularExpression>
#include <QSequentialIterable>
#include <QTimeZone>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace LiveTemplate {

namespace {

constexpr int mostItems = 6;

// Items of the lists. Each has a function that makes one, and one that changes one as an action
// of a page would.

/// What names a row: mostly small numbers, so that two rows are at times called the same; and what
/// a key must survive.
QVariant makeId(ValueSource &source)
{
    static const QStringList texts{u"a"_s, u"b"_s, QString(), u"1#2"_s, u"<b>&\"'"_s, u"{{ k }}"_s};
    return source.chance(20) ? QVariant(source.pick(texts)) : QVariant(source.below(12));
}

QString makeText(ValueSource &source)
{
    return awkwardText(source);
}

void changeText(ValueSource &source, QString &text)
{
    text = awkwardText(source);
}

int makeNumber(ValueSource &source)
{
    return source.below(10) - 2;
}

void changeNumber(ValueSource &source, int &number)
{
    number += 1 + source.below(3);
}

QStringList makeTexts(ValueSource &source)
{
    QStringList texts;
    for (int i = source.below(4); i > 0; --i)
        texts.append(makeText(source));
    return texts;
}

TestVisit makeVisit(ValueSource &source)
{
    return {source.below(8), makeText(source)};
}

void changeVisit(ValueSource &source, TestVisit &visit)
{
    visit.name = makeText(source);
}

template<typename List, typename Make, typename Change>
void editList(ValueSource &source, List &list, Make make, Change change)
{
    const auto place = [&] {
        return source.below(int(list.size()));
    };
    switch (list.isEmpty() ? 0 : source.below(11)) {
    case 0:
        list.append(make(source));
        break;
    case 1:
        change(source, list[place()]);
        break;
    case 2:
        list.removeAt(place());
        break;
    case 3:
        list.insert(source.below(int(list.size()) + 1), make(source));
        break;
    case 4:
        list.move(place(), place());
        break;
    case 5:
        list.swapItemsAt(place(), place());
        break;
    case 6: {
        const auto copy = list.at(place());
        list.insert(place(), copy);
        break;
    }
    case 7:
        list.clear();
        break;
    case 8:
        list.clear();
        for (int i = 1 + source.below(mostItems); i > 0; --i)
            list.append(make(source));
        break;
    case 9:
        std::ranges::reverse(list);
        break;
    default: {
        const auto first = list.takeFirst();
        list.append(first);
        list.prepend(make(source));
        break;
    }
    }
    while (list.size() > 2 * mostItems)
        list.removeLast();
}

template<typename List, typename Make>
List makeList(ValueSource &source, Make make)
{
    List list;
    for (int i = source.below(mostItems); i > 0; --i)
        list.append(make(source));
    return list;
}

TestPerson makePerson(ValueSource &source)
{
    TestPerson person;
    person.id = makeId(source);
    person.name = makeText(source);
    person.on = source.chance(50);
    person.group = source.below(3);
    person.cells = makeTexts(source);
    for (int i = source.below(3); i > 0; --i)
        person.sub.append(makeVisit(source));
    person.role = TestPerson::Role(source.below(3));
    person.address = {makeText(source), source.below(20)};
    person.score = source.below(10) / 4.0;
    return person;
}

void changePerson(ValueSource &source, TestPerson &person)
{
    switch (source.below(9)) {
    case 0:
        person.name = makeText(source);
        break;
    case 1:
        person.on = !person.on;
        break;
    case 2:
        person.group = source.below(3);
        break;
    case 3:
        editList(source, person.cells, makeText, changeText);
        break;
    case 4:
        editList(source, person.sub, makeVisit, changeVisit);
        break;
    case 5:
        person.role = TestPerson::Role((person.role + 1) % 3);
        break;
    case 6:
        person.address.city = makeText(source);
        break;
    case 7:
        person.score += 0.25;
        break;
    default:
        person.id = makeId(source);
    }
}

QVariant makeGuest(ValueSource &source)
{
    return QVariant::fromValue(makePerson(source));
}

void changeGuest(ValueSource &source, QVariant &guest)
{
    auto person = guest.value<TestPerson>();
    changePerson(source, person);
    guest = QVariant::fromValue(person);
}

QVariant makeScalar(ValueSource &source)
{
    return awkwardScalar(source);
}

void changeScalar(ValueSource &source, QVariant &value)
{
    value = awkwardScalar(source);
}

QVariant makeSubRow(ValueSource &source)
{
    return QVariantHash{{u"id"_s, makeId(source)}, {u"name"_s, awkwardScalar(source)}};
}

void changeSubRow(ValueSource &source, QVariant &row)
{
    QVariantHash map = row.toHash();
    map.insert(u"name"_s, awkwardScalar(source));
    row = map;
}

/// A row whose keys are the names of TestPerson's properties.
QVariant makeRow(ValueSource &source)
{
    QVariantHash row{
        {u"id"_s, makeId(source)},
        {u"name"_s, makeText(source)},
        {u"on"_s, source.chance(50)},
        {u"group"_s, source.below(3)},
        {u"cells"_s, makeList<QVariantList>(source, makeScalar)},
        {u"sub"_s, makeList<QVariantList>(source, makeSubRow)},
        {u"score"_s, awkwardScalar(source)},
    };
    if (source.chance(20))
        row.remove(u"name"_s);
    return row;
}

void changeRow(ValueSource &source, QVariant &value)
{
    QVariantHash row = value.toHash();
    switch (source.below(8)) {
    case 0:
    case 1:
        row.insert(u"name"_s, makeText(source));
        break;
    case 2:
        row.insert(u"on"_s, !row.value(u"on"_s).toBool());
        break;
    case 3:
        row.insert(u"group"_s, source.below(3));
        break;
    case 4: {
        QVariantList cells = row.value(u"cells"_s).toList();
        editList(source, cells, makeScalar, changeScalar);
        row.insert(u"cells"_s, cells);
        break;
    }
    case 5: {
        QVariantList sub = row.value(u"sub"_s).toList();
        editList(source, sub, makeSubRow, changeSubRow);
        row.insert(u"sub"_s, sub);
        break;
    }
    case 6:
        row.insert(u"score"_s, awkwardScalar(source));
        break;
    default:
        row.insert(u"id"_s, makeId(source));
    }
    value = row;
}

QVariant makePair(ValueSource &source)
{
    QVariantList pair{awkwardScalar(source), awkwardScalar(source)};
    // `for a, b in …` also meets lists that are too short or too long.
    if (source.chance(10))
        pair.append(source.below(5));
    else if (source.chance(10))
        pair.removeLast();
    return pair;
}

void changePair(ValueSource &source, QVariant &value)
{
    QVariantList pair = value.toList();
    pair[source.below(int(pair.size()))] = awkwardScalar(source);
    value = pair;
}

QVariant makeNested(ValueSource &source)
{
    return makeList<QVariantList>(source, makeScalar);
}

void changeNested(ValueSource &source, QVariant &value)
{
    QVariantList list = value.toList();
    editList(source, list, makeScalar, changeScalar);
    value = list;
}

QVariant makeAnything(ValueSource &source)
{
    switch (source.below(6)) {
    default:
        return awkwardScalar(source);
    case 3:
        return makeNested(source);
    case 4:
        return makeTexts(source);
    case 5:
        return makeRow(source);
    }
}

QVariant makeMap(ValueSource &source)
{
    return QVariantHash{
        {u"key"_s, awkwardScalar(source)},
        {u"inner"_s,
         QVariantHash{{u"x"_s, awkwardScalar(source)}, {u"list"_s, makeNested(source)}}},
    };
}

/// Not a hash: the order in which a template walks over it must be the same every time.
QVariant makeSortedMap(ValueSource &source)
{
    QVariantMap map;
    for (int i = source.below(4); i > 0; --i)
        map.insert(QString(QChar(u'a' + source.below(6))), awkwardScalar(source));
    return map;
}

QVariant makeTime(ValueSource &source)
{
    return QDateTime(QDate(2024, 1 + source.below(12), 3), QTime(4, source.below(60), 6),
                     QTimeZone::UTC);
}

QVariant makePrice(ValueSource &source)
{
    return source.below(20) / 8.0;
}

QVariant makeFlag(ValueSource &source)
{
    return source.chance(50);
}

void changeFlag(ValueSource &, QVariant &value)
{
    value = !value.toBool();
}

/// One value of a state.
struct ValueForm
{
    QLatin1StringView name;
    QVariant (*make)(ValueSource &);
    void (*change)(ValueSource &, QVariant &);
};

template<auto make>
constexpr ValueForm value(QLatin1StringView name)
{
    return {name, [](ValueSource &source) { return QVariant(make(source)); },
            [](ValueSource &source, QVariant &old) {
                old = make(source);
            }};
}

template<typename List, auto make, auto change>
constexpr ValueForm list(QLatin1StringView name)
{
    return {name,
            [](ValueSource &source) { return QVariant::fromValue(makeList<List>(source, make)); },
            [](ValueSource &source, QVariant &old) {
                auto items = old.value<List>();
                editList(source, items, make, change);
                old = QVariant::fromValue(items);
            }};
}

constexpr ValueForm valueForms[] = {
    value<makeText>("a"_L1),
    value<makeText>("b"_L1),
    value<makeAnything>("any"_L1),
    value<makeNumber>("count"_L1),
    value<makePrice>("price"_L1),
    {"on"_L1, makeFlag, changeFlag},
    {"open"_L1, makeFlag, changeFlag},
    list<QStringList, makeText, changeText>("words"_L1),
    list<QList<int>, makeNumber, changeNumber>("numbers"_L1),
    list<QVariantList, makeScalar, changeScalar>("things"_L1),
    list<QVariantList, makeRow, changeRow>("rows"_L1),
    list<QList<TestPerson>, makePerson, changePerson>("people"_L1),
    list<QVariantList, makeGuest, changeGuest>("guests"_L1),
    list<QVariantList, makePair, changePair>("pairs"_L1),
    list<QVariantList, makeNested, changeNested>("nested"_L1),
    value<makeMap>("map"_L1),
    value<makeSortedMap>("sorted"_L1),
    {"person"_L1, makeGuest, changeGuest},
    value<makeTime>("when"_L1),
};

constexpr auto partName = "part"_L1;

/// Those that @p templates have a use for.
QList<const ValueForm *> usedForms(const TemplateSet &templates)
{
    const QString all = QStringList(templates.files.values()).join(u' ');
    QList<const ValueForm *> result;
    for (const ValueForm &form : valueForms) {
        const QRegularExpression word(u"\\b%1\\b"_s.arg(form.name));
        if (word.match(all).hasMatch())
            result.append(&form);
    }
    return result;
}

} // namespace

struct StateGenerator::Private
{
    ValueSource source;
    QStringList parts;
    QList<const ValueForm *> used;
};

StateGenerator::StateGenerator(const ValueSource &source, const TemplateSet &templates)
    : d(std::make_unique<Private>(source, templates.parts, usedForms(templates)))
{
}

StateGenerator::~StateGenerator() = default;

QVariantHash StateGenerator::newState()
{
    QVariantHash state;
    for (const ValueForm &form : valueForms)
        state.insert(form.name, form.make(d->source));
    if (!d->parts.isEmpty())
        state.insert(partName, d->source.pick(d->parts));
    return state;
}

bool StateGenerator::edit(QVariantHash &state)
{
    if (d->source.chance(8) || d->used.isEmpty())
        return false;
    if (d->source.chance(8)) {
        state = newState();
        return true;
    }
    for (int i = d->source.below(5); i >= 0; --i) {
        if (!d->parts.isEmpty() && d->source.chance(5)) {
            state.insert(partName, d->source.pick(d->parts));
        } else {
            const ValueForm *form = d->source.pick(d->used);
            form->change(d->source, state[form->name]);
        }
    }
    return true;
}

QJsonValue toReadableJson(const QVariant &value)
{
    const QMetaType type = value.metaType();
    if (type.flags() & QMetaType::IsGadget && type.metaObject()->propertyCount() > 0) {
        QJsonObject object;
        for (int i = 0; i < type.metaObject()->propertyCount(); ++i) {
            const QMetaProperty property = type.metaObject()->property(i);
            object.insert(QString::fromLatin1(property.name()),
                          toReadableJson(property.readOnGadget(value.constData())));
        }
        return object;
    }
    if (type == QMetaType::fromType<QVariantHash>() || type == QMetaType::fromType<QVariantMap>()) {
        QJsonObject object;
        const QVariantMap map = value.toMap();
        for (auto it = map.begin(); it != map.end(); ++it)
            object.insert(it.key(), toReadableJson(it.value()));
        return object;
    }
    if (type != QMetaType::fromType<QString>() && value.canConvert<QVariantList>()) {
        QJsonArray array;
        for (const QVariant &item : value.value<QSequentialIterable>())
            array.append(toReadableJson(item));
        return array;
    }
    if (type == QMetaType::fromType<QString>() || type == QMetaType::fromType<bool>())
        return QJsonValue::fromVariant(value);
    // The type makes a difference to filters and to what is printed.
    return u"%1(%2)"_s.arg(QString::fromLatin1(type.isValid() ? type.name() : "nothing"),
                           value.toString());
}

} // namespace LiveTemplate
