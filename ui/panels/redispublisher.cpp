// SPDX-FileCopyrightText: 2026 The LiveTemplate for Qt authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "redispublisher.h"

#include "observedmessage.h"
#include "payloadtext.h"

#include <QCheckBox>
#include <QFontDatabase>
#include <QFormLayout>
#include <QHBoxLayout>
#include <QLabel>
#include <QLineEdit>
#include <QMessageBox>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;

namespace LiveTemplate::Ui {

RedisPublisher::RedisPublisher(RedisObserver &observer, QWidget *parent)
    : QWidget(parent)
    , m_observer(observer)
    , m_channel(new QLineEdit)
    , m_payload(new QPlainTextEdit)
    , m_sharded(new QCheckBox(tr("As a &shard message (SPUBLISH)")))
    , m_publish(new QPushButton(tr("&Publish …")))
    , m_result(new QLabel)
{
    m_channel->setObjectName(u"publish-channel"_s);
    m_channel->setAccessibleName(tr("Channel to publish to"));
    m_payload->setObjectName(u"publish-payload"_s);
    m_payload->setAccessibleName(tr("Message to publish"));
    m_payload->setFont(QFontDatabase::systemFont(QFontDatabase::FixedFont));
    m_payload->setTabChangesFocus(true);
    m_publish->setObjectName(u"publish"_s);
    m_result->setObjectName(u"publish-result"_s);
    m_result->setWordWrap(true);
    m_result->setTextFormat(Qt::PlainText);
    connect(m_channel, &QLineEdit::textChanged, this, &RedisPublisher::update);
    connect(m_publish, &QPushButton::clicked, this, &RedisPublisher::submit);

    auto *const form = new QFormLayout;
    form->setFieldGrowthPolicy(QFormLayout::AllNonFixedFieldsGrow);
    form->addRow(tr("&Channel:"), m_channel);
    form->addRow(tr("&Message:"), m_payload);
    form->addRow(QString(), m_sharded);
    auto *const row = new QHBoxLayout;
    row->addWidget(m_result, 1);
    row->addWidget(m_publish);
    auto *const layout = new QVBoxLayout(this);
    layout->addLayout(form, 1);
    layout->addLayout(row);
    setAllowed(false, {});
}

void RedisPublisher::setAllowed(bool isAllowed, const QString &reason)
{
    m_isAllowed = isAllowed;
    m_reason = reason;
    update();
}

void RedisPublisher::update()
{
    const bool canPublish = m_isAllowed && !m_channel->text().isEmpty();
    m_publish->setEnabled(canPublish);
    m_publish->setToolTip(m_isAllowed ? tr("Asks before anything is sent") : m_reason);
    for (QWidget *const field : std::initializer_list<QWidget *>{m_channel, m_payload, m_sharded})
        field->setEnabled(m_isAllowed);
    if (!m_isAllowed)
        m_result->setText(m_reason);
    else if (m_result->text() == m_reason || m_result->text().isEmpty())
        m_result->setText({});
}

void RedisPublisher::submit()
{
    const QByteArray channel = m_channel->text().toUtf8();
    ask({channel, ObservedChannel::read(channel).displayName, m_payload->toPlainText().toUtf8(),
         m_sharded->isChecked()});
}

void RedisPublisher::replay(const QByteArray &channel, const QString &displayName,
                            const QByteArray &payload, bool isSharded)
{
    if (m_isAllowed)
        ask({channel, displayName, payload, isSharded});
}

void RedisPublisher::ask(const Draft &draft)
{
    m_result->setText(tr("Counting the subscribers of %1 …").arg(draft.displayName));
    m_observer.countSubscribers(draft.channel, draft.isSharded, this,
                                [this, draft](const RedisObserver::Receivers &subscribers) {
                                    confirm(draft, subscribers);
                                });
}

void RedisPublisher::confirm(const Draft &draft, const RedisObserver::Receivers &subscribers)
{
    m_result->setText({});
    auto *const box = new QMessageBox(this);
    box->setObjectName(u"publish-confirmation"_s);
    box->setAttribute(Qt::WA_DeleteOnClose);
    box->setIcon(QMessageBox::Question);
    box->setTextFormat(Qt::PlainText);
    box->setWindowTitle(tr("Publish"));
    box->setText(tr("Publish to the channel “%1”?").arg(draft.displayName));
    const QString whom = subscribers
        ? tr("Clients subscribed to it by name now: %1.").arg(*subscribers)
        : tr("Its subscribers could not be counted: %1").arg(subscribers.error().message);
    QString what = tr("The message's bytes: %1.").arg(draft.payload.size());
    if (const ObservedChannel channel = ObservedChannel::read(draft.channel); channel.isOurs())
        what += u' ' + tr("It is a channel of LiveTemplate: what is sent may run in open pages.");
    box->setInformativeText(tr("%1 Those who are so by a pattern come on top. %2").arg(whom, what));
    QPushButton *const publishButton = box->addButton(tr("Publish"), QMessageBox::AcceptRole);
    box->addButton(QMessageBox::Cancel);
    box->setDefaultButton(QMessageBox::Cancel);
    connect(box, &QMessageBox::finished, this, [this, box, publishButton, draft] {
        // Publishing may have been switched off while it was asked.
        if (box->clickedButton() == publishButton && m_isAllowed)
            publish(draft);
    });
    box->open();
}

void RedisPublisher::publish(const Draft &draft)
{
    m_observer.publish(
        draft.channel, draft.payload, draft.isSharded, this,
        [this, draft](const RedisObserver::Receivers &receivers) {
            if (receivers) {
                m_result->setText(
                    tr("Published to %1. Clients that received it, this panel among them: %2.")
                        .arg(draft.displayName)
                        .arg(*receivers));
            } else {
                m_result->setText(tr("It was not published. %1").arg(receivers.error().message));
            }
        });
}

QString RedisPublisher::resultText() const
{
    return m_result->text();
}

} // namespace LiveTemplate::Ui
