// SPDX-FileCopyrightText: 2026 The LiveTemplate for Qt authors
// SPDX-License-Identifier: MIT

#pragma once

#include <QWidget>

class QLabel;
class QSlider;
class Thermostat;

/// The application's window, as it was before there was a page.
class ThermostatWindow : public QWidget
{
    Q_OBJECT

public:
    /// @p thermostat must outlive it.
    explicit ThermostatWindow(Thermostat &thermostat);

    /// Shows where the page is.
    void setAddress(const QString &address);

private:
    void showValues();

    Thermostat &m_thermostat;
    QLabel *m_temperature;
    QLabel *m_target;
    QSlider *m_slider;
    QLabel *m_address;
};
