// SPDX-FileCopyrightText: 2026 The LiveTemplate for Qt authors
// SPDX-License-Identifier: MIT

#include "addressbar.h"

#include <QSignalSpy>
#include <QTest>

using LiveTemplate::Ui::AddressBar;
using namespace Qt::StringLiterals;

class AddressBarTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void doesNotOverwriteWhatIsBeingTyped()
    {
        AddressBar bar;
        const QUrl page(u"http://localhost/counter"_s);
        bar.showUrl(page);
        QCOMPARE(bar.text(), page.toString());

        bar.startEditing();
        QTest::keyClicks(&bar, u"/other"_s);
        bar.showUrl(page);
        QCOMPARE(bar.text(), u"/other"_s);
    }

    void followsThePage()
    {
        AddressBar bar;
        bar.showUrl(QUrl(u"http://localhost/counter"_s));
        bar.startEditing();
        QTest::keyClicks(&bar, u"/other"_s);
        bar.showUrl(QUrl(u"http://localhost/"_s));
        QCOMPARE(bar.text(), u"http://localhost/"_s);
    }

    void escapeBringsThePageBack()
    {
        AddressBar bar;
        QSignalSpy cancelled(&bar, &AddressBar::editingCancelled);
        bar.showUrl(QUrl(u"http://localhost/counter"_s));
        bar.startEditing();
        QTest::keyClicks(&bar, u"nonsense"_s);
        QTest::keyClick(&bar, Qt::Key_Escape);
        QCOMPARE(bar.text(), u"http://localhost/counter"_s);
        QCOMPARE(cancelled.count(), 1);
    }

    void reportsWhatIsEntered()
    {
        AddressBar bar;
        QSignalSpy entered(&bar, &AddressBar::addressEntered);
        QTest::keyClicks(&bar, u"/counter"_s);
        QTest::keyClick(&bar, Qt::Key_Return);
        QCOMPARE(entered.count(), 1);
        QCOMPARE(entered.first().first().toString(), u"/counter"_s);
    }
};

QTEST_MAIN(AddressBarTest)
#include "tst_addressbar.moc"
