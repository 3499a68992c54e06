// SPDX-FileCopyrightText: 2026 The LiveTemplate for Qt authors
// SPDX-License-Identifier: MIT

#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QJsonDocument>
#include <QJsonObject>
#include <QProcess>
#include <QRegularExpression>
#include <QTemporaryDir>
#include <QTest>

#include <memory>

using namespace Qt::StringLiterals;

using Files = QHash<QString, QByteArray>;

namespace {

const Files counter{{u"page.html"_s, "<p>{{ counter }}</p>"_ba},
                    {u"0.json"_s, R"({"counter": 0})"_ba},
                    {u"1.json"_s, R"({"counter": 1})"_ba}};

} // namespace

/// Starts livetemplate-render as somebody at a shell would.
class RenderTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();

    void printsALineForEachState_data();
    void printsALineForEachState();
    void aPageFindsTheClientsFiles();
    void aStateIsReadFromTheStandardInput();
    void largeValuesAreRendered();
    void validateTellsWhatIsWrong_data();
    void validateTellsWhatIsWrong();
    void saysWhatFailed_data();
    void saysWhatFailed();
    void linesBeforeAnErrorStay();
    void refusesWrongArguments_data();
    void refusesWrongArguments();
    void explainsItself();
    void writesToAFullDiskFail();

private:
    struct Result
    {
        int exitCode = -1;
        QByteArray output;
        QByteArray error;
    };

    void write(const Files &files)
    {
        for (auto it = files.begin(); it != files.end(); ++it) {
            QVERIFY(QDir(m_folder->path()).mkpath(QFileInfo(it.key()).path()));
            QFile file(m_folder->filePath(it.key()));
            QVERIFY(file.open(QIODevice::WriteOnly));
            QCOMPARE(file.write(it.value()), it.value().size());
        }
    }

    Result run(const QStringList &arguments, const QByteArray &input = {})
    {
        QProcess program;
        program.setWorkingDirectory(m_folder->path());
        program.start(QStringLiteral(RENDER_PROGRAM), arguments);
        program.write(input);
        program.closeWriteChannel();
        if (!program.waitForFinished() || program.exitStatus() != QProcess::NormalExit)
            return {};
        return {program.exitCode(), program.readAllStandardOutput(),
                program.readAllStandardError()};
    }

    std::unique_ptr<QTemporaryDir> m_folder;
};

void RenderTest::init()
{
    m_folder = std::make_unique<QTemporaryDir>();
    QVERIFY(m_folder->isValid());
}

void RenderTest::printsALineForEachState_data()
{
    QTest::addColumn<Files>("files");
    QTest::addColumn<QStringList>("arguments");
    QTest::addColumn<QByteArray>("output");

    const auto row = [](const char *name, const QByteArray &page, const QByteArray &state,
                        const QByteArray &line) {
        QTest::newRow(name) << Files{{u"page.html"_s, page}, {u"state.json"_s, state}}
                            << QStringList{u"page.html"_s, u"state.json"_s} << line + '\n';
    };
    row("one state", "<p>{{ counter }}</p>", R"({"counter": 0})",
        R"({"html":"<p>0</p>","update":{"s":["<p>","</p>"],"0":"0"}})");
    row("live part of a document", "<html><body><b>{{ a }}</b><script></script></body></html>",
        R"({"a": 1})", R"({"html":"<b>1</b>","update":{"s":["<b>","</b>"],"0":"1"}})");
    row("integers stay integers", "{{ a }},{{ b }},{{ c }},{{ d }}",
        R"({"a": 9007199254740993, "b": -1, "c": 1.5, "d": 9223372036854775807})",
        R"({"html":"9007199254740993,-1,1.5,9223372036854775807","update":{"s":["",",",",",",",""],)"
        R"("0":"9007199254740993","1":"-1","2":"1.5","3":"9223372036854775807"}})");
    row("objects in lists", "{{ rows.0.name }}{{ rows.0.tags.0 }};{{ rows.1.name }}",
        R"({"rows": [{"name": "a", "tags": ["x"]}, {"name": "b", "tags": []}]})",
        R"({"html":"ax;b","update":{"s":["","",";",""],"0":"a","1":"x","2":"b"}})");
    row("nothing is false", "{% if a %}yes{% else %}no{% endif %}{{ a }}", R"({"a": null})",
        R"({"html":"no","update":{"s":["","",""],"0":{"s":["no"]},"1":""}})");
    row("array", "{{ state.0 }}.{{ state.1.a }}", R"([1, {"a": 2}])",
        R"({"html":"1.2","update":{"s":["",".",""],"0":"1","1":"2"}})");
    row("object as a whole", "{{ state.a }}", R"({"a": 1})",
        R"({"html":"1","update":{"s":["",""],"0":"1"}})");
    row("member called state", "{{ state }}", R"({"state": "its own"})",
        R"({"html":"its own","update":{"s":["",""],"0":"its own"}})");
    row("member called as one of ours", "{{ lvtClientStyleURL }}",
        R"({"lvtClientStyleURL": "mine"})", R"({"html":"mine","update":{"s":["",""],"0":"mine"}})");
    row("escaped", "{{ a }}", R"({"a": "<\"\n\u0001\\"})",
        R"({"html":"&lt;&quot;\n\u0001\\","update":{"s":["",""],"0":"&lt;&quot;\n\u0001\\"}})");
    row("surrogates", "{{ a }}{{ b }}", R"({"a": "x\ud800y\udc00\ud83c\udf89", "b": "\ud83c"})",
        "{\"html\":\"x\uFFFDy\uFFFD\U0001F389\uFFFD\",\"update\":{\"s\":[\"\",\"\",\"\"],"
        "\"0\":\"x\uFFFDy\uFFFD\U0001F389\",\"1\":\"\uFFFD\"}}");

    QTest::newRow("differences")
        << counter << QStringList{u"page.html"_s, u"0.json"_s, u"1.json"_s, u"1.json"_s}
        << "{\"html\":\"<p>0</p>\",\"update\":{\"s\":[\"<p>\",\"</p>\"],\"0\":\"0\"}}\n"
           "{\"html\":\"<p>1</p>\",\"update\":{\"0\":\"1\"}}\n"
           "{\"html\":\"<p>1</p>\",\"update\":{}}\n"_ba;
    const Files folder{{u"pages/page.html"_s, "{% include \"part.html\" %}"_ba},
                       {u"parts/part.html"_s, "<b>{{ a }}</b>"_ba},
                       {u"state.json"_s, R"({"a": 1})"_ba}};
    const QByteArray included
        = "{\"html\":\"<b>1</b>\",\"update\":{\"s\":[\"<b>\",\"</b>\"],\"0\":\"1\"}}\n"_ba;
    QTest::newRow("includes of another folder")
        << folder << QStringList{u"--dir"_s, u"parts"_s, u"pages/page.html"_s, u"state.json"_s}
        << included;
    QTest::newRow("template of another folder")
        << folder << QStringList{u"--dir"_s, u"parts"_s, u"part.html"_s, u"state.json"_s}
        << "{\"html\":\"<b>1</b>\",\"update\":{\"s\":[\"<b>\",\"</b>\"],\"0\":\"1\"}}\n"_ba;
}

void RenderTest::printsALineForEachState()
{
    QFETCH(const Files, files);
    QFETCH(const QStringList, arguments);
    write(files);
    const Result result = run(arguments);
    QCOMPARE(result.error, QByteArray());
    QTEST(result.output, "output");
    QCOMPARE(result.exitCode, 0);
}

void RenderTest::aPageFindsTheClientsFiles()
{
    write({{u"page.html"_s, "{{ lvtClientScriptURL }} {{ lvtClientStyleURL }}"_ba},
           {u"state.json"_s, "{}"_ba}});
    const Result result = run({u"page.html"_s, u"state.json"_s});
    const QString html = QJsonDocument::fromJson(result.output).object().value(u"html").toString();
    static const QRegularExpression urls(
        u"^/livetemplate/[0-9.]+/client.js /livetemplate/[0-9.]+/client.css$"_s);
    QVERIFY2(urls.match(html).hasMatch(), qPrintable(html));
}

void RenderTest::aStateIsReadFromTheStandardInput()
{
    write(counter);
    const Result result = run({u"page.html"_s, u"0.json"_s, u"-"_s}, R"({"counter": 5})");
    QCOMPARE(result.error, QByteArray());
    QVERIFY2(result.output.endsWith("\n{\"html\":\"<p>5</p>\",\"update\":{\"0\":\"5\"}}\n"),
             result.output);
}

void RenderTest::largeValuesAreRendered()
{
    const QByteArray large(10'000'000, 'x');
    write({{u"page.html"_s, "<p>{{ a }}</p>"_ba}, {u"state.json"_s, R"({"a": ")" + large + "\"}"}});
    const Result result = run({u"page.html"_s, u"state.json"_s});
    QCOMPARE(result.exitCode, 0);
    QVERIFY(result.output
            == "{\"html\":\"<p>" + large + "</p>\",\"update\":{\"s\":[\"<p>\",\"</p>\"],\"0\":\""
                + large + "\"}}\n");
}

void RenderTest::validateTellsWhatIsWrong_data()
{
    QTest::addColumn<Files>("files");
    QTest::addColumn<QStringList>("arguments");
    QTest::addColumn<QString>("pattern");
    QTest::newRow("fine") << counter << QStringList{u"page.html"_s} << u"^$"_s;
    QTest::newRow("fine, with states")
        << counter << QStringList{u"page.html"_s, u"0.json"_s} << u"^$"_s;
    QTest::newRow("broken") << Files{{u"page.html"_s, "<p>\n{% nonsense %}"_ba}}
                            << QStringList{u"page.html"_s}
                            << u"^\\S*page.html:2:.*nonsense.*\\n$"_s;
    QTest::newRow("missing include") << Files{{u"page.html"_s, "{% include \"part.html\" %}"_ba}}
                                     << QStringList{u"page.html"_s} << u"part.html.*\\n$"_s;
    QTest::newRow("include of another folder")
        << Files{{u"page.html"_s, "{% include \"part.html\" %}"_ba}, {u"parts/part.html"_s, {}}}
        << QStringList{u"page.html"_s, u"--dir"_s, u"parts"_s} << u"^$"_s;
    QTest::newRow("missing template")
        << Files() << QStringList{u"page.html"_s} << u"^\\S*page.html: .*\\n$"_s;
}

void RenderTest::validateTellsWhatIsWrong()
{
    QFETCH(const Files, files);
    QFETCH(const QStringList, arguments);
    QFETCH(const QString, pattern);
    write(files);
    const Result result = run(QStringList{u"--validate"_s} + arguments);
    QCOMPARE(result.error, QByteArray());
    QVERIFY2(QRegularExpression(pattern).match(QString::fromUtf8(result.output)).hasMatch(),
             result.output);
    QCOMPARE(result.exitCode, result.output.isEmpty() ? 0 : 1);
}

void RenderTest::saysWhatFailed_data()
{
    QTest::addColumn<Files>("files");
    QTest::addColumn<QStringList>("arguments");
    QTest::addColumn<QString>("pattern");

    const QStringList usual{u"page.html"_s, u"state.json"_s};
    const auto row = [&](const char *name, const QByteArray &state, const QString &pattern) {
        QTest::newRow(name) << Files{{u"page.html"_s, "<p>{{ a }}</p>"_ba},
                                     {u"state.json"_s, state}}
                            << usual << pattern;
    };
    row("not JSON", "{\"a\": 1,\n \"b\" 2}", u"state.json:2:\\d+: it is not JSON: "_s);
    row("not UTF-8", "{\"a\": \"\xff\"}", u"state.json:1:\\d+: it is not JSON: "_s);
    row("not ended", "{\"a\": [1, 2", u"state.json:1:\\d+: it is not JSON: "_s);
    row("empty", "", u"state.json:1:1: it is not JSON: |must be an object or an array"_s);
    row("a number", "17", u"state.json: a state must be an object or an array"_s);
    row("a text", "\"text\"", u"state.json: a state must be an object or an array"_s);
    QTest::newRow("no state file") << Files{{u"page.html"_s, "<p></p>"_ba}} << usual
                                   << u"state.json: it cannot be read: No such file"_s;
    QTest::newRow("a folder as state")
        << Files{{u"page.html"_s, "<p></p>"_ba}, {u"state.json/x"_s, {}}} << usual
        << u"state.json: it cannot be read: "_s;
    QTest::newRow("no template") << Files{{u"state.json"_s, "{}"_ba}} << usual << u"page.html: "_s;
    QTest::newRow("broken template")
        << Files{{u"page.html"_s, "\n{% if %}"_ba}, {u"state.json"_s, "{}"_ba}} << usual
        << u"page.html:2:"_s;
    QTest::newRow("an include that the state names")
        << Files{{u"page.html"_s, "{% include a %}"_ba},
                 {u"state.json"_s, R"({"a": "nowhere.html"})"_ba}}
        << usual << u"nowhere.html"_s;
    QTest::newRow("no folder") << counter
                               << QStringList{u"--dir"_s, u"nowhere"_s, u"page.html"_s, u"0.json"_s}
                               << u"nowhere: there is no such folder"_s;
}

void RenderTest::saysWhatFailed()
{
    QFETCH(const Files, files);
    QFETCH(const QStringList, arguments);
    QFETCH(const QString, pattern);
    write(files);
    const Result result = run(arguments);
    QCOMPARE(result.exitCode, 1);
    QCOMPARE(result.output, QByteArray());
    QVERIFY2(result.error.startsWith("livetemplate-render: "), result.error);
    QVERIFY2(QRegularExpression(pattern).match(QString::fromUtf8(result.error)).hasMatch(),
             result.error);
    QCOMPARE(result.error.count('\n'), 1);
}

void RenderTest::linesBeforeAnErrorStay()
{
    write(counter);
    const Result result = run({u"page.html"_s, u"0.json"_s, u"2.json"_s, u"1.json"_s});
    QCOMPARE(result.exitCode, 1);
    QCOMPARE(result.output,
             "{\"html\":\"<p>0</p>\",\"update\":{\"s\":[\"<p>\",\"</p>\"],\"0\":\"0\"}}\n"_ba);
    QVERIFY2(result.error.contains("2.json"), result.error);
}

void RenderTest::refusesWrongArguments_data()
{
    QTest::addColumn<QStringList>("arguments");
    QTest::newRow("nothing") << QStringList();
    QTest::newRow("no state") << QStringList{u"page.html"_s};
    QTest::newRow("option") << QStringList{u"--nonsense"_s, u"page.html"_s, u"0.json"_s};
    QTest::newRow("standard input twice") << QStringList{u"page.html"_s, u"-"_s, u"-"_s};
    QTest::newRow("no folder") << QStringList{u"page.html"_s, u"0.json"_s, u"--dir"_s};
}

void RenderTest::refusesWrongArguments()
{
    QFETCH(const QStringList, arguments);
    write(counter);
    const Result result = run(arguments);
    QCOMPARE(result.exitCode, 2);
    QCOMPARE(result.output, QByteArray());
    QVERIFY2(result.error.startsWith("livetemplate-render: "), result.error);
    QCOMPARE(result.error.count('\n'), 1);
}

void RenderTest::explainsItself()
{
    const Result result = run({u"--help"_s});
    QCOMPARE(result.exitCode, 0);
    QVERIFY(result.output.contains("--validate"));
}

void RenderTest::writesToAFullDiskFail()
{
    write(counter);
    QProcess program;
    program.setWorkingDirectory(m_folder->path());
    program.setStandardOutputFile(u"/dev/full"_s);
    program.start(QStringLiteral(RENDER_PROGRAM), {u"page.html"_s, u"0.json"_s});
    QVERIFY(program.waitForFinished());
    QCOMPARE(program.exitCode(), 1);
    QVERIFY(program.readAllStandardError().contains("cannot be written"));
}

QTEST_GUILESS_MAIN(RenderTest)
#include "tst_render.moc"
