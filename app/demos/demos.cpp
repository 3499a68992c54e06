// SPDX-FileCopyrightText: 2026 The LiveTemplate for Qt authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "demos.h"

#include "counter.h"
#include "index.h"
#include "server.h"

namespace LiveTemplate::Demos {

void mountSamplePages(Server &server)
{
    server.mount<IndexState>(u"/", u":/templates/index.html", new IndexController);
    server.mount<CounterState>(u"/counter", u":/templates/counter.html", new CounterController);
}

} // namespace LiveTemplate::Demos
