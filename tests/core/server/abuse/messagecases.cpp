// SPDX-FileCopyrightText: 2026 The LiveTemplate for Qt authors
// SPDX-License-Identifier: MIT

#include "messagecases.h"

namespace {

constexpr int depth = 100'000;

/// Has the page show @p value, as JSON.
QByteArray setTitle(const QByteArray &value)
{
    return R"({"action":"setTitle","data":{"value":)" + value + "}}";
}

/// Of a page that shows @p title for the first time.
QByteArray shown(const QByteArray &title)
{
    return R"({"tree":{"0":")" + title + R"(","2":{"s":["<b>","</b>"],"0":")" + title
        + R"("}},"meta":{"success":true,"errors":{},"action":"setTitle"}})";
}

/// Of a page that shows what it did before.
QByteArray unchanged(const QByteArray &action = "setTitle")
{
    return R"({"tree":{},"meta":{"success":true,"errors":{},"action":")" + action + R"("}})";
}

QByteArray nested(char open, const QByteArray &inside, char close, int levels)
{
    return QByteArray(levels, open) + inside + QByteArray(levels, close);
}

QList<MessageCase> deepMessages()
{
    return {
        {"deep lists", nested('[', {}, ']', depth), {}},
        {"deep lists without an end", QByteArray(depth, '['), {}},
        {"deep objects", QByteArray(R"({"a":)").repeated(depth), {}},
        {"deep data", setTitle(nested('[', "1", ']', depth)), {}},
        // What a list is as a text is no business of the server.
        {"data of some depth", setTitle(nested('[', "1", ']', 100)), unchanged()},
    };
}

QList<MessageCase> numbers()
{
    return {
        {"largest whole number", setTitle("9223372036854775807"), shown("9223372036854775807")},
        {"2^64", setTitle("18446744073709551616"), shown("18446744073709552000")},
        {"-0", setTitle("-0"), shown("0")},
        {"-0.0", setTitle("-0.0"), shown("0")},
        {"1e-999", setTitle("1e-999"), {}},
        {"0.1", setTitle("0.1"), shown("0.1")},
        {"number with a plus", setTitle("+1"), {}},
        {"number in hexadecimal", setTitle("0x10"), {}},
        {"no number", setTitle("NaN"), {}},
        {"infinity", setTitle("Infinity"), {}},
    };
}

QList<MessageCase> texts()
{
    return {
        {"two of one key",
         R"({"action":"nope","action":"setTitle","data":{"value":"a"},"data":{"value":"b"}})",
         shown("b")},
        {"two of one key in the data", R"({"action":"setTitle","data":{"value":"a","value":"b"}})",
         shown("b")},
        {"markup", setTitle(R"("<script>&\"'")"), shown("&lt;script&gt;&amp;&quot;&#39;")},
        {"escaped NUL", setTitle(R"("a\u0000b")"), shown("a\\u0000b")},
        {"half of a surrogate pair", setTitle(R"("a\ud800b")"),
         shown("a\xef\xbf\xbd"
               "b")},
        {"action of any characters", R"({"action":"\u0001\"\\<\u2028"})",
         unchanged("\\u0001\\\"\\\\<\xe2\x80\xa8")},
        {"long action", R"({"action":")" + QByteArray(100'000, 'a') + R"("})",
         unchanged(QByteArray(100'000, 'a'))},
        {"two messages", setTitle("1") + setTitle("2"), {}},
        {"nothing but space", QByteArray(100'000, ' '), {}},
    };
}

QList<MessageCase> manyThings()
{
    QByteArray keys;
    QByteArray sameKeys;
    for (int i = 0; i < 40'000; ++i) {
        // Backwards, which is the slowest order to put them in.
        keys += "\"k" + QByteArray::number(90'000 - i) + "\":1,";
        sameKeys += "\"k\":1,";
    }
    const auto withData = [](const QByteArray &data) {
        return R"({"action":"setTitle","data":{)" + data + R"("value":"a"}})";
    };
    return {
        {"many keys", withData(keys), shown("a")},
        {"many times one key", withData(sameKeys), shown("a")},
        {"many values", setTitle('[' + QByteArray("1,").repeated(200'000) + "1]"), unchanged()},
    };
}

} // namespace

QList<MessageCase> oddMessages()
{
    return deepMessages() + numbers() + texts() + manyThings();
}
