// SPDX-FileCopyrightText: 2026 The LiveTemplate for Qt authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "statisticspanel.h"

#include "alertstrip.h"
#include "plotgridlayout.h"
#include "plottile.h"
#include "plotview.h"
#include "sampletimer.h"
#include "symbolicicon.h"
#include "tablepanel.h"

#include <QAction>
#include <QActionGroup>
#include <QClipboard>
#include <QEvent>
#include <QFileDialog>
#include <QGuiApplication>
#include <QKeyEvent>
#include <QLabel>
#include <QLocale>
#include <QSaveFile>
#include <QScrollArea>
#include <QSettings>
#include <QSplitter>
#include <QTableView>
#include <QToolBar>
#include <QToolButton>
#include <QVBoxLayout>

#include <algorithm>
#include <utility>

using namespace Qt::StringLiterals;

namespace LiveTemplate::Ui {

namespace {

constexpr int windows[] = {1, 5, 30};

const QString minutesKey = u"minutes"_s;
const QString alertsKey = u"alerts"_s;
const QString tableKey = u"alert-table"_s;

QString emptyAlertsText(qsizetype rules)
{
    return StatisticsPanel::tr(
               "<p><b>Nothing is the matter.</b></p><p>%1 rules are watched, those of the "
               "guide for Prometheus as far as one server can see them. A rule fires when its "
               "number was above the threshold for some minutes.</p>")
        .arg(rules);
}

} // namespace

StatisticsPanel::StatisticsPanel(StatisticsMonitor &monitor, QWidget *parent)
    : Panel(u"statistics"_s, tr("Statistics"), u"statistics"_s, parent)
    , m_monitor(monitor)
    , m_alertTable(alertTableDefinition())
{
    createActions();
    createToolBar();
    createContent();
    connect(&monitor, &StatisticsMonitor::sampled, this, [this] {
        if (canBeSeen(this))
            refresh();
    });
    connect(&monitor.alerts(), &AlertBook::changed, this, &StatisticsPanel::showAlertRows);
    showAlertRows();
    monitor.watchFor(this);
}

StatisticsPanel::~StatisticsPanel()
{
    // A plot that loses the focus while it goes would tell a panel that is no more.
    for (PlotTile *tile : std::as_const(m_tiles))
        tile->disconnect(this);
    // Before its model.
    delete m_alerts;
}

void StatisticsPanel::createActions()
{
    m_windows = new QActionGroup(this);
    for (const int minutes : windows) {
        auto *action = new QAction(tr("%1 min").arg(minutes), m_windows);
        action->setCheckable(true);
        action->setData(minutes);
        action->setToolTip(minutes == 1 ? tr("Show the last minute")
                                        : tr("Show the last %1 minutes").arg(minutes));
        action->setChecked(minutes == m_minutes);
        connect(action, &QAction::triggered, this, [this, minutes] { setMinutes(minutes); });
    }
    m_showAll = new QAction(symbolicIcon(u"back"_s), tr("All Plots"), this);
    m_showAll->setToolTip(tr("Show all plots again (Escape)"));
    m_showAll->setVisible(false);
    connect(m_showAll, &QAction::triggered, this, [this] { setEnlarged(nullptr); });

    m_copy = new QAction(symbolicIcon(u"copy"_s), tr("Copy Statistics"), this);
    m_copy->setIconText(tr("Copy"));
    m_copy->setToolTip(tr("Copy the values of this moment as text"));
    connect(m_copy, &QAction::triggered, this, &StatisticsPanel::copyValues);
    m_export = new QAction(symbolicIcon(u"export"_s), tr("Export Statistics…"), this);
    m_export->setIconText(tr("Export…"));
    m_export->setToolTip(tr("Write the samples of the shown minutes to a file (CSV)"));
    connect(m_export, &QAction::triggered, this, &StatisticsPanel::chooseFile);
    m_showAlerts = new QAction(symbolicIcon(u"warning"_s), tr("Alerts"), this);
    m_showAlerts->setCheckable(true);
    m_showAlerts->setToolTip(tr("Show what is the matter and what was"));
    connect(m_showAlerts, &QAction::toggled, this,
            [this](bool isShown) { m_alerts->setVisible(isShown); });
}

void StatisticsPanel::createToolBar()
{
    m_toolBar = new QToolBar(tr("Statistics"));
    m_toolBar->setIconSize(QSize(16, 16));
    m_toolBar->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
    m_toolBar->addAction(m_showAll);
    m_toolBar->addActions(m_windows->actions());
    m_moment = new QLabel;
    m_moment->setObjectName(u"moment"_s);
    m_moment->setForegroundRole(QPalette::PlaceholderText);
    m_moment->setContentsMargins(8, 0, 8, 0);
    m_toolBar->addWidget(m_moment);
    auto *spacer = new QWidget;
    spacer->setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Preferred);
    m_toolBar->addWidget(spacer);
    m_toolBar->addActions({m_copy, m_export, m_showAlerts});
    for (QToolButton *button : m_toolBar->findChildren<QToolButton *>()) {
        button->setFocusPolicy(Qt::TabFocus);
        if (button->defaultAction())
            button->setAccessibleName(button->defaultAction()->toolTip());
    }
}

void StatisticsPanel::createContent()
{
    m_strip = new AlertStrip;
    connect(m_strip, &AlertStrip::listWanted, this, &StatisticsPanel::showAlerts);
    m_message = new QLabel;
    m_message->setObjectName(u"message"_s);
    m_message->setWordWrap(true);
    m_message->setContentsMargins(10, 4, 10, 4);
    m_message->setTextInteractionFlags(Qt::TextSelectableByMouse);
    m_message->hide();

    m_grid = new QWidget;
    m_layout = new PlotGridLayout(m_grid);
    m_scroll = new QScrollArea;
    m_scroll->setFrameShape(QFrame::NoFrame);
    m_scroll->setWidgetResizable(true);
    m_scroll->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_scroll->setWidget(m_grid);
    m_scroll->viewport()->installEventFilter(this);

    m_alerts = new TablePanel(m_alertTable, u"alerts"_s, tr("Alerts"));
    m_alerts->showDetailsOnEnter();
    m_alerts->setEmptyText(emptyAlertsText(m_monitor.alerts().rules().size()));
    m_alerts->hide();
    auto *splitter = new QSplitter(Qt::Vertical);
    splitter->addWidget(m_scroll);
    splitter->addWidget(m_alerts);
    splitter->setStretchFactor(0, 3);
    splitter->setStretchFactor(1, 1);
    splitter->setChildrenCollapsible(false);

    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins({});
    layout->setSpacing(0);
    layout->addWidget(m_toolBar);
    layout->addWidget(m_strip);
    layout->addWidget(m_message);
    layout->addWidget(splitter, 1);
}

void StatisticsPanel::createTiles()
{
    m_enlarged = nullptr;
    qDeleteAll(m_tiles);
    m_tiles.clear();
    m_shardCount = m_monitor.history().shardCount();
    for (const Plot &plot : statisticsPlots(m_shardCount)) {
        auto *tile = new PlotTile(plot, m_grid);
        m_tiles.append(tile);
        m_layout->addWidget(tile);
        connect(tile, &PlotTile::crosshairMoved, this, &StatisticsPanel::moveCrosshair);
        connect(tile, &PlotTile::activated, this,
                [this, tile] { setEnlarged(m_enlarged == tile ? nullptr : tile); });
    }
}

bool StatisticsPanel::isShown(const Plot &plot) const
{
    return !plot.isOfRedis || m_monitor.history().newest().redis;
}

QList<Plot> StatisticsPanel::shownPlots() const
{
    QList<Plot> plots;
    for (const PlotTile *tile : m_tiles) {
        if (isShown(tile->plot()) && (!m_enlarged || m_enlarged == tile))
            plots.append(tile->plot());
    }
    return plots;
}

void StatisticsPanel::refresh()
{
    const StatisticsHistory &history = m_monitor.history();
    if (history.isEmpty())
        return;
    if (m_tiles.isEmpty() || m_shardCount != history.shardCount())
        createTiles();
    for (PlotTile *tile : std::as_const(m_tiles)) {
        tile->setVisible(isShown(tile->plot()) && (!m_enlarged || tile == m_enlarged));
        if (!tile->isHidden())
            tile->showHistory(history, m_monitor.alerts(), seconds(), m_crosshair);
    }
    moveCrosshair(m_crosshair);
}

void StatisticsPanel::moveCrosshair(std::optional<double> age)
{
    m_crosshair = age;
    const StatisticsHistory &history = m_monitor.history();
    for (PlotTile *tile : std::as_const(m_tiles)) {
        if (!tile->isHidden())
            tile->showValues(history, age);
    }
    if (!age || history.isEmpty()) {
        m_moment->clear();
        return;
    }
    const qsizetype sample = history.nearest(*age);
    m_moment->setText(sample < 0
                          ? tr("not sampled")
                          : tr("at %1").arg(QLocale().toString(
                                history.sample(sample).time.toLocalTime().time(), u"HH:mm:ss")));
}

void StatisticsPanel::showAlertRows()
{
    const AlertBook &book = m_monitor.alerts();
    m_alertTable.setRows(alertRows(book));
    const qsizetype firing = book.firingCount();
    m_showAlerts->setText(firing > 0 ? tr("Alerts (%1)").arg(firing) : tr("Alerts"));
    m_strip->showAlerts(book);
    if (std::exchange(m_firing, firing) != firing)
        Q_EMIT firingChanged(firing);
}

void StatisticsPanel::setMinutes(int minutes)
{
    if (m_minutes == minutes || !std::ranges::contains(windows, minutes))
        return;
    m_minutes = minutes;
    for (QAction *action : m_windows->actions())
        action->setChecked(action->data().toInt() == minutes);
    refresh();
}

void StatisticsPanel::setEnlarged(PlotTile *tile)
{
    if (m_enlarged == tile)
        return;
    PlotTile *before = m_enlarged;
    m_enlarged = tile;
    m_showAll->setVisible(tile != nullptr);
    m_layout->setRoom(tile ? m_scroll->viewport()->height() : 0);
    refresh();
    // Its size is another one, and so are the columns into which it is decimated.
    m_layout->activate();
    refresh();
    PlotTile *focused = tile ? tile : before;
    focused->view()->setFocus();
    m_scroll->ensureWidgetVisible(focused);
}

void StatisticsPanel::showAlerts()
{
    m_showAlerts->setChecked(true);
    m_alerts->view()->setFocus();
}

void StatisticsPanel::copyValues()
{
    const StatisticsHistory &history = m_monitor.history();
    const qsizetype sample = m_crosshair ? history.nearest(*m_crosshair) : history.size() - 1;
    if (sample < 0)
        return;
    QGuiApplication::clipboard()->setText(statisticsText(history, shownPlots(), sample));
    say(tr("Copied the values of %1.")
            .arg(
                QLocale().toString(history.sample(sample).time.toLocalTime().time(), u"HH:mm:ss")));
}

void StatisticsPanel::chooseFile()
{
    auto *dialog = new QFileDialog(this, tr("Export Statistics"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setAcceptMode(QFileDialog::AcceptSave);
    dialog->setNameFilter(tr("Comma-separated values (*.csv)"));
    dialog->setDefaultSuffix(u"csv"_s);
    dialog->selectFile(u"livetemplate-statistics.csv"_s);
    connect(dialog, &QFileDialog::fileSelected, this, [this](const QString &fileName) {
        const auto written = exportTo(fileName);
        say(written ? tr("Wrote %1.").arg(fileName) : written.error());
    });
    dialog->open();
}

std::expected<void, QString> StatisticsPanel::exportTo(const QString &fileName) const
{
    QSaveFile file(fileName);
    const auto fail = [&file, &fileName] {
        return std::unexpected(tr("%1 could not be written: %2").arg(fileName, file.errorString()));
    };
    if (!file.open(QIODevice::WriteOnly))
        return fail();
    file.write(statisticsCsv(m_monitor.history(), shownPlots(), seconds()).toUtf8());
    if (!file.commit())
        return fail();
    return {};
}

void StatisticsPanel::say(const QString &sentence)
{
    m_message->setText(sentence);
    m_message->setAccessibleName(sentence);
    m_message->show();
}

QList<QAction *> StatisticsPanel::commands() const
{
    return m_windows->actions() + QList{m_copy, m_export, m_showAlerts};
}

void StatisticsPanel::save(QSettings &settings) const
{
    settings.setValue(minutesKey, m_minutes);
    settings.setValue(alertsKey, m_showAlerts->isChecked());
    settings.setValue(tableKey, m_alerts->saveState());
}

void StatisticsPanel::restore(QSettings &settings)
{
    setMinutes(settings.value(minutesKey, m_minutes).toInt());
    m_showAlerts->setChecked(settings.value(alertsKey, false).toBool());
    m_alerts->restoreState(settings.value(tableKey).toByteArray());
}

void StatisticsPanel::keyPressEvent(QKeyEvent *event)
{
    if (event->key() == Qt::Key_Escape && m_enlarged)
        setEnlarged(nullptr);
    else
        Panel::keyPressEvent(event);
}

void StatisticsPanel::showEvent(QShowEvent *event)
{
    Panel::showEvent(event);
    refresh();
}

bool StatisticsPanel::eventFilter(QObject *watched, QEvent *event)
{
    if (watched == m_scroll->viewport() && event->type() == QEvent::Resize && m_enlarged)
        m_layout->setRoom(m_scroll->viewport()->height());
    return Panel::eventFilter(watched, event);
}

} // namespace LiveTemplate::Ui
