// SPDX-FileCopyrightText: 2026 The LiveTemplate for Qt authors
// SPDX-License-Identifier: MIT

#pragma once

#include <QByteArray>
#include <QByteArrayView>

#include <chrono>
#include <functional>

/// A client's TCP connection to this machine, for what a library does not do: to close one half, to
/// reset, never to read. It waits in the calling thread, so the server must be in another one.
class RawSocket
{
public:
    /// How long it waits for the server, at most.
    static constexpr std::chrono::milliseconds patience = std::chrono::seconds(20);

    /// How much the kernel keeps of what is not read.
    enum class Window {
        Usual,
        /// A few kilobytes, on both sides.
        Small,
    };

    enum class Ending {
        /// It is open.
        None,
        /// The server has sent all that it will.
        Closed,
        /// The server does not want to hear more, or could not be reached.
        Reset,
    };

    /// Connects to @p port of the loopback address.
    explicit RawSocket(quint16 port, Window window = Window::Usual);
    RawSocket(RawSocket &&other) noexcept;
    RawSocket &operator=(RawSocket &&other) noexcept;
    ~RawSocket() { close(); }

    /// False when there is no descriptor left for it, or the server does not listen.
    [[nodiscard]] bool isOpen() const { return m_descriptor >= 0; }
    [[nodiscard]] Ending ending() const { return m_ending; }

    /// Sends all of @p bytes; false when the server has hung up, or takes no more.
    bool send(QByteArrayView bytes);
    /// Sends what the server takes without waiting; gives how many bytes, -1 when it has hung up.
    qsizetype sendNow(QByteArrayView bytes);

    /// Reads for at most @p time; false when nothing came, or the end.
    bool receive(std::chrono::milliseconds time = patience);
    /// Reads until @p isEnough says so of what was received; false when that does not come.
    bool receiveUntil(const std::function<bool(const QByteArray &)> &isEnough);
    /// Reads to the end. What is still open then did not end in time.
    Ending receiveAll();

    /// What came and was not taken.
    [[nodiscard]] const QByteArray &received() const { return m_received; }
    [[nodiscard]] QByteArray take(qsizetype size);

    /// Tells the server that nothing more will come, and goes on to read.
    void finishSending();
    void close();
    /// Closes without a farewell (RST).
    void reset();

private:
    int m_descriptor = -1;
    Ending m_ending = Ending::None;
    QByteArray m_received;
};
