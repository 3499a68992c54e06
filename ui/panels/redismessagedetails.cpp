// SPDX-FileCopyrightText: 2026 The LiveTemplate for Qt authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "redismessagedetails.h"

#include "payloadtext.h"

#include <QFontDatabase>
#include <QLabel>
#include <QLocale>
#include <QPlainTextEdit>
#include <QTabWidget>
#include <QTextBlock>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;

namespace LiveTemplate::Ui {

namespace {

// Behind text of any colour, in light and dark.
constexpr QColor addedColour(46, 160, 67, 60);
constexpr QColor removedColour(218, 54, 51, 60);

QPlainTextEdit *newText(const QString &accessibleName)
{
    auto *const text = new QPlainTextEdit;
    text->setReadOnly(true);
    text->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
    text->setFont(QFontDatabase::systemFont(QFontDatabase::FixedFont));
    text->setLineWrapMode(QPlainTextEdit::NoWrap);
    text->setFrameShape(QFrame::NoFrame);
    text->setAccessibleName(accessibleName);
    return text;
}

} // namespace

RedisMessageDetails::RedisMessageDetails(QWidget *parent)
    : QWidget(parent)
    , m_heading(new QLabel)
    , m_tabs(new QTabWidget)
    , m_text(newText(tr("The message")))
    , m_difference(newText(tr("Difference to the previous message")))
{
    m_heading->setWordWrap(true);
    m_heading->setTextFormat(Qt::PlainText);
    m_heading->setTextInteractionFlags(Qt::TextSelectableByMouse);
    m_heading->setContentsMargins(2, 2, 2, 2);
    m_tabs->setDocumentMode(true);
    m_tabs->addTab(m_text, tr("&Message"));
    m_tabs->addTab(m_difference, tr("&Difference to the previous"));
    auto *const layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(2);
    layout->addWidget(m_heading);
    layout->addWidget(m_tabs, 1);
    clear();
}

void RedisMessageDetails::clear()
{
    m_heading->setText(tr("Select a message to read all of it."));
    m_text->clear();
    m_difference->clear();
    m_tabs->setEnabled(false);
}

void RedisMessageDetails::show(const RedisMessageRow &row)
{
    m_tabs->setEnabled(true);
    QStringList facts{row.channel.displayName};
    if (row.observed && row.observed->isValid()) {
        facts += row.scope;
        if (row.observed->sequence > 0)
            facts += tr("number %1 of its server").arg(row.observed->sequence);
        facts += tr("from %1").arg(row.isOurs ? tr("this desktop") : row.observed->instanceId);
    } else if (row.observed) {
        facts += tr("servers drop it, because %1").arg(row.observed->problem);
    }
    facts += tr("%1 bytes").arg(QLocale().toString(row.size));
    if (row.body->bytes.size() < row.size && !row.body->isReleased)
        facts += tr("only the first %1 were kept").arg(QLocale().toString(row.body->bytes.size()));
    m_heading->setText(facts.join(u"  ·  "_s));
    if (row.body->isReleased)
        m_text->setPlainText(tr("There were too many bytes to keep: this message's are gone."));
    else
        m_text->setPlainText(redisMessageText(row, row.body->bytes));
    showDifference(row);
}

void RedisMessageDetails::showDifference(const RedisMessageRow &row)
{
    m_difference->clear();
    const auto previous = row.previous.lock();
    if (!previous || previous->isReleased || row.body->isReleased) {
        m_difference->setPlainText(
            tr("There is no message before it on this channel, or it is not kept any more."));
        return;
    }
    const QList<DifferenceLine> lines = textDifference(redisMessageText(row, previous->bytes),
                                                       redisMessageText(row, row.body->bytes));
    const bool isSame = std::ranges::all_of(lines, [](const DifferenceLine &line) {
        return line.kind == DifferenceLine::Kind::Same;
    });
    if (isSame) {
        m_difference->setPlainText(tr("It says the same as the message before it."));
        return;
    }
    QTextCursor cursor(m_difference->document());
    cursor.beginEditBlock();
    for (qsizetype i = 0; i < lines.size(); ++i) {
        const DifferenceLine &line = lines[i];
        if (i > 0)
            cursor.insertBlock();
        QTextBlockFormat format;
        QString sign = u"  "_s;
        if (line.kind == DifferenceLine::Kind::Added) {
            format.setBackground(addedColour);
            sign = u"+ "_s;
        } else if (line.kind == DifferenceLine::Kind::Removed) {
            format.setBackground(removedColour);
            sign = u"- "_s;
        }
        cursor.setBlockFormat(format);
        cursor.insertText(sign + line.text);
    }
    cursor.endEditBlock();
}

QString RedisMessageDetails::text() const
{
    return m_text->toPlainText();
}

QString RedisMessageDetails::differenceText() const
{
    return m_difference->toPlainText();
}

} // namespace LiveTemplate::Ui
