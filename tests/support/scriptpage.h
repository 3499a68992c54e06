// SPDX-FileCopyrightText: 2026 The LiveTemplate for Qt authors
// SPDX-License-Identifier: MIT

#pragma once

#include <QTest>
#include <QVariant>
#include <QWebEnginePage>

namespace LiveTemplate {

/// Chromium starts slowly on a busy machine; what is waited for comes in a fraction of it.
inline constexpr int pagePatience = 60'000;

/// A page without a window, whose script a test asks.
class ScriptPage : public QWebEnginePage
{
public:
    explicit ScriptPage(QWebEngineProfile *profile)
        : QWebEnginePage(profile)
    {
        // A hidden page's timers and animations stand still.
        setVisible(true);
    }

    /// The value of @p expression; invalid when the page does not answer.
    QVariant evaluate(const QString &expression)
    {
        QVariant result;
        bool isDone = false;
        runJavaScript(expression, [&](const QVariant &value) {
            result = value;
            isDone = true;
        });
        if (!QTest::qWaitFor([&] { return isDone; }, pagePatience))
            qWarning("The page does not answer.");
        return result;
    }
};

} // namespace LiveTemplate
