// SPDX-FileCopyrightText: 2026 The LiveTemplate for Qt authors
// SPDX-License-Identifier: MIT

#pragma once

#include "session.h"

#include <LiveTemplate/Context>

#include <QObject>
#include <QStringList>

struct PageState
{
    Q_GADGET
    Q_PROPERTY(QStringList names MEMBER names)

public:
    QStringList names{QString::fromLatin1(greeted)};

    bool operator==(const PageState &) const = default;
};

class PageController : public QObject
{
    Q_OBJECT

public:
    Q_INVOKABLE PageState greet(PageState state, LiveTemplate::Context &)
    {
        state.names.append(QStringLiteral("<stranger>"));
        return state;
    }
};
