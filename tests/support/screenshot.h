// SPDX-FileCopyrightText: 2026 The LiveTemplate for Qt authors
// SPDX-License-Identifier: MIT

#pragma once

#include "appearance.h"

#include <QCoreApplication>
#include <QDir>
#include <QPixmap>
#include <QTest>
#include <QWidget>

/// Pictures for people to look at.
namespace Screenshot {

/// Writes @p widget as it is now to NAME.png in the folder of the tests' artifacts.
inline void take(QWidget &widget, const QString &name)
{
    const QDir folder(qEnvironmentVariable("LIVETEMPLATE_TEST_ARTIFACTS", QStringLiteral(".")));
    QVERIFY(folder.mkpath(QStringLiteral(".")));
    QVERIFY(widget.grab().save(folder.filePath(name + QStringLiteral(".png"))));
}

/// Light and dark, as NAME-light.png and NAME-dark.png.
inline void takeBoth(QWidget &widget, const QString &name)
{
    using namespace LiveTemplate::Ui;
    for (const Appearance appearance : {Appearance::Light, Appearance::Dark}) {
        setAppearance(appearance);
        QCoreApplication::processEvents();
        take(widget, name + u'-' + appearanceName(appearance));
    }
    setAppearance(Appearance::System);
}

} // namespace Screenshot
