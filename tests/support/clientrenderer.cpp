// SPDX-FileCopyrightText: 2026 The LiveTemplate for Qt authors
// SPDX-License-Identifier: MIT

#include "clientrenderer.h"

#include <QJsonArray>
#include <QJsonDocument>

using namespace Qt::StringLiterals;

namespace LiveTemplate {

namespace {

/// Far above what a batch takes.
constexpr int answerTimeoutMs = 60000;

} // namespace

ClientRenderer::ClientRenderer()
{
    m_node.setProcessChannelMode(QProcess::ForwardedErrorChannel);
    m_node.start(QStringLiteral(NODE_EXECUTABLE),
                 {QStringLiteral(ORACLE_SCRIPT), QStringLiteral(CLIENT_RENDERER)});
}

ClientRenderer::~ClientRenderer()
{
    m_node.closeWriteChannel();
    m_node.waitForFinished();
}

std::expected<QList<QList<QByteArray>>, QString> ClientRenderer::heldAfterEach(
    const QList<QByteArray> &connections)
{
    for (const QByteArray &connection : connections)
        m_node.write(connection + '\n');
    QList<QList<QByteArray>> result;
    result.reserve(connections.size());
    while (result.size() < connections.size()) {
        while (!m_node.canReadLine()) {
            if (!m_node.waitForReadyRead(answerTimeoutMs))
                return std::unexpected(u"the client's renderer: "_s + m_node.errorString());
        }
        const QJsonDocument answer = QJsonDocument::fromJson(m_node.readLine());
        if (!answer.isArray())
            return std::unexpected(u"the client's renderer answers no list"_s);
        QList<QByteArray> &held = result.emplaceBack();
        const QJsonArray texts = answer.array();
        for (const QJsonValue &html : texts)
            held.append(html.toString().toUtf8());
    }
    return result;
}

} // namespace LiveTemplate
