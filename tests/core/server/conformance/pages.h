// SPDX-FileCopyrightText: 2026 The LiveTemplate for Qt authors
// SPDX-License-Identifier: MIT

#pragma once

#include "context.h"
#include "journal.h"
#include "result.h"

#include <QObject>
#include <QStringList>

#include <memory>

/// The state of all pages of the suite.
class PageState
{
    Q_GADGET
    Q_PROPERTY(int counter MEMBER counter)
    Q_PROPERTY(QString title MEMBER title)
    Q_PROPERTY(QStringList lines MEMBER lines)
    Q_PROPERTY(bool on MEMBER on)
    Q_PROPERTY(QString draft MEMBER draft STORED false)
public:
    int counter = 0;
    QString title;
    QStringList lines;
    bool on = false;
    QString draft;
    bool operator==(const PageState &) const = default;
};

/// Actions that do what their data say, and write down that they were called.
class PlainController : public QObject
{
    Q_OBJECT

public:
    explicit PlainController(std::shared_ptr<Journal> journal)
        : m_journal(std::move(journal))
    {
    }

    /// Parameters: title is kept, tell is broadcast, go redirects, fail fails.
    Q_INVOKABLE LiveTemplate::Result<PageState> mount(PageState state,
                                                      LiveTemplate::Context &context);
    /// Parameters: greet is kept as the draft, tellOnConnect is broadcast, failOnConnect fails.
    Q_INVOKABLE LiveTemplate::Result<PageState> onConnect(PageState state,
                                                          LiveTemplate::Context &context);
    Q_INVOKABLE void onDisconnect();

    // Actions that change nothing
    Q_INVOKABLE PageState echo(PageState state, LiveTemplate::Context &context);
    Q_INVOKABLE PageState save(PageState state, LiveTemplate::Context &context);
    Q_INVOKABLE PageState submit(PageState state, LiveTemplate::Context &context);
    Q_INVOKABLE PageState saveDraft(PageState state, LiveTemplate::Context &context);
    Q_INVOKABLE PageState uploadStart(PageState state, LiveTemplate::Context &context);
    Q_INVOKABLE PageState cancelUpload(PageState state, LiveTemplate::Context &context);

    // Actions that change the state
    Q_INVOKABLE PageState increment(PageState state, LiveTemplate::Context &context);
    Q_INVOKABLE PageState loadMore(PageState state, LiveTemplate::Context &context);
    Q_INVOKABLE PageState rename(PageState state, LiveTemplate::Context &context);
    Q_INVOKABLE PageState note(PageState state, LiveTemplate::Context &context);
    Q_INVOKABLE PageState write(PageState state, LiveTemplate::Context &context);
    /// What the getters make of the datum "value".
    Q_INVOKABLE PageState convert(PageState state, LiveTemplate::Context &context);
    /// Fails, after it has changed the state; with the message for the field, if there is one, or
    /// with those of several fields.
    Q_INVOKABLE LiveTemplate::Result<PageState> fail(PageState state,
                                                     LiveTemplate::Context &context);

    /// Keep the title when the page's own form allows it.
    Q_INVOKABLE LiveTemplate::Result<PageState> check(PageState state,
                                                      LiveTemplate::Context &context);
    Q_INVOKABLE LiveTemplate::Result<PageState> checkLater(PageState state,
                                                           LiveTemplate::Context &context);

    // Actions for others
    /// Broadcasts the action "what" with the data "with", several "times".
    Q_INVOKABLE PageState tell(PageState state, LiveTemplate::Context &context);
    Q_INVOKABLE LiveTemplate::Result<PageState> tellAndFail(PageState state,
                                                            LiveTemplate::Context &context);
    /// Counts, and broadcasts itself.
    Q_INVOKABLE PageState spread(PageState state, LiveTemplate::Context &context);
    Q_INVOKABLE PageState keepSession(PageState state, LiveTemplate::Context &context);
    Q_INVOKABLE PageState passGate(PageState state, LiveTemplate::Context &context);

    // What stands beside the state
    Q_INVOKABLE PageState flash(PageState state, LiveTemplate::Context &context);
    Q_INVOKABLE PageState clearFlash(PageState state, LiveTemplate::Context &context);
    Q_INVOKABLE PageState clearAllFlash(PageState state, LiveTemplate::Context &context);
    /// Redirects and sets a cookie, and says in the title whether it may.
    Q_INVOKABLE PageState leave(PageState state, LiveTemplate::Context &context);

protected:
    [[nodiscard]] Journal &journal() const { return *m_journal; }

private:
    std::shared_ptr<Journal> m_journal;
};

/// Has the client send each change of a field.
class ChangingController : public PlainController
{
    Q_OBJECT

public:
    using PlainController::PlainController;

    Q_INVOKABLE PageState change(PageState state, LiveTemplate::Context &context);
};

/// Has both of the actions that the client asks for.
class ValidatingController : public ChangingController
{
    Q_OBJECT

public:
    using ChangingController::ChangingController;

    Q_INVOKABLE PageState validate(PageState state, LiveTemplate::Context &context);
};
