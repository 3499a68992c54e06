// SPDX-FileCopyrightText: 2026 The LiveTemplate for Qt authors
// SPDX-License-Identifier: MIT

#include "thermostat.h"

#include <algorithm>
#include <cmath>
#include <utility>

using namespace std::chrono_literals;

Thermostat::Thermostat(QObject *parent)
    : QObject(parent)
{
    connect(&m_timer, &QTimer::timeout, this, &Thermostat::step);
    m_timer.start(500ms);
}

void Thermostat::setTarget(int target)
{
    target = std::clamp(target, minTarget, maxTarget);
    if (std::exchange(m_target, target) != target)
        Q_EMIT changed();
}

void Thermostat::step()
{
    const double way = m_target - m_temperature;
    if (way == 0)
        return;
    m_temperature += std::clamp(way, -0.1, 0.1);
    if (std::abs(m_target - m_temperature) < 0.05)
        m_temperature = m_target;
    Q_EMIT changed();
}
