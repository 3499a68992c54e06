// SPDX-FileCopyrightText: 2026 The LiveTemplate for Qt authors
// SPDX-License-Identifier: MIT

#include "windowsettings.h"

#include <QSettings>
#include <QTemporaryDir>
#include <QTest>

using namespace LiveTemplate::Ui;
using namespace Qt::StringLiterals;

class WindowSettingsTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void theFirstStartShowsThePoint()
    {
        const QTemporaryDir directory;
        QSettings file(directory.filePath(u"settings.ini"_s), QSettings::IniFormat);
        const WindowSettings settings = WindowSettings::load(file);

        QCOMPARE(settings.arrangement, TabArrangement::SideBySide);
        QCOMPARE(settings.tabs.size(), 3);
        QCOMPARE(settings.tabs.at(0).browser, settings.tabs.at(1).browser);
        QCOMPARE_NE(settings.tabs.at(0).browser, settings.tabs.at(2).browser);
        for (const SavedTab &tab : settings.tabs)
            QCOMPARE(tab.page, u"/counter"_s);
    }

    void loadsWhatWasSaved_data()
    {
        QTest::addColumn<QList<int>>("browsers");
        QTest::addColumn<int>("currentTab");
        QTest::addColumn<TabArrangement>("arrangement");
        QTest::newRow("several") << QList<int>{0, 3, 0} << 2 << TabArrangement::Stacked;
        QTest::newRow("one") << QList<int>{1} << 0 << TabArrangement::SideBySide;
        QTest::newRow("all closed") << QList<int>{} << 0 << TabArrangement::SideBySide;
    }

    void loadsWhatWasSaved()
    {
        QFETCH(const QList<int>, browsers);
        QFETCH(const int, currentTab);
        QFETCH(const TabArrangement, arrangement);

        WindowSettings settings;
        settings.geometry = "geometry";
        settings.layout = QByteArray("lay\0out", 7);
        settings.appearance = Appearance::Dark;
        settings.arrangement = arrangement;
        settings.currentTab = currentTab;
        settings.tabs.clear();
        for (const int browser : browsers)
            settings.tabs.append({.browser = BrowserId{browser}, .page = u"/page?a=b,c"_s});

        const QTemporaryDir directory;
        const QString fileName = directory.filePath(u"settings.ini"_s);
        {
            // The first start has more tabs: what is saved later must not mix with them.
            QSettings file(fileName, QSettings::IniFormat);
            WindowSettings().save(file);
            settings.save(file);
        }
        QSettings file(fileName, QSettings::IniFormat);
        QCOMPARE(WindowSettings::load(file), settings);
    }

    void survivesAFileThatWasEdited()
    {
        const QTemporaryDir directory;
        const QString fileName = directory.filePath(u"settings.ini"_s);
        QFile file(fileName);
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write(
            "[tabs]\narrangement=diagonal\ncurrent=17\n"
            "open\\1\\browser=-5\nopen\\1\\page=/a\n"
            "open\\2\\browser=1000000\nopen\\2\\page=/b\nopen\\3\\browser=0\nopen\\size=3\n");
        file.close();

        QSettings edited(fileName, QSettings::IniFormat);
        const WindowSettings settings = WindowSettings::load(edited);
        QCOMPARE(settings.arrangement, TabArrangement::SideBySide);
        QCOMPARE(settings.tabs.size(), 2);
        QCOMPARE(settings.tabs.at(0), (SavedTab{.browser = firstBrowser, .page = u"/a"_s}));
        QCOMPARE(settings.tabs.at(1), (SavedTab{.browser = BrowserId{99}, .page = u"/b"_s}));
        QCOMPARE(settings.currentTab, 1);
    }
};

QTEST_MAIN(WindowSettingsTest)
#include "tst_windowsettings.moc"
