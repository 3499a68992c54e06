// SPDX-FileCopyrightText: 2026 The LiveTemplate for Qt authors
// SPDX-License-Identifier: MIT

#include "template.h"
#include "tree_p.h"
#include "treedifference_p.h"
#include "treewriter_p.h"

#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QProcess>
#include <QRandomGenerator>
#include <QTemporaryDir>
#include <QTest>

using namespace LiveTemplate;
using namespace Qt::StringLiterals;

/// The client's own renderer, fed with our trees and differences, holds the HTML that the plain
/// rendering gives (PROTOCOL.md H.1).
class TestClientRenderer : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void randomStates_data();
    void randomStates();

private:
    QJsonArray ask(const QByteArray &line);
    static QVariantHash randomValues(QRandomGenerator &random);

    QTemporaryDir m_dir;
    QProcess m_node;
};

void TestClientRenderer::initTestCase()
{
    m_node.start(QStringLiteral(NODE_EXECUTABLE),
                 {QStringLiteral(ORACLE_SCRIPT), QStringLiteral(CLIENT_RENDERER)});
    QVERIFY(m_node.waitForStarted());
}

QJsonArray TestClientRenderer::ask(const QByteArray &line)
{
    m_node.write(line + '\n');
    while (!m_node.canReadLine() && m_node.waitForReadyRead()) {
    }
    return QJsonDocument::fromJson(m_node.readLine()).array();
}

QVariantHash TestClientRenderer::randomValues(QRandomGenerator &random)
{
    static const QStringList texts{QString(), u"a"_s,     u"<b>&\"'"_s, u"{{ x }}"_s,
                                   u"{{"_s,   u"\\n\n"_s, u"ü🎉"_s,     u"0"_s};
    const auto text = [&] {
        return texts.at(random.bounded(texts.size()));
    };
    QVariantList rows;
    for (int i = random.bounded(4); i > 0; --i) {
        QVariantList cells;
        for (int j = random.bounded(3); j > 0; --j)
            cells.append(text());
        rows.append(QVariantHash{{u"id"_s, random.bounded(5)},
                                 {u"name"_s, text()},
                                 {u"cells"_s, cells},
                                 {u"on"_s, random.bounded(2) == 1}});
    }
    return {{u"a"_s, text()},
            {u"b"_s, random.bounded(3)},
            {u"on"_s, random.bounded(2) == 1},
            {u"rows"_s, rows}};
}

void TestClientRenderer::randomStates_data()
{
    QTest::addColumn<QString>("source");
    QTest::newRow("text") << u"<p>static</p>"_s;
    QTest::newRow("variables") << u"<p title=\"{{ a }}\">{{ a }}{{ b }}</p>"_s;
    QTest::newRow("branches of equal shape")
        << u"{% if on %}<b>{{ a }}</b>{% else %}<i>{{ a }}</i>{% endif %}"_s;
    QTest::newRow("branches of other shape")
        << u"{% if b == 0 %}none{% elif b == 1 %}{{ a }}-{{ b }}{% else %}<i>{{ a }}</i>{% endif %}"_s;
    QTest::newRow("branch or nothing")
        << u"<div>{% if on %}<b>{{ a }}</b>{% endif %}{{ b }}</div>"_s;
    QTest::newRow("range")
        << u"<ul>{% for r in rows %}<li data-key=\"{{ r.id }}\">{{ r.name }}</li>{% endfor %}</ul>"_s;
    QTest::newRow("range with else")
        << u"<ul>{% for r in rows %}<li>{{ r.name }}</li>{% empty %}<li>{{ a }}</li>{% endfor %}</ul>"_s;
    QTest::newRow("nested ranges")
        << u"{% for r in rows %}<ul data-key=\"{{ r.id }}\">{% for c in r.cells %}<li>{{ c }}</li>{% empty %}{{ r.name }}{% endfor %}</ul>{% endfor %}"_s;
    QTest::newRow("branches in a range")
        << u"{% for r in rows %}<p>{% if r.on %}<b>{{ r.name }}</b>{% else %}{{ forloop.counter }}{% endif %}</p>{% endfor %}"_s;
    QTest::newRow("ranges in branches")
        << u"{% if on %}{% for r in rows %}<p>{{ r.name }}</p>{% empty %}no rows{% endfor %}{% else %}<i>{% for r in rows reversed %}{{ r.id }}{% endfor %}</i>{% endif %}"_s;
    QTest::newRow("range beside a branch with a range")
        << u"{% if b == 0 %}{{ a }}{% for r in rows %}{{ r.id }},{% endfor %}{% elif b == 1 %}{% for r in rows %}{{ r.name }}{% empty %}-{% endfor %}{{ a }}{% endif %}"_s;
    QTest::newRow("include")
        << u"{% for r in rows %}{% with a=r.name %}{% include \"part.html\" %}{% endwith %}{% endfor %}{% include \"part.html\" %}"_s;
}

void TestClientRenderer::randomStates()
{
    QFETCH(QString, source);
    for (const auto &[name, text] :
         {std::pair(u"part.html"_s, u"<em>{% if on %}{{ a }}{% endif %}</em>"_s),
          std::pair(u"page.html"_s, source)}) {
        QFile file(m_dir.filePath(name));
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write(text.toUtf8());
    }
    const auto compiled = Template::load(m_dir.filePath(u"page.html"_s));
    QVERIFY(compiled);

    constexpr quint32 seed = 20261122;
    QRandomGenerator random(seed);
    for (int run = 0; run < 50; ++run) {
        constexpr int steps = 8;
        QByteArray line = "[";
        QList<QByteArray> expected;
        std::shared_ptr<const Tree> shown;
        for (int step = 0; step < steps; ++step) {
            const auto tree = compiled->render(randomValues(random));
            QVERIFY(tree);
            if (shown) {
                line += ',';
                appendDifference(line, *shown, **tree);
            } else {
                appendTree(line, **tree);
            }
            shown = *tree;
            appendHtml(expected.emplaceBack(), *shown);
        }
        line += ']';
        const QJsonArray held = ask(line);
        QCOMPARE(held.size(), steps);
        for (int step = 0; step < steps; ++step) {
            QVERIFY2(held.at(step).toString().toUtf8() == expected.at(step),
                     qPrintable(u"seed %1, run %2, step %3\nclient: %4\nserver: %5\nsent: %6"_s.arg(
                         QString::number(seed), QString::number(run), QString::number(step),
                         held.at(step).toString(), QString::fromUtf8(expected.at(step)),
                         QString::fromUtf8(line))));
        }
    }
}

QTEST_GUILESS_MAIN(TestClientRenderer)
#include "tst_clientrenderer.moc"
