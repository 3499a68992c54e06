// SPDX-FileCopyrightText: 2026 The LiveTemplate for Qt authors
// SPDX-License-Identifier: MIT

#pragma once

#include <QObject>
#include <QTimer>

/// What the application is about: a room that is warmed to the temperature that somebody has set.
/// It knows neither windows nor pages.
///
/// Lives in the application's main thread, as its window does.
class Thermostat : public QObject
{
    Q_OBJECT
    Q_PROPERTY(int target READ target WRITE setTarget NOTIFY changed)
    Q_PROPERTY(double temperature READ temperature NOTIFY changed)
    Q_PROPERTY(bool heating READ isHeating NOTIFY changed)

public:
    /// In degrees Celsius.
    static constexpr int minTarget = 5;
    static constexpr int maxTarget = 30;

    explicit Thermostat(QObject *parent = nullptr);

    [[nodiscard]] int target() const { return m_target; }
    /// Takes the nearest that can be set.
    void setTarget(int target);
    void changeTarget(int degrees) { setTarget(m_target + degrees); }
    [[nodiscard]] double temperature() const { return m_temperature; }
    [[nodiscard]] bool isHeating() const { return m_temperature < m_target; }

Q_SIGNALS:
    void changed();

private:
    /// Lets some time pass in the room.
    void step();

    QTimer m_timer;
    int m_target = 20;
    double m_temperature = 17.0;
};
