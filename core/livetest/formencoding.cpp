// SPDX-FileCopyrightText: 2026 The LiveTemplate for Qt authors
// SPDX-License-Identifier: MIT

#include "formencoding_p.h"

#include <QUuid>

using namespace Qt::StringLiterals;

namespace LiveTest {

namespace {

QByteArray encoded(const QString &text)
{
    QString lines = text;
    lines.replace("\r\n"_L1, "\n"_L1).replace(u'\r', u'\n').replace("\n"_L1, "\r\n"_L1);
    return lines.toUtf8().toPercentEncoding(" *", "~").replace(' ', '+');
}

/// A name within quotes (HTML, multipart/form-data encoding algorithm).
QByteArray quotedName(const QString &name)
{
    return name.toUtf8().replace('\r', "%0D").replace('\n', "%0A").replace('"', "%22");
}

} // namespace

QByteArray urlEncoded(const QList<FormEntry> &entries)
{
    QByteArray body;
    for (const FormEntry &entry : entries) {
        if (!body.isEmpty())
            body += '&';
        body += encoded(entry.name) + '=' + encoded(entry.value);
    }
    return body;
}

EncodedForm multipartEncoded(const QList<FormEntry> &entries)
{
    const QByteArray boundary = "livetest-" + QUuid::createUuid().toByteArray(QUuid::Id128);
    EncodedForm form{"multipart/form-data; boundary=" + boundary, {}};
    for (const FormEntry &entry : entries) {
        form.body += "--" + boundary + "\r\nContent-Disposition: form-data; name=\""
            + quotedName(entry.name) + '"';
        if (entry.isFile)
            form.body += "; filename=\"\"\r\nContent-Type: application/octet-stream";
        form.body += "\r\n\r\n" + entry.value.toUtf8() + "\r\n";
    }
    form.body += "--" + boundary + "--\r\n";
    return form;
}

} // namespace LiveTest
