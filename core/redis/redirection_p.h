// SPDX-FileCopyrightText: 2026 The LiveTemplate for Qt authors
// SPDX-License-Identifier: MIT

#pragma once

#include "livetemplate_export.h"
#include "redisurl.h"

#include <QByteArrayView>

#include <optional>

namespace LiveTemplate {

/// What a node of a Cluster says that is asked for a slot that it does not serve: "MOVED 3999
/// host:port", for good, or "ASK 3999 host:port", for this one command.
struct LIVETEMPLATE_PRIVATE_EXPORT Redirection
{
    enum class Kind {
        Moved,
        Ask,
    };

    Kind kind = Kind::Moved;
    int slot = 0;
    RedisUrl::Endpoint target;

    /// Reads an error that @p answerer gave; it may leave its own host out. Nothing when the error
    /// is another one.
    [[nodiscard]] static std::optional<Redirection> parse(QByteArrayView error,
                                                          const RedisUrl::Endpoint &answerer);

    friend bool operator==(const Redirection &, const Redirection &) = default;
};

} // namespace LiveTemplate
