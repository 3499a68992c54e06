// SPDX-FileCopyrightText: 2026 The LiveTemplate for Qt authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QString>

namespace LiveTemplate {

class Server;

namespace Demos {

/// Mounts every sample page on @p server. Call it before Server::listen(), which reports a page
/// that is broken. The templates that are in @p templateFolder take the place of the built-in ones.
void mountSamplePages(Server &server, const QString &templateFolder = {});

} // namespace Demos
} // namespace LiveTemplate
