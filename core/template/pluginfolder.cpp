// SPDX-FileCopyrightText: 2026 The LiveTemplate for Qt authors
// SPDX-License-Identifier: MIT

#include "pluginfolder_p.h"

#include <QFileInfo>

#include <dlfcn.h>

using namespace Qt::StringLiterals;

namespace LiveTemplate {

QString pluginFolder()
{
    // Asking the dynamic linker makes the prefix movable: no path is compiled in.
    Dl_info info{};
    static const char anchor = 0;
    if (!dladdr(&anchor, &info) || !info.dli_fname)
        return {};
    return QFileInfo(QString::fromLocal8Bit(info.dli_fname)).absolutePath() + u"/livetemplate"_s;
}

} // namespace LiveTemplate
