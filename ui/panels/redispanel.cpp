// SPDX-FileCopyrightText: 2026 The LiveTemplate for Qt authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "redispanel.h"

#include "redisbanner.h"
#include "redisconnectionform.h"
#include "redismembership.h"
#include "redismessagedetails.h"
#include "redispublisher.h"
#include "sparklinedelegate.h"
#include "symbolicicon.h"
#include "tablepanel.h"

#include <QAction>
#include <QCheckBox>
#include <QHBoxLayout>
#include <QLabel>
#include <QLineEdit>
#include <QLocale>
#include <QSettings>
#include <QSignalBlocker>
#include <QSplitter>
#include <QTabWidget>
#include <QTableView>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace LiveTemplate::Ui {

namespace {

using State = RedisObserverStatus::State;

constexpr auto sampleInterval = 1s;
/// After a key: a filter is applied to all messages.
constexpr auto filterDelay = 200ms;

/// Redis' glob patterns, but that they match anywhere when there is nothing of a pattern in them.
QRegularExpression globExpression(const QString &pattern)
{
    const bool isPattern = pattern.contains(u'*') || pattern.contains(u'?')
        || pattern.contains(u'[');
    return QRegularExpression(QRegularExpression::wildcardToRegularExpression(
                                  isPattern ? pattern : u'*' + pattern + u'*',
                                  QRegularExpression::NonPathWildcardConversion),
                              QRegularExpression::CaseInsensitiveOption
                                  | QRegularExpression::DotMatchesEverythingOption);
}

qint64 secondsSince(RedisMessage::Time time, RedisMessage::Time now)
{
    return std::max<qint64>(std::chrono::floor<std::chrono::seconds>(now - time).count(), 0);
}

std::unique_ptr<RedisObserver> newObserver(const std::shared_ptr<ObservedServers> &servers)
{
    RedisObserverOptions options;
    options.reader = ObservedServers::reader(servers);
    return std::make_unique<RedisObserver>(std::move(options));
}

} // namespace

RedisPanel::RedisPanel(RedisMembership *membership, QWidget *parent)
    : Panel(u"redis-channels"_s, tr("Redis Channels"), u"channels"_s, parent)
    , m_membership(membership)
    , m_observer(newObserver(m_observedServers))
    , m_messages(redisMessageTable(), messageCapacity)
    , m_channels(redisChannelTable())
    , m_servers(redisServerTable())
    , m_sampleTimer(sampleInterval)
    , m_form(new RedisConnectionForm(m_passwords))
    , m_banner(new RedisBanner)
    , m_summary(new QLabel)
    , m_tabs(new QTabWidget)
    , m_publisher(new RedisPublisher(*m_observer))
{
    m_summary->setObjectName(u"redis-summary"_s);
    m_summary->setTextFormat(Qt::PlainText);
    m_summary->setWordWrap(true);
    m_tabs->setDocumentMode(true);
    m_tabs->addTab(createMessages(), tr("&Messages"));
    m_tabs->addTab(createChannels(), tr("C&hannels"));
    m_tabs->addTab(createServers(), tr("&Servers"));
    m_tabs->addTab(m_publisher, tr("&Publish"));

    auto *const layout = new QVBoxLayout(this);
    layout->setContentsMargins(8, 8, 8, 8);
    layout->setSpacing(6);
    layout->addWidget(m_form);
    layout->addWidget(m_banner);
    layout->addWidget(createSwitches());
    layout->addWidget(m_summary);
    layout->addWidget(m_tabs, 1);
    createActions();

    connect(m_form, &RedisConnectionForm::connectWanted, this,
            qOverload<const RedisUrl &>(&RedisPanel::connectTo));
    connect(m_form, &RedisConnectionForm::disconnectWanted, m_observer.get(),
            &RedisObserver::close);
    connect(m_form, &RedisConnectionForm::changed, this, &RedisPanel::updateMembership);
    connect(m_banner, &RedisBanner::tryAgainWanted, m_observer.get(), &RedisObserver::tryAgain);
    connect(m_banner, &RedisBanner::cancelWanted, m_observer.get(), &RedisObserver::close);
    connect(m_observer.get(), &RedisObserver::statusChanged, this, &RedisPanel::handleStatus);
    connect(m_observer.get(), &RedisObserver::messagesArrived, this, &RedisPanel::takeMessages);
    connect(m_observer.get(), &RedisObserver::sampled, this, &RedisPanel::takeObservation);
    connect(&m_sampleTimer, &SampleTimer::sampleDue, this, &RedisPanel::sample);
    m_sampleTimer.watchFor(this);
    m_filterDelay.setSingleShot(true);
    m_filterDelay.setInterval(filterDelay);
    connect(&m_filterDelay, &QTimer::timeout, this, &RedisPanel::narrow);
    narrow();
    handleStatus();
    setFocusProxy(m_form);
}

RedisPanel::~RedisPanel()
{
    m_observer->disconnect(this);
}

// -------------------------------------------------------------------------------------- Widgets

QWidget *RedisPanel::createSwitches()
{
    auto *const widget = new QWidget;
    auto *const layout = new QVBoxLayout(widget);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(2);
    m_allowPublishing = new QCheckBox(tr("&Allow publishing to this Redis"));
    m_allowPublishing->setObjectName(u"allow-publishing"_s);
    m_allowPublishing->setToolTip(
        tr("Off: this panel only reads. On: messages can be published, each after it was "
           "confirmed; everybody who is subscribed receives them."));
    connect(m_allowPublishing, &QCheckBox::toggled, this, &RedisPanel::updatePublishing);
    layout->addWidget(m_allowPublishing);
    if (!m_membership)
        return widget;
    m_join = new QCheckBox(tr("&Join this desktop's server to this Redis"));
    m_join->setObjectName(u"join-redis"_s);
    m_join->setToolTip(tr("Tabs here then follow those of the same browser at other servers, and "
                          "saved states are kept in this Redis."));
    m_joinState = new QLabel;
    m_joinState->setObjectName(u"join-state"_s);
    m_joinState->setWordWrap(true);
    m_joinState->setTextFormat(Qt::PlainText);
    m_joinState->setIndent(22);
    connect(m_join, &QCheckBox::clicked, this, [this](bool isWanted) {
        const auto url = m_form->url();
        if (isWanted && url)
            m_membership->join(*url);
        else
            m_membership->leave();
        updateMembership();
    });
    connect(m_membership, &RedisMembership::changed, this, &RedisPanel::updateMembership);
    layout->addWidget(m_join);
    layout->addWidget(m_joinState);
    return widget;
}

QWidget *RedisPanel::createFilters()
{
    m_pattern = new QLineEdit;
    m_pattern->setObjectName(u"channel-pattern"_s);
    m_pattern->setClearButtonEnabled(true);
    m_pattern->setPlaceholderText(tr("Channel, with * and ?"));
    m_pattern->setAccessibleName(tr("Pattern of channels"));
    m_pattern->setToolTip(tr("Only messages of channels like this, livetemplate:* say"));
    m_instance = new QLineEdit;
    m_instance->setObjectName(u"instance-filter"_s);
    m_instance->setClearButtonEnabled(true);
    m_instance->setPlaceholderText(tr("Server"));
    m_instance->setAccessibleName(tr("Id of a server"));
    m_instance->setToolTip(tr("Only messages of servers whose id begins like this"));
    m_showProbes = new QCheckBox(tr("P&robes"));
    m_showProbes->setToolTip(tr("Also the messages by which servers see that their connection "
                                "works"));
    for (QLineEdit *const edit : {m_pattern, m_instance})
        connect(edit, &QLineEdit::textChanged, &m_filterDelay, qOverload<>(&QTimer::start));
    connect(m_showProbes, &QCheckBox::toggled, this, &RedisPanel::narrow);
    auto *const filters = new QWidget;
    auto *const layout = new QHBoxLayout(filters);
    layout->setContentsMargins(4, 4, 4, 0);
    layout->addWidget(m_pattern, 2);
    layout->addWidget(m_instance, 1);
    layout->addWidget(m_showProbes);
    return filters;
}

QWidget *RedisPanel::createMessages()
{
    m_messageTable = new TablePanel(m_messages, u"redis-messages"_s, tr("Messages of Redis"));
    m_messageTable->setFollowing(true);
    m_messageTable->setEmptyText(
        tr("<b>No messages</b><br>Connect to a Redis: what its clients publish from then on is "
           "listed here."));
    m_details = new RedisMessageDetails;
    m_details->hide(); // until there is something to read
    m_splitter = new QSplitter(Qt::Vertical);
    m_splitter->setChildrenCollapsible(true);
    m_splitter->addWidget(m_messageTable);
    m_splitter->addWidget(m_details);
    m_splitter->setStretchFactor(0, 3);
    m_splitter->setStretchFactor(1, 1);
    connect(m_messageTable, &TablePanel::selectionChanged, this, &RedisPanel::showDetails);
    connect(m_messageTable, &TablePanel::activated, this, [this] {
        // There may be no room left for it.
        if (m_splitter->sizes().last() == 0)
            m_splitter->setSizes({m_splitter->height() * 2 / 3, m_splitter->height() / 3});
        showDetails();
        m_details->setFocus();
    });
    auto *const page = new QWidget;
    auto *const layout = new QVBoxLayout(page);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addWidget(createFilters());
    layout->addWidget(m_splitter, 1);
    return page;
}

QWidget *RedisPanel::createChannels()
{
    m_channelTable = new TablePanel(m_channels, u"redis-channel-list"_s, tr("Channels of Redis"));
    m_channelTable->setEmptyText(
        tr("<b>No channels</b><br>Connect to a Redis: channels that have subscribers, or have had "
           "a message since, are listed here."));
    auto *const sparkline = new SparklineDelegate(m_channelTable);
    const int column = m_channels.columnCount() - 1;
    m_channelTable->view()->setItemDelegateForColumn(column, sparkline);
    m_channelTable->view()->sortByColumn(0, Qt::AscendingOrder);
    return m_channelTable;
}

QWidget *RedisPanel::createServers()
{
    m_serverTable = new TablePanel(m_servers, u"redis-servers"_s, tr("Servers at this Redis"));
    m_serverTable->setEmptyText(
        tr("<b>No servers</b><br>LiveTemplate servers that share this Redis are listed here as "
           "soon as they show a sign of life, every three seconds."));
    m_serverTable->showDetailsOnEnter();
    return m_serverTable;
}

void RedisPanel::createActions()
{
    m_clear = new QAction(symbolicIcon(u"clear"_s), tr("Clear Messages"), this);
    m_clear->setToolTip(tr("Forget the messages that are listed"));
    connect(m_clear, &QAction::triggered, this, &RedisPanel::clearMessages);
    m_messageTable->addAction(m_clear, false);
    m_replay = new QAction(tr("Publish Again …"), this);
    m_replay->setObjectName(u"replay"_s);
    connect(m_replay, &QAction::triggered, this, &RedisPanel::replaySelected);
    m_messageTable->addAction(m_replay, true);
    m_watchChannel = new QAction(tr("Show Messages of This Channel"), this);
    connect(m_watchChannel, &QAction::triggered, this, &RedisPanel::filterBySelectedChannel);
    m_channelTable->addAction(m_watchChannel, true);
    connect(m_channelTable, &TablePanel::activated, this, &RedisPanel::filterBySelectedChannel);
}

QList<QAction *> RedisPanel::commands() const
{
    return QList<QAction *>{m_clear, m_replay, m_watchChannel} + m_messageTable->commands();
}

// ----------------------------------------------------------------------------------- Connection

void RedisPanel::connectTo(const RedisUrl &url)
{
    m_form->setUrl(url);
    m_observedServers->clear();
    m_observation = {};
    m_wasConnected = false;
    m_channels.setRows({});
    clearMessages();
    m_observer->open(url);
}

void RedisPanel::handleStatus()
{
    const RedisObserverStatus &status = m_observer->status();
    m_banner->showStatus(status, m_observer->url());
    const bool isBegun = status.state != State::Closed && status.state != State::Failed;
    m_form->setConnectionBegun(isBegun);
    if (status.state == State::Connected && !m_wasConnected) {
        m_wasConnected = true;
        m_form->remember(m_observer->url());
        m_form->setFieldsShown(false);
        if (m_sampleTimer.isWatched())
            sample();
    }
    updateSummary();
    updatePublishing();
    updateMembership();
}

void RedisPanel::connectTo(const QString &url)
{
    if (const auto parsed = RedisUrl::parse(url))
        connectTo(*parsed);
    else
        m_form->enter(url);
}

void RedisPanel::setReadOnly(bool isReadOnly)
{
    m_isReadOnly = isReadOnly;
    if (isReadOnly)
        m_allowPublishing->setChecked(false);
    updatePublishing();
    updateMembership();
}

void RedisPanel::updatePublishing()
{
    const bool isConnected = m_observer->status().state == State::Connected;
    const bool isAllowed = m_allowPublishing->isChecked() && !m_isReadOnly;
    m_allowPublishing->setEnabled(!m_isReadOnly);
    m_observer->setPublishingAllowed(isAllowed);
    QString reason;
    if (m_isReadOnly)
        reason = tr("This dashboard was started with --read-only: nothing is published.");
    else if (!isAllowed)
        reason = tr("This panel only reads: allow publishing above first.");
    else if (!isConnected)
        reason = tr("Connect to a Redis first.");
    const bool canPublish = isAllowed && isConnected;
    m_publisher->setAllowed(canPublish, reason);

    const RedisMessageRow *const selected = selectedMessage();
    if (canPublish && selected && selected->body->bytes.size() < selected->size)
        reason = tr("Not all of this message was kept.");
    m_replay->setEnabled(selected && reason.isEmpty());
    m_replay->setToolTip(reason.isEmpty() ? tr("Publish the same message once more") : reason);
}

void RedisPanel::updateMembership()
{
    if (!m_join || !m_membership)
        return;
    const bool isMember = m_membership->state() != RedisMembership::State::Apart
        && m_membership->state() != RedisMembership::State::Leaving;
    m_join->setChecked(isMember);
    m_join->setEnabled(m_membership->state() != RedisMembership::State::Leaving
                       && (isMember || (m_form->url().has_value() && !m_isReadOnly)));
    m_join->setToolTip(m_isReadOnly ? tr("This dashboard was started with --read-only: it joins "
                                         "nothing, as that writes states to the Redis.")
                                    : QString());
    const RedisProblem problem = m_membership->problem();
    m_joinState->setText(problem.advice.isEmpty()
                             ? m_membership->sentence()
                             : m_membership->sentence() + u' ' + problem.advice);
}

QString RedisPanel::ownInstance() const
{
    return m_membership ? m_membership->instanceId() : QString();
}

// ------------------------------------------------------------------------------------- Contents

void RedisPanel::sample()
{
    m_observer->sample();
}

void RedisPanel::takeMessages(const QList<RedisMessage> &messages)
{
    const QString own = ownInstance();
    QList<RedisMessageRow> rows;
    rows.reserve(messages.size());
    for (const RedisMessage &message : messages)
        rows.append(m_rows.make(message, own));
    m_messages.append(std::move(rows));
}

void RedisPanel::takeObservation(const RedisObservation &observation)
{
    m_observation = observation;
    QList<RedisChannelRow> rows;
    rows.reserve(observation.channels.size());
    for (const RedisChannel &channel : observation.channels) {
        RedisChannelRow row{channel, ObservedChannel::read(channel.name)};
        if (channel.messages > 0)
            row.age = secondsSince(channel.lastMessageAt, observation.time);
        rows.append(std::move(row));
    }
    m_channels.setRows(std::move(rows));
    updateServers();
    updateSummary();
}

void RedisPanel::updateServers()
{
    const QString own = ownInstance();
    QList<RedisServerRow> rows;
    for (const ObservedServer &server : m_observedServers->servers()) {
        rows.append({.server = server,
                     .isOurs = !own.isEmpty() && server.instanceId == own,
                     .age = secondsSince(server.lastSeenAt, m_observation.time)});
    }
    m_servers.setRows(std::move(rows));
}

void RedisPanel::updateSummary()
{
    const QLocale locale;
    QStringList parts;
    if (m_observer->status().state == State::Connected || m_observation.messages > 0) {
        parts += tr("%1 messages in %2 since it was connected.")
                     .arg(locale.toString(m_observation.messages),
                          locale.formattedDataSize(qint64(m_observation.bytes)));
        parts += tr("%1 channels have subscribers; %2 patterns are subscribed to.")
                     .arg(locale.toString(m_observation.listedChannels),
                          locale.toString(m_observation.patterns));
        if (m_observation.droppedMessages > 0) {
            parts += tr("%1 came too fast to be listed; they are counted.")
                         .arg(locale.toString(m_observation.droppedMessages));
        }
        if (m_observation.forgottenChannels > 0) {
            parts += tr("%1 silent channels with %2 messages are not listed any more.")
                         .arg(locale.toString(m_observation.forgottenChannels),
                              locale.toString(m_observation.forgottenMessages));
        }
        parts += m_observation.limits;
    }
    m_summary->setText(parts.join(u' '));
    m_summary->setVisible(!parts.isEmpty());
}

void RedisPanel::narrow()
{
    const QRegularExpression pattern = globExpression(m_pattern->text());
    const bool hasPattern = !m_pattern->text().isEmpty();
    const QString instance = m_instance->text().trimmed();
    const bool showsProbes = m_showProbes->isChecked();
    if (!hasPattern && instance.isEmpty() && showsProbes) {
        m_messages.narrow({});
        return;
    }
    m_messages.narrow([=](const RedisMessageRow &row) {
        if (!showsProbes && row.channel.kind == ObservedChannel::Kind::Probe)
            return false;
        if (!instance.isEmpty()
            && !(row.observed
                 && row.observed->instanceId.startsWith(instance, Qt::CaseInsensitive)))
            return false;
        return !hasPattern || pattern.match(QString::fromUtf8(row.rawChannel)).hasMatch()
            || pattern.match(row.channel.displayName).hasMatch();
    });
}

const RedisMessageRow *RedisPanel::selectedMessage() const
{
    const QList<QVariant> keys = m_messageTable->selectedKeys();
    const int row = keys.size() == 1 ? m_messages.rowOf(keys.first()) : -1;
    return row < 0 ? nullptr : &m_messages.row(row);
}

void RedisPanel::showDetails()
{
    if (const RedisMessageRow *const row = selectedMessage()) {
        m_details->show(*row);
        m_details->setVisible(true);
    } else {
        m_details->clear();
    }
    updatePublishing();
}

void RedisPanel::replaySelected()
{
    // Its bytes may be gone since it was selected.
    updatePublishing();
    const RedisMessageRow *const row = selectedMessage();
    if (row && m_replay->isEnabled()) {
        m_publisher->replay(row->rawChannel, row->channel.displayName, row->body->bytes,
                            row->isSharded);
    }
}

void RedisPanel::filterBySelectedChannel()
{
    const QList<QVariant> keys = m_channelTable->selectedKeys();
    const int row = keys.isEmpty() ? -1 : m_channels.rowOf(keys.first());
    if (row < 0)
        return;
    const ObservedChannel &channel = m_channels.row(row).meaning;
    // What would be a pattern stands for itself.
    static const QRegularExpression special(u"([\\[\\]*?])"_s);
    m_pattern->setText(QString(channel.displayName).replace(special, u"[\\1]"_s));
    if (channel.kind == ObservedChannel::Kind::Probe)
        m_showProbes->setChecked(true);
    m_tabs->setCurrentIndex(0);
}

void RedisPanel::clearMessages()
{
    m_messages.clear();
    m_rows.clear();
    m_details->clear();
}

// ------------------------------------------------------------------------------------- Settings

void RedisPanel::save(QSettings &settings) const
{
    settings.setValue("recent"_L1, m_form->recentUrls());
    settings.setValue("messages"_L1, m_messageTable->saveState());
    settings.setValue("channels"_L1, m_channelTable->saveState());
    settings.setValue("servers"_L1, m_serverTable->saveState());
    settings.setValue("splitter"_L1, m_splitter->saveState());
    settings.setValue("probes"_L1, m_showProbes->isChecked());
}

void RedisPanel::restore(QSettings &settings)
{
    m_form->setRecentUrls(settings.value("recent"_L1).toStringList());
    m_messageTable->restoreState(settings.value("messages"_L1).toByteArray());
    m_channelTable->restoreState(settings.value("channels"_L1).toByteArray());
    m_serverTable->restoreState(settings.value("servers"_L1).toByteArray());
    m_splitter->restoreState(settings.value("splitter"_L1).toByteArray());
    m_showProbes->setChecked(settings.value("probes"_L1).toBool());
}

} // namespace LiveTemplate::Ui
