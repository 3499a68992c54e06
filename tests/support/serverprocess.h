// SPDX-FileCopyrightText: 2026 The LiveTemplate for Qt authors
// SPDX-License-Identifier: MIT

#pragma once

#include <QProcess>
#include <QProcessEnvironment>
#include <QTest>
#include <QUrl>

#include <csignal>

/// livetemplate-server as an operator runs it. It ends with this object.
class ServerProcess
{
public:
    using Environment = QList<std::pair<QString, QString>>;

    /// Starts on any free port and waits until it listens; isRunning() tells whether it does.
    explicit ServerProcess(const QString &program, const QStringList &arguments = {},
                           const Environment &environment = {},
                           const QString &listen = QStringLiteral("127.0.0.1:0"))
    {
        QProcessEnvironment all = QProcessEnvironment::systemEnvironment();
        // One that a developer has for something else would join the test to a Redis of his.
        for (const QString &name : {QStringLiteral("REDIS_URL"), QStringLiteral("REDIS_PASSWORD"),
                                    QStringLiteral("DATABASE_URL")}) {
            all.remove(name);
        }
        for (const auto &[name, value] : environment)
            all.insert(name, value);
        m_process.setProcessEnvironment(all);
        m_process.setProcessChannelMode(QProcess::ForwardedErrorChannel);
        m_process.start(program, QStringList{QStringLiteral("--listen"), listen} + arguments);
        if (!QTest::qWaitFor([this] { return m_process.canReadLine() || !isRunning(); }, 20'000))
            return;
        const QString line = QString::fromUtf8(m_process.readLine()).trimmed();
        m_url = QUrl(line.section(u' ', 1));
    }

    ~ServerProcess()
    {
        if (isRunning()) {
            m_process.kill();
            m_process.waitForFinished();
        }
    }
    Q_DISABLE_COPY_MOVE(ServerProcess)

    [[nodiscard]] bool isRunning() const { return m_process.state() != QProcess::NotRunning; }
    [[nodiscard]] qint64 processId() const { return m_process.processId(); }
    [[nodiscard]] bool isListening() const { return isRunning() && m_url.port() > 0; }

    [[nodiscard]] QUrl url(const QString &path = QStringLiteral("/counter")) const
    {
        QUrl url = m_url;
        url.setPath(path);
        return url;
    }

    /// As a crash does.
    void kill()
    {
        m_process.kill();
        m_process.waitForFinished();
    }

    /// In an orderly way; the exit code, or -1 when it did not end so.
    int terminate()
    {
        ::kill(pid_t(m_process.processId()), SIGTERM);
        if (!m_process.waitForFinished(40'000) || m_process.exitStatus() != QProcess::NormalExit)
            return -1;
        return m_process.exitCode();
    }

private:
    QProcess m_process;
    QUrl m_url;
};
