// SPDX-FileCopyrightText: 2026 The LiveTemplate for Qt authors
// SPDX-License-Identifier: MIT

#include "exampleprogram.h"

#include <QProcessEnvironment>
#include <QTest>

using namespace Qt::StringLiterals;

ExampleProgram::ExampleProgram(const QString &file, const QStringList &arguments)
{
    QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
    // A Redis that a developer has for something else would join the test to it.
    for (const QString &name : {u"REDIS_URL"_s, u"REDIS_PASSWORD"_s, u"DATABASE_URL"_s})
        environment.remove(name);
    m_process.setProcessEnvironment(environment);
    m_process.setProcessChannelMode(QProcess::ForwardedErrorChannel);
    m_process.start(file, QStringList{u"--port"_s, u"0"_s} + arguments);
    const bool hasSpoken = QTest::qWaitFor(
        [this] { return m_process.canReadLine() || m_process.state() == QProcess::NotRunning; },
        20'000);
    if (hasSpoken && m_process.canReadLine())
        m_url = QUrl(QString::fromUtf8(m_process.readLine()).trimmed().section(u' ', 1));
}

ExampleProgram::~ExampleProgram()
{
    m_process.terminate();
    if (!m_process.waitForFinished(40'000)) {
        m_process.kill();
        m_process.waitForFinished();
    }
    QCOMPARE(m_process.exitStatus(), QProcess::NormalExit);
    QCOMPARE(m_process.exitCode(), 0);
}
