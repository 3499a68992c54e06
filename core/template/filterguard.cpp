// SPDX-FileCopyrightText: 2026 The LiveTemplate for Qt authors
// SPDX-License-Identifier: MIT

#include "filterguard_p.h"

#include <KTextTemplate/Util>

#include <QHash>

using namespace Qt::StringLiterals;

namespace LiveTemplate {

namespace {

/// No page has wider columns, and none shows more digits.
constexpr int maxWidth = 10'000;
constexpr int maxDigits = 100;

int numberOf(const QVariant &argument)
{
    return KTextTemplate::getSafeString(argument).get().toInt();
}

std::optional<QVariant> divisor(const QVariant &, const QVariant &argument)
{
    return numberOf(argument) == 0 ? std::optional<QVariant>(false) : std::nullopt;
}

std::optional<QVariant> wordCount(const QVariant &, const QVariant &argument)
{
    return numberOf(argument) < 1 ? std::optional<QVariant>(QString()) : std::nullopt;
}

std::optional<QVariant> slice(const QVariant &input, const QVariant &argument)
{
    if (KTextTemplate::getSafeString(argument).get().contains(u':'))
        return std::nullopt;
    const int index = argument.value<int>();
    const bool isInside = index >= 0 && index < KTextTemplate::getSafeString(input).get().size();
    return isInside ? std::nullopt : std::optional<QVariant>(QString());
}

std::optional<QVariant> digit(const QVariant &input, const QVariant &argument)
{
    return numberOf(argument) < 1 ? std::optional<QVariant>(input) : std::nullopt;
}

std::optional<QVariant> width(const QVariant &input, const QVariant &argument)
{
    return numberOf(argument) > maxWidth ? std::optional<QVariant>(input) : std::nullopt;
}

std::optional<QVariant> digits(const QVariant &input, const QVariant &argument)
{
    return qAbs(qint64(numberOf(argument))) > maxDigits ? std::optional<QVariant>(input)
                                                        : std::nullopt;
}

} // namespace

FilterGuard filterGuard(const QString &name)
{
    static const QHash<QString, FilterGuard> guards{
        {u"divisibleby"_s, &divisor}, {u"truncatewords"_s, &wordCount},
        {u"slice"_s, &slice},         {u"get_digit"_s, &digit},
        {u"center"_s, &width},        {u"ljust"_s, &width},
        {u"rjust"_s, &width},         {u"floatformat"_s, &digits}};
    return guards.value(name, nullptr);
}

} // namespace LiveTemplate
