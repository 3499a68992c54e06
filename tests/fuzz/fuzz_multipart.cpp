// SPDX-FileCopyrightText: 2026 The LiveTemplate for Qt authors
// SPDX-License-Identifier: MIT

// Any bytes as a multipart body: what is read from it can be written and read again.

#include "fuzzing.h"
#include "multipart_p.h"

using namespace LiveTemplate;
using namespace Qt::StringLiterals;

namespace {

QByteArray quoted(const QString &name)
{
    QByteArray escaped = name.toUtf8();
    escaped.replace('\\', "\\\\").replace('"', "%22").replace('\r', "%0D").replace('\n', "%0A");
    return '"' + escaped + '"';
}

QByteArray write(const QList<MultipartPart> &parts)
{
    QByteArray body;
    for (const MultipartPart &part : parts) {
        body += "--b\r\nContent-Disposition: form-data; name=" + quoted(part.name);
        if (part.fileName)
            body += "; filename=" + quoted(*part.fileName);
        body += "\r\n";
        if (!part.contentType.isEmpty())
            body += "Content-Type: " + part.contentType + "\r\n";
        body += "\r\n" + part.content.toByteArray() + "\r\n";
    }
    return body + "--b--\r\n";
}

bool isSame(const MultipartPart &left, const MultipartPart &right)
{
    return left.name == right.name && left.fileName == right.fileName
        && left.contentType == right.contentType && left.content == right.content;
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size)
{
    const QByteArray body = toByteArray(data, size);
    const auto parts = parseMultipart(body, "b");
    if (!parts) {
        if (!parts.error().endsWith(u'.'))
            qFatal("the refusal is no sentence");
        return 0;
    }
    const QByteArray written = write(*parts);
    const auto again = parseMultipart(written, "b");
    if (!again)
        qFatal("what was read is refused: %s\n%s", qPrintable(again.error()), written.constData());
    if (!std::ranges::equal(*parts, *again, isSame))
        qFatal("what was read is read differently:\n%s", written.constData());
    return 0;
}
