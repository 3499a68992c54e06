// SPDX-FileCopyrightText: 2026 The LiveTemplate for Qt authors
// SPDX-License-Identifier: MIT

#pragma once

#include "awkwardvalues.h"

#include <QJsonValue>
#include <QStringList>
#include <QVariantHash>

namespace LiveTemplate {

/// Makes states for the templates of TemplateGenerator, which knows the names and kinds of the
/// values: a first one, and then edits of it as actions of a page would make them.
class StateGenerator
{
public:
    /// @p parts are the names of templates that a template may include by a variable.
    StateGenerator(const ValueSource &source, QStringList parts);

    [[nodiscard]] QVariantHash newState();

    /// Changes @p state by one to three edits. False when it left the state as it was, which it
    /// does at times, because pages do it, too.
    bool edit(QVariantHash &state);

private:
    void editOnce(QVariantHash &state);

    ValueSource m_source;
    QStringList m_parts;
};

/// A value as JSON, with the properties of gadgets, for a report.
[[nodiscard]] QJsonValue toReadableJson(const QVariant &value);

} // namespace LiveTemplate
