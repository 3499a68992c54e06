// SPDX-FileCopyrightText: 2026 The LiveTemplate for Qt authors
// SPDX-License-Identifier: MIT

// The test of the page, with the library's test kit.

#include "page.h"

#include <LiveTemplate/LiveTest>

#include <QTest>

using namespace Qt::StringLiterals;

class PageTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void greets()
    {
        LiveTest::Site site;
        site.mount<PageState>(u"/", u":/page.html", new PageController);
        LiveTest::Browser browser(site);
        LiveTest::Tab tab = browser.open();
        QCOMPARE(tab.texts(u"li"), QStringList{u"Hello consumer"_s});
        tab.click(u"[name=greet]");
        QCOMPARE(tab.texts(u"li"), (QStringList{u"Hello consumer"_s, u"Hello <stranger>"_s}));
    }
};

QTEST_GUILESS_MAIN(PageTest)
#include "tst_page.moc"
