// SPDX-FileCopyrightText: 2026 The LiveTemplate for Qt authors
// SPDX-License-Identifier: MIT

#pragma once

#include <QObject>
#include <QString>

/// What a tab shows.
struct TickerState
{
    Q_GADGET
    Q_PROPERTY(bool running MEMBER running)
    Q_PROPERTY(double price MEMBER price STORED false)
    Q_PROPERTY(double change MEMBER change STORED false)
    Q_PROPERTY(double low MEMBER low STORED false)
    Q_PROPERTY(double high MEMBER high STORED false)
    Q_PROPERTY(QString line MEMBER line STORED false)
    Q_PROPERTY(QString area MEMBER area STORED false)

public:
    /// Kept for the browser: a page that is opened again goes on.
    bool running = false;

    double price = 0;
    /// Of what is drawn, from the first to the last.
    double change = 0;
    double low = 0;
    double high = 0;
    /// Places in the drawing, as SVG has them: "0,20 5,18.5".
    QString line;
    /// The same, closed along the bottom.
    QString area;

    bool operator==(const TickerState &) const = default;
};
