// SPDX-FileCopyrightText: 2026 The LiveTemplate for Qt authors
// SPDX-License-Identifier: MIT

#include "wirevalue_p.h"

#include <array>
#include <charconv>
#include <cmath>

using namespace Qt::StringLiterals;

namespace LiveTest {

namespace {

/// Number.MAX_SAFE_INTEGER of JavaScript: 2^53 - 1.
constexpr double maxSafeInteger = 9007199254740991.0;

/// Room for the longest fixed notation between 1e-6 and 1e21.
using Digits = std::array<char, 64>;

QString digitsOf(double number, std::chars_format format)
{
    Digits digits;
    const auto end = std::to_chars(digits.data(), digits.data() + digits.size(), number, format)
                         .ptr;
    return QString::fromLatin1(digits.data(), end - digits.data());
}

} // namespace

QString scriptNumber(double number)
{
    if (std::isnan(number))
        return u"NaN"_s;
    if (std::isinf(number))
        return number < 0 ? u"-Infinity"_s : u"Infinity"_s;
    if (number == 0)
        return u"0"_s; // also the negative one
    // ECMA-262, Number::toString.
    const double size = std::abs(number);
    if (size >= 1e-6 && size < 1e21)
        return digitsOf(number, std::chars_format::fixed);
    QString text = digitsOf(number, std::chars_format::scientific);
    const qsizetype exponent = text.indexOf(u'e') + 2;
    while (text.size() > exponent + 1 && text.at(exponent) == u'0')
        text.remove(exponent, 1);
    return text;
}

QJsonValue wireValue(const QString &text)
{
    const QString trimmed = text.trimmed();
    if (trimmed == "Infinity"_L1 || trimmed == "-Infinity"_L1)
        return QJsonValue::Null; // a number to JavaScript, which JSON does not have
    bool isNumber = false;
    const double number = trimmed.toDouble(&isNumber);
    if (isNumber && std::isfinite(number)) {
        if (number == std::trunc(number) && std::abs(number) > maxSafeInteger)
            return trimmed;
        if (trimmed == scriptNumber(number))
            return number;
    }
    if (text == "true"_L1)
        return true;
    if (text == "false"_L1)
        return false;
    return text;
}

} // namespace LiveTest
