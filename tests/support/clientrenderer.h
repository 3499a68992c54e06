// SPDX-FileCopyrightText: 2026 The LiveTemplate for Qt authors
// SPDX-License-Identifier: MIT

#pragma once

#include <QJsonArray>
#include <QJsonDocument>
#include <QProcess>

/// The browser client's own tree renderer, run by Node: what a browser makes of the trees it is
/// sent (PROTOCOL.md H.1). Needs the definitions of tests/core/template/CMakeLists.txt.
class ClientRenderer
{
public:
    ClientRenderer()
    {
        m_node.start(QStringLiteral(NODE_EXECUTABLE),
                     {QStringLiteral(ORACLE_SCRIPT), QStringLiteral(CLIENT_RENDERER)});
    }

    ~ClientRenderer()
    {
        m_node.closeWriteChannel();
        m_node.waitForFinished();
    }
    Q_DISABLE_COPY_MOVE(ClientRenderer)

    /// The HTML that a client holds after @p trees, the first whole and the others differences.
    [[nodiscard]] QString html(const QJsonArray &trees)
    {
        m_node.write(QJsonDocument(trees).toJson(QJsonDocument::Compact) + '\n');
        while (!m_node.canReadLine() && m_node.waitForReadyRead()) {
        }
        return QJsonDocument::fromJson(m_node.readLine()).array().last().toString();
    }

private:
    QProcess m_node;
};
