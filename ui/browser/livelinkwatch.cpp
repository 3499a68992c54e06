// SPDX-FileCopyrightText: 2026 The LiveTemplate for Qt authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "livelinkwatch.h"

#include <QPointer>
#include <QVariant>
#include <QWebEnginePage>

using namespace std::chrono_literals;
using namespace Qt::StringLiterals;

namespace LiveTemplate::Ui {

namespace {

constexpr auto interval = 2s;

// `useHTTP` is how client 0.25.1 remembers it, see livetemplate-client.js.
const QString question = uR"(
    window.liveTemplateClient ? (window.liveTemplateClient.useHTTP ? "given up" : "live") : ""
)"_s;

} // namespace

LiveLinkWatch::LiveLinkWatch(QWebEnginePage &page, QObject *parent)
    : QObject(parent)
    , m_page(page)
{
    connect(&page, &QWebEnginePage::loadStarted, this, [this] { m_wasLive = false; });
    connect(&m_timer, &QTimer::timeout, this, &LiveLinkWatch::ask);
    m_timer.start(interval);
}

void LiveLinkWatch::ask()
{
    if (!m_page.isVisible() || m_page.isLoading())
        return;
    m_page.runJavaScript(question, [watch = QPointer(this)](const QVariant &answer) {
        if (watch)
            watch->takeAnswer(answer.toString());
    });
}

void LiveLinkWatch::takeAnswer(const QString &answer)
{
    if (answer == "live"_L1) {
        m_wasLive = true;
    } else if (answer == "given up"_L1 && m_wasLive) {
        m_wasLive = false;
        Q_EMIT linkLost();
    }
}

} // namespace LiveTemplate::Ui
