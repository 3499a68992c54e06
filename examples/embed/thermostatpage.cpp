// SPDX-FileCopyrightText: 2026 The LiveTemplate for Qt authors
// SPDX-License-Identifier: MIT

#include "thermostatpage.h"

using namespace Qt::StringLiterals;
using LiveTemplate::Context;

ThermostatPage::ThermostatPage(std::shared_ptr<const LastValues> values)
    : m_values(std::move(values))
{
}

ThermostatState ThermostatPage::mount(ThermostatState, Context &)
{
    return m_values->get();
}

ThermostatState ThermostatPage::refresh(ThermostatState, Context &)
{
    return m_values->get();
}

// None of these waits for the thermostat: its thread may be busy, or wait for this one to end. The
// page stays as it is, and follows a moment later, as all others do, by refresh().

ThermostatState ThermostatPage::warmer(ThermostatState state, Context &)
{
    Q_EMIT stepWanted(1);
    return state;
}

ThermostatState ThermostatPage::colder(ThermostatState state, Context &)
{
    Q_EMIT stepWanted(-1);
    return state;
}

LiveTemplate::Result<ThermostatState> ThermostatPage::set(ThermostatState state, Context &context)
{
    // The form's own HTML has the rules: a number from min to max.
    if (const auto valid = context.validateForm(); !valid)
        return std::unexpected(valid.error());
    Q_EMIT targetWanted(int(context.integer(u"target"_s)));
    return state;
}
