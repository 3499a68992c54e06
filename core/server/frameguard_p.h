// SPDX-FileCopyrightText: 2026 The LiveTemplate for Qt authors
// SPDX-License-Identifier: MIT

#pragma once

#include "livetemplate_export.h"

#include <QByteArrayView>

#include <array>

namespace LiveTemplate {

/// Follows the frames that a client sends, by their headers only, and finds those that are not
/// masked: QtWebSockets takes them, and RFC 6455, 5.1, has the connection closed.
class LIVETEMPLATE_PRIVATE_EXPORT FrameGuard
{
public:
    /// Whether the next @p bytes bytes are inside a payload, and so need not be looked at: they are
    /// counted as seen then.
    [[nodiscard]] bool skip(quint64 bytes);

    /// Looks at the next bytes; false when a frame in them is not masked.
    [[nodiscard]] bool accept(QByteArrayView bytes);

private:
    [[nodiscard]] bool appendToHeader(char byte);

    /// The longest header without its mask: two bytes and a length of eight.
    std::array<quint8, 10> m_header{};
    quint8 m_headerSize = 0;
    /// Of the mask and the payload.
    quint64 m_toSkip = 0;
};

} // namespace LiveTemplate
