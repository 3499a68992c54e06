// SPDX-FileCopyrightText: 2026 The LiveTemplate for Qt authors
// SPDX-License-Identifier: MIT

#pragma once

#include <QByteArray>
#include <QJsonObject>
#include <QMap>
#include <QString>
#include <QStringList>

namespace LiveTest {

/// A message that a tab got from its server: what changed, and how the action went.
class Update
{
public:
    /// None yet.
    Update() = default;
    explicit Update(QByteArray message);

    /// Whether there was one.
    [[nodiscard]] bool isNull() const { return m_message.isNull(); }
    /// The message as it was sent, and its size in bytes.
    [[nodiscard]] const QByteArray &bytes() const { return m_message; }
    [[nodiscard]] qsizetype size() const { return m_message.size(); }

    /// What changed, by the places of the page's tree; empty when nothing did.
    [[nodiscard]] QJsonObject tree() const;
    /// The same as compact JSON, for QCOMPARE with a literal: `{"0":"1"}`.
    [[nodiscard]] QByteArray diff() const;

    /// Whether this is the answer to an action of the tab; otherwise the server sent it unasked: a
    /// broadcast or a trigger.
    [[nodiscard]] bool isAnswer() const;
    /// The action that is answered; empty in the first message, and in those that nobody asked for.
    [[nodiscard]] QString action() const;
    /// Whether the action succeeded.
    [[nodiscard]] bool success() const;
    /// The errors of an action by field; the key of an error of no field is "_general".
    [[nodiscard]] QMap<QString, QString> errors() const;
    /// What the page can do, in the first message: "change" where the controller has that action.
    [[nodiscard]] QStringList capabilities() const;

private:
    QByteArray m_message;
    QJsonObject m_envelope;
};

} // namespace LiveTest
