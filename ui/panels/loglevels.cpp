// SPDX-FileCopyrightText: 2026 The LiveTemplate for Qt authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "loglevels.h"

#include <QCoreApplication>
#include <QLoggingCategory>

#include <algorithm>
#include <utility>

using namespace Qt::StringLiterals;

namespace LiveTemplate::Ui {

namespace {

constexpr std::array allLevels = {LogLevel::Debug, LogLevel::Info, LogLevel::Warning,
                                  LogLevel::Critical, LogLevel::Off};

constexpr std::array messageTypes = {QtDebugMsg, QtInfoMsg, QtWarningMsg, QtCriticalMsg};

// Qt calls a function without data of its own, under a lock of its own: never two at a time.
LogLevels *levels = nullptr;
QLoggingCategory::CategoryFilter filterBefore = nullptr;

} // namespace

QString levelName(LogLevel level)
{
    switch (level) {
    case LogLevel::Debug:
        return u"debug"_s;
    case LogLevel::Info:
        return u"info"_s;
    case LogLevel::Warning:
        return u"warning"_s;
    case LogLevel::Critical:
        return u"critical"_s;
    case LogLevel::Off:
        return u"off"_s;
    }
    Q_UNREACHABLE_RETURN(QString());
}

std::optional<LogLevel> levelOf(const QString &name)
{
    const auto found = std::ranges::find(allLevels, name, levelName);
    return found == allLevels.end() ? std::nullopt : std::optional(*found);
}

QString levelTitle(LogLevel level)
{
    const auto translate = [](const char *text) {
        return QCoreApplication::translate("LogLevel", text);
    };
    switch (level) {
    case LogLevel::Debug:
        return translate("Debug");
    case LogLevel::Info:
        return translate("Info");
    case LogLevel::Warning:
        return translate("Warning");
    case LogLevel::Critical:
        return translate("Critical");
    case LogLevel::Off:
        return translate("Off");
    }
    Q_UNREACHABLE_RETURN(QString());
}

LogLevels::LogLevels()
{
    Q_ASSERT(!levels);
    levels = this;
    // What is called while it is being installed must know the one before.
    filterBefore = QLoggingCategory::installFilter(nullptr);
    QLoggingCategory::installFilter(&LogLevels::filter);
}

LogLevels::~LogLevels()
{
    reset();
    QLoggingCategory::installFilter(filterBefore);
    levels = nullptr;
}

QStringList LogLevels::categories() const
{
    const std::scoped_lock lock(m_mutex);
    QStringList names = m_ruled.keys();
    names.sort();
    return names;
}

LogLevel LogLevels::level(const QString &category) const
{
    const std::scoped_lock lock(m_mutex);
    if (const auto chosen = m_chosen.constFind(category); chosen != m_chosen.cend())
        return *chosen;
    const Switches ruled = m_ruled.value(category, {false, true, true, true});
    return allLevels[std::size_t(std::ranges::find(ruled, true) - ruled.begin())];
}

std::optional<LogLevel> LogLevels::chosenLevel(const QString &category) const
{
    const std::scoped_lock lock(m_mutex);
    const auto chosen = m_chosen.constFind(category);
    return chosen == m_chosen.cend() ? std::nullopt : std::optional(*chosen);
}

QMap<QString, LogLevel> LogLevels::chosenLevels() const
{
    const std::scoped_lock lock(m_mutex);
    return m_chosen;
}

void LogLevels::setLevel(const QString &category, std::optional<LogLevel> level)
{
    QMap<QString, LogLevel> chosen = chosenLevels();
    if (level)
        chosen.insert(category, *level);
    else
        chosen.remove(category);
    setLevels(chosen);
}

void LogLevels::setLevels(const QMap<QString, LogLevel> &levels)
{
    {
        const std::scoped_lock lock(m_mutex);
        if (m_chosen == levels)
            return;
        m_chosen = levels;
    }
    applyAgain();
}

void LogLevels::filter(QLoggingCategory *category)
{
    if (levels)
        levels->apply(*category);
    else if (filterBefore)
        filterBefore(category);
}

void LogLevels::apply(QLoggingCategory &category)
{
    const std::scoped_lock lock(m_mutex);
    const QString name = QString::fromLatin1(category.categoryName());
    // The rules change what they speak of only, so they need what was before our change.
    if (const auto ruled = m_ruled.constFind(name); ruled != m_ruled.cend()) {
        for (std::size_t i = 0; i < messageTypes.size(); ++i)
            category.setEnabled(messageTypes[i], (*ruled)[i]);
    }
    if (filterBefore)
        filterBefore(&category);

    Switches ruled{};
    std::ranges::transform(messageTypes, ruled.begin(),
                           [&category](QtMsgType type) { return category.isEnabled(type); });
    m_ruled.insert(name, ruled);
    if (const auto chosen = m_chosen.constFind(name); chosen != m_chosen.cend()) {
        for (std::size_t i = 0; i < messageTypes.size(); ++i)
            category.setEnabled(messageTypes[i], i >= std::size_t(std::to_underlying(*chosen)));
    }
}

void LogLevels::applyAgain()
{
    // Qt calls a filter for all categories when it is installed.
    QLoggingCategory::installFilter(&LogLevels::filter);
}

} // namespace LiveTemplate::Ui
