// SPDX-FileCopyrightText: 2026 The LiveTemplate for Qt authors
// SPDX-License-Identifier: MIT

#include "document_p.h"

#include <QRegularExpression>

using namespace Qt::StringLiterals;

namespace LiveTemplate {

namespace {

QString withoutComments(const QString &source)
{
    // A comment inside a script or style is that language's business; one with a template tag
    // inside stays, since the tag's end may stand outside.
    static const QRegularExpression pattern(
        u"(<(script|style|textarea)\\b.*?</\\2\\s*>)|<!--((?:(?!-->|\\{%|\\{\\{).)*)-->"_s,
        QRegularExpression::CaseInsensitiveOption | QRegularExpression::DotMatchesEverythingOption);
    QString result;
    result.reserve(source.size());
    qsizetype from = 0;
    for (const QRegularExpressionMatch &match : pattern.globalMatch(source)) {
        if (match.hasCaptured(1))
            continue;
        result += QStringView(source).sliced(from, match.capturedStart() - from);
        result += QString(match.capturedView(3).count(u'\n'), u'\n');
        from = match.capturedEnd();
    }
    result += QStringView(source).sliced(from);
    return result;
}

int lineAt(const QString &source, qsizetype offset)
{
    return 1 + int(QStringView(source).first(offset).count(u'\n'));
}

} // namespace

DocumentParts splitDocument(const QString &source)
{
    const QString text = withoutComments(source);
    static const QRegularExpression bodyTag(u"<body\\b[^>]*>"_s,
                                            QRegularExpression::CaseInsensitiveOption);
    static const QRegularExpression liveEnd(u"<script\\b|</body\\s*>|</html\\s*>"_s,
                                            QRegularExpression::CaseInsensitiveOption);
    DocumentParts parts;
    const auto body = bodyTag.match(text);
    if (!body.hasMatch()) {
        parts.live = text;
        return parts;
    }
    const qsizetype start = body.capturedEnd();
    const auto endMatch = liveEnd.match(text, start);
    const qsizetype end = endMatch.hasMatch() ? endMatch.capturedStart() : text.size();
    parts.before = text.first(start);
    parts.live = text.sliced(start, end - start);
    parts.after = text.sliced(end);
    parts.liveLine = lineAt(text, start);
    parts.afterLine = lineAt(text, end);
    return parts;
}

} // namespace LiveTemplate
