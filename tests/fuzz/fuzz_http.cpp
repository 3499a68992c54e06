// SPDX-FileCopyrightText: 2026 The LiveTemplate for Qt authors
// SPDX-License-Identifier: MIT

// Any bytes from a client: however the network cuts them into pieces, they are the same requests.

#include "fuzzing.h"
#include "httpparser_p.h"

#include <QRandomGenerator>

#include <algorithm>

using namespace LiveTemplate;

namespace {

/// Small, so that inputs reach it.
constexpr qint64 maxHeadSize = 512;

/// What came of the bytes.
struct Outcome
{
    QByteArrayList requests;
    /// Of the refusal that ended it; 0 when all was well.
    int status = 0;
    bool isInsideRequest = false;
};

QByteArray describe(const HttpParser::Message &message)
{
    const Request &request = message.request;
    QByteArray text = request.method + ' ' + request.path.toUtf8() + '?'
        + request.query.toString().toUtf8();
    for (const auto &[name, value] : request.headers)
        text += '\n' + name + ": " + value;
    text += message.upgrade ? " upgrade" : "";
    text += message.keepAlive ? " keep-alive" : "";
    return text;
}

Outcome parse(const QByteArrayList &pieces)
{
    HttpParser parser({.head = maxHeadSize, .body = maxHeadSize});
    Outcome outcome;
    for (const QByteArray &piece : pieces) {
        for (QByteArray rest = piece; !rest.isEmpty(); rest = parser.takeRest()) {
            const auto fed = parser.feed(rest);
            if (!fed) {
                outcome.status = int(fed.error().status);
                return outcome;
            }
            if (*fed)
                outcome.requests.append(describe(**fed));
        }
    }
    outcome.isInsideRequest = parser.isInsideRequest();
    return outcome;
}

QByteArrayList cut(const QByteArray &bytes, const auto &nextSize)
{
    QByteArrayList pieces;
    for (qsizetype from = 0; from < bytes.size(); from += pieces.last().size())
        pieces.append(bytes.sliced(from, std::min(nextSize(), bytes.size() - from)));
    return pieces;
}

void compare(const Outcome &whole, const Outcome &pieces)
{
    if (whole.requests != pieces.requests)
        qFatal("pieces are other requests:\n%s\n--- whole:\n%s",
               pieces.requests.join("\n\n").constData(), whole.requests.join("\n\n").constData());
    // A piece of a header is counted when its bytes end, so that a head may be found too large
    // before what is wrong behind it.
    if ((whole.status == 0) != (pieces.status == 0))
        qFatal("pieces are answered with %d, the whole with %d", pieces.status, whole.status);
    if (whole.isInsideRequest != pieces.isInsideRequest)
        qFatal("pieces end at another place");
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size)
{
    const QByteArray bytes = toByteArray(data, size);
    const Outcome whole = parse({bytes});
    compare(whole, parse(cut(bytes, [] { return qsizetype(1); })));
    QRandomGenerator random(quint32(qHash(bytes, 1)));
    compare(whole, parse(cut(bytes, [&random] { return qsizetype(random.bounded(1, 40)); })));
    return 0;
}
