// SPDX-FileCopyrightText: 2026 The LiveTemplate for Qt authors
// SPDX-License-Identifier: MIT

#pragma once

#include "livetemplate_export.h"
#include "tree_p.h"

#include <QHash>
#include <QJsonObject>
#include <QString>
#include <QStringList>

#include <expected>

namespace LiveTemplate {

/// What a client sends: PROTOCOL.md B.3.
struct ClientMessage
{
    QString action;
    QJsonObject data;

    /// The error says what is wrong with the message, for the log.
    [[nodiscard]] static LIVETEMPLATE_PRIVATE_EXPORT std::expected<ClientMessage, QString> parse(
        const QByteArray &utf8);
};

/// Names of the protocol's own, which no controller gets to see.
inline constexpr QLatin1StringView pingAction("__ping__");
inline constexpr QLatin1StringView navigateAction("__navigate__");

/// What stands beside the tree in an answer: PROTOCOL.md B.4.
struct AnswerMeta
{
    QHash<QString, QString> errors;
    /// As the client sent it; empty in the first message.
    QString action;
    /// In the first message only.
    QStringList capabilities;
};

/// The first message of a connection: the whole tree.
[[nodiscard]] LIVETEMPLATE_PRIVATE_EXPORT QByteArray firstMessage(const Tree &tree,
                                                                  const AnswerMeta &meta);

/// The answer to an action: what changed. It is sent also when nothing did, since the client waits.
[[nodiscard]] LIVETEMPLATE_PRIVATE_EXPORT QByteArray answerMessage(const Tree &from, const Tree &to,
                                                                   const AnswerMeta &meta);

/// An update that the client did not ask for. It has no meta: any meta would end the form that is
/// being submitted (PROTOCOL.md B.4).
[[nodiscard]] LIVETEMPLATE_PRIVATE_EXPORT QByteArray updateMessage(const Tree &from,
                                                                   const Tree &to);

[[nodiscard]] LIVETEMPLATE_PRIVATE_EXPORT QByteArray pongMessage();

} // namespace LiveTemplate
