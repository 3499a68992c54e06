// SPDX-FileCopyrightText: 2026 The LiveTemplate for Qt authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QHash>
#include <QObject>
#include <QString>

#include <functional>

namespace LiveTemplate::Ui {

/// Keeps passwords in the system's keychain; where there is none, in memory as long as the program
/// runs. Never in a file of ours.
class PasswordKeeper : public QObject
{
    Q_OBJECT

public:
    /// What the entries belong to.
    static QString service();

    /// A password that was found, and what there is to say of it; both may be empty.
    struct Found
    {
        QString password;
        QString sentence;
    };

    explicit PasswordKeeper(QObject *parent = nullptr);

    /// @p done is told where it is kept, in a sentence. Calls of one key are carried out in their
    /// order.
    void keep(const QString &key, const QString &password,
              std::function<void(bool isInKeychain, const QString &sentence)> done);
    void fetch(const QString &key, std::function<void(const Found &)> done);
    void forget(const QString &key, std::function<void()> done = {});

private:
    /// Those that the keychain does not take.
    QHash<QString, QString> m_session;
};

} // namespace LiveTemplate::Ui
