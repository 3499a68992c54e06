// SPDX-FileCopyrightText: 2026 The LiveTemplate for Qt authors
// SPDX-License-Identifier: MIT

#include "payloadtext.h"

#include <QTest>

using namespace LiveTemplate::Ui;
using namespace Qt::StringLiterals;

class PayloadTextTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void payloads_data()
    {
        QTest::addColumn<QByteArray>("payload");
        QTest::addColumn<PayloadKind>("kind");
        QTest::addColumn<QString>("preview");
        QTest::addColumn<QString>("whole");
        QTest::newRow("nothing") << ""_ba << PayloadKind::Empty << u""_s << u""_s;
        QTest::newRow("text") << "two\nlines"_ba << PayloadKind::Text << u"two lines"_s
                              << u"two\nlines"_s;
        QTest::newRow("not Latin")
            << "čau 世界"_ba << PayloadKind::Text << u"čau 世界"_s << u"čau 世界"_s;
        QTest::newRow("JSON") << R"({"a":[1]})"_ba << PayloadKind::Json << uR"({"a":[1]})"_s
                              << u"{\n    \"a\": [\n        1\n    ]\n}"_s;
        QTest::newRow("broken JSON")
            << "{\"a\""_ba << PayloadKind::Text << u"{\"a\""_s << u"{\"a\""_s;
        QTest::newRow("bytes") << QByteArray("\0\xff\x41", 3) << PayloadKind::Binary
                               << u"00 ff 41"_s
                               << u"00000000  00 ff 41                                         "
                                  "..A"_s;
    }

    void payloads()
    {
        QFETCH(QByteArray, payload);
        QFETCH(PayloadKind, kind);
        QFETCH(QString, preview);
        QFETCH(QString, whole);
        QCOMPARE(payloadKind(payload), kind);
        QCOMPARE(payloadPreview(payload), preview);
        QCOMPARE(payloadText(payload), whole);
    }

    void aLongPreviewIsCut()
    {
        QCOMPARE(payloadPreview(QByteArray(10'000, 'x'), 10), u"xxxxxxxxxx…"_s);
        QCOMPARE(payloadPreview(u"世"_s.repeated(1000).toUtf8(), 10), u"世世世世世世世世世世…"_s);
    }

    void differences_data()
    {
        QTest::addColumn<QString>("before");
        QTest::addColumn<QString>("after");
        QTest::addColumn<QString>("lines");
        QTest::newRow("same") << u"a\nb"_s << u"a\nb"_s << u" a| b"_s;
        QTest::newRow("changed") << u"a\nb\nc"_s << u"a\nx\nc"_s << u" a|-b|+x| c"_s;
        QTest::newRow("added") << u"a\nc"_s << u"a\nb\nc"_s << u" a|+b| c"_s;
        QTest::newRow("removed") << u"a\nb\nc"_s << u"a\nc"_s << u" a|-b| c"_s;
        QTest::newRow("moved") << u"a\nb\nc\nd"_s << u"b\nc\na\nd"_s << u"-a| b| c|+a| d"_s;
    }

    void differences()
    {
        QFETCH(QString, before);
        QFETCH(QString, after);
        QFETCH(QString, lines);
        QStringList result;
        for (const DifferenceLine &line : textDifference(before, after)) {
            const QString sign = line.kind == DifferenceLine::Kind::Same ? u" "_s
                : line.kind == DifferenceLine::Kind::Added               ? u"+"_s
                                                                         : u"-"_s;
            result += sign + line.text;
        }
        QCOMPARE(result.join(u'|'), lines);
    }

    void longTextsAreBounded()
    {
        QStringList before;
        QStringList after;
        for (int i = 0; i < 5'000; ++i) {
            before += u"old %1"_s.arg(i);
            after += u"new %1"_s.arg(i);
        }
        QCOMPARE(textDifference(before.join(u'\n'), after.join(u'\n')).size(), 10'000);
    }
};

QTEST_GUILESS_MAIN(PayloadTextTest)
#include "tst_payloadtext.moc"
