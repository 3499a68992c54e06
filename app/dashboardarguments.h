// SPDX-FileCopyrightText: 2026 The LiveTemplate for Qt authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "dashboardoptions.h"

#include <expected>

class QCommandLineParser;

namespace LiveTemplate::App {

/// Adds --page, --tile, --redis, --read-only and --layout.
void addDashboardOptions(QCommandLineParser &parser);

/// What they say. The error is a sentence for the person who typed them; it has no password in it.
[[nodiscard]] std::expected<Ui::DashboardOptions, QString> readDashboardOptions(
    const QCommandLineParser &parser);

/// A value of --page: a path or an address, with a browser's letter before it where it is not for
/// the first one ("B:/counter").
[[nodiscard]] std::expected<Ui::PageToOpen, QString> parsePageToOpen(const QString &text);

} // namespace LiveTemplate::App
