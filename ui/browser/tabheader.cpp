// SPDX-FileCopyrightText: 2026 The LiveTemplate for Qt authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "tabheader.h"

#include "elidedlabel.h"
#include "symbolicicon.h"

#include <QContextMenuEvent>
#include <QFontDatabase>
#include <QHBoxLayout>
#include <QLabel>
#include <QMouseEvent>
#include <QPainter>
#include <QToolButton>

using namespace Qt::StringLiterals;

namespace LiveTemplate::Ui {

namespace {

constexpr int accentHeight = 3;
constexpr int dotSize = 16;

// Enough to see which headers belong together, too little to make their text hard to read.
constexpr float tint = 0.14F;

QColor blend(QColor background, QColor color, float share)
{
    const auto mix = [share](float from, float to) {
        return from + (to - from) * share;
    };
    return QColor::fromRgbF(mix(background.redF(), color.redF()),
                            mix(background.greenF(), color.greenF()),
                            mix(background.blueF(), color.blueF()));
}

QString explanation(BrowserId browser, const QString &group)
{
    const QString meaning = TabHeader::tr(
        "All tabs of one browser carry the same cookie, and so they are one session group: what "
        "happens in one of them is broadcast to the others. Tabs of another browser carry another "
        "cookie and are never reached.");
    const QString head = group.isEmpty()
        ? TabHeader::tr("%1 has no session group on this server yet.").arg(browserName(browser))
        : TabHeader::tr("%1 is in session group %2. These are the first characters of the group's "
                        "id; the whole id is a secret.")
              .arg(browserName(browser), group);
    return u"<p>%1</p><p>%2</p>"_s.arg(head.toHtmlEscaped(), meaning.toHtmlEscaped());
}

} // namespace

TabHeader::TabHeader(BrowserId browser, QWidget *parent)
    : QWidget(parent)
    , m_browser(browser)
{
    auto *dot = new QLabel;
    dot->setPixmap(browserIcon(browser).pixmap(QSize(dotSize, dotSize), devicePixelRatio()));

    auto *name = new QLabel(browserName(browser));
    QFont bold = name->font();
    bold.setWeight(QFont::DemiBold);
    name->setFont(bold);

    m_sessionGroup = new QLabel;
    m_sessionGroup->setObjectName(u"sessionGroup"_s);
    m_sessionGroup->setForegroundRole(QPalette::PlaceholderText);
    m_sessionGroup->setTextInteractionFlags(Qt::TextSelectableByMouse);

    m_title = new ElidedLabel;
    m_title->setAlignment(Qt::AlignRight | Qt::AlignVCenter);

    m_closeButton = new QToolButton;
    m_closeButton->setAutoRaise(true);
    m_closeButton->setIcon(symbolicIcon(u"close"_s));
    m_closeButton->setToolTip(tr("Close this tab"));
    connect(m_closeButton, &QToolButton::clicked, this, &TabHeader::closeRequested);

    auto *layout = new QHBoxLayout(this);
    layout->setContentsMargins(8, accentHeight + 2, 4, 2);
    layout->addWidget(dot);
    layout->addWidget(name);
    layout->addWidget(m_sessionGroup);
    layout->addWidget(m_title, 1);
    layout->addWidget(m_closeButton);

    setAccessibleName(browserName(browser));
    setTitle({});
    setSessionGroup({});
}

void TabHeader::setTitle(const QString &title)
{
    m_title->setFullText(title);
    m_closeButton->setAccessibleName(tr("Close %1, %2").arg(title, browserName(m_browser)));
}

void TabHeader::setSessionGroup(const QString &group)
{
    m_sessionGroup->setText(group.isEmpty() ? tr("no group") : tr("group %1").arg(group));
    setToolTip(explanation(m_browser, group));
    setAccessibleDescription(m_sessionGroup->text());
}

void TabHeader::setEmphasis(Emphasis emphasis)
{
    if (m_emphasis == emphasis)
        return;
    m_emphasis = emphasis;
    update();
}

void TabHeader::contextMenuEvent(QContextMenuEvent *event)
{
    Q_EMIT menuRequested(event->globalPos());
}

void TabHeader::mousePressEvent(QMouseEvent *event)
{
    Q_EMIT activated();
    event->accept();
}

void TabHeader::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    const QColor color = browserColor(m_browser);
    painter.fillRect(rect(), blend(palette().color(QPalette::Window), color, tint));
    if (m_emphasis == Emphasis::Current)
        painter.fillRect(QRect(0, 0, width(), accentHeight), color);
}

} // namespace LiveTemplate::Ui
