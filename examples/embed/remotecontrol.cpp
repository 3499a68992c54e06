// SPDX-FileCopyrightText: 2026 The LiveTemplate for Qt authors
// SPDX-License-Identifier: MIT

#include "remotecontrol.h"

#include "thermostat.h"
#include "thermostatpage.h"

using namespace Qt::StringLiterals;
using namespace LiveTemplate;

GroupId OneForAll::group()
{
    return GroupId(u"everybody"_s);
}

std::expected<UserId, AuthenticationError> OneForAll::identify(const Request &)
{
    return UserId();
}

std::expected<GroupId, AuthenticationError> OneForAll::sessionGroup(const Request &, const UserId &)
{
    return group();
}

RemoteControl::RemoteControl(Thermostat &thermostat, Server &server)
    : m_thermostat(thermostat)
    , m_server(server)
    , m_values(std::make_shared<LastValues>())
{
    m_server.mount<ThermostatState>(u"/", u":/thermostat.html", [this] {
        auto page = std::make_unique<ThermostatPage>(m_values);
        // The page will live in a thread of the server, so Qt queues what it emits.
        connect(page.get(), &ThermostatPage::targetWanted, &m_thermostat, &Thermostat::setTarget);
        connect(page.get(), &ThermostatPage::stepWanted, &m_thermostat, &Thermostat::changeTarget);
        return page;
    });
    connect(&m_thermostat, &Thermostat::changed, this, &RemoteControl::publish);
    publish();
}

void RemoteControl::publish()
{
    m_values->set({.target = m_thermostat.target(),
                   .minTarget = Thermostat::minTarget,
                   .maxTarget = Thermostat::maxTarget,
                   .temperature = m_thermostat.temperature(),
                   .heating = m_thermostat.isHeating()});
    // Returns at once. When no page is open there is nobody to tell, which is no error.
    (void)m_server.triggerAction(OneForAll::group(), u"refresh"_s);
}
