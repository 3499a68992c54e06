// SPDX-FileCopyrightText: 2026 The LiveTemplate for Qt authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QString>
#include <QUrl>

namespace LiveTemplate::Ui {

/// The page that a person means who types @p text into the address bar: an absolute URL, a path on
/// @p server ("/counter" or "counter"), or a host with an optional port and path
/// ("example.org/page", "localhost:8080"). Invalid when the text is no address.
[[nodiscard]] QUrl pageFromInput(const QString &text, const QUrl &server);

/// How a page is remembered: pages of @p server by their path, because the server may listen on
/// another port next time; others by the whole URL.
[[nodiscard]] QString pageToSave(const QUrl &page, const QUrl &server);

/// The opposite of pageToSave().
[[nodiscard]] QUrl savedPage(const QString &text, const QUrl &server);

} // namespace LiveTemplate::Ui
