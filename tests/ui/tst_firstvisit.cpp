// SPDX-FileCopyrightText: 2026 The LiveTemplate for Qt authors
// SPDX-License-Identifier: MIT

#include "firstvisit.h"

#include <QTest>

using LiveTemplate::Ui::FirstVisit;
using namespace Qt::StringLiterals;

class FirstVisitTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        m_visit = FirstVisit();
        m_loaded.clear();
    }

    void onlyOnePageGoesFirst()
    {
        request(u"host"_s, u"a"_s);
        request(u"host"_s, u"b"_s);
        request(u"host"_s, u"c"_s);
        QCOMPARE(m_loaded, QStringList{u"a"_s});

        m_visit.finished(u"host"_s, FirstVisit::Outcome::Answered);
        QCOMPARE(m_loaded, QStringList({u"a"_s, u"b"_s, u"c"_s}));
    }

    void nobodyWaitsForAKnownHost()
    {
        request(u"host"_s, u"a"_s);
        m_visit.finished(u"host"_s, FirstVisit::Outcome::Answered);
        request(u"host"_s, u"b"_s);
        request(u"host"_s, u"c"_s);
        QCOMPARE(m_loaded, QStringList({u"a"_s, u"b"_s, u"c"_s}));
    }

    void theNextOneTriesAfterAFailure()
    {
        request(u"host"_s, u"a"_s);
        request(u"host"_s, u"b"_s);
        request(u"host"_s, u"c"_s);

        m_visit.finished(u"host"_s, FirstVisit::Outcome::Failed);
        QCOMPARE(m_loaded, QStringList({u"a"_s, u"b"_s}));

        m_visit.finished(u"host"_s, FirstVisit::Outcome::Answered);
        QCOMPARE(m_loaded, QStringList({u"a"_s, u"b"_s, u"c"_s}));
    }

    void aLaterFailureDoesNotMakeAHostUnknown()
    {
        request(u"host"_s, u"a"_s);
        m_visit.finished(u"host"_s, FirstVisit::Outcome::Answered);
        m_visit.finished(u"host"_s, FirstVisit::Outcome::Failed);
        request(u"host"_s, u"b"_s);
        request(u"host"_s, u"c"_s);
        QCOMPARE(m_loaded, QStringList({u"a"_s, u"b"_s, u"c"_s}));
    }

    void hostsDoNotWaitForEachOther()
    {
        request(u"one"_s, u"a"_s);
        request(u"other"_s, u"b"_s);
        QCOMPARE(m_loaded, QStringList({u"a"_s, u"b"_s}));
    }

private:
    void request(const QString &host, const QString &page)
    {
        m_visit.whenAllowed(host, [this, page] { m_loaded.append(page); });
    }

    FirstVisit m_visit;
    QStringList m_loaded;
};

QTEST_GUILESS_MAIN(FirstVisitTest)
#include "tst_firstvisit.moc"
