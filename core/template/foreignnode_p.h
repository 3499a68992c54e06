// SPDX-FileCopyrightText: 2026 The LiveTemplate for Qt authors
// SPDX-License-Identifier: MIT

#pragma once

#include <KTextTemplate/Node>

namespace LiveTemplate {

class Compiler;

/// A tag of another library (`{% load %}`): renders itself, and what it writes is one piece of
/// HTML.
void compileForeign(Compiler &compiler, const KTextTemplate::Node &node);

} // namespace LiveTemplate
