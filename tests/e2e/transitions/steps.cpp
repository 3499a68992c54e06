// SPDX-FileCopyrightText: 2026 The LiveTemplate for Qt authors
// SPDX-License-Identifier: MIT

#include "steps.h"

#include <algorithm>
#include <array>

using namespace Qt::StringLiterals;

namespace LiveTemplate {

namespace {

Row row(const QString &key, const QStringList &cells = {u"1"_s, u"2"_s})
{
    return {key, u"Row "_s + key, false, cells};
}

QList<Row> rowsOf(const QStringList &keys)
{
    QList<Row> rows;
    for (const QString &key : keys)
        rows.append(row(key));
    return rows;
}

Row &find(QList<Row> &rows, const QString &key)
{
    const auto found = std::ranges::find(rows, key, &Row::key);
    Q_ASSERT(found != rows.end());
    return *found;
}

void remove(QList<Row> &rows, const QString &key)
{
    rows.removeIf([&](const Row &row) { return row.key == key; });
}

void turnOn(QList<Row> &rows, qsizetype only)
{
    for (qsizetype i = 0; i < rows.size(); ++i)
        rows[i].on = i == only;
}

PageState initialState()
{
    PageState state;
    state.title = u"First"_s;
    state.mode = u"a"_s;
    state.rows = rowsOf({u"a"_s, u"b"_s, u"c"_s});
    state.others = rowsOf({u"x"_s, u"y"_s});
    return state;
}

std::vector<Step> makeUniqueSteps()
{
    return {
        {u"append"_s,
         [](PageState &s) {
             s.rows.append(row(u"d"_s));
         }},
        {u"insert at the start"_s,
         [](PageState &s) {
             s.rows.prepend(row(u"e"_s));
         }},
        {u"insert in the middle"_s,
         [](PageState &s) {
             s.rows.insert(2, row(u"f"_s));
         }},
        {u"append several"_s,
         [](PageState &s) {
             s.rows += rowsOf({u"g"_s, u"h"_s, u"i"_s});
         }},
        {u"insert several at the start"_s,
         [](PageState &s) {
             s.rows = rowsOf({u"j"_s, u"k"_s}) + s.rows;
         }},
        {u"remove the first"_s,
         [](PageState &s) {
             s.rows.removeFirst();
         }},
        {u"remove the last"_s,
         [](PageState &s) {
             s.rows.removeLast();
         }},
        {u"remove in the middle"_s,
         [](PageState &s) {
             s.rows.removeAt(3);
         }},
        {u"move one down"_s,
         [](PageState &s) {
             s.rows.move(0, 2);
         }},
        {u"move the last to the start"_s,
         [](PageState &s) {
             s.rows.move(s.rows.size() - 1, 0);
         }},
        {u"reverse"_s,
         [](PageState &s) {
             std::ranges::reverse(s.rows);
         }},
        {u"shuffle"_s,
         [](PageState &s) {
             static constexpr std::array order{3, 6, 0, 7, 4, 1, 5, 2};
             QList<Row> shuffled;
             for (const int from : order)
                 shuffled.append(s.rows[from]);
             s.rows = shuffled;
         }},
        {u"update a text"_s,
         [](PageState &s) {
             find(s.rows, u"a"_s).name = u"Ann"_s;
         }},
        {u"update two texts"_s,
         [](PageState &s) {
             find(s.rows, u"h"_s).name = u"Hal"_s;
             find(s.rows, u"b"_s).name = u"Bob"_s;
         }},
        {u"another title"_s,
         [](PageState &s) {
             s.title = u"Second"_s;
         }},
        {u"another title and a row that moves"_s,
         [](PageState &s) {
             s.title = u"Third"_s;
             s.rows.move(0, 4);
         }},
        {u"another title, an update and an insertion"_s,
         [](PageState &s) {
             s.title = u"Fourth & <last>"_s;
             find(s.rows, u"c"_s).name = u"Cay"_s;
             s.rows.prepend(row(u"l"_s));
         }},
        {u"clear"_s,
         [](PageState &s) {
             s.rows.clear();
         }},
        {u"another title of an empty list"_s,
         [](PageState &s) {
             s.title = u"Nothing"_s;
         }},
        {u"refill"_s,
         [](PageState &s) {
             s.rows = rowsOf({u"a"_s, u"b"_s, u"c"_s, u"d"_s});
         }},
        {u"other rows"_s,
         [](PageState &s) {
             s.rows = rowsOf({u"p"_s, u"q"_s, u"r"_s, u"s"_s});
         }},
        {u"other rows but one"_s,
         [](PageState &s) {
             s.rows = rowsOf({u"a"_s, u"q"_s, u"b"_s, u"c"_s});
         }},
        {u"branch of the same shape"_s,
         [](PageState &s) {
             s.mode = u"b"_s;
         }},
        {u"branch of another shape"_s,
         [](PageState &s) {
             s.mode = u"c"_s;
         }},
        {u"no branch"_s,
         [](PageState &s) {
             s.mode.clear();
         }},
        {u"a branch again"_s,
         [](PageState &s) {
             s.mode = u"a"_s;
         }},
        {u"on"_s,
         [](PageState &s) {
             s.on = true;
         }},
        {u"all rows on"_s,
         [](PageState &s) {
             for (Row &r : s.rows)
                 r.on = true;
         }},
        {u"one row off, and off"_s,
         [](PageState &s) {
             s.rows[1].on = false;
             s.on = false;
         }},
        {u"only the first row on"_s,
         [](PageState &s) {
             turnOn(s.rows, 0);
         }},
        {u"only the last row on"_s,
         [](PageState &s) {
             turnOn(s.rows, s.rows.size() - 1);
         }},
        {u"only the second row on, and moved"_s,
         [](PageState &s) {
             turnOn(s.rows, 1);
             s.rows.move(1, 2);
         }},
        {u"append a cell"_s,
         [](PageState &s) {
             s.rows[1].cells.append(u"3"_s);
         }},
        {u"remove cells and update one"_s,
         [](PageState &s) {
             s.rows[0].cells = {u"2"_s};
             s.rows[2].cells[1] = u"two"_s;
         }},
        {u"reverse cells and move their row"_s,
         [](PageState &s) {
             std::ranges::reverse(s.rows[1].cells);
             s.rows.move(1, 3);
         }},
        {u"clear the cells of a row"_s,
         [](PageState &s) {
             s.rows[2].cells.clear();
         }},
        {u"keys with special characters"_s,
         [](PageState &s) {
             s.rows += rowsOf({u"it's"_s, u"\"quoted\""_s, u"a & b"_s, u"<b>"_s, u"two words"_s,
                               u"ü日🎉"_s, u"back\\slash"_s, u"[x]=\"y\""_s, u"&amp;"_s, u"1"_s,
                               u"a:b.c#d,e>f"_s});
         }},
        {u"move rows with special keys"_s,
         [](PageState &s) {
             s.rows.move(s.rows.size() - 1, 2);
             s.rows.move(5, 7);
             s.rows.move(9, 0);
         }},
        {u"update rows with special keys"_s,
         [](PageState &s) {
             for (Row &r : s.rows) {
                 if (r.key.size() > 1)
                     r.name = u"new"_s;
             }
         }},
        {u"insert behind a special key, and remove others"_s,
         [](PageState &s) {
             remove(s.rows, u"it's"_s);
             remove(s.rows, u"ü日🎉"_s);
             s.rows.insert(6, row(u"</li>"_s));
         }},
        {u"texts that look like something else"_s,
         [](PageState &s) {
             s.title = u"{{ title }}"_s;
             s.rows[0].name = u"{{ name }}"_s;
             s.rows[1].name = u"<root>\"'</root>"_s;
             s.rows[2].name = u"</ul><script>x</script>"_s;
             s.rows[3].name = u"&lt;{% if %}"_s;
         }},
        {u"plain rows again"_s,
         [](PageState &s) {
             s.title = u"Plain"_s;
             s.rows = rowsOf({u"a"_s, u"b"_s, u"c"_s, u"d"_s, u"e"_s});
         }},
        {u"another list"_s,
         [](PageState &s) {
             s.others.prepend(row(u"z"_s));
         }},
        {u"both lists"_s,
         [](PageState &s) {
             s.others.move(0, 1);
             s.rows.move(0, 1);
             s.others.append(row(u"w"_s));
             s.rows.removeLast();
         }},
        {u"insert, remove and move"_s,
         [](PageState &s) {
             s.rows.insert(1, row(u"m"_s));
             s.rows.insert(4, row(u"n"_s));
             s.rows.prepend(row(u"o"_s));
             remove(s.rows, u"c"_s);
             s.rows.move(2, 4);
         }},
        {u"everything"_s,
         [](PageState &s) {
             s.title = u"Everything"_s;
             s.mode = u"c"_s;
             s.on = true;
             std::ranges::reverse(s.rows);
             std::ranges::reverse(s.others);
             s.rows[0].on = true;
             s.rows[1].cells.append(u"3"_s);
             s.rows[2].name = u"new"_s;
             s.rows.append(row(u"t"_s));
         }},
        {u"nothing"_s,
         [](PageState &) {
         }},
        {u"many rows"_s,
         [](PageState &s) {
             for (int i = 0; i < 200; ++i)
                 s.rows.append(row(QString::number(i)));
         }},
        {u"changes all over many rows"_s,
         [](PageState &s) {
             for (int i = 190; i > 10; i -= 20) {
                 s.rows.move(i, i - 5);
                 s.rows[i].name = u"changed"_s;
                 s.rows.removeAt(i - 7);
                 s.rows.insert(i - 9, row(u"new "_s + QString::number(i)));
             }
         }},
        {u"all but few"_s,
         [](PageState &s) {
             s.rows = s.rows.mid(3, 4);
         }},
        {u"as at first"_s,
         [](PageState &s) {
             s = initialState();
         }},
    };
}

std::vector<Step> makeRepeatedSteps()
{
    return {
        {u"plain rows"_s,
         [](PageState &s) {
             s.rows = rowsOf({u"a"_s, u"b"_s, u"c"_s, u"d"_s, u"e"_s});
         }},
        {u"the same key twice"_s,
         [](PageState &s) {
             s.rows[3].key = u"a"_s;
             s.rows[4].key = u"a"_s;
         }},
        {u"move rows of the same key"_s,
         [](PageState &s) {
             s.rows.move(0, 3);
         }},
        {u"update and remove rows of the same key"_s,
         [](PageState &s) {
             s.rows.removeLast();
             s.rows.last().name = u"last"_s;
         }},
        {u"empty keys"_s,
         [](PageState &s) {
             s.rows[0].key.clear();
             s.rows.append(row(QString()));
         }},
        {u"unique keys again"_s,
         [](PageState &s) {
             s.rows = rowsOf({u"a"_s, u"b"_s, u"c"_s, u"d"_s, u"e"_s, u"f"_s});
         }},
        {u"a change behind"_s,
         [](PageState &s) {
             s.rows.move(0, 1);
         }},
    };
}

std::vector<Step> makeSharedSteps()
{
    return {
        {u"keys of the other list"_s,
         [](PageState &s) {
             s.others.append(row(u"a"_s));
             s.others.append(row(u"b"_s));
         }},
        {u"update rows whose keys both lists have"_s,
         [](PageState &s) {
             find(s.others, u"a"_s).name = u"other"_s;
             find(s.rows, u"b"_s).name = u"one"_s;
             find(s.others, u"b"_s).on = true;
         }},
        {u"move rows whose keys both lists have"_s,
         [](PageState &s) {
             s.rows.move(0, 1);
             s.others.move(0, 2);
         }},
        {u"remove rows whose keys the other list keeps"_s,
         [](PageState &s) {
             remove(s.rows, u"a"_s);
             remove(s.others, u"b"_s);
         }},
        {u"no shared keys again"_s,
         [](PageState &s) {
             s = initialState();
         }},
    };
}

} // namespace

const std::vector<Step> &steps(Keys keys)
{
    static const std::vector<Step> unique = makeUniqueSteps();
    static const std::vector<Step> repeated = makeRepeatedSteps();
    static const std::vector<Step> shared = makeSharedSteps();
    switch (keys) {
    case Keys::Unique:
        break;
    case Keys::Repeated:
        return repeated;
    case Keys::Shared:
        return shared;
    }
    return unique;
}

PageState stateAfter(Keys keys, std::size_t count)
{
    PageState state = initialState();
    for (std::size_t i = 0; i < count; ++i)
        steps(keys)[i].change(state);
    return state;
}

} // namespace LiveTemplate
