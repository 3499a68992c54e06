// SPDX-FileCopyrightText: 2026 The LiveTemplate for Qt authors
// SPDX-License-Identifier: MIT

#include "portprobe_p.h"

#include <QNetworkProxy>
#include <QSslConfiguration>
#include <QSslSocket>

#include <utility>

using namespace std::chrono_literals;

namespace LiveTemplate {

namespace {

/// For each of the two questions: long beside any round trip, and short for somebody who waits.
constexpr auto patience = 1500ms;
/// The first byte of a TLS record that says what is wrong (RFC 8446, section 5.1).
constexpr char tlsAlert = 0x15;

} // namespace

PortProbe::PortProbe(RedisUrl::Endpoint endpoint, std::function<void(Finding)> done,
                     QObject *parent)
    : QObject(parent)
    , m_endpoint(std::move(endpoint))
    , m_done(std::move(done))
{
    m_timer.setSingleShot(true);
    connect(&m_timer, &QTimer::timeout, this, [this] {
        const bool isConnected = m_socket && m_socket->state() == QAbstractSocket::ConnectedState;
        // A port for TLS hangs up on what is no TLS.
        finish(isConnected ? Finding::Silent : Finding::Nobody);
    });
    QMetaObject::invokeMethod(this, &PortProbe::askPlainly, Qt::QueuedConnection);
}

PortProbe::~PortProbe()
{
    if (m_socket)
        m_socket->disconnect(this);
}

void PortProbe::askPlainly()
{
    m_socket = new QTcpSocket(this);
    m_socket->setProxy(QNetworkProxy::NoProxy);
    connect(m_socket, &QTcpSocket::connected, this, [this] { m_socket->write("PING\r\n"); });
    connect(m_socket, &QTcpSocket::readyRead, this, &PortProbe::takeAnswer);
    connect(m_socket, &QTcpSocket::errorOccurred, this, [this](QAbstractSocket::SocketError error) {
        if (m_socket->bytesAvailable() > 0)
            takeAnswer();
        else if (error == QAbstractSocket::RemoteHostClosedError)
            offerTls();
        else
            finish(Finding::Nobody);
    });
    m_timer.start(patience);
    m_socket->connectToHost(m_endpoint.host, m_endpoint.port);
}

void PortProbe::takeAnswer()
{
    const QByteArray answer = m_socket->peek(64);
    if (answer.startsWith("+PONG") || answer.startsWith("-NOAUTH") || answer.startsWith("-ERR")
        || answer.startsWith("-DENIED") || answer.startsWith("-LOADING")
        || answer.startsWith("-MASTERDOWN") || answer.startsWith("-NOPERM"))
        finish(Finding::PlainRedis);
    else if (answer.startsWith(tlsAlert))
        finish(Finding::Tls);
    else if (!answer.isEmpty())
        finish(Finding::SomethingElse);
}

void PortProbe::offerTls()
{
    m_socket->disconnect(this);
    m_socket->deleteLater();
    auto *const socket = new QSslSocket(this);
    m_socket = socket;
    auto configuration = QSslConfiguration::defaultConfiguration();
    configuration.setPeerVerifyMode(QSslSocket::VerifyNone);
    socket->setSslConfiguration(configuration);
    socket->setProxy(QNetworkProxy::NoProxy);
    connect(socket, &QSslSocket::encrypted, this, [this] { finish(Finding::Tls); });
    // A server that wants a certificate of ours says so once it has shown its own.
    connect(socket, &QSslSocket::errorOccurred, this, [this, socket] {
        finish(socket->peerCertificate().isNull() ? Finding::SomethingElse : Finding::Tls);
    });
    m_timer.start(patience);
    socket->connectToHostEncrypted(m_endpoint.host, m_endpoint.port);
}

void PortProbe::finish(Finding finding)
{
    m_timer.stop();
    if (m_socket) {
        m_socket->disconnect(this);
        m_socket->abort();
    }
    if (const auto done = std::exchange(m_done, nullptr))
        done(finding);
}

} // namespace LiveTemplate
