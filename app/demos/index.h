// SPDX-FileCopyrightText: 2026 The LiveTemplate for Qt authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "context.h"

#include <QList>
#include <QObject>
#include <QString>

namespace LiveTemplate::Demos {

/// One entry of the list of sample pages.
struct SamplePage
{
    Q_GADGET
    Q_PROPERTY(QString path MEMBER path)
    Q_PROPERTY(QString title MEMBER title)
    Q_PROPERTY(QString description MEMBER description)

public:
    QString path;
    QString title;
    QString description;

    bool operator==(const SamplePage &) const = default;
};

/// What the page / shows. The list is the program's, not the visitor's: it is never saved.
struct IndexState
{
    Q_GADGET
    Q_PROPERTY(QList<LiveTemplate::Demos::SamplePage> pages MEMBER pages STORED false)

public:
    QList<SamplePage> pages;

    bool operator==(const IndexState &) const = default;
};

/// The page / has no actions: it is filled when it is opened.
class IndexController : public QObject
{
    Q_OBJECT

public:
    Q_INVOKABLE IndexState mount(IndexState state, LiveTemplate::Context &context);
};

} // namespace LiveTemplate::Demos
