// SPDX-FileCopyrightText: 2026 The LiveTemplate for Qt authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "plottile.h"

#include "plotcolors.h"
#include "plotlegend.h"
#include "plotview.h"
#include "symbolicicon.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QPainter>
#include <QToolButton>
#include <QVBoxLayout>
#include <QWhatsThis>

#include <cmath>

using namespace Qt::StringLiterals;

namespace LiveTemplate::Ui {

namespace {

constexpr qreal valueFontFactor = 1.7;
constexpr int iconSize = 16;
constexpr int cornerRadius = 6;

/// What the newest value is compared with, behind it: "of 10,000".
QString limitText(const StatisticsHistory &history, const Plot &plot)
{
    if (history.isEmpty())
        return {};
    if (plot.key == "connections"_L1) {
        const int limit = history.limits().connections;
        return limit > 0 ? PlotTile::tr("of %1").arg(formatted(Unit::Count, limit))
                         : PlotTile::tr("no limit");
    }
    if (plot.key == "open-files"_L1) {
        const auto &limit = history.newest().process.maxFiles;
        return limit ? PlotTile::tr("of %1").arg(formatted(Unit::Count, double(*limit)))
                     : QString();
    }
    if (plot.headline >= 0 && plot.lines.size() > 1)
        return plot.lines.at(plot.headline).name;
    return {};
}

QList<PlotThreshold> thresholdsOf(const StatisticsHistory &history, const AlertBook &alerts,
                                  const Plot &plot)
{
    QList<PlotThreshold> thresholds;
    for (const AlertRule &rule : alerts.rules()) {
        if (rule.plot != plot.key)
            continue;
        const double value = rule.plotThreshold ? rule.plotThreshold(history)
                                                : rule.threshold(history);
        if (std::isfinite(value)) {
            thresholds.append({.value = value,
                               .name = rule.severity == Severity::Critical
                                   ? PlotTile::tr("critical")
                                   : PlotTile::tr("alert")});
        }
    }
    return thresholds;
}

} // namespace

PlotTile::PlotTile(const Plot &plot, QWidget *parent)
    : QFrame(parent)
    , m_plot(plot)
    , m_warning(new QLabel)
    , m_value(new QLabel)
    , m_limit(new QLabel)
    , m_legend(new PlotLegend)
    , m_view(new PlotView(plot))
{
    setObjectName(u"tile-"_s + plot.key);
    setAccessibleName(plot.title);
    setToolTip(explanation());
    setWhatsThis(explanation());

    auto *title = new QLabel(plot.title);
    QFont bold = title->font();
    bold.setWeight(QFont::DemiBold);
    title->setFont(bold);
    m_warning->setPixmap(symbolicIcon(u"warning"_s).pixmap(QSize(iconSize, iconSize)));
    m_warning->setAccessibleName(tr("An alert fires"));
    m_warning->hide();

    auto *help = new QToolButton;
    help->setText(u"?"_s);
    help->setAutoRaise(true);
    help->setFocusPolicy(Qt::StrongFocus);
    help->setToolTip(explanation());
    help->setWhatsThis(explanation());
    help->setAccessibleName(tr("What %1 means").arg(plot.title));
    help->setAccessibleDescription(plot.meaning + u' ' + plot.healthy + u' ' + plot.action);
    connect(help, &QToolButton::clicked, this, [this, help] {
        QWhatsThis::showText(help->mapToGlobal(help->rect().bottomLeft()), explanation(), help);
    });

    QFont large = m_value->font();
    large.setPointSizeF(large.pointSizeF() * valueFontFactor);
    large.setWeight(QFont::DemiBold);
    m_value->setFont(large);
    m_value->setObjectName(u"value"_s);
    m_limit->setForegroundRole(QPalette::PlaceholderText);

    auto *head = new QHBoxLayout;
    head->setSpacing(6);
    head->addWidget(title);
    head->addWidget(m_warning);
    head->addStretch(1);
    head->addWidget(help);
    auto *values = new QHBoxLayout;
    values->setSpacing(8);
    values->addWidget(m_value, 0, Qt::AlignBaseline);
    values->addWidget(m_limit, 0, Qt::AlignBaseline);
    values->addStretch(1);

    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(12, 6, 8, 6);
    layout->setSpacing(2);
    layout->addLayout(head);
    layout->addLayout(values);
    layout->addWidget(m_legend);
    layout->addWidget(m_view, 1);

    connect(m_view, &PlotView::crosshairMoved, this, &PlotTile::crosshairMoved);
    connect(m_view, &PlotView::activated, this, &PlotTile::activated);
}

QString PlotTile::valueText() const
{
    return m_value->text();
}

QString PlotTile::explanation() const
{
    return u"<p><b>%1</b></p><p>%2</p><p><b>%3</b> %4</p><p><b>%5</b> %6</p>"_s.arg(
        m_plot.title.toHtmlEscaped(), m_plot.meaning.toHtmlEscaped(), tr("Healthy:"),
        m_plot.healthy.toHtmlEscaped(), tr("What to do:"), m_plot.action.toHtmlEscaped());
}

void PlotTile::showHistory(const StatisticsHistory &history, const AlertBook &alerts, int seconds,
                           std::optional<double> crosshair)
{
    if (!history.isEmpty())
        m_view->showHistory(history, seconds, thresholdsOf(history, alerts, m_plot));
    setFiring(alerts.isFiring(m_plot.key));
    m_limit->setText(limitText(history, m_plot));
    showValues(history, crosshair);
}

void PlotTile::showValues(const StatisticsHistory &history, std::optional<double> crosshair)
{
    m_view->setCrosshair(crosshair);
    const qsizetype sample = crosshair ? history.nearest(*crosshair) : history.size() - 1;
    m_value->setText(headline(history, m_plot, sample));
    setAccessibleDescription(m_value->text() + u' ' + m_limit->text());
    m_view->setAccessibleDescription(accessibleDescription() + u". "_s + m_plot.meaning);
    QList<PlotLegend::Entry> entries;
    for (const int line : m_view->shownLines()) {
        const PlotLine &shown = m_plot.lines.at(line);
        entries.append({.line = line,
                        .name = shown.name,
                        .value = formatted(m_plot.unit,
                                           sample < 0 ? StatisticsHistory::none
                                                      : history.value(sample, shown.series))});
    }
    // One line is what the title says.
    if (m_plot.lines.size() == 1)
        entries.clear();
    m_legend->setEntries(entries);
}

void PlotTile::setFiring(bool isFiring)
{
    m_warning->setVisible(isFiring);
    if (m_isFiring == isFiring)
        return;
    m_isFiring = isFiring;
    update();
}

void PlotTile::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    const PlotColors colors(palette());
    painter.setPen(QPen(m_isFiring ? colors.warning() : colors.grid(), m_isFiring ? 2 : 1));
    painter.setBrush(colors.background());
    painter.drawRoundedRect(QRectF(rect()).adjusted(1, 1, -1, -1), cornerRadius, cornerRadius);
}

} // namespace LiveTemplate::Ui
