// SPDX-FileCopyrightText: 2026 The LiveTemplate for Qt authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "index.h"

using namespace Qt::StringLiterals;

namespace LiveTemplate::Demos {

IndexState IndexController::mount(IndexState state, Context &)
{
    state.pages = {
        {.path = u"/counter"_s,
         .title = tr("Counter"),
         .description = tr("One number that all tabs of a browser share. Other browsers have "
                           "a number of their own.")},
    };
    return state;
}

} // namespace LiveTemplate::Demos
