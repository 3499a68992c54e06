// SPDX-FileCopyrightText: 2026 The LiveTemplate for Qt authors
// SPDX-License-Identifier: MIT

#pragma once

#include "livetemplate_export.h"

namespace LiveTemplate {

/// Ends the application in order when it gets SIGTERM, as from systemd, or SIGINT, as from Ctrl+C:
/// QCoreApplication::quit(), and exec() returns. The destructor of a Server then tells its clients
/// goodbye and sees that states are saved. A second signal ends the program at once.
///
/// Call it once, after the application object is made, in its thread.
///
/// @code
/// QCoreApplication application(argc, argv);
/// LiveTemplate::quitOnTermination();
/// @endcode
LIVETEMPLATE_EXPORT void quitOnTermination();

} // namespace LiveTemplate
