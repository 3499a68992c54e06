// SPDX-FileCopyrightText: 2026 The LiveTemplate for Qt authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "logspanel.h"

#include "loglevelsdialog.h"
#include "symbolicicon.h"
#include "tablepanel.h"

#include <QAction>
#include <QFontDatabase>
#include <QPlainTextEdit>
#include <QSettings>
#include <QSplitter>
#include <QTableView>
#include <QVBoxLayout>

#include <chrono>

using namespace std::chrono_literals;
using namespace Qt::StringLiterals;

namespace LiveTemplate::Ui {

namespace {

constexpr auto interval = 200ms;

const QString tableKey = u"table"_s;
const QString levelsGroup = u"levels"_s;

} // namespace

LogsPanel::LogsPanel(QWidget *parent)
    : Panel(u"logs"_s, tr("Logs"), u"logs"_s, parent)
    , m_timer(interval)
    , m_table(new TablePanel(m_model, u"log-lines"_s, tr("Log lines")))
    , m_splitter(new QSplitter(Qt::Horizontal))
    , m_details(new QPlainTextEdit)
{
    m_table->setFollowing(true);
    m_table->setEmptyText(
        tr("Nothing was logged yet.<br>“Levels” chooses which categories say more."));
    m_details->setReadOnly(true);
    m_details->setAccessibleName(tr("The whole message"));
    m_details->setFont(QFontDatabase::systemFont(QFontDatabase::FixedFont));
    m_details->setFrameShape(QFrame::NoFrame);
    m_details->hide();
    m_splitter->addWidget(m_table);
    m_splitter->addWidget(m_details);
    m_splitter->setStretchFactor(0, 3);
    m_splitter->setStretchFactor(1, 2);
    m_splitter->setChildrenCollapsible(false);

    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins({});
    layout->addWidget(m_splitter);
    setFocusProxy(m_table);
    createActions();

    connect(m_table, &TablePanel::activated, this, &LogsPanel::showDetails);
    connect(m_table, &TablePanel::selectionChanged, this, &LogsPanel::updateDetails);
    connect(&m_timer, &SampleTimer::sampleDue, this, &LogsPanel::showNewLines);
    m_timer.watchFor(this);
}

QList<QAction *> LogsPanel::commands() const
{
    return QList<QAction *>{m_chooseLevels, m_clear} + m_table->commands();
}

void LogsPanel::save(QSettings &settings) const
{
    settings.setValue(tableKey, m_table->saveState());
    settings.remove(levelsGroup);
    const QMap<QString, LogLevel> chosen = m_levels.chosenLevels();
    for (auto level = chosen.cbegin(); level != chosen.cend(); ++level)
        settings.setValue(levelsGroup + u'/' + level.key(), levelName(level.value()));
}

void LogsPanel::restore(QSettings &settings)
{
    m_table->restoreState(settings.value(tableKey).toByteArray());
    QMap<QString, LogLevel> levels;
    settings.beginGroup(levelsGroup);
    for (const QString &category : settings.allKeys()) {
        if (const auto level = levelOf(settings.value(category).toString()))
            levels.insert(category, *level);
    }
    settings.endGroup();
    m_levels.setLevels(levels);
}

void LogsPanel::createActions()
{
    m_chooseLevels = new QAction(symbolicIcon(u"settings"_s), tr("&Levels…"), this);
    m_chooseLevels->setToolTip(tr("Choose which categories write how much"));
    connect(m_chooseLevels, &QAction::triggered, this, &LogsPanel::chooseLevels);
    m_table->addAction(m_chooseLevels, false);

    m_clear = new QAction(symbolicIcon(u"clear"_s), tr("Cl&ear"), this);
    m_clear->setToolTip(tr("Forget the lines that are shown here"));
    connect(m_clear, &QAction::triggered, this, [this] { m_model.clear(); });
    m_table->addAction(m_clear, false);
}

void LogsPanel::showNewLines()
{
    QList<LogLine> lines = m_collector.take();
    if (const quint64 dropped = m_collector.droppedCount(); dropped != m_droppedTold) {
        lines.prepend(
            {.time = lines.isEmpty() ? QDateTime::currentDateTimeUtc() : lines.first().time,
             .type = QtWarningMsg,
             .category = {},
             .text = tr("%1 older lines were not kept.").arg(dropped - m_droppedTold)});
        m_droppedTold = dropped;
    }
    if (!lines.isEmpty())
        m_model.append(std::move(lines));
}

void LogsPanel::showDetails()
{
    m_details->setVisible(!m_details->isVisible());
    updateDetails();
}

void LogsPanel::updateDetails()
{
    if (m_details->isHidden())
        return;
    const QList<QVariant> keys = m_table->selectedKeys();
    const int row = keys.isEmpty() ? -1 : m_model.rowOf(keys.first());
    // What was read stays, also when the ring has lost it.
    if (row < 0)
        return;
    const LogLine &line = m_model.row(row);
    m_details->setPlainText(tr("%1  %2  %3\n\n%4")
                                .arg(line.time.toLocalTime().toString(u"yyyy-MM-dd HH:mm:ss.zzz"_s),
                                     typeTitle(line.type), line.category, line.text));
}

void LogsPanel::chooseLevels()
{
    auto *dialog = new LogLevelsDialog(m_levels, this);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->open();
}

} // namespace LiveTemplate::Ui
