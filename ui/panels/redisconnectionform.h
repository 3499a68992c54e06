// SPDX-FileCopyrightText: 2026 The LiveTemplate for Qt authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "redischeck.h"
#include "redisurl.h"

#include <QPointer>
#include <QWidget>

#include <expected>

class QCheckBox;
class QComboBox;
class QFormLayout;
class QLabel;
class QLineEdit;
class QMenu;
class QPushButton;
class QSpinBox;
class QToolButton;

namespace LiveTemplate::Ui {

class PasswordKeeper;

/// Which Redis: as a URL, or by fields; each follows the other. The URL never shows a password:
/// that is in a field of its own, and in the keychain.
class RedisConnectionForm : public QWidget
{
    Q_OBJECT

public:
    explicit RedisConnectionForm(PasswordKeeper &passwords, QWidget *parent = nullptr);

    /// What is entered, with the password; or what is wrong with it.
    [[nodiscard]] std::expected<RedisUrl, QString> url() const;
    void setUrl(const RedisUrl &url);
    /// As if somebody had typed it.
    void enter(const QString &text);

    /// The last ones that were connected to, without passwords.
    [[nodiscard]] QStringList recentUrls() const { return m_recent; }
    void setRecentUrls(const QStringList &urls);
    /// It was connected to: puts it first among the recent ones, and keeps its password.
    void remember(const RedisUrl &url);

    /// Whether one can be given up; the button says so.
    void setConnectionBegun(bool isBegun);
    void setFieldsShown(bool areShown);
    /// Begins to test what is entered.
    void test();

Q_SIGNALS:
    void connectWanted(const LiveTemplate::RedisUrl &url);
    void disconnectWanted();
    void changed();

private:
    void createFields();
    void createRow();
    QWidget *createFileField(QLineEdit *&edit, const QString &name);
    void takeUrl();
    void takeFields();
    void writeUrl(const RedisUrl &url);
    void writeFields(const RedisUrl &url);
    [[nodiscard]] std::expected<RedisUrl, QString> readFields() const;
    void updateFields();
    void updateNote();
    void choose(const QString &recent);
    void fillRecent();
    void showResult(const RedisCheck::Result &result);
    void say(const QString &sentence, bool isWarning);
    void submit();

    PasswordKeeper &m_passwords;
    QStringList m_recent;
    bool m_isWriting = false;
    bool m_isBegun = false;
    QPointer<RedisCheck> m_check;

    QLineEdit *m_url = nullptr;
    QMenu *m_recentMenu = nullptr;
    QToolButton *m_recentButton = nullptr;
    QPushButton *m_test = nullptr;
    QPushButton *m_connect = nullptr;
    QToolButton *m_more = nullptr;
    QLabel *m_noteIcon = nullptr;
    QLabel *m_note = nullptr;

    QWidget *m_fields = nullptr;
    QFormLayout *m_form = nullptr;
    QComboBox *m_topology = nullptr;
    QLineEdit *m_hosts = nullptr;
    QLineEdit *m_masterName = nullptr;
    QLineEdit *m_user = nullptr;
    QLineEdit *m_password = nullptr;
    QCheckBox *m_keepPassword = nullptr;
    QSpinBox *m_database = nullptr;
    QCheckBox *m_sharded = nullptr;
    QCheckBox *m_tls = nullptr;
    QLineEdit *m_authority = nullptr;
    QLineEdit *m_certificate = nullptr;
    QLineEdit *m_key = nullptr;
    QCheckBox *m_verify = nullptr;
    QLineEdit *m_sentinelUser = nullptr;
    QLineEdit *m_sentinelPassword = nullptr;
};

} // namespace LiveTemplate::Ui
