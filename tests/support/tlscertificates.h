// SPDX-FileCopyrightText: 2026 The LiveTemplate for Qt authors
// SPDX-License-Identifier: MIT

#pragma once

#include <QString>
#include <QTemporaryDir>

/// An authority, and certificates of it for a server on the loopback address and for a client; made
/// by openssl, in a folder that goes with this object.
class TlsCertificates
{
public:
    TlsCertificates();

    /// False when openssl does not do it.
    [[nodiscard]] bool isValid() const { return m_isValid; }

    [[nodiscard]] QString authority() const { return file("ca.crt"); }
    [[nodiscard]] QString serverCertificate() const { return file("server.crt"); }
    [[nodiscard]] QString serverKey() const { return file("server.key"); }
    [[nodiscard]] QString clientCertificate() const { return file("client.crt"); }
    [[nodiscard]] QString clientKey() const { return file("client.key"); }
    /// Another authority, that has signed none of them.
    [[nodiscard]] QString foreignAuthority() const { return file("foreign.crt"); }

private:
    [[nodiscard]] QString file(const char *name) const
    {
        return m_folder.filePath(QString::fromLatin1(name));
    }
    [[nodiscard]] bool makeAuthority(const QString &name) const;
    [[nodiscard]] bool makeCertificate(const QString &name) const;

    QTemporaryDir m_folder;
    bool m_isValid = false;
};
