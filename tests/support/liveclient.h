// SPDX-FileCopyrightText: 2026 The LiveTemplate for Qt authors
// SPDX-License-Identifier: MIT

#pragma once

#include <QJsonDocument>
#include <QJsonObject>
#include <QNetworkRequest>
#include <QQueue>
#include <QTest>
#include <QWebSocket>
#include <QWebSocketHandshakeOptions>

#include <memory>

/// A WebSocket client that speaks as the browser client does, without a browser.
class LiveClient
{
public:
    /// An empty @p cookie, @p authorization or @p label: none is sent.
    explicit LiveClient(const QUrl &page, const QByteArray &cookie = {},
                        const QByteArray &origin = {}, const QByteArray &authorization = {},
                        const QByteArray &label = {})
        : m_socket(std::make_unique<QWebSocket>(QString::fromLatin1(origin)))
    {
        QObject::connect(m_socket.get(), &QWebSocket::textMessageReceived, m_socket.get(),
                         [this](const QString &text) { m_received.enqueue(text); });
        QUrl url = page;
        url.setScheme(QStringLiteral("ws"));
        QNetworkRequest request(url);
        if (!cookie.isEmpty())
            request.setRawHeader("Cookie", cookie);
        if (!authorization.isEmpty())
            request.setRawHeader("Authorization", authorization);
        if (!label.isEmpty())
            request.setRawHeader("X-LiveTemplate-Tab", label);
        m_socket->open(request);
    }

    [[nodiscard]] QWebSocket &socket() { return *m_socket; }

    void send(const QString &text) { m_socket->sendTextMessage(text); }

    void action(const QString &name, const QJsonObject &data = {})
    {
        const QJsonObject message{{QStringLiteral("action"), name}, {QStringLiteral("data"), data}};
        send(QString::fromUtf8(QJsonDocument(message).toJson(QJsonDocument::Compact)));
    }

    /// The next message; empty when none came in time.
    [[nodiscard]] QString next()
    {
        [[maybe_unused]] const bool came = QTest::qWaitFor([this] { return !m_received.isEmpty(); },
                                                           10'000);
        return m_received.isEmpty() ? QString() : m_received.dequeue();
    }

    [[nodiscard]] QJsonObject nextJson()
    {
        return QJsonDocument::fromJson(next().toUtf8()).object();
    }

    /// Whether nothing more was on its way: the answer to a ping is the next message. An update
    /// that is not meant for this client would have come before it.
    [[nodiscard]] bool isQuiet()
    {
        if (m_socket->state() != QAbstractSocket::ConnectedState)
            return m_received.isEmpty();
        send(QStringLiteral("{\"action\":\"__ping__\"}"));
        return next() == QLatin1StringView("{\"pong\":true}");
    }

    [[nodiscard]] bool waitForState(QAbstractSocket::SocketState state)
    {
        return QTest::qWaitFor([&] { return m_socket->state() == state; }, 10'000);
    }

private:
    std::unique_ptr<QWebSocket> m_socket;
    QQueue<QString> m_received;
};
