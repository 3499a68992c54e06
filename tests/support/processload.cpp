// SPDX-FileCopyrightText: 2026 The LiveTemplate for Qt authors
// SPDX-License-Identifier: MIT

#include "processload.h"

#include <QFile>

#include <algorithm>
#include <cstdlib>
#include <ctime>
#include <filesystem>
#include <iterator>
#include <limits>
#include <malloc.h>
#include <memory>
#include <sys/resource.h>
#include <system_error>
#include <unistd.h>

using namespace Qt::StringLiterals;

namespace ProcessLoad {

qint64 openFiles(pid_t process)
{
    std::error_code error;
    const std::filesystem::directory_iterator entries("/proc/" + std::to_string(process) + "/fd",
                                                      error);
    const auto count = std::distance(begin(entries), end(entries));
    return process == ::getpid() ? count - 1 : count;
}

qint64 residentBytes(pid_t process)
{
    QFile file(u"/proc/%1/statm"_s.arg(process));
    if (!file.open(QIODevice::ReadOnly))
        return 0;
    return file.readAll().split(' ').value(1).toLongLong() * sysconf(_SC_PAGESIZE);
}

std::optional<qint64> allocatedBytes()
{
    const auto counted = [] {
        const struct mallinfo2 info = mallinfo2();
        return qint64(info.uordblks + info.hblkhd);
    };
    constexpr std::size_t probeSize = 8 * 1024 * 1024;
    const qint64 before = counted();
    const std::unique_ptr<void, decltype(&std::free)> probe(std::malloc(probeSize), std::free);
    return probe && counted() >= before + qint64(probeSize) ? std::optional(before) : std::nullopt;
}

std::chrono::milliseconds processorTime()
{
    timespec time{};
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time);
    return std::chrono::duration_cast<std::chrono::milliseconds>(
        std::chrono::seconds(time.tv_sec) + std::chrono::nanoseconds(time.tv_nsec));
}

qint64 raiseFileLimit()
{
    rlimit limit{};
    if (getrlimit(RLIMIT_NOFILE, &limit) != 0)
        return 0;
    limit.rlim_cur = limit.rlim_max;
    setrlimit(RLIMIT_NOFILE, &limit);
    return limit.rlim_max == RLIM_INFINITY ? std::numeric_limits<qint64>::max()
                                           : qint64(limit.rlim_max);
}

} // namespace ProcessLoad
