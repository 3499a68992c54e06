// SPDX-FileCopyrightText: 2026 The LiveTemplate for Qt authors
// SPDX-License-Identifier: MIT

#include "logging.h"

#include <QJsonDocument>
#include <QJsonObject>
#include <QTest>

using namespace LiveTemplate::App;
using namespace Qt::StringLiterals;

class LoggingTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void readsLevels_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<QString>("level");
        QTest::newRow("debug") << u"debug"_s << u"debug"_s;
        QTest::newRow("info") << u"INFO"_s << u"info"_s;
        QTest::newRow("warning") << u"warning"_s << u"warning"_s;
        QTest::newRow("as in Go") << u"warn"_s << u"warning"_s;
        QTest::newRow("error") << u"Error"_s << u"error"_s;
        QTest::newRow("unknown") << u"loud"_s << QString();
        QTest::newRow("nothing") << u""_s << QString();
    }

    void readsLevels()
    {
        QFETCH(const QString, text);
        const auto level = parseLogLevel(text);
        QTEST(level ? levelName(*level) : QString(), "level");
    }

    void readsFormats()
    {
        QVERIFY(parseLogFormat(u"text") == LogFormat::Text);
        QVERIFY(parseLogFormat(u"JSON") == LogFormat::Json);
        QVERIFY(!parseLogFormat(u"xml"));
    }

    void writesALine_data()
    {
        QTest::addColumn<QtMsgType>("type");
        QTest::addColumn<QString>("message");
        QTest::addColumn<QByteArray>("level");
        QTest::addColumn<QByteArray>("textLine");
        const QByteArray start = "2026-03-04T05:06:07.089Z ";
        const auto row = [&start](const char *name, QtMsgType type, const QString &message,
                                  const QByteArray &level, const QByteArray &text) {
            QTest::newRow(name) << type << message << level
                                << start + level.leftJustified(7) + " livetemplate.server: " + text
                    + '\n';
        };
        row("debug", QtDebugMsg, u"plain"_s, "debug", "plain");
        row("info", QtInfoMsg, u"plain"_s, "info", "plain");
        row("warning", QtWarningMsg, u"plain"_s, "warning", "plain");
        row("critical", QtCriticalMsg, u"plain"_s, "error", "plain");
        row("fatal", QtFatalMsg, u"plain"_s, "error", "plain");
        row("quotes", QtInfoMsg, u"a \"b\" \\c"_s, "info", "a \"b\" \\c");
        row("several lines", QtInfoMsg, u"a\n2026-03-04T05:06:07.089Z error"_s, "info",
            "a\n    2026-03-04T05:06:07.089Z error");
        row("control characters", QtInfoMsg, u"a\r\x1b[31m\x7f\x9b"_s, "info",
            "a\\x0d\\x1b[31m\\x7f\\x9b");
        row("other letters", QtInfoMsg, u"grün 🐸"_s, "info", "grün 🐸");
        row("nothing", QtInfoMsg, QString(), "info", "");
    }

    void writesALine()
    {
        QFETCH(const QtMsgType, type);
        QFETCH(const QString, message);
        QFETCH(const QByteArray, level);
        const LogRecord record = {.time = QDateTime::fromString(u"2026-03-04T06:06:07.089+01:00"_s,
                                                                Qt::ISODateWithMs),
                                  .type = type,
                                  .category = u"livetemplate.server"_s,
                                  .message = message,
                                  .thread = u"lvt-shard-0"_s};
        QTEST(logLine(record, LogFormat::Text), "textLine");

        const QByteArray json = logLine(record, LogFormat::Json);
        QCOMPARE(json.count('\n'), 1);
        QVERIFY(json.endsWith('\n'));
        QVERIFY(json.startsWith("{\"time\":\""));
        for (const char byte : json.chopped(1))
            QVERIFY(uchar(byte) >= 0x20);
        QJsonParseError error;
        const QJsonObject object = QJsonDocument::fromJson(json, &error).object();
        QCOMPARE(error.error, QJsonParseError::NoError);
        QCOMPARE(object,
                 (QJsonObject{{u"time"_s, u"2026-03-04T05:06:07.089Z"_s},
                              {u"level"_s, QString::fromLatin1(level)},
                              {u"category"_s, u"livetemplate.server"_s},
                              {u"message"_s, message},
                              {u"thread"_s, u"lvt-shard-0"_s}}));
    }
};

QTEST_GUILESS_MAIN(LoggingTest)
#include "tst_logging.moc"
