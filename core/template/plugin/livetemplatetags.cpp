// SPDX-FileCopyrightText: 2026 The LiveTemplate for Qt authors
// SPDX-License-Identifier: MIT

#include "templateengine_p.h"

#include <KTextTemplate/TagLibraryInterface>

#include <QObject>

namespace LiveTemplate {

/// KTextTemplate takes tags from plugins only. This one hands out what the library holds.
class LiveTemplateTags : public QObject, public KTextTemplate::TagLibraryInterface
{
    Q_OBJECT
    Q_INTERFACES(KTextTemplate::TagLibraryInterface)
    Q_PLUGIN_METADATA(IID "org.kde.KTextTemplate.TagLibraryInterface/1.0")

public:
    QHash<QString, KTextTemplate::AbstractNodeFactory *> nodeFactories(const QString &) override
    {
        return TemplateEngine::tagsForParser();
    }
};

} // namespace LiveTemplate

#include "livetemplatetags.moc"
