// SPDX-FileCopyrightText: 2026 The LiveTemplate for Qt authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "connection.h"

#include "target.h"
#include "traffic.h"

#include <QCoreApplication>
#include <QCryptographicHash>
#include <QRandomGenerator>
#include <QtEndian>

#include <array>
#include <utility>

using namespace Qt::StringLiterals;

namespace LiveTemplate::Load {

namespace {

/// Of a reason to close; it comes from outside and is printed.
constexpr qsizetype longestReason = 100;

QString tr(const char *text)
{
    return QCoreApplication::translate("LiveTemplate::Load::Connection", text);
}

QByteArray newKey()
{
    std::array<quint32, 4> random;
    QRandomGenerator::global()->fillRange(random.data(), qsizetype(random.size()));
    return QByteArray(reinterpret_cast<const char *>(random.data()), sizeof random).toBase64();
}

/// RFC 6455, 4.2.2.
QByteArray acceptOf(const QByteArray &key)
{
    return QCryptographicHash::hash(key + "258EAFA5-E914-47DA-95CA-C5AB0DC85B11",
                                    QCryptographicHash::Sha1)
        .toBase64();
}

QString closeReason(const QByteArray &payload)
{
    if (payload.size() < 2)
        return tr("Closed by the server");
    const int code = qFromBigEndian<quint16>(payload.constData());
    return tr("Closed by the server: %1 %2")
        .arg(QString::number(code), QString::fromUtf8(payload.sliced(2)).left(longestReason))
        .trimmed();
}

} // namespace

Connection::Connection(int index, EventLoop &loop, Listener &listener, Traffic &traffic)
    : m_index(index)
    , m_listener(listener)
    , m_traffic(traffic)
    , m_socket(loop, *this)
{
}

void Connection::open(const Target &target, const Handshake &handshake)
{
    const QByteArray key = newKey();
    m_expectedAccept = acceptOf(key);
    m_cookie = handshake.cookie;
    m_request = "GET " + target.path + " HTTP/1.1\r\nHost: " + target.authority
        + "\r\nUser-Agent: livetemplate-load\r\nConnection: Upgrade\r\nUpgrade: websocket"
          "\r\nOrigin: "
        + handshake.origin + "\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: " + key
        + "\r\nCookie: livetemplate-id=" + handshake.cookie + "\r\n\r\n";
    m_answer = std::make_unique<HttpAnswerReader>();
    m_state = State::Connecting;
    if (const auto opened = m_socket.open(target, m_index); !opened)
        giveUp(opened.error());
}

void Connection::socketConnected()
{
    m_state = State::Upgrading;
    m_socket.send(std::exchange(m_request, {}));
}

void Connection::socketReceived(QByteArrayView bytes, TimePoint at)
{
    if (m_state == State::Upgrading)
        readHandshake(bytes, at);
    else
        readFrames(bytes, at);
}

void Connection::socketEnded(const QString &why)
{
    giveUp(why);
}

void Connection::readHandshake(QByteArrayView bytes, TimePoint at)
{
    const auto complete = m_answer->feed(bytes);
    if (!complete) {
        giveUp(complete.error());
        return;
    }
    if (!*complete)
        return;
    const std::unique_ptr<HttpAnswerReader> answer = std::move(m_answer);
    if (answer->status() != 101) {
        giveUp(answer->statusLine());
    } else if (answer->webSocketAccept() != std::exchange(m_expectedAccept, {})) {
        giveUp(tr("The server answered the handshake of somebody else"));
    } else if (const QByteArray cookie = std::exchange(m_cookie, {});
               !answer->cookie().isEmpty() && answer->cookie() != cookie) {
        giveUp(tr("The server does not accept the cookie"));
    } else {
        m_state = State::AwaitingPage;
        readFrames(answer->rest(), at);
    }
}

void Connection::readFrames(QByteArrayView bytes, TimePoint at)
{
    m_traffic.bytesIn += quint64(bytes.size());
    m_frames.append(bytes);
    while (m_state != State::Closed) {
        const auto message = m_frames.next();
        if (!message) {
            giveUp(message.error());
            return;
        }
        if (!*message)
            return;
        take(**message, at);
    }
}

void Connection::take(const FrameReader::Message &message, TimePoint at)
{
    switch (message.opcode) {
    case Opcode::Close:
        if (m_state != State::Closing)
            sendFrame(Opcode::Close,
                      message.payload.first(std::min<qsizetype>(message.payload.size(), 2)));
        giveUp(closeReason(message.payload));
        return;
    case Opcode::Ping:
        sendFrame(Opcode::Pong, message.payload);
        return;
    case Opcode::Pong:
        return;
    default:
        break;
    }
    ++m_traffic.messagesIn;
    if (m_state == State::AwaitingPage) {
        m_state = State::Open;
        m_listener.connectionOpened(*this, at);
    }
    m_listener.messageReceived(*this, message.payload, at);
}

void Connection::send(QByteArrayView message)
{
    if (m_state != State::Open)
        return;
    ++m_traffic.messagesOut;
    sendFrame(Opcode::Text, message);
}

void Connection::sendFrame(Opcode opcode, QByteArrayView payload)
{
    const QByteArray frame = encodeClientFrame(opcode, payload,
                                               QRandomGenerator::global()->generate());
    m_traffic.bytesOut += quint64(frame.size());
    m_socket.send(frame);
}

void Connection::giveUp(const QString &why)
{
    m_socket.close();
    m_answer.reset();
    m_request = {};
    m_listener.connectionEnded(*this, std::exchange(m_state, State::Closed), why);
}

void Connection::sayGoodbye()
{
    if (m_state != State::Open)
        return;
    std::array<char, 2> normal;
    qToBigEndian<quint16>(1000, normal.data());
    sendFrame(Opcode::Close, normal);
    m_state = State::Closing;
}

} // namespace LiveTemplate::Load
