// SPDX-FileCopyrightText: 2026 The LiveTemplate for Qt authors
// SPDX-License-Identifier: MIT

#include "browserid.h"

#include <QTest>

#include <algorithm>
#include <cmath>

using namespace LiveTemplate::Ui;
using namespace Qt::StringLiterals;

namespace {

// WCAG 2.2, "relative luminance" and "contrast ratio".
double linear(double channel)
{
    return channel <= 0.04045 ? channel / 12.92 : std::pow((channel + 0.055) / 1.055, 2.4);
}

double luminance(const QColor &color)
{
    return 0.2126 * linear(color.redF()) + 0.7152 * linear(color.greenF())
        + 0.0722 * linear(color.blueF());
}

double contrast(const QColor &one, const QColor &other)
{
    const auto [darker, lighter] = std::minmax({luminance(one), luminance(other)});
    return (lighter + 0.05) / (darker + 0.05);
}

} // namespace

class BrowserIdTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void hasAName_data()
    {
        QTest::addColumn<int>("number");
        QTest::addColumn<QString>("name");
        QTest::newRow("first") << 0 << u"Browser A"_s;
        QTest::newRow("second") << 1 << u"Browser B"_s;
        QTest::newRow("last letter") << 25 << u"Browser Z"_s;
        QTest::newRow("two letters") << 26 << u"Browser AA"_s;
        QTest::newRow("after AZ") << 52 << u"Browser BA"_s;
    }

    void hasAName()
    {
        QFETCH(const int, number);
        QFETCH(const QString, name);
        QCOMPARE(browserName(BrowserId{number}), name);
    }

    void neighboursHaveDifferentColors()
    {
        for (int number = 0; number < 30; ++number) {
            const QColor color = browserColor(BrowserId{number});
            for (int distance = 1; distance <= 3; ++distance)
                QCOMPARE_NE(color, browserColor(BrowserId{number + distance}));
        }
    }

    void colorsCanBeSeenOnLightAndDark()
    {
        for (int number = 0; number < 7; ++number) {
            const QColor color = browserColor(BrowserId{number});
            const QString name = color.name();
            QVERIFY2(contrast(color, Qt::white) >= 3, qPrintable(name));
            QVERIFY2(contrast(color, QColor(0x20, 0x20, 0x20)) >= 3, qPrintable(name));
        }
    }

    void hasAnIconInItsColor()
    {
        constexpr BrowserId browser{3};
        const QImage image = browserIcon(browser).pixmap(16, 16).toImage();
        QCOMPARE(image.pixelColor(image.rect().center()).rgb(), browserColor(browser).rgb());
        QCOMPARE(image.pixelColor(0, 0).alpha(), 0);
    }
};

QTEST_MAIN(BrowserIdTest)
#include "tst_browserid.moc"
