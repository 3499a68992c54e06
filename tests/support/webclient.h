// SPDX-FileCopyrightText: 2026 The LiveTemplate for Qt authors
// SPDX-License-Identifier: MIT

#pragma once

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QNetworkAccessManager>
#include <QNetworkCookieJar>
#include <QNetworkReply>
#include <QTest>
#include <QUrlQuery>

#include <memory>

/// What came of a request.
struct WebAnswer
{
    int status = 0;
    QHash<QByteArray, QByteArray> headers;
    QByteArray body;

    /// By its name in lower case; several of one name are joined by line ends.
    [[nodiscard]] QByteArray header(const QByteArray &name) const { return headers.value(name); }
    [[nodiscard]] QJsonObject json() const { return QJsonDocument::fromJson(body).object(); }
};

/// A browser without JavaScript: keeps cookies, sends forms, and follows no redirect by itself.
class WebClient
{
public:
    explicit WebClient(const QUrl &server)
        : m_server(server)
    {
        m_manager.setRedirectPolicy(QNetworkRequest::ManualRedirectPolicy);
        m_manager.setTransferTimeout(20'000);
    }

    using Headers = QList<std::pair<QByteArray, QByteArray>>;

    WebAnswer get(const QString &path, const Headers &headers = {})
    {
        return finish(m_manager.get(request(path, headers)));
    }

    WebAnswer getJson(const QString &path) { return get(path, {{"Accept", "application/json"}}); }

    WebAnswer post(const QString &path, const QByteArray &contentType, const QByteArray &body,
                   Headers headers = {})
    {
        headers.emplaceBack("Content-Type", contentType);
        return finish(m_manager.post(request(path, headers), body));
    }

    /// As the browser's client does while it has no WebSocket.
    WebAnswer postJson(const QString &path, const QString &action, const QJsonObject &data = {})
    {
        const QJsonObject message{{QStringLiteral("action"), action},
                                  {QStringLiteral("data"), data}};
        return post(path, "application/json", QJsonDocument(message).toJson(),
                    {{"Accept", "application/json"}});
    }

    /// As a browser does for a form: fields in their order, then the button that was clicked.
    WebAnswer postForm(const QString &path, const QUrlQuery &fields)
    {
        return post(path, "application/x-www-form-urlencoded",
                    fields.toString(QUrl::FullyEncoded).toLatin1().replace("%20", "+"),
                    {{"Accept", "text/html,application/xhtml+xml,*/*;q=0.8"}});
    }

    WebAnswer head(const QString &path) { return finish(m_manager.head(request(path, {}))); }

    /// As a Cookie header; empty when there is none.
    [[nodiscard]] QByteArray cookie(const QByteArray &name = "livetemplate-id") const
    {
        for (const QNetworkCookie &cookie : m_manager.cookieJar()->cookiesForUrl(m_server)) {
            if (cookie.name() == name)
                return name + '=' + cookie.value();
        }
        return {};
    }

private:
    QNetworkRequest request(const QString &path, const Headers &headers) const
    {
        QNetworkRequest request(m_server.resolved(QUrl(path)));
        for (const auto &[name, value] : headers)
            request.setRawHeader(name, value);
        return request;
    }

    static WebAnswer finish(QNetworkReply *reply)
    {
        const std::unique_ptr<QNetworkReply> owned(reply);
        if (!QTest::qWaitFor([reply] { return reply->isFinished(); }, 20'000))
            return {};
        WebAnswer answer;
        answer.status = reply->attribute(QNetworkRequest::HttpStatusCodeAttribute).toInt();
        for (const auto &[name, value] : reply->rawHeaderPairs())
            answer.headers.insert(name.toLower(), value);
        answer.body = reply->readAll();
        return answer;
    }

    QUrl m_server;
    QNetworkAccessManager m_manager;
};
