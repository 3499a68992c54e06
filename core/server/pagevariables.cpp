// SPDX-FileCopyrightText: 2026 The LiveTemplate for Qt authors
// SPDX-License-Identifier: MIT

#include "pagevariables_p.h"

#include "clientassets_p.h"
#include "markup_p.h"

#include <QVariantMap>

using namespace Qt::StringLiterals;

namespace LiveTemplate {

namespace {

/// The key of ActionError(message).
constexpr auto generalError = "_general"_L1;

/// Names the element that lvt.errorTag makes, for aria-describedby.
QString errorId(const QString &field)
{
    return u"lvt-error-"_s + field.toHtmlEscaped();
}

QVariantHash errorVariables(const QHash<QString, QString> &errors)
{
    QVariantMap messages;
    QVariantMap flags;
    QVariantMap tags;
    QVariantMap aria;
    for (auto it = errors.cbegin(); it != errors.cend(); ++it) {
        messages.insert(it.key(), it.value());
        flags.insert(it.key(), true);
        tags.insert(it.key(),
                    htmlMarkup(u"<small class=\"lvt-error\" role=\"alert\" id=\"%1\">%2</small>"_s
                                   .arg(errorId(it.key()), it.value().toHtmlEscaped())));
        aria.insert(it.key(),
                    attributesMarkup("aria-invalid=\"true\" aria-describedby=\""
                                     + errorId(it.key()).toUtf8() + '"'));
    }
    // The error as a whole has a key that no template can write: names there begin with no '_'.
    if (const QString general = errors.value(generalError); !general.isEmpty())
        tags.insert(u"general"_s, tags.take(generalError));
    return {{u"generalError"_s, errors.value(generalError)},
            {u"errors"_s, messages},
            {u"hasErrors"_s, !errors.isEmpty()},
            {u"hasError"_s, flags},
            {u"errorTag"_s, tags},
            {u"ariaInvalid"_s, aria}};
}

QVariantHash flashVariables(const FlashMessages &flash)
{
    QVariantMap messages;
    QVariantMap tags;
    for (const QString &key : flash.keys()) {
        const QString message = flash.message(key);
        messages.insert(key, message);
        tags.insert(
            key,
            htmlMarkup(
                u"<output class=\"lvt-flash\" role=\"status\" data-flash=\"%1\">%2</output>"_s.arg(
                    key.toHtmlEscaped(), message.toHtmlEscaped())));
    }
    return {{u"flash"_s, messages}, {u"hasFlash"_s, !flash.isEmpty()}, {u"flashTag"_s, tags}};
}

} // namespace

PageVariables::PageVariables(bool developmentMode)
    : m_developmentMode(developmentMode)
    , m_plain(with({}))
{
}

QVariantHash PageVariables::with(const PageExtras &extras) const
{
    QVariantHash lvt = errorVariables(extras.errors);
    lvt.insert(flashVariables(extras.flash));
    lvt.insert(u"devMode"_s, m_developmentMode);
    lvt.insert(u"nonce"_s, QString::fromLatin1(extras.nonce));
    QVariantHash variables = clientAssetUrls();
    variables.insert(u"lvt"_s, lvt);
    return variables;
}

} // namespace LiveTemplate
