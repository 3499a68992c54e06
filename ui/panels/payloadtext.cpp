// SPDX-FileCopyrightText: 2026 The LiveTemplate for Qt authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "payloadtext.h"

#include <QJsonDocument>
#include <QStringDecoder>

#include <algorithm>
#include <vector>

using namespace Qt::StringLiterals;

namespace LiveTemplate::Ui {

namespace {

constexpr qsizetype bytesPerLine = 16;
/// The table of the longest common subsequence has as many cells at most.
constexpr qsizetype mostLines = 1'000;

bool isReadable(const QString &text)
{
    return std::ranges::all_of(text, [](QChar c) {
        return c.isPrint() || c.isSurrogate() || c == u'\n' || c == u'\t' || c == u'\r';
    });
}

/// Nothing when the bytes are no text.
QString decoded(const QByteArray &bytes)
{
    QStringDecoder decoder(QStringDecoder::Utf8);
    QString text = decoder(bytes);
    return decoder.hasError() || !isReadable(text) ? QString() : text;
}

/// The lines that both have, by the longest common subsequence.
void appendMiddle(QList<DifferenceLine> &result, const QList<QStringView> &before,
                  const QList<QStringView> &after)
{
    using Kind = DifferenceLine::Kind;
    const qsizetype rows = before.size();
    const qsizetype columns = after.size();
    const bool isTooLong = rows > mostLines || columns > mostLines;
    std::vector<quint16> length;
    const auto at = [&](qsizetype row, qsizetype column) -> quint16 & {
        return length[std::size_t(row * (columns + 1) + column)];
    };
    if (!isTooLong) {
        length.assign(std::size_t((rows + 1) * (columns + 1)), 0);
        for (qsizetype row = rows - 1; row >= 0; --row) {
            for (qsizetype column = columns - 1; column >= 0; --column) {
                at(row, column) = before[row] == after[column]
                    ? quint16(at(row + 1, column + 1) + 1)
                    : std::max(at(row + 1, column), at(row, column + 1));
            }
        }
    }
    qsizetype row = 0;
    qsizetype column = 0;
    while (row < rows || column < columns) {
        const bool isBoth = row < rows && column < columns && !isTooLong;
        if (isBoth && before[row] == after[column]) {
            result.append({Kind::Same, before[row].toString()});
            ++row;
            ++column;
        } else if (row < rows
                   && (column >= columns || isTooLong
                       || at(row + 1, column) >= at(row, column + 1))) {
            result.append({Kind::Removed, before[row++].toString()});
        } else {
            result.append({Kind::Added, after[column++].toString()});
        }
    }
}

} // namespace

PayloadKind payloadKind(const QByteArray &payload)
{
    if (payload.isEmpty())
        return PayloadKind::Empty;
    const QByteArray trimmed = payload.trimmed();
    if (trimmed.startsWith('{') || trimmed.startsWith('[')) {
        QJsonParseError error;
        QJsonDocument::fromJson(payload, &error);
        if (error.error == QJsonParseError::NoError)
            return PayloadKind::Json;
    }
    return decoded(payload).isEmpty() ? PayloadKind::Binary : PayloadKind::Text;
}

QString payloadPreview(const QByteArray &payload, qsizetype mostCharacters)
{
    // A character has four bytes at most; one that is cut in two is no reason to show all in hex.
    QByteArray start = payload.left(mostCharacters * 4);
    if (start.size() < payload.size()) {
        const auto isWithin = [](char byte) {
            return (static_cast<unsigned char>(byte) & 0xc0) == 0x80;
        };
        while (!start.isEmpty() && isWithin(start.back()))
            start.chop(1);
        if (!start.isEmpty() && (static_cast<unsigned char>(start.back()) & 0x80) != 0)
            start.chop(1);
    }
    QString text = decoded(start);
    if (text.isEmpty() && !start.isEmpty())
        text = QString::fromLatin1(payload.left(mostCharacters / 3).toHex(' '));
    for (QChar &c : text) {
        if (c.isSpace())
            c = u' ';
    }
    const bool isCut = text.size() > mostCharacters || start.size() < payload.size();
    return isCut ? text.left(mostCharacters) + u'…' : text;
}

QString payloadText(const QByteArray &payload)
{
    switch (payloadKind(payload)) {
    case PayloadKind::Empty:
        return {};
    case PayloadKind::Json:
        return QString::fromUtf8(QJsonDocument::fromJson(payload).toJson(QJsonDocument::Indented))
            .trimmed();
    case PayloadKind::Text:
        return decoded(payload);
    case PayloadKind::Binary:
        break;
    }
    return hexDump(payload);
}

QString hexDump(const QByteArray &bytes)
{
    QString dump;
    for (qsizetype offset = 0; offset < bytes.size(); offset += bytesPerLine) {
        const QByteArray line = bytes.mid(offset, bytesPerLine);
        QString text;
        for (const char byte : line)
            text += byte >= 0x20 && byte < 0x7f ? QChar::fromLatin1(byte) : QChar(u'.');
        const QString hex = QString::fromLatin1(line.toHex(' '));
        dump += u"%1  %2  %3\n"_s.arg(QString::number(offset, 16).rightJustified(8, u'0'),
                                      hex.leftJustified(bytesPerLine * 3 - 1), text);
    }
    dump.chop(1);
    return dump;
}

QList<DifferenceLine> textDifference(const QString &before, const QString &after)
{
    using Kind = DifferenceLine::Kind;
    QList<QStringView> old = QStringView(before).split(u'\n');
    QList<QStringView> now = QStringView(after).split(u'\n');
    QList<DifferenceLine> result;
    while (!old.isEmpty() && !now.isEmpty() && old.first() == now.first()) {
        result.append({Kind::Same, now.takeFirst().toString()});
        old.removeFirst();
    }
    QList<DifferenceLine> end;
    while (!old.isEmpty() && !now.isEmpty() && old.last() == now.last()) {
        end.prepend({Kind::Same, now.takeLast().toString()});
        old.removeLast();
    }
    appendMiddle(result, old, now);
    return result + end;
}

} // namespace LiveTemplate::Ui
