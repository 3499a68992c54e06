// SPDX-FileCopyrightText: 2026 The LiveTemplate for Qt authors
// SPDX-License-Identifier: MIT

#pragma once

#include "livetemplate_export.h"
#include "tree_p.h"

#include <QByteArray>

namespace LiveTemplate {

/// Appends @p utf8 as a JSON string. The bytes must be well-formed UTF-8, as every text that was a
/// QString once is.
LIVETEMPLATE_PRIVATE_EXPORT void appendJsonString(QByteArray &json, QByteArrayView utf8);

/// Appends the whole tree with all its statics: the first message of a connection.
/// PROTOCOL.md C has the form.
LIVETEMPLATE_PRIVATE_EXPORT void appendTree(QByteArray &json, const Tree &tree);

/// Appends what turns @p from into @p to in a client that holds @p from: `{}` when they are equal.
LIVETEMPLATE_PRIVATE_EXPORT void appendDifference(QByteArray &json, const Tree &from,
                                                  const Tree &to);

} // namespace LiveTemplate
