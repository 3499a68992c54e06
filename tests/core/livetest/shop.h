// SPDX-FileCopyrightText: 2026 The LiveTemplate for Qt authors
// SPDX-License-Identifier: MIT

#pragma once

#include <LiveTemplate/Server>

#include <QJsonDocument>
#include <QObject>
#include <QStringList>

#include <thread>

/// A page that has one of everything.
struct ShopState
{
    Q_GADGET
    Q_PROPERTY(QString owner MEMBER owner)
    Q_PROPERTY(int count MEMBER count)
    Q_PROPERTY(QString name MEMBER name)
    Q_PROPERTY(QString seen MEMBER seen)
    Q_PROPERTY(QString opened MEMBER opened)
    Q_PROPERTY(QStringList items MEMBER items)

public:
    QString owner = QStringLiteral("Ada");
    int count = 0;
    QString name;
    /// What came last, as JSON.
    QString seen;
    QString opened;
    QStringList items;

    bool operator==(const ShopState &) const = default;
};

class ShopController : public QObject
{
    Q_OBJECT

public:
    Q_INVOKABLE ShopState mount(ShopState state, LiveTemplate::Context &context)
    {
        state.opened = context.now().toString(Qt::ISODate);
        if (context.has(u"page"))
            state.seen = QStringLiteral("page ") + context.string(u"page");
        return state;
    }
    Q_INVOKABLE ShopState increment(ShopState state, LiveTemplate::Context &context)
    {
        ++state.count;
        context.broadcastAction(QStringLiteral("increment"));
        return state;
    }
    Q_INVOKABLE ShopState add(ShopState state, LiveTemplate::Context &context)
    {
        state.count += int(context.integer(u"value"));
        return note(state, context);
    }
    Q_INVOKABLE ShopState quiet(ShopState state, LiveTemplate::Context &) { return state; }
    Q_INVOKABLE LiveTemplate::Result<ShopState> broken(ShopState, LiveTemplate::Context &)
    {
        return std::unexpected(LiveTemplate::ActionError(QStringLiteral("It is broken.")));
    }
    Q_INVOKABLE ShopState note(ShopState state, LiveTemplate::Context &context)
    {
        state.seen = QString::fromUtf8(
            QJsonDocument(context.data().values()).toJson(QJsonDocument::Compact));
        return state;
    }
    Q_INVOKABLE LiveTemplate::Result<ShopState> save(ShopState state,
                                                     LiveTemplate::Context &context)
    {
        if (context.string(u"name").isEmpty())
            return std::unexpected(
                LiveTemplate::ActionError{{QStringLiteral("name"), QStringLiteral("Say a name.")}});
        state.name = context.string(u"name");
        state.items.append(state.name);
        context.setFlash(QStringLiteral("notice"), QStringLiteral("Saved."),
                         std::chrono::minutes(1));
        return note(state, context);
    }
    Q_INVOKABLE ShopState preview(ShopState state, LiveTemplate::Context &context)
    {
        return note(state, context);
    }
    Q_INVOKABLE ShopState search(ShopState state, LiveTemplate::Context &context)
    {
        return note(state, context);
    }
    Q_INVOKABLE ShopState change(ShopState state, LiveTemplate::Context &context)
    {
        return note(state, context);
    }
    Q_INVOKABLE ShopState remove(ShopState state, LiveTemplate::Context &context)
    {
        state.items.removeAll(context.string(u"value"));
        return state;
    }
    Q_INVOKABLE ShopState enter(ShopState state, LiveTemplate::Context &context)
    {
        state.owner = context.string(u"user");
        state.seen = QString::fromUtf8(
            QJsonDocument(context.data().values()).toJson(QJsonDocument::Compact));
        return state;
    }
    Q_INVOKABLE ShopState later(ShopState state, LiveTemplate::Context &context)
    {
        std::thread([session = context.session()] {
            (void)session.triggerAction(QStringLiteral("arrive"));
        }).detach();
        return state;
    }
    Q_INVOKABLE ShopState arrive(ShopState state, LiveTemplate::Context &)
    {
        state.items.append(QStringLiteral("arrived"));
        return state;
    }
};
