// SPDX-FileCopyrightText: 2026 The LiveTemplate for Qt authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

namespace LiveTemplate {

class Server;

namespace Demos {

/// Mounts every sample page on @p server. Call it before Server::listen(), which reports a page
/// that is broken.
void mountSamplePages(Server &server);

} // namespace Demos
} // namespace LiveTemplate
