// SPDX-FileCopyrightText: 2026 The LiveTemplate for Qt authors
// SPDX-License-Identifier: MIT

#include "websocket_p.h"

#include "patience_p.h"

#include <QRandomGenerator>
#include <QtEndian>

#include <array>
#include <optional>

namespace LiveTest {

namespace {

// RFC 6455, 5.2.
constexpr char continuationOpcode = 0x0;
constexpr char textOpcode = 0x1;
constexpr char closeOpcode = 0x8;
constexpr char pingOpcode = 0x9;
constexpr char pongOpcode = 0xa;
constexpr uchar finalBit = 0x80;
constexpr uchar maskBit = 0x80;
constexpr int goingAway = 1001;

struct Frame
{
    char opcode = 0;
    bool isFinal = true;
    QByteArray payload;
};

/// Takes the first frame of a server, which is not masked, off @p bytes, when it is whole.
std::optional<Frame> takeFrame(QByteArray &bytes)
{
    if (bytes.size() < 2)
        return std::nullopt;
    const auto first = uchar(bytes.at(0));
    quint64 length = uchar(bytes.at(1)) & 0x7f;
    qsizetype head = 2;
    if (length == 126) {
        head += 2;
        if (bytes.size() < head)
            return std::nullopt;
        length = qFromBigEndian<quint16>(bytes.constData() + 2);
    } else if (length == 127) {
        head += 8;
        if (bytes.size() < head)
            return std::nullopt;
        length = qFromBigEndian<quint64>(bytes.constData() + 2);
    }
    if (quint64(bytes.size() - head) < length)
        return std::nullopt;
    Frame frame{char(first & 0x0f), (first & finalBit) != 0, bytes.sliced(head, qsizetype(length))};
    bytes.remove(0, head + qsizetype(length));
    return frame;
}

} // namespace

WebSocket::WebSocket(std::unique_ptr<QLocalSocket> socket, HttpRequest request, Received received)
    : m_socket(std::move(socket))
    , m_received(std::move(received))
{
    std::array<quint32, 4> key{};
    QRandomGenerator::global()->fillRange(key.data(), key.size());
    request.headers.emplaceBack("Connection", "Upgrade");
    request.headers.emplaceBack("Upgrade", "websocket");
    request.headers.emplaceBack("Sec-WebSocket-Version", "13");
    request.headers.emplaceBack(
        "Sec-WebSocket-Key",
        QByteArray(reinterpret_cast<const char *>(key.data()), sizeof(key)).toBase64());
    m_socket->write(toBytes(request));
    QObject::connect(m_socket.get(), &QIODevice::readyRead, m_socket.get(), [this] { read(); });
    [[maybe_unused]] const bool answered = waitUntil([this] {
        return m_answer.status != 0 || m_socket->state() == QLocalSocket::UnconnectedState;
    });
}

WebSocket::~WebSocket()
{
    m_socket->disconnect(m_socket.get());
    m_socket->abort();
}

bool WebSocket::isOpen() const
{
    return m_upgraded && m_socket->state() == QLocalSocket::ConnectedState;
}

void WebSocket::send(const QByteArray &message)
{
    sendFrame(textOpcode, message);
}

void WebSocket::close()
{
    QByteArray code(2, Qt::Uninitialized);
    qToBigEndian<quint16>(goingAway, code.data());
    sendFrame(closeOpcode, code);
    m_socket->flush();
    m_socket->disconnectFromServer();
}

void WebSocket::read()
{
    m_bytes += m_socket->readAll();
    if (m_answer.status == 0) {
        m_answer = takeHead(m_bytes);
        m_upgraded = m_answer.status == 101;
    }
    if (m_upgraded)
        takeFrames();
}

void WebSocket::takeFrames()
{
    while (const auto frame = takeFrame(m_bytes)) {
        switch (frame->opcode) {
        case textOpcode:
        case continuationOpcode:
            m_message += frame->payload;
            if (frame->isFinal)
                m_received(std::exchange(m_message, {}));
            break;
        case pingOpcode:
            sendFrame(pongOpcode, frame->payload);
            break;
        case closeOpcode:
            if (frame->payload.size() >= 2) {
                m_closeCode = qFromBigEndian<quint16>(frame->payload.constData());
                m_closeReason = QString::fromUtf8(frame->payload.sliced(2));
            }
            sendFrame(closeOpcode, frame->payload);
            m_socket->disconnectFromServer();
            return;
        default:
            break;
        }
    }
}

void WebSocket::sendFrame(char opcode, const QByteArray &payload)
{
    if (m_socket->state() != QLocalSocket::ConnectedState)
        return;
    QByteArray frame;
    frame += char(finalBit | uchar(opcode));
    if (payload.size() < 126) {
        frame += char(maskBit | uchar(payload.size()));
    } else if (payload.size() <= 0xffff) {
        frame += char(maskBit | 126);
        frame.resize(4);
        qToBigEndian(quint16(payload.size()), frame.data() + 2);
    } else {
        frame += char(maskBit | 127);
        frame.resize(10);
        qToBigEndian(quint64(payload.size()), frame.data() + 2);
    }
    std::array<char, 4> mask{};
    qToBigEndian(QRandomGenerator::global()->generate(), mask.data());
    frame.append(mask.data(), mask.size());
    for (qsizetype i = 0; i < payload.size(); ++i)
        frame += char(payload.at(i) ^ mask[std::size_t(i % 4)]);
    m_socket->write(frame);
}

} // namespace LiveTest
