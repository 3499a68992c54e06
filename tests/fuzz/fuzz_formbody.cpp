// SPDX-FileCopyrightText: 2026 The LiveTemplate for Qt authors
// SPDX-License-Identifier: MIT

// Any bytes as the body of a POST request. The first one chooses the content type.

#include "formbody_p.h"
#include "fuzzing.h"

#include <QJsonArray>

using namespace LiveTemplate;
using namespace Qt::StringLiterals;

namespace {

constexpr const char *contentTypes[]{
    "application/json",
    "application/x-www-form-urlencoded",
    "multipart/form-data; boundary=b",
};

bool isText(const QJsonValue &value)
{
    return value.isString();
}

/// A form has no other values than text and lists of text.
void checkFields(const QJsonObject &data)
{
    for (const auto &value : data) {
        const QJsonArray values = value.toArray();
        if (!value.isString() && (values.size() < 2 || !std::ranges::all_of(values, isText)))
            qFatal("a field of a form is no text");
    }
    if (data.contains("lvt-action"_L1) || data.contains("lvt-submitter"_L1) || data.contains(""_L1))
        qFatal("the data have a reserved name");
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size)
{
    if (size == 0)
        return 0;
    const QByteArray contentType = contentTypes[*data % std::size(contentTypes)];
    const auto posted = parsePostedAction(contentType, toByteArray(data + 1, size - 1));
    if (!posted) {
        if (!posted.error().message.endsWith(u'.'))
            qFatal("the refusal is no sentence");
        return 0;
    }
    if (posted->action.isEmpty())
        qFatal("there is no action");
    if (contentType.endsWith("urlencoded"))
        checkFields(posted->data);
    return 0;
}
