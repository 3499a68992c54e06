// SPDX-FileCopyrightText: 2026 The LiveTemplate for Qt authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "actdialog.h"

#include "browserid.h"

#include <QDialogButtonBox>
#include <QLabel>
#include <QListWidget>
#include <QPushButton>
#include <QVBoxLayout>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace LiveTemplate::Ui {

namespace {

constexpr int leastWidth = 460;
/// More nobody reads; the heading says how many they are.
constexpr qsizetype maxListed = 200;
constexpr int mostVisible = 6;

} // namespace

QString tabCount(qsizetype count)
{
    return count == 1 ? ActDialog::tr("1 tab") : ActDialog::tr("%1 tabs").arg(count);
}

QString describe(const ConnectionRow &row)
{
    QString text = ActDialog::tr("%1, %2").arg(row.name(), row.connection.page);
    if (row.browser)
        text = ActDialog::tr("%1, %2").arg(text, browserName(*row.browser));
    if (!row.connection.user.isEmpty())
        text = ActDialog::tr("%1, user %2").arg(text, row.connection.user);
    return text;
}

ActDialog::ActDialog(const Question &question, QWidget *parent)
    : QDialog(parent)
    , m_heading(new QLabel(question.heading))
    , m_content(new QVBoxLayout)
    , m_touched(new QListWidget)
{
    setWindowTitle(question.title);
    setAttribute(Qt::WA_DeleteOnClose);

    QFont bold = font();
    bold.setBold(true);
    m_heading->setFont(bold);
    m_heading->setWordWrap(true);
    m_heading->setTextFormat(Qt::PlainText);
    auto *consequence = new QLabel(question.consequence);
    consequence->setWordWrap(true);
    consequence->setTextFormat(Qt::PlainText);
    // From its width follows how high the text is.
    for (QLabel *label : {m_heading, consequence})
        label->setMinimumWidth(leastWidth);
    m_content->setContentsMargins({});

    m_touched->setAccessibleName(tr("Clients that it touches"));
    m_touched->setSelectionMode(QAbstractItemView::NoSelection);
    for (const ConnectionRow &row :
         question.touched.first(std::min(maxListed, question.touched.size()))) {
        auto *item = new QListWidgetItem(describe(row), m_touched);
        if (row.browser)
            item->setIcon(browserIcon(*row.browser));
    }
    if (question.touched.size() > maxListed)
        m_touched->addItem(tr("and %1 more").arg(question.touched.size() - maxListed));
    const int lines = std::clamp(m_touched->count(), 1, mostVisible);
    m_touched->setFixedHeight(lines * (m_touched->sizeHintForRow(0) + 1) + 6);
    m_touched->setVisible(m_touched->count() > 0);

    auto *buttons = new QDialogButtonBox;
    QPushButton *cancel = buttons->addButton(QDialogButtonBox::Cancel);
    m_act = buttons->addButton(question.verb, QDialogButtonBox::AcceptRole);
    // Whoever presses Enter without reading has done nothing.
    m_act->setAutoDefault(false);
    cancel->setDefault(true);
    connect(buttons, &QDialogButtonBox::accepted, this, &QDialog::accept);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);

    auto *layout = new QVBoxLayout(this);
    layout->setSpacing(10);
    layout->setSizeConstraint(QLayout::SetFixedSize);
    layout->addWidget(m_heading);
    layout->addWidget(consequence);
    layout->addLayout(m_content);
    layout->addWidget(m_touched);
    layout->addWidget(buttons);
    cancel->setFocus();
}

QString ActDialog::heading() const
{
    return m_heading->text();
}

QStringList ActDialog::touched() const
{
    QStringList texts;
    for (int row = 0; row < m_touched->count(); ++row)
        texts.append(m_touched->item(row)->text());
    return texts;
}

} // namespace LiveTemplate::Ui
