// SPDX-FileCopyrightText: 2026 The LiveTemplate for Qt authors
// SPDX-License-Identifier: MIT

#include "serversocket_p.h"

namespace LiveTemplate {

qint64 ServerSocket::writeData(const char *data, qint64 size)
{
    if (m_overflowed)
        return size; // nothing of it will be sent
    if (bytesToWrite() > 0 && bytesToWrite() + size > m_maxPending) {
        m_overflowed = true;
        Q_EMIT overflowed();
        // Later: whoever writes is not done with the socket.
        QMetaObject::invokeMethod(this, &QAbstractSocket::abort, Qt::QueuedConnection);
        return size;
    }

    const QByteArrayView answer(data, size);
    if (m_upgradeHeaders.isEmpty() || !answer.startsWith("HTTP/1.1 101"))
        return QTcpSocket::writeData(data, size);

    const qsizetype statusEnd = answer.indexOf("\r\n");
    if (statusEnd < 0)
        return QTcpSocket::writeData(data, size);
    QByteArray extended;
    extended += answer.first(statusEnd + 2);
    extended += m_upgradeHeaders;
    extended += answer.sliced(statusEnd + 2);
    m_upgradeHeaders.clear();
    if (QTcpSocket::writeData(extended.constData(), extended.size()) != extended.size())
        return -1;
    Q_EMIT upgraded();
    return size;
}

} // namespace LiveTemplate
