// SPDX-FileCopyrightText: 2026 The LiveTemplate for Qt authors
// SPDX-License-Identifier: MIT

// What the samples of README.md and docs/README.md take for granted.

extern LiveTest::Browser &browser;
