// SPDX-FileCopyrightText: 2026 The LiveTemplate for Qt authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "eventloop.h"

#include <QByteArray>
#include <QByteArrayView>
#include <QString>

#include <expected>

namespace LiveTemplate::Load {

struct Target;

/// A TCP connection that never blocks.
class ClientSocket final : public Watcher
{
    Q_DISABLE_COPY_MOVE(ClientSocket)

public:
    /// Hears of one socket. It may close the socket, and open it again, in each of these.
    class Listener
    {
    public:
        virtual ~Listener() = default;
        virtual void socketConnected() = 0;
        /// @p bytes are valid during the call only.
        virtual void socketReceived(QByteArrayView bytes, TimePoint at) = 0;
        /// The socket was closed, but not by close().
        virtual void socketEnded(const QString &why) = 0;
    };

    ClientSocket(EventLoop &loop, Listener &listener);
    ~ClientSocket() override;

    /// Begins to connect; Target::source() tells what @p sourceIndex is for. The error says why
    /// that cannot even begin; the listener hears nothing of it.
    [[nodiscard]] std::expected<void, QString> open(const Target &target, int sourceIndex);

    [[nodiscard]] bool isOpen() const { return m_descriptor >= 0; }

    /// Sends @p bytes, or as much as fits now and the rest later.
    void send(const QByteArray &bytes);

    void close();

    void activated(std::uint32_t events) override;

private:
    void finishConnecting();
    /// Whether all was sent.
    bool flush();
    void read();
    void end(const QString &why);

    EventLoop &m_loop;
    Listener &m_listener;
    int m_descriptor = -1;
    bool m_connecting = false;
    QByteArray m_unsent;
};

} // namespace LiveTemplate::Load
