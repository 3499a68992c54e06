// SPDX-FileCopyrightText: 2026 The LiveTemplate for Qt authors
// SPDX-License-Identifier: MIT

#include "tlscertificates.h"

#include <QProcess>

using namespace Qt::StringLiterals;

namespace {

bool runOpenssl(const QString &folder, const QStringList &arguments)
{
    QProcess process;
    process.setWorkingDirectory(folder);
    process.start(u"openssl"_s, arguments);
    return process.waitForFinished() && process.exitStatus() == QProcess::NormalExit
        && process.exitCode() == 0;
}

QStringList commonArguments(const QString &name)
{
    return {u"req"_s,         u"-x509"_s,       u"-newkey"_s,
            u"ec"_s,          u"-pkeyopt"_s,    u"ec_paramgen_curve:prime256v1"_s,
            u"-nodes"_s,      u"-days"_s,       u"2"_s,
            u"-keyout"_s,     name + u".key"_s, u"-out"_s,
            name + u".crt"_s, u"-subj"_s,       u"/CN="_s + name};
}

} // namespace

TlsCertificates::TlsCertificates()
    : m_isValid(makeAuthority(u"ca"_s) && makeAuthority(u"foreign"_s)
                && makeCertificate(u"server"_s) && makeCertificate(u"client"_s))
{
}

bool TlsCertificates::makeAuthority(const QString &name) const
{
    return runOpenssl(m_folder.path(), commonArguments(name));
}

bool TlsCertificates::makeCertificate(const QString &name) const
{
    const QStringList signing{u"-CA"_s,     u"ca.crt"_s,
                              u"-CAkey"_s,  u"ca.key"_s,
                              u"-addext"_s, u"basicConstraints=critical,CA:FALSE"_s,
                              u"-addext"_s, u"subjectAltName=DNS:localhost,IP:127.0.0.1"_s};
    return runOpenssl(m_folder.path(), commonArguments(name) + signing);
}
