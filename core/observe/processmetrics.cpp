// SPDX-FileCopyrightText: 2026 The LiveTemplate for Qt authors
// SPDX-License-Identifier: MIT

#include "processmetrics_p.h"

#include <QFile>

#include <ctime>
#include <filesystem>
#include <sys/resource.h>
#include <sys/stat.h>
#include <system_error>
#include <unistd.h>

using namespace Qt::StringLiterals;

namespace LiveTemplate {

namespace {

/// What is read of /proc/self/stat (proc_pid_stat(5)).
struct Status
{
    qint64 threads = 0;
    /// Clock ticks since the machine was booted.
    qint64 startTicks = 0;
    qint64 virtualBytes = 0;
    qint64 residentPages = 0;
};

std::optional<Status> readStatus()
{
    QFile file(u"/proc/self/stat"_s);
    if (!file.open(QIODevice::ReadOnly))
        return std::nullopt;
    const QByteArray text = file.readAll();
    // "123 (name) S 1 …": a name may hold anything, so fields count from its closing parenthesis,
    // behind which the third of them stands.
    const QList<QByteArray> fields = text.sliced(text.lastIndexOf(')') + 1).trimmed().split(' ');
    const auto field = [&](qsizetype number) {
        return fields.value(number - 3).toLongLong();
    };
    if (fields.size() < 22)
        return std::nullopt;
    return Status{
        .threads = field(20),
        .startTicks = field(22),
        .virtualBytes = field(23),
        .residentPages = field(24),
    };
}

double seconds(const timeval &time)
{
    return double(time.tv_sec) + double(time.tv_usec) / 1e6;
}

double now(clockid_t clock)
{
    timespec time = {};
    clock_gettime(clock, &time);
    return double(time.tv_sec) + double(time.tv_nsec) / 1e9;
}

/// Read once: each time it would come out a little different, and a start time that changes looks
/// like a restart.
double startTime(qint64 startTicks)
{
    static const double time = now(CLOCK_REALTIME) - now(CLOCK_BOOTTIME)
        + double(startTicks) / double(sysconf(_SC_CLK_TCK));
    return time;
}

std::optional<double> cpuSeconds()
{
    rusage usage = {};
    if (getrusage(RUSAGE_SELF, &usage) != 0)
        return std::nullopt;
    return seconds(usage.ru_utime) + seconds(usage.ru_stime);
}

std::optional<qint64> openFiles()
{
    constexpr auto folder = "/proc/self/fd";
    struct stat status = {};
    if (::stat(folder, &status) != 0)
        return std::nullopt;
    // Since Linux 6.2 the number of descriptors.
    if (status.st_size > 0)
        return status.st_size;

    std::error_code error;
    std::filesystem::directory_iterator entry(folder, error);
    qint64 count = 0;
    for (; !error && entry != std::filesystem::directory_iterator(); entry.increment(error))
        ++count;
    // One of them is the descriptor that lists them.
    return error ? std::nullopt : std::optional(count - 1);
}

std::optional<qint64> maxFiles()
{
    rlimit limit = {};
    if (getrlimit(RLIMIT_NOFILE, &limit) != 0 || limit.rlim_cur == RLIM_INFINITY)
        return std::nullopt;
    return qint64(limit.rlim_cur);
}

} // namespace

ProcessMetrics ProcessMetrics::read()
{
    ProcessMetrics metrics;
    metrics.cpuSeconds = LiveTemplate::cpuSeconds();
    metrics.openFiles = LiveTemplate::openFiles();
    metrics.maxFiles = LiveTemplate::maxFiles();
    if (const auto status = readStatus()) {
        metrics.residentBytes = status->residentPages * sysconf(_SC_PAGESIZE);
        metrics.virtualBytes = status->virtualBytes;
        metrics.threads = status->threads;
        metrics.startTime = LiveTemplate::startTime(status->startTicks);
    }
    return metrics;
}

} // namespace LiveTemplate
