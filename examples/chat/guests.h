// SPDX-FileCopyrightText: 2026 The LiveTemplate for Qt authors
// SPDX-License-Identifier: MIT

#pragma once

#include <QByteArray>
#include <QHash>
#include <QString>
#include <QStringList>

#include <expected>
#include <mutex>
#include <optional>

/// Who has logged in. A guest is known by a token, which the browser keeps in a cookie: a long
/// random one, because whoever has it is that guest. There are no passwords: a name is free as long
/// as nobody who has it is present.
///
/// Threading: all functions may be called from any thread.
class Guests
{
public:
    /// More are refused while they are all present.
    static constexpr qsizetype limit = 1000;

    /// Gives a token for @p name, or says why it cannot be had.
    [[nodiscard]] std::expected<QByteArray, QString> enter(const QString &name);
    void leave(const QByteArray &token);

    [[nodiscard]] std::optional<QString> nameOf(const QByteArray &token) const;
    /// Whether a guest has that name.
    [[nodiscard]] bool has(const QString &name) const;

    /// The names of those who have the page open. Returns whether that is news.
    bool setPresent(const QStringList &names);
    [[nodiscard]] QStringList present() const;

private:
    mutable std::mutex m_mutex;
    /// By token.
    QHash<QByteArray, QString> m_names;
    QStringList m_present;
};
