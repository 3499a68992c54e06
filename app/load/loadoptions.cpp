// SPDX-FileCopyrightText: 2026 The LiveTemplate for Qt authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "loadoptions.h"

#include <QCommandLineParser>
#include <QCoreApplication>

#include <algorithm>
#include <limits>

using namespace Qt::StringLiterals;

namespace LiveTemplate::Load {

namespace {

constexpr int maxConnections = 1'000'000;
constexpr int maxParallel = 10'000;
constexpr int maxTimes = 100'000;
constexpr int maxSlot = 1'000;
constexpr int longestHeartbeat = 60 * 60;
constexpr double minRate = 0.01;
constexpr double maxRate = 1'000'000;
constexpr double aDay = 24 * 60 * 60;
constexpr double shortestTime = 0.001;

QString tr(const char *text)
{
    return QCoreApplication::translate("LiveTemplate::Load::LoadOptions", text);
}

/// Reads options and remembers the first that is wrong.
class OptionReader
{
public:
    explicit OptionReader(const QCommandLineParser &parser)
        : m_parser(parser)
    {
    }

    [[nodiscard]] const QString &error() const { return m_error; }

    void refuse(const QString &sentence)
    {
        if (m_error.isEmpty())
            m_error = sentence;
    }

    void read(const QString &name, int &target, int least, int most)
    {
        if (!m_parser.isSet(name))
            return;
        bool ok = false;
        target = m_parser.value(name).toInt(&ok);
        if (!ok || target < least || target > most) {
            refuse(tr("--%1 \"%2\": it must be a whole number from %3 to %4.")
                       .arg(name, m_parser.value(name))
                       .arg(least)
                       .arg(most));
        }
    }

    void read(const QString &name, double &target, double least, double most)
    {
        if (!m_parser.isSet(name))
            return;
        bool ok = false;
        target = m_parser.value(name).toDouble(&ok);
        if (!ok || !(target >= least && target <= most)) {
            refuse(tr("--%1 \"%2\": it must be a number from %3 to %4.")
                       .arg(name, m_parser.value(name), QString::number(least),
                            QString::number(most, 'f', 0)));
        }
    }

    void read(const QString &name, Duration &target, double least, double most)
    {
        std::chrono::duration<double> seconds(target);
        double number = seconds.count();
        read(name, number, least, most);
        seconds = std::chrono::duration<double>(number);
        target = std::chrono::duration_cast<Duration>(seconds);
    }

    /// Text that is to stand in a line of a request.
    void read(const QString &name, QByteArray &target)
    {
        target = m_parser.value(name).toUtf8();
        const bool isPlain = std::ranges::all_of(target, [](char c) {
            return c > ' ' && c < 0x7f && c != ';' && c != ',' && c != '"' && c != '\\';
        });
        if (m_parser.isSet(name) && (target.isEmpty() || !isPlain)) {
            refuse(
                tr("--%1 \"%2\": it cannot stand in a request.").arg(name, m_parser.value(name)));
        }
    }

    /// Refuses @p names, which mean nothing where @p fits is false.
    void onlyWith(bool fits, const QString &with, const QStringList &names)
    {
        for (const QString &name : names) {
            if (m_parser.isSet(name) && !fits)
                refuse(tr("--%1 means something with %2 only.").arg(name, with));
        }
    }

    void notBoth(const QString &one, const QString &other)
    {
        if (m_parser.isSet(one) && m_parser.isSet(other))
            refuse(tr("--%1 and --%2 exclude each other.").arg(one, other));
    }

private:
    const QCommandLineParser &m_parser;
    QString m_error;
};

void readMode(const QCommandLineParser &parser, OptionReader &reader, LoadOptions &options)
{
    using Mode = LoadOptions::Mode;
    reader.notBoth(u"click"_s, u"broadcast"_s);
    if (parser.isSet(u"click"_s)) {
        options.mode = Mode::Click;
        options.action = parser.value(u"click"_s);
    } else if (parser.isSet(u"broadcast"_s)) {
        options.mode = Mode::Broadcast;
        options.action = parser.value(u"broadcast"_s);
    }
    if (options.mode != Mode::Idle && options.action.isEmpty())
        reader.refuse(tr("Say which action is to be sent, for example --click increment."));
    reader.onlyWith(options.mode == Mode::Click, u"--click"_s, {u"active"_s, u"duration"_s});
    reader.onlyWith(options.mode == Mode::Broadcast, u"--broadcast"_s, {u"times"_s});
    reader.onlyWith(options.mode != Mode::Idle, tr("--click or --broadcast"), {u"rate"_s});

    reader.read(u"idle"_s, options.idle, 0, aDay);
    reader.read(u"rate"_s, options.rate, minRate, maxRate);
    options.active = options.connections;
    reader.read(u"active"_s, options.active, 1, options.connections);
    reader.read(u"duration"_s, options.duration, shortestTime, aDay);
    reader.read(u"times"_s, options.times, 1, maxTimes);
    if (options.mode == Mode::Click
        && options.rate * std::chrono::duration<double>(options.duration).count() < 1)
        reader.refuse(tr("Not one action would be sent: give a longer --duration or a higher "
                         "--rate."));
    if (options.mode == Mode::Broadcast && options.connections < 2 * options.browsers)
        reader.refuse(tr("A broadcast needs two connections of each browser at least: give fewer "
                         "--browsers or more --connections."));
}

} // namespace

void LoadOptions::addTo(QCommandLineParser &parser)
{
    const LoadOptions defaults;
    const auto seconds = [](Duration duration) {
        return QString::number(std::chrono::duration<double>(duration).count());
    };
    parser.addPositionalArgument(u"url"_s,
                                 tr("The page, for example http://127.0.0.1:8080/counter."),
                                 tr("URL"));
    parser.addOptions({
        {{u"n"_s, u"connections"_s},
         tr("How many tabs to open."),
         tr("NUMBER"),
         QString::number(defaults.connections)},
        {{u"b"_s, u"browsers"_s},
         tr("How many browsers the tabs belong to: each has a cookie of its own, and is a session "
            "group. As many as tabs, unless given."),
         tr("NUMBER")},
        {u"cookie"_s,
         tr("Open all tabs with this value of the cookie livetemplate-id, and load no page."),
         tr("VALUE")},
        {u"origin"_s, tr("Say that the page is of ORIGIN. The server's own, unless given."),
         tr("ORIGIN")},
        {u"parallel"_s, tr("How many tabs are being opened at a time."), tr("NUMBER"),
         QString::number(defaults.parallel)},
        {u"idle"_s, tr("When all are open, do nothing for so long, before anything else."),
         tr("SECONDS")},
        {u"click"_s, tr("Have tabs send ACTION, at an even pace."), tr("ACTION")},
        {u"rate"_s, tr("Actions per second, of all tabs together."), tr("NUMBER"),
         QString::number(defaults.rate)},
        {u"active"_s, tr("How many tabs send actions. All, unless given."), tr("NUMBER")},
        {u"duration"_s, tr("How long they send."), tr("SECONDS"), seconds(defaults.duration)},
        {u"broadcast"_s,
         tr("Have one tab send ACTION, and wait until all others of its browser were told."),
         tr("ACTION")},
        {u"times"_s, tr("How often."), tr("NUMBER"), QString::number(defaults.times)},
        {u"heartbeat"_s, tr("Each tab sends a heartbeat once in so many seconds; 0: never."),
         tr("SECONDS"), seconds(defaults.heartbeat)},
        {u"timeout"_s, tr("How long to wait for a page, for an answer, for an update."),
         tr("SECONDS"), seconds(defaults.timeout)},
        {u"verify"_s, tr("At the end, check that all tabs of each browser show the same values.")},
        {u"counter"_s,
         tr("At the end, also check that the value number SLOT (from 0) of the page, a number, "
            "grew by one with each action."),
         tr("SLOT")},
        {u"pid"_s, tr("The server's process. Found by its port, unless given."), tr("ID")},
        {u"json"_s, tr("Print the figures as JSON; times are in microseconds.")},
        {u"allow-remote"_s, tr("Allow a server on another machine.")},
    });
}

std::expected<LoadOptions, QString> LoadOptions::read(const QCommandLineParser &parser)
{
    LoadOptions options;
    OptionReader reader(parser);
    const QStringList arguments = parser.positionalArguments();
    if (arguments.isEmpty())
        reader.refuse(tr("Say which page to load, for example http://127.0.0.1:8080/counter."));
    if (arguments.size() > 1)
        reader.refuse(tr("Unexpected argument \"%1\".").arg(arguments.at(1)));
    options.url = arguments.value(0);

    reader.read(u"connections"_s, options.connections, 1, maxConnections);
    reader.read(u"cookie"_s, options.cookie);
    options.browsers = options.cookie.isEmpty() ? options.connections : 1;
    reader.notBoth(u"browsers"_s, u"cookie"_s);
    reader.read(u"browsers"_s, options.browsers, 1, options.connections);
    reader.read(u"origin"_s, options.origin);
    reader.read(u"parallel"_s, options.parallel, 1, maxParallel);
    auto heartbeat = int(options.heartbeat / std::chrono::seconds(1));
    reader.read(u"heartbeat"_s, heartbeat, 0, longestHeartbeat);
    options.heartbeat = std::chrono::seconds(heartbeat);
    reader.read(u"timeout"_s, options.timeout, shortestTime, aDay);
    readMode(parser, reader, options);

    options.verify = parser.isSet(u"verify"_s) || parser.isSet(u"counter"_s);
    if (parser.isSet(u"counter"_s)) {
        int slot = 0;
        reader.read(u"counter"_s, slot, 0, maxSlot);
        options.counterSlot = slot;
    }
    if (parser.isSet(u"pid"_s)) {
        int id = 0;
        reader.read(u"pid"_s, id, 1, std::numeric_limits<int>::max());
        options.serverId = id;
    }
    options.json = parser.isSet(u"json"_s);
    options.allowRemote = parser.isSet(u"allow-remote"_s);
    if (!reader.error().isEmpty())
        return std::unexpected(reader.error());
    return options;
}

} // namespace LiveTemplate::Load
