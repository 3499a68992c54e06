// SPDX-FileCopyrightText: 2026 The LiveTemplate for Qt authors
// SPDX-License-Identifier: MIT

#include "rawwebsocket.h"

#include <QJsonDocument>
#include <QtEndian>

using namespace Qt::StringLiterals;

RawWebSocket::RawWebSocket(quint16 port, const QByteArray &cookie, RawSocket::Window window)
    : m_socket(port, window)
    , m_answer(ask(m_socket, upgradeRequest(cookie)))
{
}

bool RawWebSocket::sendAction(const QByteArray &name, const QJsonObject &data)
{
    const QJsonObject message{{u"action"_s, QString::fromUtf8(name)}, {u"data"_s, data}};
    return sendText(QJsonDocument(message).toJson(QJsonDocument::Compact));
}

std::optional<ServerFrame> RawWebSocket::nextFrame()
{
    std::optional<ServerFrame> frame;
    do {
        m_frames += m_socket.take(m_socket.received().size());
        frame = takeFrame(m_frames);
    } while (!frame && m_socket.receive());
    return frame;
}

QByteArray RawWebSocket::nextText()
{
    const auto frame = nextFrame();
    return frame && frame->opcode == Opcode::Text ? frame->payload : QByteArray();
}

QJsonObject RawWebSocket::nextJson()
{
    return QJsonDocument::fromJson(nextText()).object();
}

int RawWebSocket::closeCode()
{
    int code = 0;
    while (const auto frame = nextFrame()) {
        if (frame->opcode == Opcode::Close && frame->payload.size() >= 2)
            code = qFromBigEndian<quint16>(frame->payload.constData());
    }
    return m_socket.ending() == RawSocket::Ending::None ? -1 : code;
}

bool RawWebSocket::answersTo(const QByteArray &action)
{
    if (!sendAction(action))
        return false;
    while (const auto frame = nextFrame()) {
        const QJsonObject answer = QJsonDocument::fromJson(frame->payload).object();
        if (answer.value("meta"_L1).toObject().value("action"_L1).toString().toUtf8() == action)
            return true;
    }
    return false;
}
