// SPDX-FileCopyrightText: 2026 The LiveTemplate for Qt authors
// SPDX-License-Identifier: MIT

#pragma once

#include "livetemplate_export.h"
#include "validation.h"

#include <QByteArray>
#include <QString>

#include <expected>

namespace LiveTemplate {

/// The rules that the controls of a form state in HTML, by `required`, `min`, `max`, `minlength`,
/// `maxlength`, `pattern` and `type`: what a browser checks before it sends the form.
///
/// The form is found by the action, in any of its spellings: it has the action in
/// `lvt-form:action` or a hidden field `lvt-action`, or else a submit button of that name, or else
/// that name itself; or else the action is "submit", and the form is the only one without any of
/// these. There are no rules when the form has `novalidate`, or the button that is named after the
/// action or @p submitter has `formnovalidate`.
///
/// Not looked at are controls that browsers do not check either (disabled, read-only, hidden,
/// without a name), files, `step`, and the limits of months and weeks.
///
/// The error says that there is no such form, or several that differ in their rules.
[[nodiscard]] LIVETEMPLATE_PRIVATE_EXPORT std::expected<Rules, QString> rulesOfForm(
    const QByteArray &html, const QString &action, const QString &submitter = {});

} // namespace LiveTemplate
