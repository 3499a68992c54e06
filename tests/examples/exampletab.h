// SPDX-FileCopyrightText: 2026 The LiveTemplate for Qt authors
// SPDX-License-Identifier: MIT

#pragma once

#include <QString>
#include <QStringList>
#include <QUrl>
#include <QVariant>
#include <QWebEnginePage>
#include <QWebEngineView>

/// Chromium starts slowly on a busy machine; what is waited for comes in a fraction of it.
inline constexpr int patience = 60'000;

/// A tab of a browser, which is a QWebEngineProfile: a jar of cookies. What a person sees in it,
/// and does with mouse and keyboard.
class ExampleTab
{
public:
    explicit ExampleTab(QWebEngineProfile *browser);

    /// Loads @p address and waits until the page is live; false when it does not get there.
    [[nodiscard]] bool open(const QUrl &address);
    /// Waits until the page at hand is live, after a form that led to another page, say.
    [[nodiscard]] bool waitUntilLive();

    /// What the page's script says of @p expression.
    [[nodiscard]] QVariant evaluate(const QString &expression);
    [[nodiscard]] bool has(const QString &selector);
    [[nodiscard]] QString text(const QString &selector);
    [[nodiscard]] QStringList texts(const QString &selector);
    [[nodiscard]] QString attribute(const QString &selector, const QString &name);
    [[nodiscard]] QString value(const QString &selector);

    /// Each returns whether there is such an element.
    bool click(const QString &selector);
    /// Clicks into a field and writes @p text in place of what stands there.
    bool type(const QString &selector, const QString &text);
    /// A key for what has the focus.
    void press(Qt::Key key);

    /// What the labels of its controls lack, each in a sentence.
    [[nodiscard]] QStringList unlabelledControls();

    /// Pictures as NAME-phone.png and NAME-desktop.png, light and dark, for people to look at.
    void takePictures(const QString &name);

private:
    [[nodiscard]] QPoint placeOf(const QString &selector);

    QWebEngineView m_view;
    QWebEnginePage m_page;
};
