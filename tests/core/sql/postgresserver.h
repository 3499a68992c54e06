// SPDX-FileCopyrightText: 2026 The LiveTemplate for Qt authors
// SPDX-License-Identifier: MIT

#pragma once

#include <QProcess>
#include <QString>
#include <QTemporaryDir>

#include <optional>
#include <sys/types.h>
#include <vector>

/// A PostgreSQL of a test's own, with an empty cluster in a temporary folder, on a free port of the
/// loopback. It ends with the test. Programs of PostgreSQL refuse to run as root: then they run as
/// the user "postgres".
class PostgresServer
{
public:
    static constexpr auto user = "tester";
    static constexpr auto password = "pass'w\\ord%";

    PostgresServer() = default;
    ~PostgresServer();
    Q_DISABLE_COPY_MOVE(PostgresServer)

    /// Makes the cluster and starts the server. @returns what is wrong; empty when all is well.
    [[nodiscard]] QString create();
    /// After stop(), on the same port.
    [[nodiscard]] QString start();
    void stop();

    /// Stops all processes of the server as a debugger does, and lets them go on.
    void freeze();
    void thaw();

    [[nodiscard]] int port() const { return m_port; }
    /// Where its local socket is.
    [[nodiscard]] QString folder() const { return m_folder.path(); }
    /// With the right password.
    [[nodiscard]] QString url() const;

private:
    [[nodiscard]] QString run(const QString &program, const QStringList &arguments);
    void prepare(QProcess &process) const;
    [[nodiscard]] bool waitUntilReady();

    QTemporaryDir m_folder;
    QString m_programs;
    int m_port = 0;
    uid_t m_uid = 0;
    gid_t m_gid = 0;
    std::vector<pid_t> m_frozen;
    std::optional<QProcess> m_server;
};
