// SPDX-FileCopyrightText: 2026 The LiveTemplate for Qt authors
// SPDX-License-Identifier: MIT

#include "context.h"

#include "controllerlogging_p.h"
#include "formrules_p.h"

#include <QCoreApplication>
#include <QUrl>

#include <algorithm>

namespace LiveTemplate {

Q_LOGGING_CATEGORY(lcController, "livetemplate.controller", QtInfoMsg)

namespace {

/// An address on the server itself: no scheme, no other host, nothing that ends a header. Browsers
/// read a backslash as a slash.
bool isRelativeAddress(const QString &location)
{
    const bool hasControls = std::ranges::any_of(location, [](QChar character) {
        return character < u' ' || character == u'\x7f';
    });
    if (hasControls || location.isEmpty() || location.contains(u'\\') || location.startsWith(u"//"))
        return false;
    const qsizetype colon = location.indexOf(u':');
    const auto beforeColon = QStringView(location).first(std::max<qsizetype>(colon, 0));
    return colon < 0
        || std::ranges::any_of(
               beforeColon,
               [](QChar character) {
                   return character == u'/' || character == u'?' || character == u'#';
               });
}

} // namespace

Context::Context(Call call)
    : m_call(std::move(call))
{
}

Context::Context(Origin origin, QString action, ActionData data, GroupId group, UserId user)
    : Context(Call{.origin = origin,
                   .action = std::move(action),
                   .data = std::move(data),
                   .group = std::move(group),
                   .user = std::move(user)})
{
}

Result<void> Context::validateForm() const
{
    const auto rules = m_call.page ? rulesOfForm(m_call.page->html(), action(), submitter())
                                   : std::unexpected(QStringLiteral("no page is shown"));
    if (rules)
        return validate(*rules);
    qCWarning(lcController).noquote()
        << "action" << action().left(64) << "cannot be checked by its form:" << rules.error();
    return std::unexpected(ActionError(
        QCoreApplication::translate("LiveTemplate::Context", "The form could not be checked.")));
}

void Context::setFlash(const QString &key, const QString &message, std::chrono::milliseconds expiry)
{
    m_call.flash.set(key, message, expiry,
                     m_call.clock ? m_call.clock->steady() : std::chrono::steady_clock::now());
}

QDateTime Context::now() const
{
    return m_call.clock ? m_call.clock->now() : QDateTime::currentDateTimeUtc();
}

std::optional<QByteArray> Context::cookie(QByteArrayView name) const
{
    if (!isHttp())
        return std::nullopt;
    return m_call.http->request.cookie(name).transform(
        [](const QByteArray &value) { return QByteArray::fromPercentEncoding(value); });
}

bool Context::setCookie(const Cookie &cookie)
{
    if (!requireHttp("a cookie"))
        return false;
    if (!cookie.isValid()) {
        qCWarning(lcController) << "action" << action()
                                << "sets a cookie that cannot be sent:" << cookie.name.left(64);
        return false;
    }
    m_call.http->cookies.append(cookie);
    return true;
}

bool Context::redirect(const QString &location, int status)
{
    if (!requireHttp("a redirect"))
        return false;
    if (status < 300 || status > 399 || !isRelativeAddress(location)) {
        qCWarning(lcController) << "action" << action()
                                << "redirects to an address that is not relative, or with a status "
                                   "that is none of 300 to 399:"
                                << status << location.left(64);
        return false;
    }
    m_call.http->redirect = {QUrl(location, QUrl::TolerantMode).toEncoded(), status};
    return true;
}

bool Context::requireHttp(const char *what) const
{
    if (isHttp())
        return true;
    qCWarning(lcController) << "action" << action() << "asked for" << what
                            << "over a WebSocket; HTTP methods require HTTP context: send the form "
                               "with lvt-form:no-intercept";
    return false;
}

void Context::broadcastAction(const QString &action, const QJsonObject &data)
{
    if (m_call.origin != Origin::Client || action.isEmpty())
        return;
    if (m_broadcasts.size() >= maxBroadcasts) {
        if (m_droppedBroadcasts++ == 0) {
            qCWarning(lcController) << "broadcast dropped: action" << this->action()
                                    << "asked for more than" << maxBroadcasts << "broadcasts";
        }
        return;
    }
    m_broadcasts.append({action, data});
}

} // namespace LiveTemplate
