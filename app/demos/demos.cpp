// SPDX-FileCopyrightText: 2026 The LiveTemplate for Qt authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "demos.h"

#include "counter.h"
#include "index.h"
#include "server.h"

#include <QFileInfo>

using namespace Qt::StringLiterals;

namespace LiveTemplate::Demos {

void mountSamplePages(Server &server, const QString &templateFolder)
{
    const auto templateFile = [&](const QString &name) {
        const QString file = templateFolder + u'/' + name;
        return !templateFolder.isEmpty() && QFileInfo(file).isFile() ? file
                                                                     : u":/templates/"_s + name;
    };
    server.mount<IndexState>(u"/", templateFile(u"index.html"_s), new IndexController);
    server.mount<CounterState>(u"/counter", templateFile(u"counter.html"_s), new CounterController);
}

} // namespace LiveTemplate::Demos
