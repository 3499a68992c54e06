// SPDX-FileCopyrightText: 2026 The LiveTemplate for Qt authors
// SPDX-License-Identifier: MIT

// What the samples of docs/sessions.md take for granted.

bool isRight(const QString &user, const QString &password);

struct LoginState
{
};

struct Staff
{
    std::optional<QString> userOf(const QByteArray &cookie);
    GroupId groupOf(const QByteArray &cookie);
    std::optional<QByteArray> tokenFor(const QString &name, const QString &password);
};
extern Staff &staff;

struct Worker
{
    void load(const SessionKey &key, SessionStore::Loaded loaded);
    void save(const SessionKey &key, const QJsonObject &state);
    void remove(const SessionKey &key);
    void list(SessionStore::Listed listed);
};
extern Worker &worker;
