// SPDX-FileCopyrightText: 2026 The LiveTemplate for Qt authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QHash>
#include <QList>
#include <QString>

#include <functional>

namespace LiveTemplate::Ui {

/// Lets only one page of a browser make the first visit to a host.
///
/// A server gives a browser without a cookie a new session group with every answer. If two tabs
/// opened a server's pages at the same moment, each would get a cookie of its own, and one
/// browser's tabs would not follow each other. So the first page goes alone, and the others wait
/// until the host has answered it.
class FirstVisit
{
public:
    enum class Outcome {
        /// The host answered: the browser now has its cookie.
        Answered,
        /// It did not: whoever waits tries next.
        Failed,
    };

    /// Calls @p load when the browser may load pages of @p host: now or later.
    void whenAllowed(const QString &host, std::function<void()> load);

    /// How the page ended that was allowed to load. Ignored for a host that already answered.
    void finished(const QString &host, Outcome outcome);

private:
    struct Host
    {
        enum class Stage {
            Unknown,
            Visiting,
            Known
        };

        Stage stage = Stage::Unknown;
        QList<std::function<void()>> waiting;
    };

    QHash<QString, Host> m_hosts;
};

} // namespace LiveTemplate::Ui
