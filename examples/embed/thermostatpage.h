// SPDX-FileCopyrightText: 2026 The LiveTemplate for Qt authors
// SPDX-License-Identifier: MIT

#pragma once

#include <LiveTemplate/Context>

#include <QObject>

#include <memory>
#include <mutex>

/// What a tab shows: a copy of the thermostat's values.
struct ThermostatState
{
    Q_GADGET
    Q_PROPERTY(int target MEMBER target STORED false)
    Q_PROPERTY(int minTarget MEMBER minTarget STORED false)
    Q_PROPERTY(int maxTarget MEMBER maxTarget STORED false)
    Q_PROPERTY(double temperature MEMBER temperature STORED false)
    Q_PROPERTY(bool heating MEMBER heating STORED false)

public:
    int target = 0;
    int minTarget = 0;
    int maxTarget = 0;
    double temperature = 0;
    bool heating = false;

    bool operator==(const ThermostatState &) const = default;
};

/// The values as they were last, for threads that must not touch the thermostat itself.
///
/// Threading: all functions may be called from any thread.
class LastValues
{
public:
    void set(const ThermostatState &values)
    {
        const std::scoped_lock lock(m_mutex);
        m_values = values;
    }

    [[nodiscard]] ThermostatState get() const
    {
        const std::scoped_lock lock(m_mutex);
        return m_values;
    }

private:
    mutable std::mutex m_mutex;
    ThermostatState m_values;
};

/// The page's actions. Lives in a thread of the server, and so asks for what it wants by a signal:
/// Qt takes it to the thermostat's thread.
class ThermostatPage : public QObject
{
    Q_OBJECT

public:
    explicit ThermostatPage(std::shared_ptr<const LastValues> values);

    Q_INVOKABLE ThermostatState mount(ThermostatState state, LiveTemplate::Context &context);
    /// The thermostat has changed, by whomever.
    Q_INVOKABLE ThermostatState refresh(ThermostatState state, LiveTemplate::Context &context);

    Q_INVOKABLE ThermostatState warmer(ThermostatState state, LiveTemplate::Context &context);
    Q_INVOKABLE ThermostatState colder(ThermostatState state, LiveTemplate::Context &context);
    Q_INVOKABLE LiveTemplate::Result<ThermostatState> set(ThermostatState state,
                                                          LiveTemplate::Context &context);

Q_SIGNALS:
    /// What somebody at the page wants. Emitted in a thread of the server.
    void targetWanted(int target);
    void stepWanted(int degrees);

private:
    const std::shared_ptr<const LastValues> m_values;
};
