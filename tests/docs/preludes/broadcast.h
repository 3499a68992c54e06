// SPDX-FileCopyrightText: 2026 The LiveTemplate for Qt authors
// SPDX-License-Identifier: MIT

// What the samples of docs/broadcast.md take for granted.

const QString title;

struct ReportState
{
    bool running = false;
    QString report;
};

QString makeReport();
