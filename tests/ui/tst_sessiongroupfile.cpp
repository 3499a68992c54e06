// SPDX-FileCopyrightText: 2026 The LiveTemplate for Qt authors
// SPDX-License-Identifier: MIT

#include "sessiongroupfile.h"

#include <QTemporaryDir>
#include <QTest>

using LiveTemplate::Ui::SessionGroupFile;
using namespace Qt::StringLiterals;

class SessionGroupFileTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void isEmptyAtFirst()
    {
        const QTemporaryDir directory;
        QVERIFY(SessionGroupFile(directory.filePath(u"groups.ini"_s)).load().isEmpty());
    }

    void loadsWhatWasSaved()
    {
        const QTemporaryDir directory;
        const SessionGroupFile file(directory.filePath(u"new/groups.ini"_s));
        const QHash<QString, QString> groups = {{u"127.0.0.1"_s, u"tDhT37t7"_s},
                                                {u"::1"_s, u"4LaK1-_m"_s},
                                                {u"localhost"_s, u"00000000"_s}};
        file.save(groups);
        QCOMPARE(file.load(), groups);
    }

    void forgetsWhatIsGone()
    {
        const QTemporaryDir directory;
        const SessionGroupFile file(directory.filePath(u"groups.ini"_s));
        file.save({{u"one"_s, u"aaaaaaaa"_s}, {u"other"_s, u"bbbbbbbb"_s}});
        file.save({{u"other"_s, u"bbbbbbbb"_s}});
        QCOMPARE(file.load().keys(), QStringList{u"other"_s});
    }
};

QTEST_GUILESS_MAIN(SessionGroupFileTest)
#include "tst_sessiongroupfile.moc"
