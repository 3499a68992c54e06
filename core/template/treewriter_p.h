// SPDX-FileCopyrightText: 2026 The LiveTemplate for Qt authors
// SPDX-License-Identifier: MIT

#pragma once

#include "livetemplate_export.h"
#include "tree_p.h"

#include <QByteArray>

namespace LiveTemplate {

/// Appends @p utf8 as a JSON string.
LIVETEMPLATE_PRIVATE_EXPORT void appendJsonString(QByteArray &json, QByteArrayView utf8);

/// Appends a whole tree, as a connection is sent first (PROTOCOL.md C).
LIVETEMPLATE_PRIVATE_EXPORT void appendTree(QByteArray &json, const Tree &tree);

/// Appends the whole of a dynamic.
void appendDynamic(QByteArray &json, const Dynamic &dynamic);

/// The same, to be sent to a client that holds @p shown there: it merges what it is sent with that,
/// and must be kept from taking a tree for the range that was there before.
void appendDynamicOver(QByteArray &json, const Dynamic &shown, const Dynamic &dynamic);
/// The same for a page of which nothing stays.
void appendTreeOver(QByteArray &json, const Tree &shown, const Tree &tree);

/// Appends an item of a range, with its key.
void appendItem(QByteArray &json, const RangeItem &item);

enum class StaticsUse {
    Write,
    /// The client has them.
    Omit
};

/// Appends a range with all its items.
void appendRange(QByteArray &json, const Range &range, StaticsUse statics);

/// Appends the name of dynamic @p number and a colon.
void appendNumberKey(QByteArray &json, std::size_t number);

/// Appends the name of what a range shows without items and a colon.
void appendOtherwiseKey(QByteArray &json);

/// What a range shows without items. The client may hold there what it was sent any time before.
void appendOtherwise(QByteArray &json, const Dynamic &otherwise);

} // namespace LiveTemplate
