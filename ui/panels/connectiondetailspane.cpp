// SPDX-FileCopyrightText: 2026 The LiveTemplate for Qt authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "connectiondetailspane.h"

#include "actdialog.h"
#include "server.h"
#include "symbolicicon.h"
#include "tablepanel.h"

#include <QHBoxLayout>
#include <QHeaderView>
#include <QLabel>
#include <QSplitter>
#include <QToolButton>
#include <QTreeView>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace LiveTemplate::Ui {

namespace {

// A server that was closed after it was asked never answers.
constexpr auto answerTimeout = 1s;

constexpr int treeMinimumWidth = 220;
constexpr int nameDigits = 18;
constexpr int valueDigits = 16;

} // namespace

ConnectionDetailsPane::ConnectionDetailsPane(const Server &server, QWidget *parent)
    : QWidget(parent)
    , m_server(server)
    , m_actions(actionTable())
{
    m_tree = new QTreeView;
    m_tree->setModel(&m_state);
    m_tree->setAccessibleName(tr("State of the connection"));
    m_tree->setAlternatingRowColors(true);
    m_tree->setUniformRowHeights(true);
    m_tree->setFrameShape(QFrame::NoFrame);
    m_tree->setMinimumWidth(treeMinimumWidth);
    m_tree->header()->setStretchLastSection(true);
    const int digit = m_tree->fontMetrics().horizontalAdvance(u'0');
    m_tree->header()->resizeSection(StateTree::NameColumn, nameDigits * digit);
    m_tree->header()->resizeSection(StateTree::ValueColumn, valueDigits * digit);

    m_table = new TablePanel(m_actions, u"connection-actions"_s, tr("The last actions"));
    m_table->setEmptyText(tr("Nothing was done here yet. Click something on the page."));

    auto *splitter = new QSplitter;
    splitter->addWidget(m_tree);
    splitter->addWidget(m_table);
    splitter->setChildrenCollapsible(false);
    splitter->setStretchFactor(0, 2);
    splitter->setStretchFactor(1, 3);

    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins({});
    layout->setSpacing(0);
    layout->addWidget(createHeader());
    layout->addWidget(splitter, 1);
    setFocusProxy(m_tree);
}

ConnectionDetailsPane::~ConnectionDetailsPane()
{
    // What shows the models goes before them.
    delete m_tree;
    delete m_table;
}

QWidget *ConnectionDetailsPane::createHeader()
{
    m_title = new QLabel;
    m_title->setTextFormat(Qt::PlainText);
    QFont bold = m_title->font();
    bold.setBold(true);
    m_title->setFont(bold);
    m_saved = new QLabel;
    m_saved->setForegroundRole(QPalette::PlaceholderText);

    auto *close = new QToolButton;
    close->setAutoRaise(true);
    close->setIcon(symbolicIcon(u"close"_s));
    close->setToolTip(tr("Close the details"));
    close->setAccessibleName(close->toolTip());
    close->setFocusPolicy(Qt::TabFocus);
    connect(close, &QToolButton::clicked, this, &ConnectionDetailsPane::closeRequested);

    auto *header = new QWidget;
    auto *layout = new QHBoxLayout(header);
    layout->setContentsMargins(8, 4, 4, 4);
    layout->addWidget(m_title);
    layout->addSpacing(12);
    layout->addWidget(m_saved, 1);
    layout->addWidget(close);
    return header;
}

void ConnectionDetailsPane::setConnection(const std::optional<ConnectionRow> &row)
{
    const std::optional<quint64> before = connection();
    m_row = row;
    if (before != connection()) {
        m_state.clear();
        m_actions.setRows({});
        m_saved->clear();
        m_asked.invalidate();
    }
    m_title->setText(row ? describe(*row) : QString());
}

std::optional<quint64> ConnectionDetailsPane::connection() const
{
    return m_row ? std::optional(m_row->connection.id) : std::nullopt;
}

QString ConnectionDetailsPane::title() const
{
    return m_title->text();
}

void ConnectionDetailsPane::refresh(const QHash<quint64, QString> &names)
{
    m_names = names;
    if (!m_row || (m_asked.isValid() && m_asked.durationElapsed() < answerTimeout))
        return;
    m_asked.start();
    m_server.requestDetails(m_row->connection.id, this,
                            [this, asked = m_row->connection.id](const auto &details) {
                                if (connection() != asked)
                                    return;
                                m_asked.invalidate();
                                showDetails(details);
                            });
}

void ConnectionDetailsPane::showDetails(const std::optional<ConnectionDetails> &details)
{
    if (!details) {
        m_saved->setText(m_row->connection.tier == ConnectionTier::WebSocket
                             ? tr("This connection is gone; this is how it was.")
                             : tr("It has no connection, so there is no state to see."));
        return;
    }
    const bool wasEmpty = m_state.rowCount() == 0;
    m_state.setState(details->state, details->saved, details->ephemeral);
    if (wasEmpty)
        m_tree->expandToDepth(1);
    m_actions.setRows(actionRows(details->actions, m_names));
    if (!details->saved)
        m_saved->setText(tr("Nothing is saved for this session group and page yet."));
    else if (details->savedAt.isValid())
        m_saved->setText(tr("Saved at %1").arg(momentText(details->savedAt)));
    else
        m_saved->setText(tr("Saved earlier"));
}

} // namespace LiveTemplate::Ui
