// SPDX-FileCopyrightText: 2026 The LiveTemplate for Qt authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "appearance.h"

#include <QApplication>
#include <QPalette>
#include <QStyleHints>

using namespace Qt::StringLiterals;

namespace LiveTemplate::Ui {

namespace {

struct Colors
{
    QRgb window;
    QRgb base;
    QRgb alternateBase;
    QRgb button;
    QRgb text;
    QRgb dimmedText;
    QRgb accent;
    QRgb highlightedText;
    QRgb link;
    QRgb toolTip;
    QRgb light;
    QRgb dark;
};

constexpr Colors lightColors{.window = 0xffefefef,
                             .base = 0xffffffff,
                             .alternateBase = 0xfff7f7f7,
                             .button = 0xffefefef,
                             .text = 0xff1a1a1a,
                             .dimmedText = 0xff7a7a7a,
                             .accent = 0xff2a7fc4,
                             .highlightedText = 0xffffffff,
                             .link = 0xff1a64ad,
                             .toolTip = 0xffffffdc,
                             .light = 0xffffffff,
                             .dark = 0xff9f9f9f};

constexpr Colors darkColors{.window = 0xff2b2c2e,
                            .base = 0xff1f2022,
                            .alternateBase = 0xff26272a,
                            .button = 0xff38393c,
                            .text = 0xffe8e8e8,
                            .dimmedText = 0xff909296,
                            .accent = 0xff3579b8,
                            .highlightedText = 0xffffffff,
                            .link = 0xff6cb2f2,
                            .toolTip = 0xff3a3b3e,
                            .light = 0xff4a4b4f,
                            .dark = 0xff161718};

QPalette palette(const Colors &colors)
{
    QPalette palette(QColor(colors.text), QColor(colors.button), QColor(colors.light),
                     QColor(colors.dark), QColor(colors.dark).lighter(130), QColor(colors.text),
                     QColor(colors.highlightedText), QColor(colors.base), QColor(colors.window));
    palette.setColor(QPalette::AlternateBase, colors.alternateBase);
    palette.setColor(QPalette::Highlight, colors.accent);
    palette.setColor(QPalette::Accent, colors.accent);
    palette.setColor(QPalette::HighlightedText, colors.highlightedText);
    palette.setColor(QPalette::Link, colors.link);
    palette.setColor(QPalette::LinkVisited, colors.link);
    palette.setColor(QPalette::ToolTipBase, colors.toolTip);
    palette.setColor(QPalette::ToolTipText, colors.text);
    palette.setColor(QPalette::PlaceholderText, colors.dimmedText);
    palette.setColor(QPalette::Shadow, QColor(colors.dark).darker(130));
    for (const QPalette::ColorRole role :
         {QPalette::WindowText, QPalette::Text, QPalette::ButtonText}) {
        palette.setColor(QPalette::Disabled, role, colors.dimmedText);
    }
    palette.setColor(QPalette::Disabled, QPalette::Highlight, colors.light);
    return palette;
}

} // namespace

QString appearanceName(Appearance appearance)
{
    switch (appearance) {
    case Appearance::System:
        return u"system"_s;
    case Appearance::Light:
        return u"light"_s;
    case Appearance::Dark:
        return u"dark"_s;
    }
    Q_UNREACHABLE_RETURN(QString());
}

Appearance appearanceOf(const QString &name)
{
    for (const Appearance appearance : {Appearance::Light, Appearance::Dark}) {
        if (name == appearanceName(appearance))
            return appearance;
    }
    return Appearance::System;
}

void setAppearance(Appearance appearance)
{
    QStyleHints *hints = QGuiApplication::styleHints();
    // An empty palette is that of the system.
    QApplication::setPalette(QPalette());
    if (appearance == Appearance::System) {
        hints->unsetColorScheme();
        return;
    }
    const bool isDark = appearance == Appearance::Dark;
    const Qt::ColorScheme scheme = isDark ? Qt::ColorScheme::Dark : Qt::ColorScheme::Light;
    hints->setColorScheme(scheme);
    // Not every platform can be asked: a plain X11 session without a desktop, for one.
    if (hints->colorScheme() != scheme)
        QApplication::setPalette(palette(isDark ? darkColors : lightColors));
}

} // namespace LiveTemplate::Ui
