// SPDX-FileCopyrightText: 2026 The LiveTemplate for Qt authors
// SPDX-License-Identifier: MIT

#pragma once

#include "actiondata.h"
#include "livetemplate_export.h"
#include "result.h"

#include <QDate>
#include <QDateTime>
#include <QJsonValue>
#include <QList>
#include <QMap>
#include <QRegularExpression>
#include <QString>
#include <QTime>
#include <QVariant>

#include <optional>

namespace LiveTemplate {

/// What the value of a form's field must be. The rules mean what the attributes of HTML mean that
/// have their names, so that the server refuses what a browser would have refused:
///
/// - A missing value, null and empty text keep every rule but required() and checked().
/// - Numbers and booleans count as their text, and each value of a list must keep the rule.
/// - Length is counted in UTF-16 code units, and a line break counts as one.
///
/// Rules can be made once and used by several threads.
class LIVETEMPLATE_EXPORT Rule
{
public:
    /// The value must not be empty. Space is not empty.
    [[nodiscard]] static Rule required();

    /// A check box whose `value` attribute is @p value must be checked.
    [[nodiscard]] static Rule checked(const QString &value = QStringLiteral("on"));

    [[nodiscard]] static Rule minLength(int least);
    [[nodiscard]] static Rule maxLength(int most);
    /// Exactly @p length.
    [[nodiscard]] static Rule length(int length);

    /// The smallest number, or the earliest date or time. What is not a number (or a date, or a
    /// time) breaks the rule.
    [[nodiscard]] static Rule min(double least);
    [[nodiscard]] static Rule min(QDate earliest);
    [[nodiscard]] static Rule min(QTime earliest);
    [[nodiscard]] static Rule min(const QDateTime &earliest);

    /// The largest number, or the latest date or time.
    [[nodiscard]] static Rule max(double most);
    [[nodiscard]] static Rule max(QDate latest);
    [[nodiscard]] static Rule max(QTime latest);
    [[nodiscard]] static Rule max(const QDateTime &latest);

    /// The whole value must match a regular expression of JavaScript's as in HTML's `pattern`;
    /// @p description says in words what is meant. `\d` and `\w` are ASCII, `\p{L}` any letter. Not
    /// understood are `[^]`, and set operations in brackets. An expression that is not valid is
    /// logged, and every value breaks the rule; so does one of more than 10,000 code units, or that
    /// needs too many steps.
    [[nodiscard]] static Rule pattern(const QString &expression, const QString &description = {});

    /// An e-mail address as `<input type="email">` takes it.
    [[nodiscard]] static Rule email();
    /// Several, separated by commas.
    [[nodiscard]] static Rule emailList();

    /// An absolute URL of any scheme, "javascript:" among them: look at the scheme before you write
    /// a link with it.
    [[nodiscard]] static Rule url();

    [[nodiscard]] static Rule number();
    /// "2026-01-31".
    [[nodiscard]] static Rule date();
    /// "23:59", with seconds or without.
    [[nodiscard]] static Rule time();
    /// "2026-01-31T23:59".
    [[nodiscard]] static Rule dateTime();

    /// Why @p value breaks the rule: a translated sentence about @p label. Nothing if it does not.
    [[nodiscard]] std::optional<QString> check(const QJsonValue &value, const QString &label) const;

    friend LIVETEMPLATE_EXPORT bool operator==(const Rule &left, const Rule &right);

private:
    enum class Kind {
        Required,
        Checked,
        MinLength,
        MaxLength,
        Length,
        Min,
        Max,
        Pattern,
        Email,
        EmailList,
        Url,
        Number,
        Date,
        Time,
        DateTime,
    };

    explicit Rule(Kind kind, const QVariant &argument = {});

    [[nodiscard]] bool keeps(const QString &text) const;
    [[nodiscard]] bool isChecked(const QJsonValue &value) const;
    [[nodiscard]] QString sentence(const QString &text, const QString &label) const;

    Kind m_kind;
    /// A length, a limit, a check box's value, or a pattern's source.
    QVariant m_argument;
    QRegularExpression m_expression;
    QString m_description;
};

/// Rules by the name of the field.
using Rules = QMap<QString, QList<Rule>>;

/// Whether @p data keep all rules. If not, there is an error for each field that does not: the
/// sentence of its first rule that is broken, under the name that the field has in @p data.
/// A rule for "firstName" is also for a field "first_name" or "first-name".
[[nodiscard]] LIVETEMPLATE_EXPORT Result<void> validateAction(const ActionData &data,
                                                              const Rules &rules);

} // namespace LiveTemplate
