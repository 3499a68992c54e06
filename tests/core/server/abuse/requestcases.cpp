// SPDX-FileCopyrightText: 2026 The LiveTemplate for Qt authors
// SPDX-License-Identifier: MIT

#include "requestcases.h"

using namespace Qt::StringLiterals;

namespace {

/// The beginning of a request for a page that there is not.
QByteArray get()
{
    return "GET /nope HTTP/1.1\r\nHost: h\r\n";
}

/// A form that counts, with @p headers, which end in a line break.
QByteArray post(const QByteArray &headers, const QByteArray &body)
{
    return "POST / HTTP/1.1\r\nHost: h\r\nContent-Type: application/x-www-form-urlencoded\r\n"
        + headers + "\r\n" + body;
}

QByteArray chunked(const QByteArray &body)
{
    return post("Transfer-Encoding: chunked\r\n", body);
}

QByteArray withLength(const QByteArray &length)
{
    return post("Content-Length: " + length + "\r\n", "quiet=");
}

QByteArray withCoding(const QByteArray &coding)
{
    return post("Transfer-Encoding: " + coding + "\r\n", "6\r\nquiet=\r\n0\r\n\r\n");
}

QByteArray withHeader(const QByteArray &line)
{
    return get() + line + "\r\n\r\n";
}

/// RFC 9112, 6.3: two ways to tell where a body ends, or one that tells two ends.
QList<RequestCase> ambiguousLengths()
{
    const QByteArray coding = "Transfer-Encoding: chunked\r\n";
    const QByteArray body = "6\r\nquiet=\r\n0\r\n\r\n";
    return {
        {"length and chunks", post("Content-Length: 6\r\n" + coding, body), 400},
        {"chunks and length", post(coding + "Content-Length: 6\r\n", body), 400},
        {"two lengths", post("Content-Length: 6\r\nContent-Length: 5\r\n", "quiet="), 400},
        {"one length twice", post("Content-Length: 6\r\nContent-Length: 6\r\n", "quiet="), 400},
        {"list of lengths", withLength("6, 6"), 400},
        {"length with a plus", withLength("+6"), 400},
        {"length with a minus", withLength("-6"), 400},
        {"length in hexadecimal", withLength("0x6"), 400},
        {"length with a point", withLength("6.0"), 400},
        {"length with a space", withLength("6 6"), 400},
        {"no length", withLength(""), 400},
        {"length beyond 64 bits", withLength("18446744073709551622"), 400},
        {"length of 400 digits", withLength(QByteArray(400, '9')), 400},
        {"longest length", withLength("18446744073709551615"), 413},
        {"length of 2^63", withLength("9223372036854775808"), 413},
        {"length beyond the limit", withLength("1048577"), 413},
        {"coding identity", withCoding("identity"), 400},
        {"coding unknown", withCoding("gzip"), 400},
        {"coding unknown, then chunked", withCoding("gzip, chunked"), 501},
        {"coding chunked, then unknown", withCoding("chunked, gzip"), 400},
        {"coding chunked twice", withCoding("chunked, chunked"), 400},
        // RFC 9110, 5.3: lines of one name are as good as a list.
        {"coding chunked on two lines", withCoding("chunked\r\nTransfer-Encoding: chunked"), 400},
        {"coding identity and chunked", withCoding("identity\r\nTransfer-Encoding: chunked"), 501},
        {"coding chunked and identity", withCoding("chunked\r\nTransfer-Encoding: identity"), 400},
        {"coding with a parameter", withCoding("chunked;q=1"), 400},
        {"coding behind a tabulator",
         withCoding("\x0b"
                    "chunked"),
         400},
        {"coding that is no word", withCoding("x chunked"), 400},
        {"coding in quotes", withCoding("\"chunked\""), 400},
    };
}

/// RFC 9112, 2.2 and 5: what one reader takes for the end of a line and another does not.
QList<RequestCase> brokenHeads()
{
    return {
        {"folded header", withHeader("X-A: b\r\n c"), 400},
        {"folded by a tabulator", withHeader("X-A: b\r\n\tc"), 400},
        {"space before the colon", withHeader("X-A : b"), 400},
        {"length with a space before the colon", post("Content-Length : 6\r\n", "quiet="), 400},
        {"space before the first header", "GET / HTTP/1.1\r\n Host: h\r\n\r\n", 400},
        {"no colon", withHeader("X-A"), 400},
        {"no name", withHeader(": b"), 400},
        {"name that is no token", withHeader("X(A): b"), 400},
        {"bare line feed", "GET /nope HTTP/1.1\nHost: h\r\n\r\n", 400},
        {"bare line feed after a header", get() + "X-A: b\nX-C: d\r\n\r\n", 400},
        {"bare line feed at the end", get() + "\n", 400},
        {"bare carriage return", withHeader("X-A: b\rX-C: d"), 400},
        {"bare carriage return at the end", get() + "\rX-A: b\r\n\r\n", 400},
        {"NUL in a value", withHeader("X-A: b"_ba + '\0' + "c"), 400},
        {"NUL in a name", withHeader("X"_ba + '\0' + "A: b"), 400},
        {"NUL in the address", "GET /"_ba + '\0' + " HTTP/1.1\r\nHost: h\r\n\r\n", 400},
        {"control character", withHeader("X-A: \x1b"), 400},
        {"delete character", withHeader("X-A: \x7f"), 400},
    };
}

/// RFC 9112, 3: the first line, and the host that it is for.
QList<RequestCase> brokenTargets()
{
    return {
        {"no host", "GET /nope HTTP/1.1\r\n\r\n", 400},
        {"two hosts", withHeader("Host: other"), 400},
        {"host with a space", "GET /nope HTTP/1.1\r\nHost: a b\r\n\r\n", 400},
        {"host with a path", "GET /nope HTTP/1.1\r\nHost: a/b\r\n\r\n", 400},
        {"host with a user", "GET /nope HTTP/1.1\r\nHost: a@b\r\n\r\n", 400},
        {"list of hosts", "GET /nope HTTP/1.1\r\nHost: a, b\r\n\r\n", 400},
        {"no slash", "GET nope HTTP/1.1\r\nHost: h\r\n\r\n", 400},
        {"no address", "GET  HTTP/1.1\r\nHost: h\r\n\r\n", 400},
        {"no path at all", "OPTIONS * HTTP/1.1\r\nHost: h\r\n\r\n", 400},
        {"proxy's method", "CONNECT h:443 HTTP/1.1\r\nHost: h:443\r\n\r\n", 400},
        {"another scheme", "GET ftp://h/nope HTTP/1.1\r\nHost: h\r\n\r\n", 400},
        {"space in the address", "GET /a b HTTP/1.1\r\nHost: h\r\n\r\n", 400},
        {"unknown method", "BREW /nope HTTP/1.1\r\nHost: h\r\n\r\n", 400},
        {"lower-case method", "get /nope HTTP/1.1\r\nHost: h\r\n\r\n", 400},
        {"HTTP/2", "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n", 400},
        {"HTTP/0.9", "GET /nope\r\n\r\n", 400},
        {"no version", "GET /nope HTTP/\r\nHost: h\r\n\r\n", 400},
        {"another protocol", "GET /nope RTSP/1.0\r\nHost: h\r\n\r\n", 400,
         "llhttp takes it for HTTP/1.0."},
        {"TLS", QByteArray::fromHex("1603010200010001fc0303"), 400},
        {"nothing but bytes", QByteArray(100, '\xff'), 400},
    };
}

/// RFC 9112, 7.1.
QList<RequestCase> brokenChunks()
{
    return {
        {"size that is no number", chunked("six\r\nquiet=\r\n0\r\n\r\n"), 400},
        {"no size", chunked("\r\nquiet=\r\n0\r\n\r\n"), 400},
        {"size with a sign", chunked("+6\r\nquiet=\r\n0\r\n\r\n"), 400},
        {"negative size", chunked("-6\r\nquiet=\r\n0\r\n\r\n"), 400},
        {"size with a prefix", chunked("0x6\r\nquiet=\r\n0\r\n\r\n"), 400},
        {"size behind a space", chunked(" 6\r\nquiet=\r\n0\r\n\r\n"), 400},
        {"size before a space", chunked("6 \r\nquiet=\r\n0\r\n\r\n"), 400},
        {"size beyond 64 bits", chunked("10000000000000006\r\nquiet=\r\n0\r\n\r\n"), 400},
        {"size before a bare line feed", chunked("6\nquiet=\r\n0\r\n\r\n"), 400},
        {"size before a bare carriage return", chunked("6\rquiet=\r\n0\r\n\r\n"), 400},
        {"extension with a bare line feed", chunked("6;a\nquiet=\r\n0\r\n\r\n"), 400},
        {"extension with a bare carriage return", chunked("6;a\rb\r\nquiet=\r\n0\r\n\r\n"), 400},
        {"extension with a NUL", chunked("6;a"_ba + '\0' + "\r\nquiet=\r\n0\r\n\r\n"), 400},
        {"chunk without its end", chunked("6\r\nquiet=0\r\n\r\n"), 400},
        {"chunk with a bare line feed", chunked("6\r\nquiet=\n0\r\n\r\n"), 400},
        {"chunk that is longer", chunked("5\r\nquiet=\r\n0\r\n\r\n"), 400},
        {"last chunk with a bare line feed", chunked("6\r\nquiet=\r\n0\n\r\n"), 400},
        {"end with a bare line feed", chunked("6\r\nquiet=\r\n0\r\n\n"), 400},
        {"folded trailer", chunked("6\r\nquiet=\r\n0\r\nX-A: b\r\n c\r\n\r\n"), 400},
        {"trailer with a space before the colon", chunked("6\r\nquiet=\r\n0\r\nX-A : b\r\n\r\n"),
         400},
        {"trailer with a NUL", chunked("6\r\nquiet=\r\n0\r\nX-A: b"_ba + '\0' + "\r\n\r\n"), 400},
    };
}

} // namespace

QList<RequestCase> brokenRequests()
{
    return ambiguousLengths() + brokenHeads() + brokenTargets() + brokenChunks();
}

QList<RequestCase> oddRequests()
{
    const auto trailed = [](const QByteArray &trailer) {
        return chunked("6\r\nquiet=\r\n0\r\n" + trailer + "\r\n\r\n");
    };
    return {
        {"empty lines before it", "\r\n\r\n" + get() + "\r\n", 404},
        {"absolute form", "GET http://h/nope HTTP/1.1\r\nHost: h\r\n\r\n", 404},
        {"absolute form without a path", "GET http://h HTTP/1.1\r\nHost: h\r\n\r\n", 200},
        {"two slashes", "GET //nope HTTP/1.1\r\nHost: h\r\n\r\n", 404},
        {"way up", "GET /../../etc/passwd HTTP/1.1\r\nHost: h\r\n\r\n", 404},
        {"way up, encoded", "GET /%2e%2e/%2e%2e%2fetc%2fpasswd HTTP/1.1\r\nHost: h\r\n\r\n", 404},
        {"NUL, encoded", "GET /%00 HTTP/1.1\r\nHost: h\r\n\r\n", 404},
        {"no UTF-8", "GET /%ff%fe%c0%80 HTTP/1.1\r\nHost: h\r\n\r\n", 404},
        {"long address", "GET /" + QByteArray(8000, 'a') + " HTTP/1.1\r\nHost: h\r\n\r\n", 404},
        {"long query", "GET /?" + QByteArray("a&").repeated(4000) + " HTTP/1.1\r\nHost: h\r\n\r\n",
         200},
        {"method that is not for pages", "TRACE / HTTP/1.1\r\nHost: h\r\n\r\n", 405},
        {"header of any bytes", withHeader("X-A: \t\x80\xff b \t"), 404},
        {"header without a value", withHeader("X-A:"), 404},
        {"most headers", get() + QByteArray("A: b\r\n").repeated(99) + "\r\n", 404},
        {"body where none is expected", withHeader("Content-Length: 6\r\n\r\nquiet="), 404},
        {"coding in capitals", withCoding("CHUNKED"), 303},
        {"chunk of each byte",
         chunked("1\r\nq\r\n1\r\nu\r\n1\r\ni\r\n1\r\ne\r\n1\r\nt\r\n1\r\n=\r\n0\r\n\r\n"), 303},
        {"zeros before the size", chunked("0000000000000006\r\nquiet=\r\n0000\r\n\r\n"), 303},
        {"extension", chunked("6;a=b;c=\"d;\\\" e\"\r\nquiet=\r\n0;f\r\n\r\n"), 303},
        {"trailer", trailed("X-A: b"), 303},
        // A trailer is no header (RFC 9110, 6.5.1); these would change what the request is.
        {"trailer that poses as an origin", trailed("Origin: http://evil.example"), 303},
        {"trailer that poses as a host", trailed("Host: evil.example"), 303},
        {"trailer that poses as a cookie", trailed("Cookie: a=b"), 303},
        {"trailer that poses as a type", trailed("Content-Type: text/plain"), 303},
    };
}
