// SPDX-FileCopyrightText: 2026 The LiveTemplate for Qt authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "jsonfield.h"

#include <QFontDatabase>
#include <QJsonDocument>
#include <QJsonParseError>
#include <QLabel>
#include <QPlainTextEdit>
#include <QTextBlock>
#include <QVBoxLayout>

#include <algorithm>

namespace LiveTemplate::Ui {

namespace {

constexpr int visibleLines = 5;

JsonMistake mistakeAt(const QString &text, qsizetype position, const QString &reason)
{
    const QString before = text.left(position);
    const qsizetype lineStart = before.lastIndexOf(u'\n') + 1;
    return {.line = int(before.count(u'\n')) + 1,
            .column = int(position - lineStart) + 1,
            .reason = reason,
            .position = position};
}

} // namespace

std::expected<QJsonObject, JsonMistake> readJsonObject(const QString &text)
{
    if (text.trimmed().isEmpty())
        return QJsonObject();
    const QByteArray utf8 = text.toUtf8();
    QJsonParseError error;
    const QJsonDocument document = QJsonDocument::fromJson(utf8, &error);
    if (error.error != QJsonParseError::NoError) {
        // It counts bytes; people count characters.
        const qsizetype offset = std::clamp<qsizetype>(error.offset, 0, utf8.size());
        const qsizetype position = std::min(QString::fromUtf8(utf8.first(offset)).size(),
                                            text.size());
        return std::unexpected(mistakeAt(text, position, error.errorString()));
    }
    if (!document.isObject()) {
        const qsizetype position = text.size() - text.trimmed().size() > 0
            ? text.indexOf(text.trimmed())
            : 0;
        return std::unexpected(
            mistakeAt(text, position, JsonField::tr("an object in braces is expected")));
    }
    return document.object();
}

JsonField::JsonField(QWidget *parent)
    : QWidget(parent)
    , m_editor(new QPlainTextEdit)
    , m_message(new QLabel)
{
    m_editor->setFont(QFontDatabase::systemFont(QFontDatabase::FixedFont));
    m_editor->setPlaceholderText(QStringLiteral("{\"amount\": 1}"));
    m_editor->setTabChangesFocus(true);
    m_editor->setAccessibleName(tr("Data of the action, as a JSON object"));
    m_editor->setFixedHeight(m_editor->fontMetrics().lineSpacing() * visibleLines + 12);
    m_message->setWordWrap(true);
    m_message->setTextFormat(Qt::PlainText);
    setFocusProxy(m_editor);

    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins({});
    layout->addWidget(m_editor);
    layout->addWidget(m_message);
    connect(m_editor, &QPlainTextEdit::textChanged, this, &JsonField::read);
    read();
}

QString JsonField::message() const
{
    return m_message->text();
}

void JsonField::read()
{
    const QString text = m_editor->toPlainText();
    m_value = readJsonObject(text);
    QList<QTextEdit::ExtraSelection> marks;
    if (m_value) {
        m_message->setText(m_value->isEmpty() ? tr("No data.")
                                              : tr("An object of %1.").arg(m_value->size()));
    } else {
        const JsonMistake &mistake = m_value.error();
        m_message->setText(tr("Line %1, column %2: %3.")
                               .arg(mistake.line)
                               .arg(mistake.column)
                               .arg(mistake.reason));
        QTextEdit::ExtraSelection mark;
        mark.cursor = QTextCursor(m_editor->document());
        mark.cursor.setPosition(
            int(std::max<qsizetype>(std::min(mistake.position, text.size() - 1), 0)));
        mark.cursor.movePosition(QTextCursor::NextCharacter, QTextCursor::KeepAnchor);
        mark.format.setUnderlineStyle(QTextCharFormat::WaveUnderline);
        mark.format.setUnderlineColor(Qt::red);
        marks.append(mark);
    }
    m_editor->setExtraSelections(marks);
    m_editor->setAccessibleDescription(m_message->text());
    Q_EMIT valueChanged();
}

} // namespace LiveTemplate::Ui
