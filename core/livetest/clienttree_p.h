// SPDX-FileCopyrightText: 2026 The LiveTemplate for Qt authors
// SPDX-License-Identifier: MIT

#pragma once

#include <QJsonObject>
#include <QSet>
#include <QString>

namespace LiveTest {

/// The tree that a client holds, and what it shows by it: takes differences as the browser client
/// does (PROTOCOL.md C), which the test oracle of this project compares with that client itself.
class ClientTree
{
public:
    /// Takes the tree of a message.
    void apply(const QJsonObject &update);
    /// Forgets all, as before a new connection.
    void clear() { m_root = {}; }

    [[nodiscard]] bool isEmpty() const { return m_root.isEmpty(); }
    /// What the page's live part is.
    [[nodiscard]] QString html() const;

    /// The names of the fields whose value, text or checked state comes from the server: the client
    /// reports their changes where the controller has an action "change" (PROTOCOL.md D.1).
    [[nodiscard]] QSet<QString> boundFields() const;

private:
    QJsonObject m_root;
};

} // namespace LiveTest
