// SPDX-FileCopyrightText: 2026 The LiveTemplate for Qt authors
// SPDX-License-Identifier: MIT

#include "tabmodel.h"
#include "tabstrip.h"

#include <QTest>

using namespace LiveTemplate::Ui;
using namespace Qt::StringLiterals;

class TabStripTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void followsTheModel()
    {
        TabModel model;
        const TabId before = open(model, u"before"_s);
        TabStrip strip(model);
        QCOMPARE(titles(strip), QStringList{u"before"_s});

        const TabId after = open(model, u"after"_s);
        model.setCurrent(after);
        QCOMPARE(strip.currentIndex(), 1);
        model.move(1, 0);
        QCOMPARE(titles(strip), QStringList({u"after"_s, u"before"_s}));
        QCOMPARE(strip.currentIndex(), 0);

        model.close(after);
        QCOMPARE(titles(strip), QStringList{u"before"_s});
        model.close(before);
        QCOMPARE(strip.count(), 0);
    }

    void leadsTheModel()
    {
        TabModel model;
        const TabId first = open(model, u"first"_s);
        const TabId second = open(model, u"second"_s);
        TabStrip strip(model);

        strip.setCurrentIndex(1);
        QCOMPARE(model.current(), second);
        strip.moveTab(0, 1);
        QCOMPARE(model.row(first), 1);
        QCOMPARE(titles(strip), QStringList({u"second"_s, u"first"_s}));

        Q_EMIT strip.tabCloseRequested(0);
        QCOMPARE(model.tabs().size(), 1);
        QCOMPARE(model.current(), first);
    }

    void anAmpersandIsNoShortcut()
    {
        TabModel model;
        open(model, u"you & me"_s);
        const TabStrip strip(model);
        QCOMPARE(strip.tabText(0), u"you && me"_s);
    }

private:
    static TabId open(TabModel &model, const QString &title)
    {
        const TabId id = model.open(firstBrowser, QUrl(u"http://localhost/"_s));
        model.setTitle(id, title);
        return id;
    }

    static QStringList titles(const TabStrip &strip)
    {
        QStringList titles;
        for (int row = 0; row < strip.count(); ++row)
            titles.append(strip.tabText(row));
        return titles;
    }
};

QTEST_MAIN(TabStripTest)
#include "tst_tabstrip.moc"
