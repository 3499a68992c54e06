// SPDX-FileCopyrightText: 2026 The LiveTemplate for Qt authors
// SPDX-License-Identifier: MIT

// What the samples of core/controller/session.h take for granted.

struct ReportState
{
    bool running = false;
    QString report;
};

QString makeReport();
