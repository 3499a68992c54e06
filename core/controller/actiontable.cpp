// SPDX-FileCopyrightText: 2026 The LiveTemplate for Qt authors
// SPDX-License-Identifier: MIT

#include "actiontable_p.h"

#include "context.h"

#include <QMetaObject>

#include <array>

using namespace Qt::StringLiterals;

namespace LiveTemplate {

namespace {

QString joinWords(const QString &camelCase, QChar separator)
{
    QString joined;
    for (const QChar character : camelCase) {
        if (character.isUpper() && !joined.isEmpty())
            joined += separator;
        joined += character.toLower();
    }
    return joined;
}

QString signatureOf(const QMetaMethod &method)
{
    return QLatin1StringView(method.typeName()) + u' '
        + QLatin1StringView(method.methodSignature());
}

/// moc writes the parameter's type as the author did; references have no QMetaType to compare.
bool isContextReference(const QByteArray &typeName)
{
    return typeName == "LiveTemplate::Context&" || typeName == "Context&";
}

/// moc lists a method with default arguments once more for each of them.
bool isAction(const QMetaMethod &method)
{
    return method.methodType() == QMetaMethod::Method && method.access() == QMetaMethod::Public
        && !(method.attributes() & QMetaMethod::Cloned);
}

} // namespace

ActionTable::ActionTable(const StateType &stateType, const ActionResultType &resultType)
    : m_stateType(stateType)
    , m_resultType(resultType)
{
}

std::expected<ActionTable, QString> ActionTable::of(const QMetaObject &controller,
                                                    const StateType &stateType,
                                                    const ActionResultType &resultType)
{
    ActionTable table(stateType, resultType);
    for (int i = QObject::staticMetaObject.methodCount(); i < controller.methodCount(); ++i) {
        const QMetaMethod method = controller.method(i);
        if (!isAction(method))
            continue;
        if (const auto added = table.add(method); !added) {
            return std::unexpected(
                u"%1: %2"_s.arg(QLatin1StringView(controller.className()), added.error()));
        }
    }
    table.m_names.sort();
    return table;
}

QStringList ActionTable::spellings(const QString &method)
{
    QStringList spellings{method};
    const QString capitalised = method.first(1).toUpper() + method.sliced(1);
    for (const QString &spelling :
         {capitalised, joinWords(method, u'_'), joinWords(method, u'-')}) {
        if (!spellings.contains(spelling))
            spellings.append(spelling);
    }
    return spellings;
}

QStringList ActionTable::names() const
{
    return m_names;
}

std::expected<ActionTable::Method, QString> ActionTable::check(const QMetaMethod &method) const
{
    const bool returnsState = method.returnMetaType() == m_stateType.metaType();
    const bool returnsResult = method.returnMetaType() == m_resultType.metaType();
    if (method.parameterCount() != 2 || method.parameterMetaType(0) != m_stateType.metaType()
        || !isContextReference(method.parameterTypeName(1)) || !(returnsState || returnsResult)) {
        return std::unexpected(
            u"'%1' is not an action: it must be '%2 %3(%2, LiveTemplate::Context &)', or return LiveTemplate::Result<%2>"_s
                .arg(signatureOf(method), QLatin1StringView(m_stateType.name()),
                     QLatin1StringView(method.name())));
    }
    return Method{method.methodIndex(), returnsResult};
}

std::expected<void, QString> ActionTable::add(const QMetaMethod &method)
{
    const QString name = QString::fromLatin1(method.name());
    if (name == "onDisconnect"_L1) {
        if (method.parameterCount() != 0 || method.returnMetaType() != QMetaType::fromType<void>())
            return std::unexpected(
                u"'%1' must be 'void onDisconnect()'"_s.arg(signatureOf(method)));
        m_onDisconnect = method.methodIndex();
        return {};
    }
    const auto checked = check(method);
    if (!checked)
        return std::unexpected(checked.error());
    if (name == "mount"_L1) {
        m_mount = *checked;
        return {};
    }
    if (name == "onConnect"_L1) {
        m_onConnect = *checked;
        return {};
    }
    for (const QString &spelling : spellings(name)) {
        if (m_actions.contains(spelling)) {
            return std::unexpected(u"'%1' and another method both answer to the action '%2'"_s.arg(
                signatureOf(method), spelling));
        }
        m_actions.insert(spelling, *checked);
    }
    m_names.append(name);
    return {};
}

Result<QVariant> ActionTable::invoke(const Method &method, QObject *controller,
                                     const QVariant &state, Context &context) const
{
    // What QMetaMethod::invoke() does, without its look-up of types by name at each call.
    // The method takes its state by value, so the argument is only read.
    auto *argument = const_cast<void *>(state.constData());
    QVariant returned(method.returnsResult ? m_resultType.metaType() : m_stateType.metaType());
    std::array<void *, 3> arguments{returned.data(), argument, &context};
    QMetaObject::metacall(controller, QMetaObject::InvokeMetaMethod, method.index,
                          arguments.data());
    if (method.returnsResult)
        return m_resultType.take(returned.data());
    return returned;
}

std::optional<Result<QVariant>> ActionTable::run(const QString &action, QObject *controller,
                                                 const QVariant &state, Context &context) const
{
    const auto found = m_actions.constFind(action);
    if (found == m_actions.constEnd())
        return std::nullopt;
    return invoke(*found, controller, state, context);
}

Result<QVariant> ActionTable::mount(QObject *controller, const QVariant &state,
                                    Context &context) const
{
    return m_mount ? invoke(*m_mount, controller, state, context) : Result<QVariant>(state);
}

Result<QVariant> ActionTable::onConnect(QObject *controller, const QVariant &state,
                                        Context &context) const
{
    return m_onConnect ? invoke(*m_onConnect, controller, state, context) : Result<QVariant>(state);
}

void ActionTable::onDisconnect(QObject *controller) const
{
    if (m_onDisconnect < 0)
        return;
    std::array<void *, 1> arguments{nullptr};
    QMetaObject::metacall(controller, QMetaObject::InvokeMetaMethod, m_onDisconnect,
                          arguments.data());
}

} // namespace LiveTemplate
