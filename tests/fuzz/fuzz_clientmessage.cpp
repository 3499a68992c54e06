// SPDX-FileCopyrightText: 2026 The LiveTemplate for Qt authors
// SPDX-License-Identifier: MIT

// Any text as a message of a client: what is read from it can be written and read again.

#include "envelope_p.h"
#include "fuzzing.h"

#include <QJsonDocument>

using namespace LiveTemplate;
using namespace Qt::StringLiterals;

namespace {

/// Qt drops it where a text begins, but not everywhere.
constexpr QByteArrayView byteOrderMark("\xef\xbb\xbf");

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size)
{
    const auto message = ClientMessage::parse(toByteArray(data, size));
    if (!message) {
        if (message.error().isEmpty())
            qFatal("the refusal says nothing");
        return 0;
    }
    if (message->action.isEmpty())
        qFatal("there is no action");
    const QJsonObject written{{u"action"_s, message->action}, {u"data"_s, message->data}};
    const QByteArray json = QJsonDocument(written).toJson(QJsonDocument::Compact);
    if (json.contains(byteOrderMark) || toByteArray(data, size).contains(byteOrderMark))
        return 0;
    const auto again = ClientMessage::parse(json);
    if (!again || again->action != message->action || again->data != message->data)
        qFatal("what was read is read differently: %s", json.constData());
    return 0;
}
