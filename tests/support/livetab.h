// SPDX-FileCopyrightText: 2026 The LiveTemplate for Qt authors
// SPDX-License-Identifier: MIT

#pragma once

#include "clientrenderer.h"
#include "liveclient.h"

#include <QJsonArray>
#include <QJsonDocument>

/// An open tab: what it was sent, and what the browser client's own renderer makes of that.
class LiveTab
{
public:
    /// Waits for the first message.
    LiveTab(const QUrl &page, LiveTemplate::ClientRenderer &renderer, const QByteArray &cookie = {})
        : m_client(page, cookie)
        , m_renderer(renderer)
    {
        read();
    }

    [[nodiscard]] LiveClient &client() { return m_client; }

    /// Sends an action, and does not wait.
    void action(const QString &name, const QJsonObject &data = {}) { m_client.action(name, data); }

    /// Sends an action and gives its answer.
    QJsonObject run(const QString &name, const QJsonObject &data = {})
    {
        action(name, data);
        read();
        return m_last;
    }

    /// Reads one message more; false when none came in time.
    bool read()
    {
        m_last = m_client.nextJson();
        if (m_last.isEmpty())
            return false;
        apply(m_last.value(QLatin1StringView("tree")));
        return true;
    }

    /// The last message that came.
    [[nodiscard]] const QJsonObject &last() const { return m_last; }

    /// Has the client's renderer take a tree that came another way, by HTTP say.
    void apply(const QJsonValue &tree) { m_trees.append(tree); }

    /// What the client holds after all that came.
    [[nodiscard]] QString html()
    {
        const auto held = m_renderer.heldAfterEach(
            {QJsonDocument(m_trees).toJson(QJsonDocument::Compact)});
        if (!held)
            return held.error();
        return held->last().isEmpty() ? QString() : QString::fromUtf8(held->last().last());
    }

    /// Reads messages until the page is @p wanted; false when it does not become that in time.
    [[nodiscard]] bool becomes(const QString &wanted)
    {
        while (html() != wanted) {
            if (!read())
                return false;
        }
        return true;
    }

    /// Reads messages until @p wanted stands on the page; false when it does not in time.
    [[nodiscard]] bool contains(const QString &wanted)
    {
        while (!html().contains(wanted)) {
            if (!read())
                return false;
        }
        return true;
    }

    [[nodiscard]] bool isQuiet() { return m_client.isQuiet(); }

private:
    LiveClient m_client;
    LiveTemplate::ClientRenderer &m_renderer;
    QJsonArray m_trees;
    QJsonObject m_last;
};
