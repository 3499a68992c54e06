// SPDX-FileCopyrightText: 2026 The LiveTemplate for Qt authors
// SPDX-License-Identifier: MIT

#pragma once

#include <QHash>
#include <QList>
#include <QString>

namespace LiveTemplate {

/// Whether the client changes rows in the page itself (PROTOCOL.md C, trap 6).
enum class ShortWay {
    Taken,
    NotTaken,
};

struct PageTemplate
{
    QString name;
    /// What is live.
    QString body;
    ShortWay shortWay = ShortWay::NotTaken;
};

[[nodiscard]] const QList<PageTemplate> &pageTemplates();

/// The files of all pages by name, those too that they include and extend.
[[nodiscard]] QHash<QString, QString> pageFiles();

} // namespace LiveTemplate
