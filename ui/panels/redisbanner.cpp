// SPDX-FileCopyrightText: 2026 The LiveTemplate for Qt authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "redisbanner.h"

#include "symbolicicon.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace LiveTemplate::Ui {

namespace {

using State = RedisObserverStatus::State;

constexpr int iconSize = 16;

} // namespace

RedisBanner::RedisBanner(QWidget *parent)
    : QFrame(parent)
    , m_icon(new QLabel)
    , m_text(new QLabel)
    , m_tryAgain(new QPushButton(tr("Try &again now")))
    , m_cancel(new QPushButton(tr("Ca&ncel")))
{
    setObjectName(u"redis-banner"_s);
    setAutoFillBackground(true);
    setBackgroundRole(QPalette::ToolTipBase);
    m_text->setObjectName(u"redis-banner-text"_s);
    m_text->setWordWrap(true);
    m_text->setTextFormat(Qt::PlainText);
    m_text->setForegroundRole(QPalette::ToolTipText);
    m_text->setTextInteractionFlags(Qt::TextSelectableByMouse);
    connect(m_tryAgain, &QPushButton::clicked, this, &RedisBanner::tryAgainWanted);
    connect(m_cancel, &QPushButton::clicked, this, &RedisBanner::cancelWanted);
    m_countdown.setInterval(500ms);
    connect(&m_countdown, &QTimer::timeout, this, &RedisBanner::updateText);
    auto *const layout = new QHBoxLayout(this);
    layout->setContentsMargins(10, 6, 6, 6);
    layout->addWidget(m_icon);
    layout->addWidget(m_text, 1);
    layout->addWidget(m_tryAgain);
    layout->addWidget(m_cancel);
    hide();
}

void RedisBanner::showStatus(const RedisObserverStatus &status, const RedisUrl &url)
{
    m_status = status;
    m_address = url.toDisplayString();
    const bool hasProblem = status.problem.kind != RedisProblem::Kind::None;
    const bool isTried = status.state == State::Connecting || status.state == State::Waiting;
    m_tryAgain->setVisible(status.state == State::Waiting || status.state == State::Failed);
    m_cancel->setVisible(isTried);
    m_cancel->setText(status.state == State::Connecting ? tr("Ca&ncel") : tr("&Give up"));
    const QIcon icon = symbolicIcon(hasProblem ? u"warning"_s : u"information"_s);
    m_icon->setPixmap(icon.pixmap(QSize(iconSize, iconSize), devicePixelRatio()));
    updateText();
    setVisible(isTried || status.state == State::Failed || hasProblem);
    if (status.nextTry)
        m_countdown.start();
    else
        m_countdown.stop();
}

QString RedisBanner::nextTryText() const
{
    if (!m_status.nextTry)
        return tr("Trying now …");
    const auto left = std::chrono::ceil<std::chrono::seconds>(*m_status.nextTry
                                                              - std::chrono::steady_clock::now());
    return left > 0s ? tr("The next try is in %1 s.").arg(left.count()) : tr("Trying now …");
}

void RedisBanner::updateText()
{
    QStringList sentences;
    switch (m_status.state) {
    case State::Connecting:
        sentences += tr("Connecting to %1 …").arg(m_address);
        break;
    case State::Waiting:
        sentences = {m_status.problem.sentence, m_status.problem.advice, nextTryText()};
        break;
    case State::Failed:
        sentences = {m_status.problem.sentence, m_status.problem.advice};
        break;
    case State::Connected:
    case State::Closed:
        sentences = {m_status.problem.sentence, m_status.problem.advice};
        break;
    }
    sentences.removeAll(QString());
    const QString text = sentences.join(u' ');
    m_text->setText(text);
    setAccessibleName(tr("Connection to Redis"));
    setAccessibleDescription(text);
}

QString RedisBanner::text() const
{
    return m_text->text();
}

} // namespace LiveTemplate::Ui
