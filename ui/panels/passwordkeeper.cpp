// SPDX-FileCopyrightText: 2026 The LiveTemplate for Qt authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "passwordkeeper.h"

#include <qt6keychain/keychain.h>

using namespace Qt::StringLiterals;

namespace LiveTemplate::Ui {

namespace {

/// A job that is about to be started; it deletes itself.
template<typename Job>
Job *newJob(QObject *parent, const QString &key)
{
    auto *const job = new Job(PasswordKeeper::service(), parent);
    job->setKey(key);
    // Plain text in settings is what must not be.
    job->setInsecureFallback(false);
    return job;
}

} // namespace

PasswordKeeper::PasswordKeeper(QObject *parent)
    : QObject(parent)
{
}

QString PasswordKeeper::service()
{
    return u"org.livetemplate.Dashboard"_s;
}

void PasswordKeeper::keep(const QString &key, const QString &password,
                          std::function<void(bool, const QString &)> done)
{
    auto *const job = newJob<QKeychain::WritePasswordJob>(this, key);
    job->setTextData(password);
    connect(job, &QKeychain::Job::finished, this,
            [this, job, key, password, done = std::move(done)] {
                if (job->error() == QKeychain::NoError) {
                    m_session.remove(key);
                    done(true, tr("The password is kept in the system's keychain."));
                    return;
                }
                m_session.insert(key, password);
                done(false,
                     tr("The password is kept until the program ends: there is no keychain that "
                        "takes it (%1).")
                         .arg(job->errorString()));
            });
    job->start();
}

void PasswordKeeper::fetch(const QString &key, std::function<void(const Found &)> done)
{
    if (m_session.contains(key)) {
        // Later, as from the keychain.
        QMetaObject::invokeMethod(
            this,
            [password = m_session.value(key), done = std::move(done)] { done({password, {}}); },
            Qt::QueuedConnection);
        return;
    }
    auto *const job = newJob<QKeychain::ReadPasswordJob>(this, key);
    connect(job, &QKeychain::Job::finished, this, [job, done = std::move(done)] {
        switch (job->error()) {
        case QKeychain::NoError:
            done({job->textData(), tr("The password comes from the system's keychain.")});
            return;
        case QKeychain::EntryNotFound:
            done({});
            return;
        default:
            done({{},
                  tr("The system's keychain cannot be read (%1); enter the password.")
                      .arg(job->errorString())});
        }
    });
    job->start();
}

void PasswordKeeper::forget(const QString &key, std::function<void()> done)
{
    m_session.remove(key);
    auto *const job = newJob<QKeychain::DeletePasswordJob>(this, key);
    connect(job, &QKeychain::Job::finished, this, [done = std::move(done)] {
        if (done)
            done();
    });
    job->start();
}

} // namespace LiveTemplate::Ui
