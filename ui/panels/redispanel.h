// SPDX-FileCopyrightText: 2026 The LiveTemplate for Qt authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "keyedtable.h"
#include "panel.h"
#include "passwordkeeper.h"
#include "redisrows.h"
#include "sampletimer.h"
#include "streamtable.h"

#include <QPointer>
#include <QRegularExpression>
#include <QTimer>

#include <memory>

class QCheckBox;
class QLabel;
class QLineEdit;
class QSplitter;
class QTabWidget;

namespace LiveTemplate {
class RedisMembership;
}

namespace LiveTemplate::Ui {

class RedisBanner;
class RedisConnectionForm;
class RedisMessageDetails;
class RedisPublisher;
class TablePanel;

/// What crosses a Redis: its channels, the stream of their messages, and the servers that share it.
///
/// Messages are collected as long as it is connected, also while it is hidden: to connect is to
/// begin to record, into a ring of 100,000. Redis is asked for its channels only while somebody can
/// see the panel.
class RedisPanel : public Panel
{
    Q_OBJECT

public:
    static constexpr qsizetype messageCapacity = 100'000;

    /// @p membership lets this desktop's server join; null: there is no such switch.
    explicit RedisPanel(RedisMembership *membership, QWidget *parent = nullptr);
    ~RedisPanel() override;

    /// As if somebody had entered it.
    void connectTo(const RedisUrl &url);
    /// The same with what RedisUrl::parse() reads; what is wrong with it is said in the panel.
    void connectTo(const QString &url);
    /// The switch cannot be used: nothing is published in this session.
    void setReadOnly(bool isReadOnly);

    [[nodiscard]] QList<QAction *> commands() const override;
    void save(QSettings &settings) const override;
    void restore(QSettings &settings) override;

    // For tests.
    [[nodiscard]] RedisObserver &observer() { return *m_observer; }
    [[nodiscard]] StreamTable<RedisMessageRow> &messages() { return m_messages; }
    [[nodiscard]] KeyedTable<RedisChannelRow> &channels() { return m_channels; }
    [[nodiscard]] KeyedTable<RedisServerRow> &servers() { return m_servers; }
    [[nodiscard]] const SampleTimer &sampleTimer() const { return m_sampleTimer; }
    [[nodiscard]] const RedisObservation &observation() const { return m_observation; }

private:
    QWidget *createSwitches();
    QWidget *createMessages();
    QWidget *createFilters();
    QWidget *createChannels();
    QWidget *createServers();
    void createActions();

    void handleStatus();
    void takeMessages(const QList<RedisMessage> &messages);
    void takeObservation(const RedisObservation &observation);
    void sample();
    void updateServers();
    void updateSummary();
    void updatePublishing();
    void updateMembership();
    void narrow();
    void showDetails();
    void replaySelected();
    void filterBySelectedChannel();
    void clearMessages();
    [[nodiscard]] const RedisMessageRow *selectedMessage() const;
    [[nodiscard]] QString ownInstance() const;

    const QPointer<RedisMembership> m_membership;
    PasswordKeeper m_passwords;
    const std::shared_ptr<ObservedServers> m_observedServers = std::make_shared<ObservedServers>();
    std::unique_ptr<RedisObserver> m_observer;
    RedisMessageRows m_rows;
    StreamTable<RedisMessageRow> m_messages;
    KeyedTable<RedisChannelRow> m_channels;
    KeyedTable<RedisServerRow> m_servers;
    SampleTimer m_sampleTimer;
    RedisObservation m_observation;
    bool m_isReadOnly = false;
    bool m_wasConnected = false;
    QTimer m_filterDelay;

    RedisConnectionForm *m_form = nullptr;
    RedisBanner *m_banner = nullptr;
    QLabel *m_summary = nullptr;
    QCheckBox *m_allowPublishing = nullptr;
    QCheckBox *m_join = nullptr;
    QLabel *m_joinState = nullptr;
    QTabWidget *m_tabs = nullptr;
    QLineEdit *m_pattern = nullptr;
    QLineEdit *m_instance = nullptr;
    QCheckBox *m_showProbes = nullptr;
    QSplitter *m_splitter = nullptr;
    TablePanel *m_messageTable = nullptr;
    TablePanel *m_channelTable = nullptr;
    TablePanel *m_serverTable = nullptr;
    RedisMessageDetails *m_details = nullptr;
    RedisPublisher *m_publisher = nullptr;
    QAction *m_clear = nullptr;
    QAction *m_replay = nullptr;
    QAction *m_watchChannel = nullptr;
};

} // namespace LiveTemplate::Ui
