// SPDX-FileCopyrightText: 2026 The LiveTemplate for Qt authors
// SPDX-License-Identifier: MIT

#pragma once

#include "parsedtemplate_p.h"
#include "templateengine_p.h"
#include "templateerror.h"

#include <QList>

namespace LiveTemplate {

/// What is wrong with the templates that @p page names by constants, and that these name: each is
/// read to its first error.
[[nodiscard]] QList<TemplateError> syntaxErrors(TemplateEngine &engine, const ParsedTemplate &page);

} // namespace LiveTemplate
