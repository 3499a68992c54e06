// SPDX-FileCopyrightText: 2026 The LiveTemplate for Qt authors
// SPDX-License-Identifier: MIT

#pragma once

#include "redisurl.h"

#include <QObject>
#include <QTimer>

#include <functional>

QT_BEGIN_NAMESPACE
class QSslSocket;
class QTcpSocket;
QT_END_NAMESPACE

namespace LiveTemplate {

/// Finds out what listens at a port where a login failed: asks with a plain PING first, and when
/// that is hung up on, offers TLS. Takes three seconds at most. Its end cancels it.
class PortProbe : public QObject
{
    Q_OBJECT

public:
    enum class Finding {
        Unknown,
        Nobody,
        PlainRedis,
        Tls,
        SomethingElse,
        /// Takes the connection, and says nothing.
        Silent,
    };

    /// @p done is called once, in this thread, never from within this constructor.
    PortProbe(RedisUrl::Endpoint endpoint, std::function<void(Finding)> done,
              QObject *parent = nullptr);
    ~PortProbe() override;

private:
    void askPlainly();
    void takeAnswer();
    void offerTls();
    void finish(Finding finding);

    const RedisUrl::Endpoint m_endpoint;
    std::function<void(Finding)> m_done;
    QTimer m_timer;
    QTcpSocket *m_socket = nullptr;
};

} // namespace LiveTemplate
