// SPDX-FileCopyrightText: 2026 The LiveTemplate for Qt authors
// SPDX-License-Identifier: MIT

#include "awkwardvalues.h"

#include <limits>

using namespace Qt::StringLiterals;

namespace LiveTemplate {

QString awkwardText(ValueSource &source)
{
    static const QStringList texts{
        u"a"_s,
        u"b"_s,
        QString(),
        u"two words"_s,
        u"Ann and Bob went home"_s,
        u"<b>&\"'"_s,
        u"{{ x }}"_s,
        u"{{"_s,
        u"}}"_s,
        u"{{ a }} and {{ b }}"_s,
        u"{% if %}"_s,
        u"<root>"_s,
        u"</root>"_s,
        u"x<root>y</root>z"_s,
        u"\u0001\u001f\u007f"_s,
        u"tab\there"_s,
        u"line\nline\n\nline\r\n"_s,
        u"\\ \\n \\\" \\u0041"_s,
        u"\"quoted\" 'quoted'"_s,
        u"ü日本"_s,
        u"\u2028\u2029"_s,
        u"&amp; &#123;"_s,
        u"<!-- c --><script>alert(1)</script>"_s,
        u"0"_s,
        u"12"_s,
        u"-3.5"_s,
        u"true"_s,
        u" "_s,
        QString(300, u'x'),
        u"word "_s.repeated(60),
    };
    static const QStringList emoji{u"🎉"_s, u"ü日本🎉"_s, QString(QChar(0xd83c)),
                                   u"a"_s + QChar(0xd83c) + u"b"_s};
    if (source.texts() == Texts::Any && source.chance(10))
        return source.pick(emoji);
    return source.pick(texts);
}

QVariant awkwardScalar(ValueSource &source)
{
    switch (source.below(12)) {
    default:
        return awkwardText(source);
    case 4:
        return source.below(10);
    case 5: {
        static const QVariantList numbers{-1, 1000000, qlonglong(1) << 40, 7u, qulonglong(8)};
        return source.pick(numbers);
    }
    case 6: {
        static constexpr double numbers[] = {0.5, 0.1 + 0.2, 3.0, -0.0, 1e21, 1.0 / 3, -2.25};
        return source.pick(numbers);
    }
    case 7:
        return source.chance(50);
    case 8:
        return QVariant();
    case 9:
        return QVariant::fromValue(nullptr);
    }
}

} // namespace LiveTemplate
