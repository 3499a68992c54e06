// SPDX-FileCopyrightText: 2026 The LiveTemplate for Qt authors
// SPDX-License-Identifier: MIT

#pragma once

#include "context.h"

#include <QObject>
#include <QString>

/// A page that counts, for tests of what is around pages. Its template is countingTemplate.
struct CountingState
{
    Q_GADGET
    Q_PROPERTY(int counter MEMBER counter)
    Q_PROPERTY(QString title MEMBER title)

public:
    int counter = 0;
    QString title;

    bool operator==(const CountingState &) const = default;
};

/// Shows the state in #counter and #title.
inline constexpr QStringView countingTemplate = u":/support/counting.html";

/// May be called from all threads.
class CountingController : public QObject
{
    Q_OBJECT

public:
    /// Every tab of the group counts, too.
    Q_INVOKABLE CountingState increment(CountingState state, LiveTemplate::Context &context);
    /// Nobody else is told.
    Q_INVOKABLE CountingState quiet(CountingState state, LiveTemplate::Context &context);
    /// Counts, and takes at least twenty milliseconds.
    Q_INVOKABLE CountingState slow(CountingState state, LiveTemplate::Context &context);
    Q_INVOKABLE CountingState setTitle(CountingState state, LiveTemplate::Context &context);
    Q_INVOKABLE LiveTemplate::Result<CountingState> fail(CountingState state,
                                                         LiveTemplate::Context &context);
};
