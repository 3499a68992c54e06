// SPDX-FileCopyrightText: 2026 The LiveTemplate for Qt authors
// SPDX-License-Identifier: MIT

#include "terminationwatcher.h"

#include <QSocketNotifier>

#include <array>
#include <cerrno>
#include <csignal>

#include <fcntl.h>
#include <unistd.h>

namespace LiveTemplate {

namespace {

constexpr std::array watchedSignals = {SIGTERM, SIGINT};

// A signal handler may do next to nothing; writing a byte to a pipe is allowed (POSIX, "async-
// signal-safe"). signalfd() would need the signals blocked, and Chromium's processes would
// inherit that.
int readEnd = -1;
int writeEnd = -1;

void setHandlers(void (*handler)(int))
{
    struct sigaction action = {};
    action.sa_handler = handler;
    action.sa_flags = SA_RESTART;
    sigemptyset(&action.sa_mask);
    for (const int number : watchedSignals)
        sigaction(number, &action, nullptr);
}

void handleSignal(int)
{
    const int savedErrno = errno;
    setHandlers(SIG_DFL);
    const char byte = 0;
    // The pipe is empty, so this cannot fail for want of room.
    [[maybe_unused]] const ssize_t written = write(writeEnd, &byte, 1);
    errno = savedErrno;
}

int openPipe()
{
    std::array<int, 2> ends = {-1, -1};
    if (pipe2(ends.data(), O_CLOEXEC | O_NONBLOCK) != 0)
        qFatal("No pipe for signals: %s", qUtf8Printable(qt_error_string()));
    readEnd = ends[0];
    writeEnd = ends[1];
    return readEnd;
}

} // namespace

class TerminationWatcher::Private
{
public:
    QSocketNotifier notifier{openPipe(), QSocketNotifier::Read};
};

TerminationWatcher::TerminationWatcher(QObject *parent)
    : QObject(parent)
    , d(std::make_unique<Private>())
{
    d->notifier.setEnabled(false);
    connect(&d->notifier, &QSocketNotifier::activated, this, [this] {
        char byte = 0;
        if (read(readEnd, &byte, 1) == 1)
            Q_EMIT terminationRequested();
    });
    setHandlers(handleSignal);
}

TerminationWatcher::~TerminationWatcher()
{
    setHandlers(SIG_DFL);
    d->notifier.setEnabled(false);
    close(readEnd);
    close(writeEnd);
}

void TerminationWatcher::start()
{
    d->notifier.setEnabled(true);
}

} // namespace LiveTemplate
