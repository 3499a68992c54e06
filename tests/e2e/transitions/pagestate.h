// SPDX-FileCopyrightText: 2026 The LiveTemplate for Qt authors
// SPDX-License-Identifier: MIT

#pragma once

#include <QList>
#include <QObject>
#include <QString>
#include <QStringList>

namespace LiveTemplate {

struct Row
{
    Q_GADGET
    Q_PROPERTY(QString key MEMBER key)
    Q_PROPERTY(QString name MEMBER name)
    Q_PROPERTY(bool on MEMBER on)
    Q_PROPERTY(QStringList cells MEMBER cells)
public:
    QString key;
    QString name;
    bool on = false;
    QStringList cells;
    bool operator==(const Row &) const = default;
};

/// What all pages of the test show, each in its way.
struct PageState
{
    Q_GADGET
    Q_PROPERTY(QString title MEMBER title)
    Q_PROPERTY(QString mode MEMBER mode)
    Q_PROPERTY(bool on MEMBER on)
    Q_PROPERTY(QList<LiveTemplate::Row> rows MEMBER rows)
    Q_PROPERTY(QList<LiveTemplate::Row> others MEMBER others)
public:
    QString title;
    /// Which branch is shown: "a" and "b" have the same shape, "c" another, and all else none.
    QString mode;
    bool on = false;
    QList<Row> rows;
    QList<Row> others;
    bool operator==(const PageState &) const = default;
};

} // namespace LiveTemplate
