// SPDX-FileCopyrightText: 2026 The LiveTemplate for Qt authors
// SPDX-License-Identifier: MIT

#pragma once

#include "livetemplate_export.h"

#include <QHash>
#include <QString>

#include <expected>

namespace LiveTemplate {

/// A folder of templates, on disk or in resources (":/…"). Names inside it are relative; one that
/// leads outside, also by a symbolic link, does not exist.
class LIVETEMPLATE_PRIVATE_EXPORT TemplateFolder
{
public:
    /// @p sources are templates by name that go before the files; they need no folder.
    explicit TemplateFolder(QString path, QHash<QString, QString> sources = {});

    [[nodiscard]] const QString &path() const { return m_path; }

    /// The text of template @p name. The error says why there is none.
    [[nodiscard]] std::expected<QString, QString> read(const QString &name) const;

    [[nodiscard]] bool contains(const QString &name) const;

    /// Where template @p name is, or would be; empty when it needs no file or can have none.
    [[nodiscard]] QString pathOf(const QString &name) const;

private:
    /// The file that @p name stands for; empty when there is none inside the folder.
    [[nodiscard]] QString resolve(const QString &name) const;

    QString m_path;
    QHash<QString, QString> m_sources;
};

} // namespace LiveTemplate
