// SPDX-FileCopyrightText: 2026 The LiveTemplate for Qt authors
// SPDX-License-Identifier: MIT

#pragma once

#include <QByteArray>
#include <QList>
#include <QProcess>

#include <expected>

namespace LiveTemplate {

/// The browser client's own tree renderer, in a Node process (PROTOCOL.md H.1).
class ClientRenderer
{
public:
    ClientRenderer();
    ~ClientRenderer();
    Q_DISABLE_COPY_MOVE(ClientRenderer)

    /// For each of @p connections, a JSON array of the trees that it is sent, the HTML that the
    /// client holds after each. All go at once, because the way there and back takes longer than
    /// the work. The error is what the process says.
    [[nodiscard]] std::expected<QList<QList<QByteArray>>, QString> heldAfterEach(
        const QList<QByteArray> &connections);

private:
    QProcess m_node;
};

} // namespace LiveTemplate
