// SPDX-FileCopyrightText: 2026 The LiveTemplate for Qt authors
// SPDX-License-Identifier: MIT

#pragma once

#include <QByteArray>
#include <QDateTime>
#include <QHash>
#include <QSet>
#include <QString>
#include <QStringList>

#include <expected>
#include <mutex>

/// Who has logged in. The browser keeps a token in a cookie: a long random one, because whoever has
/// it is that guest. Everywhere else a guest is an id, which is a hash of the token: it is another
/// one with each log-in, so that nobody becomes somebody else by taking their name.
///
/// There are no passwords: a name is free as long as nobody who has it is here.
///
/// Threading: all functions may be called from any thread.
class Guests
{
public:
    /// More are refused while they are all here.
    static constexpr qsizetype limit = 1000;
    /// Seconds for which a name is kept for who has just entered, until their page is connected.
    static constexpr qint64 reserved = 30;

    /// Gives a token for @p name, or says why it cannot be had.
    [[nodiscard]] std::expected<QByteArray, QString> enter(const QString &name,
                                                           const QDateTime &now);
    void leave(const QString &id);

    /// Whoever that is: see has().
    [[nodiscard]] static QString idOf(const QByteArray &token);
    [[nodiscard]] bool has(const QString &id) const;
    /// Empty when there is no such guest.
    [[nodiscard]] QString nameOf(const QString &id) const;

    /// Who has the page open. Returns whether that is news.
    bool setPresent(const QSet<QString> &ids);
    /// Their names, in order.
    [[nodiscard]] QStringList present() const;

private:
    struct Guest
    {
        QString name;
        QDateTime enteredAt;
    };

    mutable std::mutex m_mutex;
    /// By id.
    QHash<QString, Guest> m_guests;
    QSet<QString> m_present;
};
