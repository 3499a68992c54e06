// SPDX-FileCopyrightText: 2026 The LiveTemplate for Qt authors
// SPDX-License-Identifier: MIT

#include "templatefolder_p.h"

#include <QDir>
#include <QFile>
#include <QTemporaryDir>
#include <QTest>

using namespace LiveTemplate;
using namespace Qt::StringLiterals;

/// No name leads out of the folder.
class TestTemplateFolder : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void read_data();
    void read();
    void notUtf8();

private:
    void write(const QString &name, const QByteArray &content)
    {
        const QString path = m_dir.filePath(name);
        QVERIFY(QDir().mkpath(QFileInfo(path).path()));
        QFile file(path);
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write(content);
    }

    QTemporaryDir m_dir;
};

void TestTemplateFolder::initTestCase()
{
    write(u"pages/a.html"_s, "A");
    write(u"pages/sub/b.html"_s, "B");
    write(u"pages/bad.html"_s, "\xff\xfe\xfd");
    write(u"pages-private/secret.html"_s, "S");
    write(u"outside.html"_s, "O");
    QVERIFY(QFile::link(m_dir.filePath(u"outside.html"_s), m_dir.filePath(u"pages/link.html"_s)));
    QVERIFY(QFile::link(m_dir.filePath(u"pages/a.html"_s), m_dir.filePath(u"pages/inner.html"_s)));
}

void TestTemplateFolder::read_data()
{
    QTest::addColumn<QString>("name");
    QTest::addColumn<QString>("text"); // null: there is no such template
    QTest::newRow("file") << u"a.html"_s << u"A"_s;
    QTest::newRow("sub-folder") << u"sub/b.html"_s << u"B"_s;
    QTest::newRow("up and down again") << u"sub/../a.html"_s << u"A"_s;
    QTest::newRow("link that stays inside") << u"inner.html"_s << u"A"_s;
    QTest::newRow("missing") << u"nope.html"_s << QString();
    QTest::newRow("empty") << QString() << QString();
    QTest::newRow("folder") << u"sub"_s << QString();
    QTest::newRow("dot") << u"."_s << QString();
    QTest::newRow("parent") << u"../outside.html"_s << QString();
    QTest::newRow("sibling with the same prefix") << u"../pages-private/secret.html"_s << QString();
    QTest::newRow("link that leads out") << u"link.html"_s << QString();
    QTest::newRow("absolute") << m_dir.filePath(u"pages/a.html"_s) << QString();
    QTest::newRow("resource") << u":/a.html"_s << QString();
    QTest::newRow("nul") << QString::fromLatin1("a.html\0x", 8) << QString();
}

void TestTemplateFolder::read()
{
    QFETCH(QString, name);
    QFETCH(QString, text);
    const TemplateFolder folder(m_dir.filePath(u"pages"_s));
    const auto found = folder.read(name);
    QCOMPARE(found.has_value(), !text.isNull());
    QCOMPARE(folder.contains(name), !text.isNull());
    if (found)
        QCOMPARE(*found, text);
    else
        QVERIFY(found.error().contains(u"there is no template"));
}

void TestTemplateFolder::notUtf8()
{
    const auto found = TemplateFolder(m_dir.filePath(u"pages"_s)).read(u"bad.html"_s);
    QVERIFY(!found);
    QCOMPARE(found.error(), u"the template is not UTF-8"_s);
}

QTEST_GUILESS_MAIN(TestTemplateFolder)
#include "tst_templatefolder.moc"
