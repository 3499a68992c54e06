// SPDX-FileCopyrightText: 2026 The LiveTemplate for Qt authors
// SPDX-License-Identifier: MIT

#pragma once

#include <QProcess>
#include <QStringList>
#include <QUrl>

/// An example's program as a person runs it, on any free port. It ends with this object, in order,
/// or the test has failed.
class ExampleProgram
{
public:
    /// Starts it and waits until it serves; url() is invalid when it does not.
    explicit ExampleProgram(const QString &file, const QStringList &arguments = {});
    ~ExampleProgram();
    Q_DISABLE_COPY_MOVE(ExampleProgram)

    /// What it said to open.
    [[nodiscard]] QUrl url() const { return m_url; }

private:
    QProcess m_process;
    QUrl m_url;
};
