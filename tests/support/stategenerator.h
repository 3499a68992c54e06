// SPDX-FileCopyrightText: 2026 The LiveTemplate for Qt authors
// SPDX-License-Identifier: MIT

#pragma once

#include "awkwardvalues.h"
#include "templategenerator.h"

#include <QJsonValue>
#include <QVariantHash>

#include <memory>

namespace LiveTemplate {

/// Makes states for the templates of TemplateGenerator, which knows the names and kinds of the
/// values: a first one, and then edits of it as actions of a page would make them.
class StateGenerator
{
public:
    /// Edits are mostly of what @p templates show.
    StateGenerator(const ValueSource &source, const TemplateSet &templates);
    ~StateGenerator();
    Q_DISABLE_COPY_MOVE(StateGenerator)

    [[nodiscard]] QVariantHash newState();

    /// Changes @p state by up to five edits. False when it left the state as it was, which it
    /// does at times, because pages do it, too.
    bool edit(QVariantHash &state);

private:
    struct Private;

    std::unique_ptr<Private> d;
};

/// A value as JSON, with the properties of gadgets, for a report.
[[nodiscard]] QJsonValue toReadableJson(const QVariant &value);

} // namespace LiveTemplate
