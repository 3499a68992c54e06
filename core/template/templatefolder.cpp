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

TemplateFolder::TemplateFolder(QString path)
    : m_path(std::move(path))
{
}

std::expected<QString, QString> TemplateFolder::read(const QString &name) const
{
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
    return !resolve(name).isEmpty();
}

QString TemplateFolder::resolve(const QString &name) const
{
    if (name.isEmpty() || name.startsWith(u'/') || name.startsWith(u':')
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
