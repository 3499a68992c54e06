// SPDX-FileCopyrightText: 2026 The LiveTemplate for Qt authors
// SPDX-License-Identifier: MIT

#include "templatefolder_p.h"

#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QStringDecoder>

using namespace Qt::StringLiterals;

namespace LiveTemplate {

namespace {

/// Canonical paths compare; resources have none, but no links either.
QString canonical(const QString &path)
{
    return path.startsWith(u':') ? QDir::cleanPath(path) : QFileInfo(path).canonicalFilePath();
}

} // namespace

TemplateFolder::TemplateFolder(QString path, QHash<QString, QString> sources)
    : m_path(std::move(path))
    , m_sources(std::move(sources))
{
}

std::expected<QString, QString> TemplateFolder::read(const QString &name) const
{
    if (const auto source = m_sources.constFind(name); source != m_sources.constEnd())
        return *source;
    const QString path = resolve(name);
    if (path.isEmpty())
        return std::unexpected(u"there is no template '%1'"_s.arg(name));
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly))
        return std::unexpected(u"the template cannot be read: %1"_s.arg(file.errorString()));
    QStringDecoder decoder(QStringDecoder::Utf8);
    QString text = decoder(file.readAll());
    if (decoder.hasError())
        return std::unexpected(u"the template is not UTF-8"_s);
    return text;
}

bool TemplateFolder::contains(const QString &name) const
{
    return m_sources.contains(name) || !resolve(name).isEmpty();
}

QString TemplateFolder::pathOf(const QString &name) const
{
    if (m_sources.contains(name) || m_path.isEmpty())
        return {};
    if (const QString path = resolve(name); !path.isEmpty())
        return path;
    // Not there yet, or outside.
    const QString path = QDir::cleanPath(m_path + u'/' + name);
    return path.startsWith(QDir::cleanPath(m_path) + u'/') ? path : QString();
}

QString TemplateFolder::resolve(const QString &name) const
{
    if (m_path.isEmpty() || name.isEmpty() || name.startsWith(u'/') || name.startsWith(u':')
        || name.contains(QChar::Null))
        return {};
    const QString folder = canonical(m_path);
    QString file = canonical(m_path + u'/' + name);
    if (folder.isEmpty() || file.isEmpty())
        return {};
    // With the separator: "pages" must not open the door to "pages-private".
    const QString prefix = folder.endsWith(u'/') ? folder : folder + u'/';
    if (!file.startsWith(prefix) || !QFileInfo(file).isFile())
        return {};
    return file;
}

} // namespace LiveTemplate
