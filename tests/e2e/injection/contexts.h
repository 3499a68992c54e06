// SPDX-FileCopyrightText: 2026 The LiveTemplate for Qt authors
// SPDX-License-Identifier: MIT

#pragma once

#include <QHash>
#include <QList>
#include <QString>

namespace LiveTemplate {

/// A place where a template puts a value, and how the browser's page is asked for it again.
struct InjectionContext
{
    QString name;
    /// Sees the value as `x`, twice in `list`, in halves as `a` and `b`, and `on`, which is true.
    QString source;
    /// The function of harness.js that finds the value.
    QString look;
    /// The elements with the value; all that may be different from value to value is in them.
    QString selector = QStringLiteral(".hole");
    /// The attribute with the value; empty: it is in the element's text.
    QString attribute = {};
    /// The literal text around the value.
    QString prefix = {};
    QString suffix = {};
    /// Whether the value stands there as `a` and `b`.
    bool isSplit = false;
};

[[nodiscard]] QList<InjectionContext> injectionContexts();

/// What the contexts include, by name.
[[nodiscard]] QHash<QString, QString> includedTemplates();

/// Templates with a value where none can be safe.
[[nodiscard]] QList<QString> hopelessTemplates();

} // namespace LiveTemplate
