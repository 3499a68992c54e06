// SPDX-FileCopyrightText: 2026 The LiveTemplate for Qt authors
// SPDX-License-Identifier: MIT

// Serves a page, fetches it and the browser client, sends its form, and ends with 0 when each of
// them is as it should be.

#include "page.h"

#include <LiveTemplate/Server>

#include <QCoreApplication>
#include <QNetworkAccessManager>
#include <QNetworkReply>

#include <cstdio>

using namespace Qt::StringLiterals;

/// The body of the answer; ends the program when it is not as expected.
static QByteArray expected(QNetworkReply *reply, const QByteArray &part)
{
    QObject::connect(reply, &QNetworkReply::finished, qApp, &QCoreApplication::quit);
    QCoreApplication::exec();
    const QByteArray body = reply->readAll();
    if (reply->error() == QNetworkReply::NoError && body.contains(part))
        return body;
    std::fprintf(stderr, "%s: %s\n%s\nhas no: %s\n", qPrintable(reply->url().toString()),
                 qPrintable(reply->errorString()), body.constData(), part.constData());
    std::exit(EXIT_FAILURE);
}

int main(int argc, char *argv[])
{
    QCoreApplication app(argc, argv);

    LiveTemplate::Server server;
    server.mount<PageState>(u"/", u":/page.html", new PageController);
    if (!server.listen(QHostAddress::LocalHost, 0)) {
        std::fprintf(stderr, "%s\n", qPrintable(server.errorString()));
        return EXIT_FAILURE;
    }

    QNetworkAccessManager browser;
    const QByteArray page = expected(browser.get(QNetworkRequest(server.url())),
                                     "<li data-key=\"consumer\">Hello consumer</li>");

    const qsizetype begin = page.indexOf("<script defer src=\"") + 19;
    const QByteArray script = page.mid(begin, page.indexOf('"', begin) - begin);
    expected(browser.get(QNetworkRequest(server.url(QString::fromLatin1(script)))), "WebSocket");

    QNetworkRequest form(server.url());
    form.setHeader(QNetworkRequest::ContentTypeHeader, u"application/x-www-form-urlencoded"_s);
    form.setRawHeader("Accept", "text/html");
    expected(browser.post(form, QByteArray("greet=")), "Hello &lt;stranger&gt;");

    return EXIT_SUCCESS;
}
