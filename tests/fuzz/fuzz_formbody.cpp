// SPDX-FileCopyrightText: 2026 The LiveTemplate for Qt authors
// SPDX-License-Identifier: MIT

// Any bytes as the body of a POST request; the first one chooses the content type. The fields that
// are read from a form can be written and read again.

#include "formbody_p.h"
#include "fuzzing.h"

#include <QJsonArray>

using namespace LiveTemplate;

namespace {

constexpr auto urlEncodedType = "application/x-www-form-urlencoded";

constexpr const char *contentTypes[]{
    "application/json",
    urlEncodedType,
    "multipart/form-data; boundary=b",
};

/// What a browser sends for the fields of a form.
QByteArray urlEncoded(const PostedAction &posted)
{
    QByteArray body = "lvt-action=" + posted.action.toUtf8().toPercentEncoding();
    body += "&lvt-submitter=" + posted.submitter.toUtf8().toPercentEncoding();
    for (auto it = posted.data.begin(); it != posted.data.end(); ++it) {
        const QJsonArray values = it->isArray() ? it->toArray() : QJsonArray{*it};
        for (const auto &value : values) {
            if (!value.isString())
                qFatal("a field of a form is no text");
            body += '&' + it.key().toUtf8().toPercentEncoding() + '='
                + value.toString().toUtf8().toPercentEncoding();
        }
    }
    return body;
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
    if (contentType != urlEncodedType)
        return 0;
    const QByteArray body = urlEncoded(*posted);
    const auto again = parsePostedAction(contentType, body);
    if (!again || again->action != posted->action || again->submitter != posted->submitter
        || again->data != posted->data)
        qFatal("what was read is read differently: %s", body.constData());
    return 0;
}
