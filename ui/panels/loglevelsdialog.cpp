// SPDX-FileCopyrightText: 2026 The LiveTemplate for Qt authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "loglevelsdialog.h"

#include "loglevels.h"

#include <QComboBox>
#include <QDialogButtonBox>
#include <QHeaderView>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QTableWidget>
#include <QVBoxLayout>

#include <utility>

using namespace Qt::StringLiterals;

namespace LiveTemplate::Ui {

namespace {

constexpr QSize firstSize(480, 420);

} // namespace

LogLevelsDialog::LogLevelsDialog(LogLevels &levels, QWidget *parent)
    : QDialog(parent)
    , m_levels(levels)
    , m_search(new QLineEdit)
    , m_table(new QTableWidget)
{
    setWindowTitle(tr("Log Levels"));
    resize(firstSize);

    auto *explanation = new QLabel(
        tr("From which level on the messages of a category are written, here and in the program's "
           "log. It holds at once, and the next time too."));
    explanation->setWordWrap(true);
    m_search->setPlaceholderText(tr("Search"));
    m_search->setAccessibleName(tr("Search for a category"));
    m_search->setClearButtonEnabled(true);
    connect(m_search, &QLineEdit::textChanged, this, &LogLevelsDialog::applySearch);
    createTable();

    auto *buttons = new QDialogButtonBox(QDialogButtonBox::Close | QDialogButtonBox::Reset);
    QPushButton *reset = buttons->button(QDialogButtonBox::Reset);
    reset->setToolTip(tr("All categories as the program was started"));
    connect(reset, &QPushButton::clicked, this, [this] {
        m_levels.reset();
        fill();
    });
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);

    auto *layout = new QVBoxLayout(this);
    layout->addWidget(explanation);
    layout->addWidget(m_search);
    layout->addWidget(m_table, 1);
    layout->addWidget(buttons);
    fill();
}

void LogLevelsDialog::createTable()
{
    m_table->setAccessibleName(tr("Categories and their levels"));
    m_table->setColumnCount(2);
    m_table->setHorizontalHeaderLabels({tr("Category"), tr("Level")});
    m_table->setEditTriggers(QAbstractItemView::NoEditTriggers);
    m_table->setSelectionMode(QAbstractItemView::NoSelection);
    m_table->setFocusPolicy(Qt::NoFocus);
    m_table->setShowGrid(false);
    m_table->verticalHeader()->hide();
    m_table->horizontalHeader()->setSectionResizeMode(0, QHeaderView::Stretch);
    m_table->horizontalHeader()->setSectionResizeMode(1, QHeaderView::ResizeToContents);
    m_table->horizontalHeader()->setDefaultAlignment(Qt::AlignLeft | Qt::AlignVCenter);
}

void LogLevelsDialog::fill()
{
    const QStringList categories = m_levels.categories();
    m_table->setRowCount(static_cast<int>(categories.size()));
    for (int row = 0; row < categories.size(); ++row)
        addCategory(row, categories.at(row));
    applySearch();
}

void LogLevelsDialog::addCategory(int row, const QString &category)
{
    m_table->setItem(row, 0, new QTableWidgetItem(category));
    auto *level = new QComboBox;
    level->setAccessibleName(tr("Level of %1").arg(category));
    const std::optional<LogLevel> chosen = m_levels.chosenLevel(category);
    level->addItem(chosen ? tr("As started")
                          : tr("As started (%1)").arg(levelTitle(m_levels.level(category))));
    for (const LogLevel each :
         {LogLevel::Debug, LogLevel::Info, LogLevel::Warning, LogLevel::Critical, LogLevel::Off}) {
        level->addItem(levelTitle(each), std::to_underlying(each));
    }
    level->setCurrentIndex(chosen ? level->findData(std::to_underlying(*chosen)) : 0);
    connect(level, &QComboBox::activated, this, [this, category, level] {
        const QVariant choice = level->currentData();
        m_levels.setLevel(category,
                          choice.isValid() ? std::optional(static_cast<LogLevel>(choice.toInt()))
                                           : std::nullopt);
    });
    m_table->setCellWidget(row, 1, level);
}

void LogLevelsDialog::applySearch()
{
    for (int row = 0; row < m_table->rowCount(); ++row) {
        const bool isFound = m_table->item(row, 0)->text().contains(m_search->text(),
                                                                    Qt::CaseInsensitive);
        m_table->setRowHidden(row, !isFound);
    }
}

} // namespace LiveTemplate::Ui
