// SPDX-FileCopyrightText: 2026 The LiveTemplate for Qt authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "redisconnectionform.h"

#include "passwordkeeper.h"
#include "symbolicicon.h"

#include <QCheckBox>
#include <QComboBox>
#include <QFileDialog>
#include <QFormLayout>
#include <QHBoxLayout>
#include <QLabel>
#include <QLineEdit>
#include <QMenu>
#include <QPushButton>
#include <QSignalBlocker>
#include <QSpinBox>
#include <QToolButton>

#include <utility>

using namespace Qt::StringLiterals;

namespace LiveTemplate::Ui {

namespace {

using Topology = RedisUrl::Topology;

constexpr qsizetype mostRecent = 10;
constexpr int noteIconSize = 16;
/// What stands for a password in a URL that is shown.
constexpr QLatin1StringView hiddenPassword("***");

QString withoutPasswords(RedisUrl url)
{
    return url.toDisplayString();
}

} // namespace

RedisConnectionForm::RedisConnectionForm(PasswordKeeper &passwords, QWidget *parent)
    : QWidget(parent)
    , m_passwords(passwords)
{
    createRow();
    createFields();

    m_noteIcon = new QLabel;
    m_note = new QLabel;
    m_note->setWordWrap(true);
    m_note->setTextFormat(Qt::PlainText);
    m_note->setTextInteractionFlags(Qt::TextSelectableByMouse);
    m_note->setObjectName(u"connection-note"_s);
    m_note->setAccessibleName(tr("What is known of this Redis"));
    auto *const note = new QHBoxLayout;
    note->addWidget(m_noteIcon, 0, Qt::AlignTop);
    note->addWidget(m_note, 1);

    auto *const row = new QHBoxLayout;
    row->setSpacing(4);
    row->addWidget(m_url, 1);
    row->addWidget(m_recentButton);
    row->addWidget(m_more);
    row->addWidget(m_test);
    row->addWidget(m_connect);

    auto *const layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(6);
    layout->addLayout(row);
    layout->addLayout(note);
    layout->addWidget(m_fields);
    layout->addStretch(1);
    setUrl(*RedisUrl::parse(u"redis://localhost"_s));
    setFieldsShown(false);
    say({}, false);
    setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Maximum);
    setFocusProxy(m_url);
}

void RedisConnectionForm::createRow()
{
    m_url = new QLineEdit;
    m_url->setObjectName(u"redis-url"_s);
    m_url->setAccessibleName(tr("URL of the Redis"));
    m_url->setPlaceholderText(u"redis://localhost:6379"_s);
    m_url->setToolTip(tr("redis://host, rediss://host (TLS), redis+sentinel://hosts/name or "
                         "redis+cluster://hosts. A password goes into its own field."));
    m_url->setMinimumWidth(160);
    connect(m_url, &QLineEdit::textEdited, this, &RedisConnectionForm::takeUrl);
    connect(m_url, &QLineEdit::editingFinished, this, [this] {
        // What was typed of a password is in its field by now.
        if (const auto entered = url())
            writeUrl(*entered);
    });
    connect(m_url, &QLineEdit::returnPressed, this, &RedisConnectionForm::submit);

    m_recentMenu = new QMenu(this);
    m_recentButton = new QToolButton;
    m_recentButton->setText(tr("Recent"));
    m_recentButton->setToolTip(tr("The last ones that were connected to"));
    m_recentButton->setPopupMode(QToolButton::InstantPopup);
    m_recentButton->setMenu(m_recentMenu);

    m_more = new QToolButton;
    m_more->setText(tr("Details"));
    m_more->setToolTip(tr("Host, password, TLS and so on, one by one"));
    m_more->setCheckable(true);
    m_more->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
    connect(m_more, &QToolButton::toggled, this, &RedisConnectionForm::setFieldsShown);

    m_test = new QPushButton(tr("&Test"));
    m_test->setToolTip(tr("Look whether it is there and what one may do; nothing is changed"));
    connect(m_test, &QPushButton::clicked, this, &RedisConnectionForm::test);
    m_connect = new QPushButton(tr("&Connect"));
    m_connect->setObjectName(u"redis-connect"_s);
    connect(m_connect, &QPushButton::clicked, this, [this] {
        if (m_isBegun)
            Q_EMIT disconnectWanted();
        else
            submit();
    });
}

QWidget *RedisConnectionForm::createFileField(QLineEdit *&edit, const QString &name)
{
    edit = new QLineEdit;
    edit->setAccessibleName(name);
    edit->setPlaceholderText(tr("PEM file"));
    auto *const browse = new QToolButton;
    browse->setText(u"…"_s);
    browse->setToolTip(tr("Choose a file"));
    browse->setAccessibleName(tr("Choose: %1").arg(name));
    connect(browse, &QToolButton::clicked, this, [this, edit, name] {
        auto *const dialog = new QFileDialog(this, name);
        dialog->setAttribute(Qt::WA_DeleteOnClose);
        dialog->setFileMode(QFileDialog::ExistingFile);
        connect(dialog, &QFileDialog::fileSelected, this, [this, edit](const QString &file) {
            edit->setText(file);
            takeFields();
        });
        dialog->open();
    });
    auto *const field = new QWidget;
    auto *const layout = new QHBoxLayout(field);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addWidget(edit, 1);
    layout->addWidget(browse);
    return field;
}

void RedisConnectionForm::createFields()
{
    m_fields = new QWidget;
    m_fields->setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Maximum);
    m_form = new QFormLayout(m_fields);
    m_form->setContentsMargins(0, 0, 0, 0);
    m_form->setFieldGrowthPolicy(QFormLayout::AllNonFixedFieldsGrow);

    m_topology = new QComboBox;
    m_topology->addItem(tr("One server"), int(Topology::Single));
    m_topology->addItem(tr("Sentinel"), int(Topology::Sentinel));
    m_topology->addItem(tr("Cluster"), int(Topology::Cluster));
    m_form->addRow(tr("&Kind:"), m_topology);
    m_hosts = new QLineEdit;
    m_hosts->setObjectName(u"redis-hosts"_s);
    m_hosts->setToolTip(
        tr("host or host:port; of Sentinels and Cluster nodes several, with commas"));
    m_form->addRow(tr("&Host:"), m_hosts);
    m_masterName = new QLineEdit;
    m_masterName->setPlaceholderText(u"mymaster"_s);
    m_form->addRow(tr("&Name of the master:"), m_masterName);
    m_user = new QLineEdit;
    m_user->setObjectName(u"redis-user"_s);
    m_user->setPlaceholderText(tr("the default user"));
    m_form->addRow(tr("&User:"), m_user);
    m_password = new QLineEdit;
    m_password->setObjectName(u"redis-password"_s);
    m_password->setEchoMode(QLineEdit::Password);
    m_form->addRow(tr("&Password:"), m_password);
    m_keepPassword = new QCheckBox(tr("&Keep the password in the system's keychain"));
    m_keepPassword->setChecked(true);
    m_form->addRow(QString(), m_keepPassword);
    m_sentinelUser = new QLineEdit;
    m_form->addRow(tr("User at the Sentinels:"), m_sentinelUser);
    m_sentinelPassword = new QLineEdit;
    m_sentinelPassword->setEchoMode(QLineEdit::Password);
    m_form->addRow(tr("Password at the Sentinels:"), m_sentinelPassword);
    m_database = new QSpinBox;
    m_database->setRange(0, 999'999);
    m_database->setToolTip(tr("Channels are the same in all databases; saved states are not."));
    m_form->addRow(tr("&Database:"), m_database);
    m_sharded = new QCheckBox(tr("LiveTemplate uses shard channels here"));
    m_form->addRow(QString(), m_sharded);
    m_tls = new QCheckBox(tr("T&LS"));
    m_tls->setObjectName(u"redis-tls"_s);
    m_form->addRow(tr("Encryption:"), m_tls);
    m_form->addRow(tr("&Authority:"), createFileField(m_authority, tr("Authority's certificate")));
    m_form->addRow(tr("Our c&ertificate:"), createFileField(m_certificate, tr("Our certificate")));
    m_form->addRow(tr("Our ke&y:"), createFileField(m_key, tr("Our private key")));
    m_verify = new QCheckBox(tr("&Refuse certificates that are not trusted"));
    m_verify->setChecked(true);
    m_form->addRow(QString(), m_verify);

    for (QLineEdit *const edit : m_fields->findChildren<QLineEdit *>())
        connect(edit, &QLineEdit::textEdited, this, &RedisConnectionForm::takeFields);
    for (QCheckBox *const box : {m_sharded, m_tls, m_verify})
        connect(box, &QCheckBox::toggled, this, &RedisConnectionForm::takeFields);
    connect(m_topology, &QComboBox::currentIndexChanged, this, &RedisConnectionForm::takeFields);
    connect(m_database, &QSpinBox::valueChanged, this, &RedisConnectionForm::takeFields);
}

// ------------------------------------------------------------------------------ URL and fields

std::expected<RedisUrl, QString> RedisConnectionForm::url() const
{
    auto parsed = RedisUrl::parse(m_url->text());
    if (!parsed)
        return std::unexpected(parsed.error().message);
    if (parsed->password == hiddenPassword)
        parsed->password = m_password->text();
    if (parsed->sentinelPassword == hiddenPassword)
        parsed->sentinelPassword = m_sentinelPassword->text();
    return *parsed;
}

void RedisConnectionForm::setUrl(const RedisUrl &url)
{
    writeFields(url);
    writeUrl(url);
    updateFields();
    Q_EMIT changed();
}

void RedisConnectionForm::enter(const QString &text)
{
    m_url->setText(text);
    takeUrl();
}

void RedisConnectionForm::takeUrl()
{
    if (m_isWriting)
        return;
    const auto entered = url();
    if (entered)
        writeFields(*entered);
    updateFields();
    updateNote();
    Q_EMIT changed();
}

void RedisConnectionForm::takeFields()
{
    if (m_isWriting)
        return;
    updateFields();
    if (const auto entered = readFields())
        writeUrl(*entered);
    else
        say(entered.error(), true);
    Q_EMIT changed();
}

void RedisConnectionForm::writeUrl(const RedisUrl &url)
{
    const QString text = withoutPasswords(url);
    if (m_url->text() != text)
        m_url->setText(text);
    updateNote();
}

void RedisConnectionForm::writeFields(const RedisUrl &url)
{
    m_isWriting = true;
    const quint16 usualPort = url.topology == Topology::Sentinel ? 26379 : 6379;
    QStringList hosts;
    for (const RedisUrl::Endpoint &endpoint : url.endpoints) {
        const bool isIpv6 = endpoint.host.contains(u':');
        QString host = isIpv6 ? u'[' + endpoint.host + u']' : endpoint.host;
        if (endpoint.port != usualPort)
            host += u':' + QString::number(endpoint.port);
        hosts += host;
    }
    m_topology->setCurrentIndex(m_topology->findData(int(url.topology)));
    m_hosts->setText(hosts.join(", "_L1));
    m_masterName->setText(url.masterName);
    m_user->setText(url.user);
    m_password->setText(url.password);
    m_sentinelUser->setText(url.sentinelUser);
    m_sentinelPassword->setText(url.sentinelPassword);
    m_database->setValue(url.database);
    m_sharded->setChecked(url.shardedPubSub);
    m_tls->setChecked(url.tls);
    m_authority->setText(url.caFile);
    m_certificate->setText(url.certificateFile);
    m_key->setText(url.keyFile);
    m_verify->setChecked(url.verifyPeer);
    m_isWriting = false;
}

std::expected<RedisUrl, QString> RedisConnectionForm::readFields() const
{
    RedisUrl url;
    url.topology = Topology(m_topology->currentData().toInt());
    const bool isSentinel = url.topology == Topology::Sentinel;
    const bool isCluster = url.topology == Topology::Cluster;
    // Hosts are read as they are in a URL.
    const QLatin1StringView scheme = isSentinel ? "redis+sentinel://"_L1
        : isCluster                             ? "redis+cluster://"_L1
                                                : "redis://"_L1;
    const auto hosts = RedisUrl::parse(scheme + m_hosts->text().remove(u' ')
                                       + (isSentinel ? "/x"_L1 : ""_L1));
    if (!hosts)
        return std::unexpected(hosts.error().message);
    url.endpoints = hosts->endpoints;
    url.masterName = isSentinel ? m_masterName->text().trimmed() : QString();
    url.user = m_user->text();
    url.password = m_password->text();
    if (isSentinel) {
        url.sentinelUser = m_sentinelUser->text();
        url.sentinelPassword = m_sentinelPassword->text();
    }
    url.database = isCluster ? 0 : m_database->value();
    url.shardedPubSub = isCluster && m_sharded->isChecked();
    url.tls = m_tls->isChecked();
    if (url.tls) {
        url.caFile = m_authority->text().trimmed();
        url.certificateFile = m_certificate->text().trimmed();
        url.keyFile = m_key->text().trimmed();
        url.verifyPeer = m_verify->isChecked();
    }
    return url;
}

void RedisConnectionForm::updateFields()
{
    const auto topology = Topology(m_topology->currentData().toInt());
    const bool isSentinel = topology == Topology::Sentinel;
    const bool isCluster = topology == Topology::Cluster;
    m_form->setRowVisible(m_masterName, isSentinel);
    m_form->setRowVisible(m_sentinelUser, isSentinel);
    m_form->setRowVisible(m_sentinelPassword, isSentinel);
    m_form->setRowVisible(m_database, !isCluster);
    m_form->setRowVisible(m_sharded, isCluster);
    const bool hasTls = m_tls->isChecked();
    for (QLineEdit *const edit : {m_authority, m_certificate, m_key})
        m_form->setRowVisible(edit->parentWidget(), hasTls);
    m_form->setRowVisible(m_verify, hasTls);
    // Rows that were hidden keep their room otherwise.
    m_form->invalidate();
    m_fields->updateGeometry();
    if (layout()) {
        layout()->invalidate();
        updateGeometry();
    }
}

void RedisConnectionForm::updateNote()
{
    // Another one is entered: what was found out is of the one before.
    delete m_check.data();
    m_test->setEnabled(true);
    const auto entered = url();
    if (entered)
        say({}, false);
    else
        say(entered.error(), true);
    m_test->setEnabled(entered.has_value());
    m_connect->setEnabled(m_isBegun || entered.has_value());
}

void RedisConnectionForm::setFieldsShown(bool areShown)
{
    const QSignalBlocker blocker(m_more);
    m_more->setChecked(areShown);
    m_fields->setVisible(areShown);
}

// ------------------------------------------------------------------------------------- Actions

void RedisConnectionForm::submit()
{
    const auto entered = url();
    if (!entered) {
        say(entered.error(), true);
        return;
    }
    Q_EMIT connectWanted(*entered);
}

void RedisConnectionForm::setConnectionBegun(bool isBegun)
{
    m_isBegun = isBegun;
    m_connect->setText(isBegun ? tr("Dis&connect") : tr("&Connect"));
    m_connect->setEnabled(isBegun || url().has_value());
}

void RedisConnectionForm::test()
{
    const auto entered = url();
    if (!entered)
        return;
    delete m_check.data();
    m_check = new RedisCheck(*entered, this);
    m_test->setEnabled(false);
    say(tr("Looking for %1 …").arg(entered->toDisplayString()), false);
    connect(m_check, &RedisCheck::finished, this, &RedisConnectionForm::showResult);
}

void RedisConnectionForm::showResult(const RedisCheck::Result &result)
{
    m_check->deleteLater();
    m_check = nullptr;
    m_test->setEnabled(true);
    QStringList sentences{result.sentence};
    if (!result.isFine() && !result.problem.advice.isEmpty())
        sentences += result.problem.advice;
    sentences += result.hints;
    say(sentences.join(u' '), !result.isFine());
}

void RedisConnectionForm::say(const QString &sentence, bool isWarning)
{
    m_note->setText(sentence);
    m_note->setVisible(!sentence.isEmpty());
    m_noteIcon->setVisible(!sentence.isEmpty());
    if (!sentence.isEmpty()) {
        const QIcon icon = symbolicIcon(isWarning ? u"warning"_s : u"information"_s);
        m_noteIcon->setPixmap(icon.pixmap(QSize(noteIconSize, noteIconSize), devicePixelRatio()));
    }
}

// -------------------------------------------------------------------------------------- Recent

void RedisConnectionForm::setRecentUrls(const QStringList &urls)
{
    m_recent = urls.mid(0, mostRecent);
    fillRecent();
}

void RedisConnectionForm::remember(const RedisUrl &url)
{
    const QString text = withoutPasswords(url);
    m_recent.removeAll(text);
    m_recent.prepend(text);
    m_recent = m_recent.mid(0, mostRecent);
    fillRecent();
    if (url.password.isEmpty())
        return;
    if (!m_keepPassword->isChecked()) {
        m_passwords.forget(text);
        return;
    }
    m_passwords.keep(text, url.password, [this](bool isInKeychain, const QString &sentence) {
        if (!isInKeychain)
            say(sentence, false);
    });
}

void RedisConnectionForm::fillRecent()
{
    m_recentMenu->clear();
    for (const QString &recent : std::as_const(m_recent)) {
        QString text = recent;
        text.replace(u'&', "&&"_L1);
        connect(m_recentMenu->addAction(text), &QAction::triggered, this,
                [this, recent] { choose(recent); });
    }
    m_recentButton->setEnabled(!m_recent.isEmpty());
}

void RedisConnectionForm::choose(const QString &recent)
{
    auto parsed = RedisUrl::parse(recent);
    if (!parsed)
        return;
    const bool hasPassword = parsed->password == hiddenPassword;
    if (hasPassword)
        parsed->password = u" "_s; // keeps its place in the URL
    if (parsed->sentinelPassword == hiddenPassword)
        parsed->sentinelPassword = u" "_s;
    setUrl(*parsed);
    m_password->clear();
    m_sentinelPassword->clear();
    if (!hasPassword)
        return;
    m_passwords.fetch(recent, [this, recent](const PasswordKeeper::Found &found) {
        // Something else may have been entered meanwhile.
        if (m_url->text() != recent || !m_password->text().isEmpty())
            return;
        m_password->setText(found.password);
        if (found.password.isEmpty())
            setFieldsShown(true);
        const QString sentence = found.password.isEmpty() && found.sentence.isEmpty()
            ? tr("The keychain has no password for it; enter it.")
            : found.sentence;
        say(sentence, found.password.isEmpty());
        Q_EMIT changed();
    });
}

} // namespace LiveTemplate::Ui
