// SPDX-FileCopyrightText: 2026 The LiveTemplate for Qt authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "browserid.h"

#include <QCoreApplication>
#include <QPainter>
#include <QPixmap>

#include <array>
#include <utility>

namespace LiveTemplate::Ui {

namespace {

// After Okabe and Ito, "Color Universal Design" (2008): told apart with every kind of colour
// blindness. Darker or lighter where needed, so that each has a contrast of at least 3:1 (WCAG
// 1.4.11) with white and with #202020.
constexpr std::array<QRgb, 7> palette = {
    0xff1a7fc4, // blue
    0xffc77700, // orange
    0xff0f9b74, // bluish green
    0xffbf5f99, // reddish purple
    0xffd55e00, // vermilion
    0xff7c74d8, // violet
    0xff8c8250, // olive
};

QString letters(int number)
{
    QString text;
    for (int rest = number; rest >= 0; rest = rest / 26 - 1)
        text.prepend(QChar(u'A' + rest % 26));
    return text;
}

QPixmap disc(QColor color, int size, qreal devicePixelRatio)
{
    QPixmap pixmap(QSizeF(size, size).toSize() * devicePixelRatio);
    pixmap.setDevicePixelRatio(devicePixelRatio);
    pixmap.fill(Qt::transparent);

    QPainter painter(&pixmap);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(Qt::NoPen);
    painter.setBrush(color);
    const qreal margin = size / 6.0;
    painter.drawEllipse(QRectF(0, 0, size, size).adjusted(margin, margin, -margin, -margin));
    return pixmap;
}

} // namespace

QString browserName(BrowserId browser)
{
    return QCoreApplication::translate("LiveTemplate::Ui::Browser", "Browser %1")
        .arg(letters(std::to_underlying(browser)));
}

QColor browserColor(BrowserId browser)
{
    return QColor::fromRgb(
        palette[static_cast<size_t>(std::to_underlying(browser)) % palette.size()]);
}

QIcon browserIcon(BrowserId browser)
{
    constexpr int size = 16;
    QIcon icon;
    for (const qreal devicePixelRatio : {1.0, 2.0})
        icon.addPixmap(disc(browserColor(browser), size, devicePixelRatio));
    return icon;
}

} // namespace LiveTemplate::Ui
