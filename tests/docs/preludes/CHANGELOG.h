// SPDX-FileCopyrightText: 2026 The LiveTemplate for Qt authors
// SPDX-License-Identifier: MIT

// What the samples of CHANGELOG.md take for granted.

extern LiveTest::Site &site;
