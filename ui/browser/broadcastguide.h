// SPDX-FileCopyrightText: 2026 The LiveTemplate for Qt authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QString>

#include <array>

namespace LiveTemplate::Ui {

/// What somebody is told who wants to see what a broadcast is: two tabs of one browser and one of
/// another show a counter; one clicks, and looks who follows. It is told what the three counters
/// show, and finds out from that what was clicked.
class BroadcastGuide
{
public:
    enum class Stage {
        /// Not all pages are there yet.
        Loading,
        /// A click in one of the two tabs of the one browser is awaited.
        ClickInPair,
        /// A click in the other browser is awaited.
        ClickInOther,
        Finished,
    };
    static constexpr int stepCount = 3;

    /// The first two are tabs of one browser. Empty: the page is not there.
    using Counters = std::array<QString, 3>;

    /// The names of the two browsers.
    BroadcastGuide(QString pair, QString other);

    /// What the counters show now, and which of the three tabs was used last (-1: none). To be
    /// called a few times a second. True when there is something else to say.
    bool observe(const Counters &counters, int lastUsed);

    [[nodiscard]] Stage stage() const { return m_stage; }
    /// From 1 to stepCount.
    [[nodiscard]] int step() const;
    /// What just happened; empty when nothing did.
    [[nodiscard]] const QString &happened() const { return m_happened; }
    /// What to do next, or what to think of it.
    [[nodiscard]] QString instruction() const;

private:
    [[nodiscard]] bool observePair(const Counters &counters, int lastUsed);
    [[nodiscard]] bool observeOther(const Counters &counters);
    void say(const QString &sentence, Stage next);

    QString m_pair;
    QString m_other;
    Stage m_stage = Stage::Loading;
    QString m_happened;
    /// Before the click that is awaited.
    Counters m_before;
    int m_waited = 0;
};

} // namespace LiveTemplate::Ui
