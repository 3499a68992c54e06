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
    QString action = {};
    QJsonObject data = {};
    /// The name of the control that sent the form.
    QString submitter = {};
    /// All of it: messages about uploads have more than an action and data.
    QJsonObject whole = {};

    /// Whether it is about an upload (PROTOCOL.md E.9).
    [[nodiscard]] bool isUpload() const;

    /// The error says what is wrong with the message, for the log.
    [[nodiscard]] static LIVETEMPLATE_PRIVATE_EXPORT std::expected<ClientMessage, QString> parse(
        const QByteArray &utf8);
};

/// Names of the protocol's own, which no controller gets to see.
inline constexpr QLatin1StringView pingAction("__ping__");
inline constexpr QLatin1StringView navigateAction("__navigate__");
inline constexpr QLatin1StringView uploadStartAction("upload_start");
inline constexpr QLatin1StringView uploadChunkAction("upload_chunk");
inline constexpr QLatin1StringView uploadCompleteAction("upload_complete");
inline constexpr QLatin1StringView cancelUploadAction("cancel_upload");

/// What stands beside the tree in an answer: PROTOCOL.md B.4.
struct AnswerMeta
{
    QHash<QString, QString> errors;
    /// As the client sent it; empty in the first message.
    QString action;
    /// In the first message only.
    QStringList capabilities;
};

/// What answers a request for JSON (PROTOCOL.md A.6, A.7): the whole tree. The first one, which
/// answers no action, has null in the place of its errors.
[[nodiscard]] LIVETEMPLATE_PRIVATE_EXPORT QByteArray jsonAnswer(const Tree &tree,
                                                                const AnswerMeta &meta);

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

/// What answers a message past the rate limit: PROTOCOL.md B.8.
[[nodiscard]] LIVETEMPLATE_PRIVATE_EXPORT QByteArray tooManyRequestsMessage();

/// What answers a client that wants to upload, which this server does not do: each file is refused
/// with a sentence. Empty when the message needs no answer.
[[nodiscard]] LIVETEMPLATE_PRIVATE_EXPORT QByteArray uploadRefusal(const ClientMessage &message);

/// The sentence for who wants to upload.
inline constexpr QLatin1StringView noUploads("This server does not take uploads.");

} // namespace LiveTemplate
