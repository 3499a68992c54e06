// SPDX-FileCopyrightText: 2026 The LiveTemplate for Qt authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "followpanel.h"

#include "sampletimer.h"
#include "server.h"
#include "servermonitor.h"
#include "symbolicicon.h"
#include "tablabel.h"

#include <QGridLayout>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QLabel>
#include <QMenu>
#include <QScrollArea>
#include <QTableView>
#include <QToolButton>

#include <algorithm>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace LiveTemplate::Ui {

namespace {

// A server that was closed after it was asked never answers.
constexpr auto answerTimeout = 1s;

constexpr int cellSize = 34;
constexpr int stepCount = 6;
/// Of connections that may be added; more nobody finds anything in.
constexpr qsizetype maxOffered = 30;

QString signOf(FollowStep::State state)
{
    switch (state) {
    case FollowStep::State::Passed:
        return u"✓"_s;
    case FollowStep::State::Failed:
        return u"✕"_s;
    case FollowStep::State::Open:
        return u"·"_s;
    }
    Q_UNREACHABLE_RETURN({});
}

} // namespace

FollowPanel::FollowPanel(const Server &server, ServerMonitor &monitor, const TabModel &tabs,
                         QWidget *parent)
    : Panel(u"follow"_s, tr("Why Did It Follow?"), u"follow"_s, parent)
    , m_server(server)
    , m_monitor(monitor)
    , m_tabs(tabs)
{
    auto *layout = new QHBoxLayout(this);
    layout->setContentsMargins(10, 8, 10, 8);
    layout->setSpacing(18);
    layout->addWidget(createMatrix());
    layout->addWidget(createAnswer(), 1);
    setFocusProxy(m_view);

    connect(&monitor, &ServerMonitor::snapshotTaken, this, &FollowPanel::requestTraces);
    connect(m_view->selectionModel(), &QItemSelectionModel::currentChanged, this,
            &FollowPanel::explain);
    connect(&m_matrix, &QAbstractItemModel::modelReset, this, &FollowPanel::selectFirstPair);
    monitor.watchFor(this);
    update({});
}

FollowPanel::~FollowPanel()
{
    delete m_view; // before its model
}

QWidget *FollowPanel::createMatrix()
{
    auto *question = new QLabel(tr("Does the row follow the column?"));
    question->setForegroundRole(QPalette::PlaceholderText);

    m_view = new QTableView;
    m_view->setModel(&m_matrix);
    m_view->setAccessibleName(tr("Which tab follows which"));
    m_view->setSelectionMode(QAbstractItemView::SingleSelection);
    m_view->setFrameShape(QFrame::NoFrame);
    m_view->setTabKeyNavigation(false);
    m_view->setCornerButtonEnabled(false);
    m_view->horizontalHeader()->setSectionResizeMode(QHeaderView::ResizeToContents);
    m_view->horizontalHeader()->setMinimumSectionSize(cellSize);
    m_view->verticalHeader()->setSectionResizeMode(QHeaderView::Fixed);
    m_view->verticalHeader()->setDefaultSectionSize(cellSize);
    m_view->setSizeAdjustPolicy(QAbstractScrollArea::AdjustToContents);
    QFont font = m_view->font();
    font.setPointSizeF(font.pointSizeF() * 1.25);
    m_view->setFont(font);
    // Said, as it would be the view's otherwise.
    QFont headerFont = this->font();
    headerFont.setPointSizeF(headerFont.pointSizeF());
    m_view->horizontalHeader()->setFont(headerFont);
    m_view->verticalHeader()->setFont(headerFont);
    m_view->horizontalHeader()->setHighlightSections(false);
    m_view->verticalHeader()->setHighlightSections(false);

    m_addButton = new QToolButton;
    m_addButton->setText(tr("&Add a Connection"));
    m_addButton->setToolTip(tr("Compare with a connection that is no tab of this window"));
    m_addButton->setPopupMode(QToolButton::InstantPopup);
    m_addButton->setFocusPolicy(Qt::TabFocus);
    m_menu = new QMenu(m_addButton);
    m_addButton->setMenu(m_menu);
    connect(m_menu, &QMenu::aboutToShow, this, &FollowPanel::fillMenu);
    m_tooMany = new QLabel(tr("Only the first %1 are compared.").arg(maxSides));
    m_tooMany->setForegroundRole(QPalette::PlaceholderText);

    auto *widget = new QWidget;
    auto *layout = new QVBoxLayout(widget);
    layout->setContentsMargins({});
    layout->addWidget(question);
    layout->addWidget(m_view);
    layout->addWidget(m_tooMany);
    layout->addWidget(createLegend());
    layout->addWidget(m_addButton);
    layout->addStretch(1);
    return widget;
}

QWidget *FollowPanel::createLegend()
{
    auto *legend = new QWidget;
    auto *grid = new QGridLayout(legend);
    grid->setContentsMargins(0, 4, 0, 4);
    grid->setHorizontalSpacing(6);
    grid->setVerticalSpacing(2);
    int place = 0;
    for (const FollowVerdict verdict :
         {FollowVerdict::Follows, FollowVerdict::Lost, FollowVerdict::WouldFollow,
          FollowVerdict::Apart, FollowVerdict::Unseen, FollowVerdict::Unknown}) {
        auto *label = new QLabel(u"%1  %2"_s.arg(verdictSign(verdict), verdictName(verdict)));
        label->setForegroundRole(QPalette::PlaceholderText);
        grid->addWidget(label, place / 2, place % 2);
        ++place;
    }
    return legend;
}

QWidget *FollowPanel::createAnswer()
{
    m_sentence = new QLabel;
    m_sentence->setWordWrap(true);
    m_sentence->setTextFormat(Qt::PlainText);
    m_sentence->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
    QFont font = m_sentence->font();
    font.setPointSizeF(font.pointSizeF() * 1.15);
    m_sentence->setFont(font);
    m_sentence->setAccessibleName(tr("Why"));

    m_stepGrid = new QGridLayout;
    m_stepGrid->setColumnStretch(2, 1);
    m_stepGrid->setHorizontalSpacing(10);
    m_stepGrid->setVerticalSpacing(4);
    QFont bold = this->font();
    bold.setBold(true);
    for (int row = 0; row < stepCount; ++row) {
        const StepLabels labels{new QLabel, new QLabel, new QLabel};
        labels.title->setFont(bold);
        labels.text->setWordWrap(true);
        labels.text->setTextFormat(Qt::PlainText);
        labels.sign->setAlignment(Qt::AlignHCenter | Qt::AlignTop);
        labels.title->setAlignment(Qt::AlignLeft | Qt::AlignTop);
        m_stepGrid->addWidget(labels.sign, row, 0);
        m_stepGrid->addWidget(labels.title, row, 1);
        m_stepGrid->addWidget(labels.text, row, 2);
        m_steps.append(labels);
    }

    auto *content = new QWidget;
    auto *layout = new QVBoxLayout(content);
    layout->setContentsMargins({});
    layout->setSpacing(12);
    layout->addWidget(m_sentence);
    layout->addLayout(m_stepGrid);
    layout->addStretch(1);
    auto *scroll = new QScrollArea;
    scroll->setFrameShape(QFrame::NoFrame);
    scroll->setWidgetResizable(true);
    scroll->setWidget(content);
    return scroll;
}

void FollowPanel::addConnection(quint64 id)
{
    m_added.insert(id);
    requestTraces();
}

void FollowPanel::removeConnection(quint64 id)
{
    m_added.remove(id);
    requestTraces();
}

QString FollowPanel::sentence() const
{
    return m_sentence->text();
}

QStringList FollowPanel::steps() const
{
    QStringList lines;
    for (const StepLabels &labels : m_steps) {
        if (!labels.title->text().isEmpty()) {
            lines.append(
                u"%1 %2: %3"_s.arg(labels.sign->text(), labels.title->text(), labels.text->text()));
        }
    }
    return lines;
}

void FollowPanel::requestTraces()
{
    if (!canBeSeen(this) || (m_asked.isValid() && m_asked.durationElapsed() < answerTimeout))
        return;
    QList<quint64> ids;
    for (const FollowSide &side : sides({})) {
        if (side.connection)
            ids.append(side.connection->id);
    }
    if (!m_server.isListening()) {
        update({});
        return;
    }
    m_asked.start();
    m_server.requestTraces(ids, this, [this](const QHash<quint64, FollowTrace> &traces) {
        m_asked.invalidate();
        update(traces);
    });
}

void FollowPanel::update(const QHash<quint64, FollowTrace> &traces)
{
    const QList<FollowSide> all = sides(traces);
    // Whoever has a connection has a trace, also an empty one, unless none are kept.
    const bool remembers = !traces.isEmpty()
        || std::ranges::none_of(all, [](const FollowSide &side) {
               return side.connection && side.connection->tier == ConnectionTier::WebSocket;
           });
    m_matrix.setSides(all.first(std::min(maxSides, all.size())),
                      {.instance = m_monitor.snapshot().instance, .remembers = remembers});
    m_tooMany->setVisible(all.size() > maxSides);
    m_view->setVisible(!all.isEmpty());
    explain();
}

QList<FollowSide> FollowPanel::sides(const QHash<quint64, FollowTrace> &traces) const
{
    QList<FollowSide> sides;
    for (const TabMark &tab : tabMarks(m_tabs))
        sides.append(sideOf(tab));
    QList<quint64> added(m_added.begin(), m_added.end());
    std::ranges::sort(added);
    for (const quint64 id : std::as_const(added))
        sides.append(sideOf(id));
    for (FollowSide &side : sides) {
        if (side.connection)
            side.trace = traces.value(side.connection->id);
    }
    return sides;
}

FollowSide FollowPanel::sideOf(const TabMark &tab) const
{
    FollowSide side{.name = tab.name.text(),
                    .browser = tab.browser,
                    .otherServer = {},
                    .group = tab.group,
                    .connection = {},
                    .trace = {}};
    // While it connects again the server may still know the one before.
    for (const ConnectionSnapshot &connection : m_monitor.snapshot().connections) {
        if (!tab.label.isEmpty() && connection.label == tab.label)
            side.connection = connection;
    }
    if (side.connection) {
        side.group = side.connection->group;
        return side;
    }
    const bool isHere = !tab.url.isValid() || tab.url.host().isEmpty()
        || (TabLabel::isThisMachine(tab.url.host()) && tab.url.port(80) == m_server.port());
    if (!isHere)
        side.otherServer = u"%1:%2"_s.arg(tab.url.host()).arg(tab.url.port(80));
    return side;
}

FollowSide FollowPanel::sideOf(quint64 id) const
{
    const ServerSnapshot &snapshot = m_monitor.snapshot();
    FollowSide side{.name = tr("Connection %1").arg(id),
                    .browser = {},
                    .otherServer = {},
                    .group = {},
                    .connection = {},
                    .trace = {}};
    for (const auto *list : {&snapshot.connections, &snapshot.visitors}) {
        const auto found = std::ranges::find(*list, id, &ConnectionSnapshot::id);
        if (found != list->end()) {
            side.connection = *found;
            side.group = found->group;
        }
    }
    return side;
}

void FollowPanel::explain()
{
    const QModelIndex current = m_view->currentIndex();
    const bool hasPair = current.isValid();
    if (m_matrix.rowCount() < 2) {
        m_sentence->setText(tr("Open a second tab to compare. A new tab of the same browser has "
                               "the same cookie and follows; a new browser has its own, and does "
                               "not."));
    } else if (!hasPair) {
        m_sentence->setText(tr("Choose a cell to read why one follows the other, or why not."));
    }
    FollowAnswer answer;
    if (m_matrix.rowCount() >= 2 && hasPair) {
        answer = m_matrix.answer(current.row(), current.column());
        m_sentence->setText(answer.sentence);
    }
    for (int row = 0; row < m_steps.size(); ++row) {
        const StepLabels &labels = m_steps.at(row);
        const bool isThere = row < answer.steps.size();
        const FollowStep step = isThere ? answer.steps.at(row) : FollowStep();
        labels.sign->setText(isThere ? signOf(step.state) : QString());
        labels.title->setText(step.title);
        labels.text->setText(step.text);
    }
}

void FollowPanel::selectFirstPair()
{
    // The pair that a person asks about first: does the second follow the first?
    if (m_matrix.rowCount() >= 2)
        m_view->setCurrentIndex(m_matrix.index(1, 0));
}

void FollowPanel::fillMenu()
{
    m_menu->clear();
    const SessionRows rows = sessionRows(m_monitor.snapshot(), tabMarks(m_tabs));
    qsizetype offered = 0;
    for (const ConnectionRow &row : rows.connections) {
        const quint64 id = row.connection.id;
        if (row.tab || (offered >= maxOffered && !m_added.contains(id)))
            continue;
        ++offered;
        QAction *action = m_menu->addAction(
            tr("%1, %2, group %3").arg(row.name(), row.connection.page, row.connection.group));
        action->setCheckable(true);
        action->setChecked(m_added.contains(id));
        connect(action, &QAction::toggled, this, [this, id](bool isChecked) {
            isChecked ? addConnection(id) : removeConnection(id);
        });
    }
    for (const quint64 id : std::as_const(m_added)) {
        const bool isThere = std::ranges::any_of(rows.connections, [id](const ConnectionRow &row) {
            return row.connection.id == id;
        });
        if (isThere)
            continue;
        QAction *action = m_menu->addAction(tr("Connection %1 (gone)").arg(id));
        action->setCheckable(true);
        action->setChecked(true);
        connect(action, &QAction::toggled, this, [this, id] { removeConnection(id); });
    }
    if (m_menu->isEmpty())
        m_menu->addAction(tr("All connections are tabs of this window"))->setEnabled(false);
}

} // namespace LiveTemplate::Ui
