// SPDX-FileCopyrightText: 2026 The LiveTemplate for Qt authors
// SPDX-License-Identifier: MIT

#include "panel.h"
#include "paneldocks.h"
#include "screenshot.h"

#include <QAction>
#include <QDockWidget>
#include <QFile>
#include <QLineEdit>
#include <QMainWindow>
#include <QPlainTextEdit>
#include <QPointer>
#include <QSettings>
#include <QTemporaryDir>
#include <QTest>
#include <QVBoxLayout>

#include <memory>

using namespace LiveTemplate::Ui;
using namespace Qt::StringLiterals;

namespace {

constexpr int version = 7;

/// Remembers a text.
class NotePanel : public Panel
{
    Q_OBJECT

public:
    NotePanel(const QString &name, const QString &title)
        : Panel(name, title, u"information"_s)
        , m_note(new QLineEdit)
    {
        auto *layout = new QVBoxLayout(this);
        layout->addWidget(m_note);
        setFocusProxy(m_note);
    }

    [[nodiscard]] QLineEdit &note() const { return *m_note; }

    [[nodiscard]] QList<QAction *> commands() const override { return {m_command}; }

    void save(QSettings &settings) const override
    {
        settings.setValue(u"note"_s, m_note->text());
        settings.setValue(u"bytes"_s, QByteArray("\0\xff", 2));
        settings.setValue(u"switch"_s, true);
    }

    void restore(QSettings &settings) override
    {
        m_note->setText(settings.value(u"note"_s).toString());
        bytes = settings.value(u"bytes"_s).toByteArray();
    }

    QByteArray bytes;

private:
    QLineEdit *m_note = nullptr;
    QAction *m_command = new QAction(this);
};

} // namespace

class PanelDocksTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        m_window = std::make_unique<QMainWindow>();
        m_window->resize(1400, 860);
        auto *content = new QPlainTextEdit(u"Pages"_s);
        m_window->setCentralWidget(content);
        m_docks = std::make_unique<PanelDocks>(*m_window, version);
        m_first = new NotePanel(u"first"_s, u"First"_s);
        m_second = new NotePanel(u"second"_s, u"Second"_s);
        m_third = new NotePanel(u"third"_s, u"Third"_s);
        for (Panel *panel : {m_first, m_second, m_third})
            m_docks->add(panel);
        m_docks->resetLayout();
        m_window->show();
        QVERIFY(QTest::qWaitForWindowActive(m_window.get()));
    }

    void cleanup()
    {
        m_docks.reset();
        m_window.reset();
    }

    void areTabsAtTheBottomAtFirst()
    {
        QCOMPARE(m_docks->panels(), (QList<Panel *>{m_first, m_second, m_third}));
        QVERIFY(isInFront(*m_first));
        QVERIFY(!isInFront(*m_second));
        for (Panel *panel : m_docks->panels()) {
            QCOMPARE(m_window->dockWidgetArea(m_docks->dock(*panel)), Qt::BottomDockWidgetArea);
            QCOMPARE(m_docks->dock(*panel)->objectName(), u"dock-"_s + panel->objectName());
        }
        // The pages keep more than half of the window.
        QVERIFY2(m_window->centralWidget()->height() > 430,
                 qPrintable(QString::number(m_window->centralWidget()->height())));
    }

    void aKeyBringsAPanelToTheFrontAndHidesIt()
    {
        QTest::keyClick(m_window.get(), Qt::Key_2, Qt::AltModifier);
        QTRY_VERIFY(isInFront(*m_second));
        QTRY_VERIFY(m_second->note().hasFocus());
        QVERIFY(m_docks->actions().at(1)->isChecked());
        QTest::keyClick(m_window.get(), Qt::Key_2, Qt::AltModifier);
        QVERIFY(m_docks->dock(*m_second)->isHidden());
        QVERIFY(!m_docks->actions().at(1)->isChecked());
        QVERIFY(m_window->centralWidget()->hasFocus());
        QTest::keyClick(m_window.get(), Qt::Key_2, Qt::AltModifier);
        QTRY_VERIFY(isInFront(*m_second));
        QVERIFY(m_docks->actions().at(1)->isChecked());
    }

    void aPanelThatWantsAttentionComesToTheFront()
    {
        m_docks->dock(*m_third)->hide();
        Q_EMIT m_third->attentionWanted();
        QTRY_VERIFY(isInFront(*m_third));
        QVERIFY(!m_third->note().hasFocus());
    }

    void aCommandBringsItsPanelToTheFront()
    {
        QAction foreign;
        m_docks->bringToFrontFor(&foreign);
        QVERIFY(isInFront(*m_first));
        m_docks->bringToFrontFor(m_third->commands().first());
        QTRY_VERIFY(isInFront(*m_third));
    }

    void resetGathersWhatWasMoved()
    {
        moveAway();
        m_docks->resetLayout();
        QVERIFY(!m_docks->dock(*m_first)->isFloating());
        QVERIFY(!m_docks->dock(*m_second)->isHidden());
        QCOMPARE(m_window->tabifiedDockWidgets(m_docks->dock(*m_first)).size(), 2);
        QTRY_VERIFY(isInFront(*m_first));
    }

    void theLayoutIsPartOfTheWindowsState()
    {
        moveAway();
        const QByteArray state = m_window->saveState(version);
        m_docks->resetLayout();
        QVERIFY(m_window->restoreState(state, version));
        checkMovedAway();
    }

    void aLayoutFileBringsAllBack()
    {
        const QTemporaryDir folder;
        const QString file = folder.filePath(u"mine.layout.json"_s);
        moveAway();
        m_first->note().setText(u"Über \"all\""_s);
        QVERIFY(m_docks->layout().write(file));

        m_docks->resetLayout();
        m_first->note().clear();
        const auto read = LayoutFile::read(file);
        QVERIFY2(read, qPrintable(read.error_or({})));
        QVERIFY(m_docks->setLayout(*read));
        checkMovedAway();
        QCOMPARE(m_first->note().text(), u"Über \"all\""_s);
        QCOMPARE(m_first->bytes, QByteArray("\0\xff", 2));
    }

    void aWrongLayoutFileIsRefused_data()
    {
        QTest::addColumn<QByteArray>("contents");
        QTest::addColumn<QString>("reason");
        QTest::newRow("empty") << QByteArray() << u"is not a layout"_s;
        QTest::newRow("no JSON") << QByteArray("[tabs]\n") << u"is not a layout"_s;
        QTest::newRow("other JSON") << QByteArray("{\"a\": 1}") << u"is not a layout"_s;
        QTest::newRow("other version")
            << QByteArray(R"({"format": "livetemplate-layout", "version": 99})")
            << u"another version"_s;
        QTest::newRow("no state") << QByteArray(
            R"({"format": "livetemplate-layout", "version": 1, "geometry": "AAAA"})")
                                  << u"damaged"_s;
        QTest::newRow("no base64") << QByteArray(
            R"({"format": "livetemplate-layout", "version": 1, "geometry": "!", "state": "!"})")
                                   << u"damaged"_s;
    }

    void aWrongLayoutFileIsRefused()
    {
        QFETCH(const QByteArray, contents);
        QFETCH(const QString, reason);
        const QTemporaryDir folder;
        const QString name = folder.filePath(u"wrong.layout.json"_s);
        QFile file(name);
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write(contents);
        file.close();
        const auto read = LayoutFile::read(name);
        QVERIFY(!read);
        QVERIFY2(read.error().contains(reason) && read.error().contains(u"wrong.layout.json"_s),
                 qPrintable(read.error()));
    }

    void aMissingLayoutFileIsNamed()
    {
        const auto read = LayoutFile::read(u"/nowhere/at-all"_s);
        QVERIFY(!read);
        QVERIFY(read.error().contains(u"at-all"_s));
    }

    // Its beginning is right, so Qt finds out in the middle of it.
    void aDamagedLayoutChangesNothing_data()
    {
        QTest::addColumn<int>("kept");
        QTest::newRow("some bytes") << 9;
        QTest::newRow("half of it") << 120;
    }

    void aDamagedLayoutChangesNothing()
    {
        QFETCH(const int, kept);
        moveAway();
        LayoutFile layout = m_docks->layout();
        layout.state.truncate(kept);
        layout.panels.insert(u"first/note"_s, u"changed"_s);
        const auto applied = m_docks->setLayout(layout);
        QVERIFY(!applied);
        QVERIFY(applied.error().endsWith(u'.'));
        checkMovedAway();
        QVERIFY(m_first->note().text().isEmpty());
    }

    void panelsAreDeletedWithTheirDocks()
    {
        const QPointer<Panel> first = m_first;
        m_docks.reset();
        QVERIFY(!first);
        QVERIFY(m_window->findChildren<QDockWidget *>().isEmpty());
    }

    void screenshots()
    {
        m_docks->bringToFront(*m_second);
        Screenshot::takeBoth(*m_window, u"docks"_s);
    }

private:
    [[nodiscard]] bool isInFront(const Panel &panel) const
    {
        return panel.isVisible() && !panel.visibleRegion().isEmpty();
    }

    void moveAway()
    {
        m_window->addDockWidget(Qt::LeftDockWidgetArea, m_docks->dock(*m_third));
        m_docks->dock(*m_first)->setFloating(true);
        m_docks->dock(*m_second)->hide();
    }

    void checkMovedAway()
    {
        QVERIFY(m_docks->dock(*m_first)->isFloating());
        QVERIFY(m_docks->dock(*m_second)->isHidden());
        QCOMPARE(m_window->dockWidgetArea(m_docks->dock(*m_third)), Qt::LeftDockWidgetArea);
    }

    std::unique_ptr<QMainWindow> m_window;
    std::unique_ptr<PanelDocks> m_docks;
    NotePanel *m_first = nullptr;
    NotePanel *m_second = nullptr;
    NotePanel *m_third = nullptr;
};

QTEST_MAIN(PanelDocksTest)
#include "tst_paneldocks.moc"
