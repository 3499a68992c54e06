// SPDX-FileCopyrightText: 2026 The LiveTemplate for Qt authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "tablepanel.h"

#include "chipbutton.h"
#include "exportbar.h"
#include "rowdetails.h"
#include "symbolicicon.h"
#include "tableplace.h"
#include "tablestate.h"
#include "tabletext.h"
#include "tableview.h"

#include <QAction>
#include <QClipboard>
#include <QDateTime>
#include <QDir>
#include <QFileDialog>
#include <QGuiApplication>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QKeyEvent>
#include <QLabel>
#include <QLineEdit>
#include <QLocale>
#include <QMenu>
#include <QStandardPaths>
#include <QToolBar>
#include <QToolButton>
#include <QVBoxLayout>

#include <algorithm>
#include <chrono>

using namespace std::chrono_literals;
using namespace Qt::StringLiterals;

namespace LiveTemplate::Ui {

namespace {

// Shorter than the pause between two words, so that a long table is not searched for each letter.
constexpr auto searchDelay = 120ms;

constexpr int searchWidth = 220;
constexpr int cellMargin = 18;
constexpr int chipSpacing = 4;
constexpr int setSpacing = 12;

} // namespace

TablePanel::TablePanel(TableModel &model, const QString &name, const QString &accessibleName,
                       QWidget *parent)
    : QWidget(parent)
    , m_model(model)
{
    setObjectName(name);
    createView(accessibleName);
    createActions();
    createToolBar(accessibleName);
    m_exportBar = new ExportBar;
    connect(m_exportBar, &ExportBar::runningChanged, this, &TablePanel::updateActions);

    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins({});
    layout->setSpacing(0);
    layout->addWidget(m_toolBar);
    layout->addWidget(m_view, 1);
    layout->addWidget(m_exportBar);
    setFocusProxy(m_view);

    m_searchDelay.setSingleShot(true);
    m_searchDelay.setInterval(searchDelay);
    connect(&m_searchDelay, &QTimer::timeout, this, &TablePanel::applyFilter);
    connect(&model, &TableModel::countsChanged, this, &TablePanel::updateCounts);
    connect(&model, &TableModel::pausedChanged, this, &TablePanel::updateCounts);
    updateCounts();
    updateActions();
}

QTableView *TablePanel::view() const
{
    return m_view;
}

void TablePanel::addAction(QAction *action, bool needsSelection)
{
    m_ownActions.append(action);
    if (needsSelection)
        m_selectionActions.append(action);
    m_toolBar->insertAction(m_firstButton, action);
    if (QWidget *button = m_toolBar->widgetForAction(action))
        button->setFocusPolicy(Qt::TabFocus);
    // So that its shortcut works while the table has the focus.
    QWidget::addAction(action);
    updateActions();
}

void TablePanel::setEmptyText(const QString &text)
{
    m_emptyText = text;
    updateNotice();
}

void TablePanel::showDetailsOnEnter()
{
    connect(this, &TablePanel::activated, this,
            [this](const QVariant &key) { showRowDetails(m_model, m_model.rowOf(key), this); });
}

void TablePanel::setFollowing(bool isFollowing)
{
    m_place->setFollowing(isFollowing);
}

QList<QVariant> TablePanel::selectedKeys() const
{
    return m_place->selectedKeys();
}

void TablePanel::select(const QVariant &key)
{
    const int row = m_model.rowOf(key);
    if (row < 0)
        return;
    const QModelIndex index = m_model.index(row, 0);
    m_view->selectionModel()->setCurrentIndex(
        index, QItemSelectionModel::ClearAndSelect | QItemSelectionModel::Rows);
    m_view->scrollTo(index);
}

QByteArray TablePanel::saveState() const
{
    return saveTableState(m_model, *m_view);
}

void TablePanel::restoreState(const QByteArray &state)
{
    restoreTableState(state, m_model, *m_view);
}

QList<QAction *> TablePanel::commands() const
{
    return m_ownActions + QList<QAction *>{m_find, m_copy, m_pause, m_exportCsv, m_exportNdjson};
}

void TablePanel::createView(const QString &accessibleName)
{
    m_view = new TableView;
    m_view->setAccessibleName(accessibleName);
    m_view->setModel(&m_model);
    m_place = new TablePlace(m_model, *m_view);
    setUpColumns();

    connect(m_place, &TablePlace::selectionChanged, this, [this] {
        updateActions();
        Q_EMIT selectionChanged();
    });
    connect(m_view, &TableView::rowActivated, this, [this](const QModelIndex &index) {
        Q_EMIT activated(index.data(TableModel::KeyRole));
    });
    connect(m_view, &TableView::menuWanted, this, &TablePanel::showMenu);
    connect(m_view, &TableView::escapePressed, this, &TablePanel::clearSearch);
}

void TablePanel::setUpColumns()
{
    QHeaderView *header = m_view->horizontalHeader();
    const int digit = m_view->fontMetrics().horizontalAdvance(u'0');
    const QList<ColumnTitle> titles = m_model.columnTitles();
    for (int column = 0; column < titles.size(); ++column) {
        header->resizeSection(column, titles.at(column).width * digit + cellMargin);
        header->setSectionHidden(column, !titles.at(column).isShown);
    }
    // The order of the rows themselves, until somebody asks for another.
    header->setSortIndicator(-1, Qt::AscendingOrder);
    header->setSortIndicatorClearable(true);
    m_view->setSortingEnabled(true);

    header->setContextMenuPolicy(Qt::CustomContextMenu);
    connect(header, &QWidget::customContextMenuRequested, this, [this, header](const QPoint &at) {
        QMenu menu;
        fillColumnMenu(menu);
        menu.exec(header->mapToGlobal(at));
    });
}

void TablePanel::createActions()
{
    const auto create = [this](const QString &icon, const QString &text,
                               const QList<QKeySequence> &shortcuts, auto method) {
        auto *action = new QAction(symbolicIcon(icon), text, this);
        action->setShortcuts(shortcuts);
        // Every panel has these keys.
        action->setShortcutContext(Qt::WidgetWithChildrenShortcut);
        connect(action, &QAction::triggered, this, method);
        QWidget::addAction(action);
        return action;
    };

    m_find = create(u"search"_s, tr("&Find"), {QKeySequence::Find}, [this] {
        m_search->setFocus(Qt::ShortcutFocusReason);
        m_search->selectAll();
    });
    m_copy = create(u"copy"_s, tr("&Copy"), {QKeySequence::Copy}, &TablePanel::copy);
    m_pause = create(u"pause"_s, tr("&Pause"), {tr("Ctrl+P"), Qt::Key_Pause},
                     [this](bool isChecked) { m_model.setPaused(isChecked); });
    m_pause->setCheckable(true);
    m_columns = new QAction(symbolicIcon(u"columns"_s), tr("C&olumns"), this);
    m_columns->setToolTip(tr("Choose the columns"));
    m_columns->setMenu(new QMenu(this));
    connect(m_columns->menu(), &QMenu::aboutToShow, this, [this] {
        m_columns->menu()->clear();
        fillColumnMenu(*m_columns->menu());
    });

    m_exportCsv = create(QString(), tr("Export as C&SV…"), {},
                         [this] { askForFile(ExportFormat::Csv); });
    m_exportCsv->setToolTip(tr("Write the rows and columns that are shown, for a spreadsheet"));
    m_exportNdjson = create(QString(), tr("Export as &NDJSON…"), {},
                            [this] { askForFile(ExportFormat::Ndjson); });
    m_exportNdjson->setToolTip(
        tr("Write the rows and columns that are shown, as a JSON object on each line"));
    m_export = new QAction(symbolicIcon(u"export"_s), tr("&Export"), this);
    m_export->setToolTip(tr("Write what is shown to a file"));
    m_export->setMenu(new QMenu(this));
    m_export->menu()->addActions({m_exportCsv, m_exportNdjson});
}

void TablePanel::createToolBar(const QString &accessibleName)
{
    m_search = new QLineEdit;
    m_search->setObjectName(u"search"_s);
    m_search->setAccessibleName(tr("Search in: %1").arg(accessibleName));
    m_search->setPlaceholderText(tr("Search"));
    m_search->setToolTip(tr("Rows with all of these words (%1)")
                             .arg(m_find->shortcut().toString(QKeySequence::NativeText)));
    m_search->setClearButtonEnabled(true);
    m_search->addAction(symbolicIcon(u"search"_s), QLineEdit::LeadingPosition);
    m_search->setFixedWidth(searchWidth);
    m_search->installEventFilter(this);
    connect(m_search, &QLineEdit::textChanged, &m_searchDelay, qOverload<>(&QTimer::start));

    m_counts = new QLabel;
    m_counts->setObjectName(u"counts"_s);
    m_counts->setContentsMargins(10, 0, 10, 0);
    m_counts->setToolTip(tr("Rows that are shown, of all that there are"));

    m_toolBar = new QToolBar;
    m_toolBar->setIconSize(QSize(16, 16));
    m_toolBar->addWidget(m_search);
    m_toolBar->addWidget(m_counts);
    addChips();
    auto *space = new QWidget;
    space->setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Preferred);
    m_toolBar->addWidget(space);
    m_toolBar->addActions({m_pause, m_columns, m_export});
    m_firstButton = m_pause;

    auto *pause = qobject_cast<QToolButton *>(m_toolBar->widgetForAction(m_pause));
    pause->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
    for (QAction *action : {m_columns, m_export}) {
        auto *button = qobject_cast<QToolButton *>(m_toolBar->widgetForAction(action));
        button->setPopupMode(QToolButton::InstantPopup);
    }
    // Qt gives tool buttons no keyboard focus.
    for (QToolButton *button : m_toolBar->findChildren<QToolButton *>())
        button->setFocusPolicy(Qt::TabFocus);
}

void TablePanel::addChips()
{
    int set = m_model.filterChips().value(0).set;
    for (const FilterChip &chip : m_model.filterChips()) {
        auto *button = new ChipButton(chip.text);
        button->setObjectName(chip.key);
        button->setToolTip(chip.toolTip);
        connect(button, &QAbstractButton::toggled, this, [this, key = chip.key](bool isOn) {
            if (isOn)
                m_chips.insert(key);
            else
                m_chips.remove(key);
            applyFilter();
        });
        auto *place = new QWidget;
        auto *layout = new QHBoxLayout(place);
        layout->setContentsMargins(chip.set == set ? 0 : setSpacing, 0, chipSpacing, 0);
        layout->addWidget(button);
        set = chip.set;
        m_toolBar->addWidget(place);
    }
}

bool TablePanel::eventFilter(QObject *watched, QEvent *event)
{
    if (watched == m_search && event->type() == QEvent::KeyPress) {
        switch (static_cast<QKeyEvent *>(event)->key()) {
        case Qt::Key_Escape:
            if (m_search->text().isEmpty())
                m_view->setFocus();
            clearSearch();
            return true;
        case Qt::Key_Down:
        case Qt::Key_Return:
        case Qt::Key_Enter:
            applyFilter();
            m_view->setFocus();
            if (!m_view->selectionModel()->hasSelection() && m_model.rowCount() > 0)
                m_view->selectRow(std::max(0, m_view->currentIndex().row()));
            return true;
        default:
            break;
        }
    }
    return QWidget::eventFilter(watched, event);
}

void TablePanel::applyFilter()
{
    m_searchDelay.stop();
    m_model.setFilter({.text = m_search->text(), .chips = m_chips});
    updateNotice();
}

void TablePanel::clearSearch()
{
    m_search->clear();
    applyFilter();
}

void TablePanel::copy()
{
    QList<int> rows;
    for (const QVariant &key : selectedKeys())
        rows.append(m_model.rowOf(key));
    if (rows.isEmpty())
        return;
    QGuiApplication::clipboard()->setText(
        tabSeparatedText(m_model, rows, shownColumns(*m_view->horizontalHeader())));
}

void TablePanel::exportTo(const QString &fileName, ExportFormat format)
{
    const TableExport all = m_model.takeExport();
    const QList<int> columns = shownColumns(*m_view->horizontalHeader());
    TableExport shown{.columns = {}, .rowCount = all.rowCount, .value = {}};
    for (const int column : columns)
        shown.columns.append(all.columns.at(column));
    shown.value = [columns, value = all.value](qsizetype row, int column) {
        return value(row, columns.at(column));
    };
    m_exportBar->start(shown, fileName, format);
}

void TablePanel::askForFile(ExportFormat format)
{
    const QString end = formatName(format);
    const QDir folder(QStandardPaths::writableLocation(QStandardPaths::DocumentsLocation));
    const QString name = u"%1-%2.%3"_s.arg(
        objectName(), QDateTime::currentDateTime().toString(u"yyyyMMdd-HHmmss"_s), end);

    auto *dialog = new QFileDialog(this, tr("Export"), folder.filePath(name),
                                   tr("%1 files (*.%2)").arg(end.toUpper(), end));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setAcceptMode(QFileDialog::AcceptSave);
    dialog->setDefaultSuffix(end);
    connect(dialog, &QFileDialog::fileSelected, this,
            [this, format](const QString &file) { exportTo(file, format); });
    dialog->open();
    dialog->selectFile(name);
}

void TablePanel::showMenu(const QPoint &position)
{
    QMenu menu;
    menu.addActions(m_ownActions);
    menu.addSeparator();
    menu.addActions({m_copy, m_find, m_pause});
    menu.addSeparator();
    menu.addActions({m_columns, m_export});
    menu.exec(position);
}

void TablePanel::fillColumnMenu(QMenu &menu)
{
    QHeaderView *header = m_view->horizontalHeader();
    const QList<ColumnTitle> titles = m_model.columnTitles();
    const bool isLastOne = shownColumns(*header).size() == 1;
    for (int column = 0; column < titles.size(); ++column) {
        QAction *action = menu.addAction(titles.at(column).title);
        const bool isShown = !header->isSectionHidden(column);
        action->setCheckable(true);
        action->setChecked(isShown);
        action->setToolTip(titles.at(column).toolTip);
        action->setEnabled(!(isShown && isLastOne));
        connect(action, &QAction::toggled, header,
                [header, column](bool isOn) { header->setSectionHidden(column, !isOn); });
    }
}

void TablePanel::updateCounts()
{
    const QLocale locale;
    const qsizetype shown = m_model.rowCount();
    const qsizetype total = m_model.totalCount();
    m_counts->setText(shown == total
                          ? locale.toString(total)
                          : tr("%1 of %2").arg(locale.toString(shown), locale.toString(total)));
    updatePause();
    updateNotice();
}

void TablePanel::updatePause()
{
    m_pause->setChecked(m_model.isPaused());
    const qsizetype waiting = m_model.waitingCount();
    if (!m_model.isPaused())
        m_pause->setText(tr("&Pause"));
    else if (waiting == 0)
        m_pause->setText(tr("&Paused"));
    else
        m_pause->setText(tr("&Paused, +%1 new").arg(QLocale().toString(waiting)));
    m_pause->setToolTip(tr("Hold what is shown; what comes is collected (%1)")
                            .arg(m_pause->shortcut().toString(QKeySequence::NativeText)));
}

void TablePanel::updateActions()
{
    const bool isSelected = m_view->selectionModel()->hasSelection();
    m_copy->setEnabled(isSelected);
    m_export->setEnabled(!m_exportBar->isRunning());
    for (QAction *action : {m_exportCsv, m_exportNdjson})
        action->setEnabled(!m_exportBar->isRunning());
    for (QAction *action : std::as_const(m_selectionActions))
        action->setEnabled(isSelected);
}

void TablePanel::updateNotice()
{
    m_view->setNotice(m_model.totalCount() == 0
                          ? m_emptyText
                          : tr("No row has what is searched for.<br>Escape clears the search."));
}

} // namespace LiveTemplate::Ui
