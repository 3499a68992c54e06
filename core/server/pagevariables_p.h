// SPDX-FileCopyrightText: 2026 The LiveTemplate for Qt authors
// SPDX-License-Identifier: MIT

#pragma once

#include "flashmessages.h"
#include "livetemplate_export.h"

#include <QByteArray>
#include <QHash>
#include <QString>
#include <QVariantHash>

namespace LiveTemplate {

/// What a page shows besides its state.
struct PageExtras
{
    /// Of the last action: messages by field.
    QHash<QString, QString> errors = {};
    FlashMessages flash = {};
    /// Of the answer's Content-Security-Policy; only where the whole document is made.
    QByteArray nonce = {};

    [[nodiscard]] bool isEmpty() const
    {
        return errors.isEmpty() && flash.isEmpty() && nonce.isEmpty();
    }
};

/// The variables of every template that are not the state's: where the client's files are, and
/// `lvt`. docs/templates.md has the list.
class LIVETEMPLATE_PRIVATE_EXPORT PageVariables
{
public:
    explicit PageVariables(bool developmentMode);

    /// Those of a page with @p extras.
    [[nodiscard]] QVariantHash with(const PageExtras &extras) const;
    /// Those of a page that has none: made once.
    [[nodiscard]] const QVariantHash &plain() const { return m_plain; }

private:
    bool m_developmentMode;
    QVariantHash m_plain;
};

} // namespace LiveTemplate
