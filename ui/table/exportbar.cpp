// SPDX-FileCopyrightText: 2026 The LiveTemplate for Qt authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "exportbar.h"

#include "symbolicicon.h"
#include "tableexporter.h"

#include <QDir>
#include <QHBoxLayout>
#include <QLabel>
#include <QLocale>
#include <QProgressBar>
#include <QToolButton>

using namespace Qt::StringLiterals;

namespace LiveTemplate::Ui {

namespace {

constexpr int iconSize = 16;
constexpr int progressWidth = 180;

} // namespace

ExportBar::ExportBar(QWidget *parent)
    : QFrame(parent)
    , m_exporter(new TableExporter(this))
    , m_icon(new QLabel)
    , m_text(new QLabel)
    , m_progress(new QProgressBar)
    , m_button(new QToolButton)
{
    m_text->setTextFormat(Qt::PlainText);
    m_text->setWordWrap(true);
    m_text->setTextInteractionFlags(Qt::TextSelectableByMouse);
    m_progress->setFixedWidth(progressWidth);
    m_progress->setAccessibleName(tr("Progress of the export"));
    m_button->setObjectName(u"cancel-or-close"_s);
    m_button->setAutoRaise(true);
    m_button->setFocusPolicy(Qt::TabFocus);
    m_button->setIcon(symbolicIcon(u"close"_s));
    connect(m_button, &QAbstractButton::clicked, this, &ExportBar::cancelOrClose);

    auto *layout = new QHBoxLayout(this);
    layout->setContentsMargins(10, 4, 6, 4);
    layout->addWidget(m_icon);
    layout->addWidget(m_text, 1);
    layout->addWidget(m_progress);
    layout->addWidget(m_button);
    hide();

    connect(m_exporter, &TableExporter::progressed, this, [this](qsizetype done, qsizetype of) {
        // The bar counts in int.
        m_progress->setValue(static_cast<int>(100.0 * double(done) / double(of)));
    });
    connect(m_exporter, &TableExporter::finished, this, [this](qsizetype rows) {
        setRunning(false);
        say(u"information"_s,
            tr("Wrote %1 to %2.")
                .arg(rows == 1 ? tr("1 row") : tr("%1 rows").arg(QLocale().toString(rows)),
                     QDir::toNativeSeparators(m_exporter->fileName())));
    });
    connect(m_exporter, &TableExporter::failed, this, [this](const QString &reason) {
        setRunning(false);
        say(u"warning"_s, reason);
    });
    connect(m_exporter, &TableExporter::cancelled, this, [this] {
        setRunning(false);
        say(u"information"_s, tr("The export was cancelled. Nothing was written."));
    });
}

void ExportBar::start(const TableExport &table, const QString &fileName, ExportFormat format)
{
    if (isRunning())
        return;
    m_exporter->start(table, fileName, format);
    m_progress->setValue(0);
    say(u"export"_s, tr("Exporting to %1").arg(QDir::toNativeSeparators(fileName)));
    setRunning(true);
}

bool ExportBar::isRunning() const
{
    return m_exporter->isRunning();
}

QString ExportBar::text() const
{
    return m_text->text();
}

void ExportBar::say(const QString &icon, const QString &text)
{
    m_icon->setPixmap(symbolicIcon(icon).pixmap(QSize(iconSize, iconSize), devicePixelRatio()));
    m_text->setText(text);
    setAccessibleDescription(text);
    show();
}

void ExportBar::cancelOrClose()
{
    if (isRunning())
        m_exporter->cancel();
    else
        hide();
}

void ExportBar::setRunning(bool isRunning)
{
    m_progress->setVisible(isRunning);
    m_button->setToolTip(isRunning ? tr("Cancel the export") : tr("Close this message"));
    m_button->setAccessibleName(m_button->toolTip());
    Q_EMIT runningChanged(isRunning);
}

} // namespace LiveTemplate::Ui
