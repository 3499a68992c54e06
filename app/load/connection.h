// SPDX-FileCopyrightText: 2026 The LiveTemplate for Qt authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "clientsocket.h"
#include "framereader.h"
#include "httpanswerreader.h"

#include <memory>

namespace LiveTemplate::Load {

struct Target;
struct Traffic;

/// One open tab: a WebSocket, from the handshake to the goodbye.
class Connection final : private ClientSocket::Listener
{
    Q_DISABLE_COPY_MOVE(Connection)

public:
    enum class State {
        New,
        Connecting,
        Upgrading,
        /// The WebSocket is open, but the page has not come yet.
        AwaitingPage,
        Open,
        /// We have said goodbye.
        Closing,
        Closed,
    };

    class Listener
    {
    public:
        virtual ~Listener() = default;
        /// The first message is here; it is received next.
        virtual void connectionOpened(Connection &connection, TimePoint at) = 0;
        virtual void messageReceived(Connection &connection, const QByteArray &message,
                                     TimePoint at)
            = 0;
        /// @p before is the state that it was in.
        virtual void connectionEnded(Connection &connection, State before, const QString &why) = 0;
    };

    /// What one tab says when it connects.
    struct Handshake
    {
        QByteArray origin;
        /// The value of the cookie `livetemplate-id`.
        QByteArray cookie;
    };

    /// @p traffic is counted on.
    Connection(int index, EventLoop &loop, Listener &listener, Traffic &traffic);

    [[nodiscard]] int index() const { return m_index; }
    [[nodiscard]] State state() const { return m_state; }

    void open(const Target &target, const Handshake &handshake);

    /// Sends @p message when the connection is open.
    void send(QByteArrayView message);

    /// Ends the connection because of what happened elsewhere.
    void giveUp(const QString &why);

    /// Begins to close. The listener is told when the server has closed, too.
    void sayGoodbye();

private:
    void socketConnected() override;
    void socketReceived(QByteArrayView bytes, TimePoint at) override;
    void socketEnded(const QString &why) override;

    void readHandshake(QByteArrayView bytes, TimePoint at);
    void readFrames(QByteArrayView bytes, TimePoint at);
    void take(const FrameReader::Message &message, TimePoint at);
    void sendFrame(Opcode opcode, QByteArrayView payload);

    int m_index;
    Listener &m_listener;
    Traffic &m_traffic;
    ClientSocket m_socket;
    State m_state = State::New;

    // Until the WebSocket is open:
    QByteArray m_request;
    QByteArray m_expectedAccept;
    QByteArray m_cookie;
    std::unique_ptr<HttpAnswerReader> m_answer;

    FrameReader m_frames;
};

} // namespace LiveTemplate::Load
