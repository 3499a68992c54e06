// SPDX-FileCopyrightText: 2026 The LiveTemplate for Qt authors
// SPDX-License-Identifier: MIT

#include "exampletab.h"

#include <QDir>
#include <QJsonArray>
#include <QJsonDocument>
#include <QTest>

using namespace Qt::StringLiterals;

namespace {

constexpr QSize desktopSize(1000, 760);
constexpr QSize phoneSize(390, 760);

/// As a literal of JavaScript.
QString quoted(const QString &text)
{
    const QByteArray list = QJsonDocument(QJsonArray{text}).toJson(QJsonDocument::Compact);
    return QString::fromUtf8(list.sliced(1, list.size() - 2));
}

} // namespace

ExampleTab::ExampleTab(QWebEngineProfile *browser)
    : m_page(browser)
{
    m_view.setPage(&m_page);
    m_view.resize(desktopSize);
    m_view.show(); // a page that is not shown stands still
}

bool ExampleTab::open(const QUrl &address)
{
    (void)evaluate(u"window.isOld = true"_s);
    m_page.load(address);
    return QTest::qWaitFor([this] { return !evaluate(u"window.isOld"_s).toBool(); }, patience)
        && waitUntilLive();
}

bool ExampleTab::waitUntilLive()
{
    // The client takes the mark away when it has the first tree.
    const QString isLive = u"document.readyState === 'complete' && !!window.liveTemplateClient && "
                           "!!document.querySelector('[data-lvt-id]:not([data-lvt-loading])')"_s;
    return QTest::qWaitFor([&] { return evaluate(isLive).toBool(); }, patience);
}

QVariant ExampleTab::evaluate(const QString &expression)
{
    // Shared: an answer may come after this function has given up.
    const auto answer = std::make_shared<std::optional<QVariant>>();
    m_page.runJavaScript(expression, [answer](const QVariant &value) { *answer = value; });
    if (!QTest::qWaitFor([&] { return answer->has_value(); }, patience))
        qWarning("The page does not answer.");
    return answer->value_or(QVariant());
}

bool ExampleTab::has(const QString &selector)
{
    return evaluate(u"!!document.querySelector(%1)"_s.arg(quoted(selector))).toBool();
}

QString ExampleTab::text(const QString &selector)
{
    return evaluate(u"(document.querySelector(%1)?.innerText ?? '(missing)').trim()"_s.arg(
                        quoted(selector)))
        .toString();
}

QStringList ExampleTab::texts(const QString &selector)
{
    return evaluate(u"[...document.querySelectorAll(%1)].map(e => e.innerText.trim())"_s.arg(
                        quoted(selector)))
        .toStringList();
}

QString ExampleTab::attribute(const QString &selector, const QString &name)
{
    return evaluate(u"document.querySelector(%1)?.getAttribute(%2)"_s.arg(quoted(selector),
                                                                          quoted(name)))
        .toString();
}

QString ExampleTab::value(const QString &selector)
{
    return evaluate(u"document.querySelector(%1)?.value"_s.arg(quoted(selector))).toString();
}

bool ExampleTab::click(const QString &selector)
{
    const QPoint place = placeOf(selector);
    if (place.isNull())
        return false;
    QTest::mouseClick(m_view.focusProxy(), Qt::LeftButton, {}, place);
    return true;
}

bool ExampleTab::type(const QString &selector, const QString &text)
{
    if (!click(selector))
        return false;
    const QString isFocused = u"document.activeElement === document.querySelector(%1)"_s.arg(
        quoted(selector));
    if (!QTest::qWaitFor([&] { return evaluate(isFocused).toBool(); }, patience))
        return false;
    QTest::keyClick(m_view.focusProxy(), Qt::Key_A, Qt::ControlModifier);
    QTest::keyClick(m_view.focusProxy(), Qt::Key_Backspace);
    for (const QChar character : text)
        QTest::sendKeyEvent(QTest::Click, m_view.focusProxy(), Qt::Key(0), QString(character), {});
    return QTest::qWaitFor([&] { return value(selector) == text; }, patience);
}

void ExampleTab::press(Qt::Key key)
{
    QTest::keyClick(m_view.focusProxy(), key);
}

QStringList ExampleTab::unlabelledControls()
{
    return evaluate(u"[...document.querySelectorAll('button, input:not([type=hidden]), textarea, "
                    u"select, a')]"
                    ".filter(e => !(e.getAttribute('aria-label') || e.labels?.length ||"
                    " /[\\p{L}\\p{N}+]/u.test(e.textContent)))"
                    ".map(e => e.outerHTML)"_s)
        .toStringList();
}

void ExampleTab::takePictures(const QString &name)
{
    const QDir folder(qEnvironmentVariable("LIVETEMPLATE_TEST_ARTIFACTS", QDir::tempPath()));
    QVERIFY(folder.mkpath(u"."_s));
    const std::pair<QString, QSize> sizes[]{{u"phone"_s, phoneSize}, {u"desktop"_s, desktopSize}};
    for (const QString &scheme : {u"light"_s, u"dark"_s}) {
        // Without a desktop there is nobody to ask for dark colours: the rules for them hold now.
        (void)evaluate(
            u"for (const sheet of document.styleSheets) for (const rule of sheet.cssRules)"
            " if (rule.wasDark = rule.wasDark || rule.conditionText?.includes('dark'))"
            " rule.media.mediaText = '%1' === 'dark' ? 'all' : 'not all';"
            " document.documentElement.style.colorScheme = '%1'"_s.arg(scheme));
        for (const auto &[sizeName, size] : sizes) {
            m_view.resize(size);
            const QString drawn = u"innerWidth === %1"_s.arg(size.width());
            QTRY_VERIFY_WITH_TIMEOUT(evaluate(drawn).toBool(), patience);
            // Two frames later all of it is on the screen.
            (void)evaluate(u"window.frames_ = 0; (function next() { if (++window.frames_ < 3)"
                           " requestAnimationFrame(next); })()"_s);
            QTRY_VERIFY_WITH_TIMEOUT(evaluate(u"window.frames_ >= 3"_s).toBool(), patience);
            QVERIFY(m_view.grab().save(
                folder.filePath(u"example-%1-%2-%3.png"_s.arg(name, sizeName, scheme))));
            // Nothing sticks out at the side of a small screen.
            QVERIFY(evaluate(u"document.documentElement.scrollWidth <= innerWidth"_s).toBool());
        }
    }
    (void)evaluate(u"document.documentElement.style.colorScheme = ''"_s);
    m_view.resize(desktopSize);
}

QPoint ExampleTab::placeOf(const QString &selector)
{
    const QVariantList place
        = evaluate(
              u"(() => { const e = document.querySelector(%1); if (!e) return [];"
              " e.scrollIntoView({block: 'center', behavior: 'instant'});"
              " const r = e.getBoundingClientRect();"
              " return [r.left + r.width / 2, r.top + r.height / 2]; })()"_s.arg(quoted(selector)))
              .toList();
    return place.size() == 2 ? QPoint(place.at(0).toInt(), place.at(1).toInt()) : QPoint();
}
