// SPDX-FileCopyrightText: 2026 The LiveTemplate for Qt authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "demos.h"

#include "counter.h"
#include "index.h"
#include "server.h"

#include <QFileInfo>

using namespace Qt::StringLiterals;

namespace LiveTemplate::Demos {

namespace {

/// For each thread of the server one of its own.
template<typename Controller>
std::unique_ptr<QObject> makeController()
{
    return std::make_unique<Controller>();
}

} // namespace

void mountSamplePages(Server &server, const QString &templateFolder)
{
    const auto templateFile = [&](const QString &name) {
        const QString file = templateFolder + u'/' + name;
        return !templateFolder.isEmpty() && QFileInfo(file).isFile() ? file
                                                                     : u":/templates/"_s + name;
    };
    server.mount<IndexState>(u"/", templateFile(u"index.html"_s), makeController<IndexController>);
    server.mount<CounterState>(u"/counter", templateFile(u"counter.html"_s),
                               makeController<CounterController>);
}

} // namespace LiveTemplate::Demos
