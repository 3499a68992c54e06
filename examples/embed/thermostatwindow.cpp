// SPDX-FileCopyrightText: 2026 The LiveTemplate for Qt authors
// SPDX-License-Identifier: MIT

#include "thermostatwindow.h"

#include "thermostat.h"

#include <QLabel>
#include <QSlider>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;

ThermostatWindow::ThermostatWindow(Thermostat &thermostat)
    : m_thermostat(thermostat)
    , m_temperature(new QLabel)
    , m_target(new QLabel)
    , m_slider(new QSlider(Qt::Horizontal))
    , m_address(new QLabel)
{
    setWindowTitle(u"Thermostat"_s);
    QFont large = font();
    large.setPointSizeF(large.pointSizeF() * 3);
    m_temperature->setFont(large);
    m_slider->setRange(Thermostat::minTarget, Thermostat::maxTarget);
    m_slider->setAccessibleName(u"Target temperature"_s);
    m_address->setOpenExternalLinks(true);
    m_address->setTextInteractionFlags(Qt::TextBrowserInteraction);

    auto *layout = new QVBoxLayout(this);
    for (QWidget *widget :
         std::initializer_list<QWidget *>{m_temperature, m_target, m_slider, m_address})
        layout->addWidget(widget);

    connect(m_slider, &QSlider::valueChanged, &m_thermostat, &Thermostat::setTarget);
    connect(&m_thermostat, &Thermostat::changed, this, &ThermostatWindow::showValues);
    showValues();
}

void ThermostatWindow::setAddress(const QString &address)
{
    m_address->setText(
        u"Also in your browser: <a href=\"%1\">%1</a>"_s.arg(address.toHtmlEscaped()));
}

void ThermostatWindow::showValues()
{
    m_temperature->setText(u"%1 °C"_s.arg(m_thermostat.temperature(), 0, 'f', 1));
    m_target->setText((m_thermostat.isHeating() ? u"Heating to %1 °C"_s : u"Set to %1 °C"_s)
                          .arg(m_thermostat.target()));
    m_slider->setValue(m_thermostat.target());
}
