// SPDX-FileCopyrightText: 2026 The LiveTemplate for Qt authors
// SPDX-License-Identifier: MIT

// What the samples of core/livetest/livetestsite.h take for granted.

class CounterTest : public QObject
{
    void tabsOfOneBrowserFollow();
};
