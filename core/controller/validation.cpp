// SPDX-FileCopyrightText: 2026 The LiveTemplate for Qt authors
// SPDX-License-Identifier: MIT

#include "validation.h"

#include "fieldvalue_p.h"

#include <QCoreApplication>
#include <QJsonArray>
#include <QLocale>
#include <QLoggingCategory>
#include <QUrl>

#include <algorithm>
#include <compare>

using namespace Qt::StringLiterals;

namespace LiveTemplate {

namespace {

Q_LOGGING_CATEGORY(lcValidation, "livetemplate.validation", QtInfoMsg)

/// A pattern may need time that grows with the square of the length, or worse.
constexpr qsizetype maxPatternSubject = 10'000;

/// PCRE gives up after so many steps, which take some milliseconds.
constexpr auto stepLimit = "(*LIMIT_MATCH=1000000)"_L1;

QString tr(const char *text)
{
    return QCoreApplication::translate("LiveTemplate::Validation", text);
}

/// The plural is English's; a translation has its own forms for %n.
QString tr(const char *one, const char *several, int count)
{
    return QCoreApplication::translate("LiveTemplate::Validation", count == 1 ? one : several,
                                       nullptr, count);
}

/// JavaScript's escapes `\u0041` and `\u{41}`, which PCRE writes `\x{41}`.
QString toPcre(const QString &javaScript)
{
    static const QRegularExpression escapes(
        u"\\\\(?:u([dD][89abAB][0-9a-fA-F]{2})\\\\u([dD][c-fC-F][0-9a-fA-F]{2})"
        "|u([0-9a-fA-F]{4})|u\\{([0-9a-fA-F]+)\\}|.)"_s,
        QRegularExpression::DotMatchesEverythingOption);
    QString pcre;
    qsizetype end = 0;
    for (auto it = escapes.globalMatch(javaScript); it.hasNext();) {
        const auto match = it.next();
        QString code = match.hasCaptured(3) ? match.captured(3) : match.captured(4);
        if (match.hasCaptured(1)) {
            const char32_t character = QChar::surrogateToUcs4(
                match.captured(1).toUShort(nullptr, 16), match.captured(2).toUShort(nullptr, 16));
            code = QString::number(character, 16);
        }
        pcre += QStringView(javaScript).sliced(end, match.capturedStart() - end);
        pcre += code.isEmpty() ? match.captured() : u"\\x{%1}"_s.arg(code);
        end = match.capturedEnd();
    }
    pcre += QStringView(javaScript).sliced(end);
    return pcre;
}

/// Not valid when @p pattern is not. It is looked at alone first, or `a)|(b` would pass.
QRegularExpression expressionOf(const QString &pattern)
{
    const QString pcre = toPcre(pattern);
    const QRegularExpression alone(pcre);
    if (!alone.isValid()) {
        qCWarning(lcValidation).noquote().nospace()
            << "The pattern \"" << pattern
            << "\" is not valid, so every value breaks it: " << alone.errorString();
        return alone;
    }
    return QRegularExpression(stepLimit + QRegularExpression::anchoredPattern(pcre));
}

/// HTML, 4.10.5.1.5.
bool isEmail(const QString &text)
{
    static const QRegularExpression form(QRegularExpression::anchoredPattern(
        u"[a-zA-Z0-9.!#$%&'*+\\/=?^_`{|}~-]+@[a-zA-Z0-9](?:[a-zA-Z0-9-]{0,61}[a-zA-Z0-9])?"
        "(?:\\.[a-zA-Z0-9](?:[a-zA-Z0-9-]{0,61}[a-zA-Z0-9])?)*"_s));
    return text.size() <= maxPatternSubject && form.match(text).hasMatch();
}

bool isEmailList(const QString &text)
{
    return std::ranges::all_of(text.split(u','),
                               [](const QString &address) { return isEmail(address.trimmed()); });
}

/// WHATWG URL: these need a host.
bool isSpecial(const QString &scheme)
{
    return scheme == "http"_L1 || scheme == "https"_L1 || scheme == "ws"_L1 || scheme == "wss"_L1
        || scheme == "ftp"_L1;
}

bool isAbsoluteUrl(const QString &text)
{
    const QUrl url(text);
    return url.isValid() && !url.scheme().isEmpty()
        && (!isSpecial(url.scheme()) || !url.host().isEmpty());
}

/// As a text area counts, whose line breaks are sent as two characters.
qsizetype lengthOf(const QString &text)
{
    return text.size() - text.count("\r\n"_L1);
}

/// @p text read as what @p limit is; not valid when it is something else.
QVariant readLike(const QVariant &limit, const QString &text)
{
    const auto toVariant = [](const auto &read) {
        return read ? QVariant::fromValue(*read) : QVariant();
    };
    switch (limit.typeId()) {
    case QMetaType::QDate:
        return toVariant(dateOf(text));
    case QMetaType::QTime:
        return toVariant(timeOf(text));
    case QMetaType::QDateTime:
        return toVariant(dateTimeOf(text));
    default:
        return toVariant(numberOf(text));
    }
}

/// Unordered when @p text is not what @p limit is.
std::partial_ordering compare(const QString &text, const QVariant &limit)
{
    const QVariant read = readLike(limit, text);
    return read.isValid() ? QVariant::compare(read, limit) : QPartialOrdering::Unordered;
}

QString toText(const QVariant &limit)
{
    switch (limit.typeId()) {
    case QMetaType::QDate:
        return limit.toDate().toString(Qt::ISODate);
    case QMetaType::QTime:
        return limit.toTime().toString(u"HH:mm"_s);
    case QMetaType::QDateTime:
        return limit.toDateTime().toString(u"yyyy-MM-dd HH:mm"_s);
    default:
        return QString::number(limit.toDouble(), 'f', QLocale::FloatingPointShortest);
    }
}

QString kindSentence(const QVariant &limit)
{
    switch (limit.typeId()) {
    case QMetaType::QDate:
        return tr("%1 must be a date.");
    case QMetaType::QTime:
        return tr("%1 must be a time.");
    case QMetaType::QDateTime:
        return tr("%1 must be a date and a time.");
    default:
        return tr("%1 must be a number.");
    }
}

bool isTemporal(const QVariant &limit)
{
    return limit.typeId() != QMetaType::Double;
}

bool isMissing(const QJsonValue &value)
{
    return value.isUndefined() || value.isNull() || (value.isString() && value.toString().isEmpty())
        || (value.isArray() && value.toArray().isEmpty());
}

} // namespace

Rule::Rule(Kind kind, const QVariant &argument)
    : m_kind(kind)
    , m_argument(argument)
{
}

Rule Rule::required()
{
    return Rule(Kind::Required);
}

Rule Rule::checked(const QString &value)
{
    return Rule(Kind::Checked, value);
}

Rule Rule::minLength(int least)
{
    return Rule(Kind::MinLength, least);
}

Rule Rule::maxLength(int most)
{
    return Rule(Kind::MaxLength, most);
}

Rule Rule::length(int length)
{
    return Rule(Kind::Length, length);
}

Rule Rule::min(double least)
{
    return Rule(Kind::Min, least);
}

Rule Rule::min(QDate earliest)
{
    return Rule(Kind::Min, earliest);
}

Rule Rule::min(QTime earliest)
{
    return Rule(Kind::Min, earliest);
}

Rule Rule::min(const QDateTime &earliest)
{
    return Rule(Kind::Min, earliest);
}

Rule Rule::max(double most)
{
    return Rule(Kind::Max, most);
}

Rule Rule::max(QDate latest)
{
    return Rule(Kind::Max, latest);
}

Rule Rule::max(QTime latest)
{
    return Rule(Kind::Max, latest);
}

Rule Rule::max(const QDateTime &latest)
{
    return Rule(Kind::Max, latest);
}

Rule Rule::pattern(const QString &expression, const QString &description)
{
    Rule rule(Kind::Pattern, expression);
    rule.m_expression = expressionOf(expression);
    rule.m_description = description;
    return rule;
}

Rule Rule::email()
{
    return Rule(Kind::Email);
}

Rule Rule::emailList()
{
    return Rule(Kind::EmailList);
}

Rule Rule::url()
{
    return Rule(Kind::Url);
}

Rule Rule::number()
{
    return Rule(Kind::Number);
}

Rule Rule::date()
{
    return Rule(Kind::Date);
}

Rule Rule::time()
{
    return Rule(Kind::Time);
}

Rule Rule::dateTime()
{
    return Rule(Kind::DateTime);
}

std::optional<QString> Rule::check(const QJsonValue &value, const QString &label) const
{
    if (m_kind == Kind::Required)
        return isMissing(value) ? std::optional(sentence({}, label)) : std::nullopt;
    if (m_kind == Kind::Checked)
        return isChecked(value) ? std::nullopt : std::optional(sentence({}, label));
    if (isMissing(value))
        return std::nullopt;
    const QJsonArray values = value.isArray() ? value.toArray() : QJsonArray{value};
    for (const auto &item : values) {
        if (isMissing(item))
            continue;
        const auto text = textOf(item);
        if (!text)
            return tr("%1 must be text.").arg(label);
        if (!keeps(*text))
            return sentence(*text, label);
    }
    return std::nullopt;
}

bool Rule::isChecked(const QJsonValue &value) const
{
    const auto isTheBox = [this](const QJsonValue &item) {
        return textOf(item) == m_argument.toString();
    };
    if (value.isArray()) {
        const QJsonArray values = value.toArray();
        return std::any_of(values.begin(), values.end(), isTheBox);
    }
    // A box of its own is a boolean with JavaScript, and the value of the box without.
    return isTheBox(value) || ActionData(QJsonObject{{u"box"_s, value}}).boolean(u"box", false);
}

bool Rule::keeps(const QString &text) const
{
    switch (m_kind) {
    case Kind::MinLength:
        return lengthOf(text) >= m_argument.toInt();
    case Kind::MaxLength:
        return lengthOf(text) <= m_argument.toInt();
    case Kind::Length:
        return lengthOf(text) == m_argument.toInt();
    case Kind::Min:
        return std::is_gteq(compare(text, m_argument));
    case Kind::Max:
        return std::is_lteq(compare(text, m_argument));
    case Kind::Pattern:
        return m_expression.isValid() && text.size() <= maxPatternSubject
            && m_expression.match(text).hasMatch();
    case Kind::Email:
        return isEmail(text.trimmed());
    case Kind::EmailList:
        return isEmailList(text);
    case Kind::Url:
        return isAbsoluteUrl(text.trimmed());
    case Kind::Number:
        return numberOf(text).has_value();
    case Kind::Date:
        return dateOf(text).has_value();
    case Kind::Time:
        return timeOf(text).has_value();
    case Kind::DateTime:
        return dateTimeOf(text).has_value();
    case Kind::Required:
    case Kind::Checked:
        break;
    }
    Q_UNREACHABLE_RETURN(false);
}

QString Rule::sentence(const QString &text, const QString &label) const
{
    switch (m_kind) {
    case Kind::Required:
        return tr("%1 is required.").arg(label);
    case Kind::Checked:
        return tr("%1 must be checked.").arg(label);
    case Kind::MinLength:
        return tr("%1 must have at least 1 character.", "%1 must have at least %n characters.",
                  m_argument.toInt())
            .arg(label);
    case Kind::MaxLength:
        return tr("%1 must have at most 1 character.", "%1 must have at most %n characters.",
                  m_argument.toInt())
            .arg(label);
    case Kind::Length:
        return tr("%1 must have exactly 1 character.", "%1 must have exactly %n characters.",
                  m_argument.toInt())
            .arg(label);
    case Kind::Min:
        if (!readLike(m_argument, text).isValid())
            return kindSentence(m_argument).arg(label);
        return (isTemporal(m_argument) ? tr("%1 must be %2 or later.")
                                       : tr("%1 must be at least %2."))
            .arg(label, toText(m_argument));
    case Kind::Max:
        if (!readLike(m_argument, text).isValid())
            return kindSentence(m_argument).arg(label);
        return (isTemporal(m_argument) ? tr("%1 must be %2 or earlier.")
                                       : tr("%1 must be at most %2."))
            .arg(label, toText(m_argument));
    case Kind::Pattern:
        if (m_description.isEmpty())
            return tr("%1 does not have the expected form.").arg(label);
        return tr("%1 does not have the expected form: %2").arg(label, m_description);
    case Kind::Email:
        return tr("%1 must be an e-mail address.").arg(label);
    case Kind::EmailList:
        return tr("%1 must be e-mail addresses, separated by commas.").arg(label);
    case Kind::Url:
        return tr("%1 must be a whole web address, for example https://example.org.").arg(label);
    case Kind::Number:
        return tr("%1 must be a number.").arg(label);
    case Kind::Date:
        return tr("%1 must be a date.").arg(label);
    case Kind::Time:
        return tr("%1 must be a time.").arg(label);
    case Kind::DateTime:
        return tr("%1 must be a date and a time.").arg(label);
    }
    Q_UNREACHABLE_RETURN({});
}

bool operator==(const Rule &left, const Rule &right)
{
    return left.m_kind == right.m_kind && left.m_argument == right.m_argument
        && left.m_description == right.m_description;
}

Result<void> validateAction(const ActionData &data, const Rules &rules)
{
    QHash<QString, QString> errors;
    for (auto it = rules.cbegin(); it != rules.cend(); ++it) {
        const QString key = keyOf(data.values(), it.key());
        for (const Rule &rule : *it) {
            if (const auto error = rule.check(data.values().value(key), labelOf(key))) {
                errors.insert(key, *error);
                break;
            }
        }
    }
    if (errors.isEmpty())
        return {};
    return std::unexpected(ActionError::ofFields(errors));
}

} // namespace LiveTemplate
