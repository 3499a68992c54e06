// SPDX-FileCopyrightText: 2026 The LiveTemplate for Qt authors
// SPDX-License-Identifier: MIT

#include "multipart_p.h"

#include "headervalue_p.h"

#include <QByteArrayMatcher>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace LiveTemplate {

namespace {

/// RFC 2046, 5.1.1.
constexpr qsizetype maxBoundaryLength = 70;

bool isBoundary(QByteArrayView boundary)
{
    return !boundary.isEmpty() && boundary.size() <= maxBoundaryLength && !boundary.endsWith(' ')
        && std::ranges::all_of(boundary, [](char character) {
               return (character >= 'a' && character <= 'z')
                   || (character >= 'A' && character <= 'Z')
                   || (character >= '0' && character <= '9')
                   || QByteArrayView("'()+_,-./:=? ").contains(character);
           });
}

/// What browsers escape in a name, and nothing else (HTML, 4.10.21.8).
QString decodeName(QByteArray name)
{
    name.replace("%22", "\"").replace("%0D", "\r").replace("%0A", "\n");
    return QString::fromUtf8(name);
}

class MultipartReader
{
public:
    MultipartReader(QByteArrayView body, const QByteArray &boundary)
        : m_body(body)
        , m_delimiter("\r\n--" + boundary)
        , m_matcher(m_delimiter)
    {
    }

    std::expected<QList<MultipartPart>, QString> read()
    {
        auto delimiter = firstDelimiter();
        if (!delimiter) {
            return std::unexpected(
                u"The body does not have the boundary that its content type names."_s);
        }
        QList<MultipartPart> parts;
        while (!delimiter->isLast) {
            if (parts.size() == maxMultipartParts)
                return std::unexpected(u"The body has more than %1 parts."_s.arg(parts.size()));
            const qsizetype headStart = delimiter->end;
            const auto headSize = sizeOfHead(headStart);
            if (!headSize)
                return std::unexpected(headSize.error());
            auto part = readHead(m_body.sliced(headStart, *headSize));
            if (!part)
                return std::unexpected(part.error());
            // The empty line's end may be the delimiter's beginning.
            const qsizetype headEnd = headStart + *headSize + 2;
            delimiter = delimiterFrom(headEnd);
            if (!delimiter)
                return std::unexpected(u"The body ends before its last boundary."_s);
            if (const qsizetype start = headEnd + 2; start < delimiter->start)
                part->content = m_body.sliced(start, delimiter->start - start);
            parts.append(*std::move(part));
        }
        return parts;
    }

private:
    struct Delimiter
    {
        /// Of the line break before it.
        qsizetype start;
        /// Behind the line break after it.
        qsizetype end;
        /// Whether no part follows.
        bool isLast;
    };

    /// Only the first one may stand without a line break before it.
    [[nodiscard]] std::optional<Delimiter> firstDelimiter() const
    {
        if (m_body.startsWith(QByteArrayView(m_delimiter).sliced(2))) {
            if (const auto delimiter = delimiterAt(-2))
                return delimiter;
        }
        return delimiterFrom(0);
    }

    [[nodiscard]] std::optional<Delimiter> delimiterFrom(qsizetype from) const
    {
        for (qsizetype at = m_matcher.indexIn(m_body, from); at >= 0;
             at = m_matcher.indexIn(m_body, at + 1)) {
            if (const auto delimiter = delimiterAt(at))
                return delimiter;
        }
        return std::nullopt;
    }

    /// Nothing when the line goes on after the boundary: then it is content.
    [[nodiscard]] std::optional<Delimiter> delimiterAt(qsizetype start) const
    {
        qsizetype end = start + m_delimiter.size();
        const bool isLast = m_body.sliced(end).startsWith("--");
        if (isLast)
            end += 2;
        while (end < m_body.size() && (m_body[end] == ' ' || m_body[end] == '\t'))
            ++end;
        if (isLast && end == m_body.size())
            return Delimiter{start, end, isLast};
        if (!m_body.sliced(end).startsWith("\r\n"))
            return std::nullopt;
        return Delimiter{start, end + 2, isLast};
    }

    /// Without the empty line that ends it.
    [[nodiscard]] std::expected<qsizetype, QString> sizeOfHead(qsizetype start) const
    {
        const QByteArrayView rest = m_body.sliced(start);
        if (rest.startsWith("\r\n"))
            return std::unexpected(u"A part of the body has no name."_s);
        const qsizetype size = rest.first(qMin(rest.size(), maxMultipartHeadSize + 4))
                                   .indexOf("\r\n\r\n");
        if (size >= 0)
            return size;
        if (rest.size() > maxMultipartHeadSize) {
            return std::unexpected(u"A part of the body has more than %1 bytes of headers."_s.arg(
                maxMultipartHeadSize));
        }
        return std::unexpected(u"The body ends within the headers of a part."_s);
    }

    /// A part without its content.
    [[nodiscard]] static std::expected<MultipartPart, QString> readHead(QByteArrayView head)
    {
        MultipartPart part;
        bool hasName = false;
        for (qsizetype from = 0; from < head.size();) {
            const qsizetype lineBreak = head.indexOf("\r\n", from);
            const qsizetype end = lineBreak < 0 ? head.size() : lineBreak;
            const QByteArrayView line = head.sliced(from, end - from);
            from = end + 2;
            const qsizetype colon = line.indexOf(':');
            if (colon < 0 || !isHeaderToken(line.first(colon)) || !isHeaderText(line))
                return std::unexpected(u"A part of the body has a header that is not valid."_s);
            const QByteArray name = line.first(colon).toByteArray().toLower();
            const QByteArray value = line.sliced(colon + 1).trimmed().toByteArray();
            if (name == "content-disposition") {
                if (hasName || !readDisposition(value, part)) {
                    return std::unexpected(
                        u"A part of the body must have one Content-Disposition header, of the form "
                        "form-data; name=\"title\"."_s);
                }
                hasName = true;
            } else if (name == "content-type") {
                part.contentType = value;
            } else if (name == "content-transfer-encoding" && !isPlainEncoding(value)) {
                return std::unexpected(
                    u"A part of the body is encoded; it must be sent as it is."_s);
            }
        }
        if (!hasName)
            return std::unexpected(u"A part of the body has no name."_s);
        return part;
    }

    [[nodiscard]] static bool readDisposition(const QByteArray &value, MultipartPart &part)
    {
        const auto disposition = HeaderValue::parse(value);
        if (!disposition || disposition->value != "form-data")
            return false;
        const auto name = disposition->parameter("name");
        if (!name)
            return false;
        part.name = decodeName(*name);
        // RFC 7578, 4.2 forbids the second, and a part that has it is a file nevertheless.
        if (const auto fileName = disposition->parameter("filename"))
            part.fileName = decodeName(*fileName);
        else if (disposition->parameter("filename*"))
            part.fileName = QString();
        return true;
    }

    /// RFC 7578, 4.7: others are deprecated, and no browser has sent one.
    [[nodiscard]] static bool isPlainEncoding(const QByteArray &encoding)
    {
        const QByteArray name = encoding.toLower();
        return name == "7bit" || name == "8bit" || name == "binary";
    }

    QByteArrayView m_body;
    QByteArray m_delimiter;
    QByteArrayMatcher m_matcher;
};

} // namespace

std::expected<QList<MultipartPart>, QString> parseMultipart(QByteArrayView body,
                                                            const QByteArray &boundary)
{
    if (!isBoundary(boundary))
        return std::unexpected(u"The content type must name a boundary of 1 to 70 characters."_s);
    return MultipartReader(body, boundary).read();
}

} // namespace LiveTemplate
