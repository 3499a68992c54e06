// SPDX-FileCopyrightText: 2026 The LiveTemplate for Qt authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "symbolicicon.h"

#include <QGuiApplication>
#include <QIconEngine>
#include <QPainter>
#include <QPalette>
#include <QPixmap>
#include <QSvgRenderer>

#include <memory>

using namespace Qt::StringLiterals;

namespace LiveTemplate::Ui {

namespace {

// Qt's own SVG icon engine is a plugin that is not installed everywhere; this needs only the
// library.
class SvgIconEngine : public QIconEngine
{
public:
    enum class Coloring {
        AsDrawn,
        TextColor
    };

    SvgIconEngine(const QString &file, Coloring coloring)
        : m_renderer(std::make_shared<QSvgRenderer>(file))
        , m_coloring(coloring)
    {
    }

    void paint(QPainter *painter, const QRect &rect, QIcon::Mode mode, QIcon::State state) override
    {
        const qreal devicePixelRatio = painter->device()->devicePixelRatio();
        painter->drawPixmap(rect, scaledPixmap(rect.size(), mode, state, devicePixelRatio));
    }

    QPixmap pixmap(const QSize &size, QIcon::Mode mode, QIcon::State state) override
    {
        return scaledPixmap(size, mode, state, 1);
    }

    QPixmap scaledPixmap(const QSize &size, QIcon::Mode mode, QIcon::State, qreal scale) override
    {
        QPixmap pixmap(size * scale);
        pixmap.fill(Qt::transparent);
        QPainter painter(&pixmap);
        m_renderer->render(&painter);
        if (m_coloring == Coloring::TextColor) {
            painter.setCompositionMode(QPainter::CompositionMode_SourceIn);
            painter.fillRect(pixmap.rect(), textColor(mode));
        }
        painter.end();
        pixmap.setDevicePixelRatio(scale);
        return pixmap;
    }

    QIconEngine *clone() const override { return new SvgIconEngine(*this); }

private:
    static QColor textColor(QIcon::Mode mode)
    {
        const QPalette palette = QGuiApplication::palette();
        switch (mode) {
        case QIcon::Disabled:
            return palette.color(QPalette::Disabled, QPalette::ButtonText);
        case QIcon::Selected:
            return palette.color(QPalette::HighlightedText);
        default:
            return palette.color(QPalette::ButtonText);
        }
    }

    std::shared_ptr<QSvgRenderer> m_renderer;
    Coloring m_coloring;
};

} // namespace

QIcon symbolicIcon(const QString &name)
{
    if (name.isEmpty())
        return {};
    return QIcon(new SvgIconEngine(u":/icons/symbolic/%1.svg"_s.arg(name),
                                   SvgIconEngine::Coloring::TextColor));
}

QIcon applicationIcon()
{
    // Window managers are handed pixmaps, not an engine.
    SvgIconEngine engine(u":/icons/org.livetemplate.Dashboard.svg"_s,
                         SvgIconEngine::Coloring::AsDrawn);
    QIcon icon;
    for (const int size : {16, 24, 32, 48, 64, 128, 256})
        icon.addPixmap(engine.pixmap(QSize(size, size), QIcon::Normal, QIcon::Off));
    return icon;
}

} // namespace LiveTemplate::Ui
