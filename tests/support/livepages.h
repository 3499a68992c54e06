// SPDX-FileCopyrightText: 2026 The LiveTemplate for Qt authors
// SPDX-License-Identifier: MIT

#pragma once

#include "browsertab.h"

#include <QDir>
#include <QScreen>
#include <QTest>
#include <QWebEnginePage>
#include <QWebEngineView>
#include <QWindow>

/// What a person sees of the sample pages in a window's tabs, and does with them.
namespace LivePages {

/// Chromium starts slowly on a busy machine; what is waited for comes in a fraction of it.
inline constexpr int patience = 60'000;

/// What the page's script says of @p expression.
inline QVariant evaluate(LiveTemplate::Ui::BrowserTab *tab, const QString &expression)
{
    QVariant result;
    bool done = false;
    tab->view()->page()->runJavaScript(expression, [&](const QVariant &value) {
        result = value;
        done = true;
    });
    if (!QTest::qWaitFor([&] { return done; }, patience))
        qWarning("The page does not answer.");
    return result;
}

inline QString counter(LiveTemplate::Ui::BrowserTab *tab)
{
    return evaluate(tab, QStringLiteral("(document.getElementById('counter') || {}).textContent"))
        .toString();
}

/// Connected, with the first tree applied: the client removes the mark then.
inline bool isLive(LiveTemplate::Ui::BrowserTab *tab)
{
    return evaluate(tab,
                    QStringLiteral(
                        "!!window.liveTemplateClient && "
                        "!!document.querySelector('[data-lvt-id]:not([data-lvt-loading])')"))
        .toBool();
}

/// A click with the mouse in the middle of the element, which is scrolled to before.
inline void click(LiveTemplate::Ui::BrowserTab *tab, const QString &selector)
{
    const QVariantList place
        = evaluate(tab,
                   QStringLiteral("(() => { const e = document.querySelector(\"%1\");"
                                  " e.scrollIntoView({block: 'center', behavior: 'instant'});"
                                  " const r = e.getBoundingClientRect();"
                                  " return [r.left + r.width / 2, r.top + r.height / 2]; })()")
                       .arg(selector))
              .toList();
    QCOMPARE(place.size(), 2);
    const double zoom = tab->view()->zoomFactor();
    const QPoint point(int(place.at(0).toDouble() * zoom), int(place.at(1).toDouble() * zoom));
    QTest::mouseClick(tab->view()->focusProxy(), Qt::LeftButton, {}, point);
}

/// What is on the screen of @p window, in the folder of the test's artifacts.
inline void screenshot(const QWidget &window, const QString &name)
{
    const QString folder = qEnvironmentVariable("LIVETEMPLATE_TEST_ARTIFACTS", QDir::tempPath());
    QVERIFY(QDir().mkpath(folder));
    QTest::qWait(0); // let what was posted be painted
    const QPixmap picture = window.screen()->grabWindow(window.winId());
    QVERIFY(!picture.isNull());
    QVERIFY(picture.save(folder + QLatin1Char('/') + name + QStringLiteral(".png")));
}

} // namespace LivePages
