// SPDX-FileCopyrightText: 2026 The LiveTemplate for Qt authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "commandlist.h"

#include "fuzzymatch.h"

#include <QAction>
#include <QKeySequence>
#include <QSet>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace LiveTemplate::Ui {

namespace {

constexpr qsizetype maxRecent = 20;

/// Without what marks its letter in a menu.
QString titleOf(const QAction &action)
{
    QString title = action.text();
    title.replace(u"&&"_s, QString(QChar(0xffff))).remove(u'&').replace(QChar(0xffff), u'&');
    return title;
}

QString nameOf(const Command &command)
{
    return command.place + u'/' + titleOf(*command.action);
}

} // namespace

void CommandList::setCommands(const QList<Command> &commands)
{
    m_commands.clear();
    QSet<const QAction *> known;
    for (const Command &command : commands) {
        const QAction *action = command.action;
        if (!action || action->isSeparator() || action->text().isEmpty() || !action->isVisible()
            || action->menu<QObject *>() || known.contains(action)) {
            continue;
        }
        known.insert(action);
        m_commands.append(command);
    }
    update();
}

void CommandList::setTyped(const QString &typed)
{
    m_typed = typed;
    update();
}

QAction *CommandList::action(int row) const
{
    return row >= 0 && row < m_entries.size() ? m_entries.at(row).command.action.data() : nullptr;
}

void CommandList::use(int row)
{
    if (!action(row))
        return;
    const QString name = nameOf(m_entries.at(row).command);
    m_recent.removeAll(name);
    m_recent.prepend(name);
    if (m_recent.size() > maxRecent)
        m_recent.resize(maxRecent);
}

void CommandList::setRecent(const QStringList &recent)
{
    m_recent = recent.first(std::min(recent.size(), maxRecent));
    update();
}

int CommandList::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_entries.size());
}

QVariant CommandList::data(const QModelIndex &index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid))
        return {};
    const Entry &entry = m_entries.at(index.row());
    const QAction *action = entry.command.action;
    if (!action)
        return {};
    const QString shortcut = action->shortcut().toString(QKeySequence::NativeText);
    const QString reason = action->isEnabled() ? QString() : action->statusTip();
    switch (role) {
    case Qt::DisplayRole:
        return entry.title;
    case Qt::ToolTipRole:
        return action->toolTip();
    case Qt::AccessibleTextRole: {
        QStringList parts{entry.title, entry.command.place, shortcut,
                          action->isEnabled() ? QString() : tr("not available"), reason};
        parts.removeAll(QString());
        return parts.join(u", "_s);
    }
    case PositionsRole:
        return QVariant::fromValue(entry.positions);
    case PlaceRole:
        return entry.command.place;
    case ShortcutRole:
        return shortcut;
    case ReasonRole:
        return reason;
    default:
        return {};
    }
}

Qt::ItemFlags CommandList::flags(const QModelIndex &index) const
{
    const QAction *found = action(index.row());
    // One that is disabled can be read, so it can be gone to.
    return found ? Qt::ItemIsSelectable | Qt::ItemIsEnabled : Qt::NoItemFlags;
}

void CommandList::update()
{
    beginResetModel();
    m_entries.clear();
    for (const Command &command : std::as_const(m_commands)) {
        if (!command.action)
            continue;
        Entry entry{
            .command = command, .title = titleOf(*command.action), .score = 0, .positions = {}};
        const auto match = fuzzyMatch(m_typed, entry.title);
        if (!match)
            continue;
        entry.positions = match->positions;
        const qsizetype used = m_recent.indexOf(nameOf(command));
        // While something is typed, less than a letter more that fits.
        entry.score = match->score + (used < 0 ? 0 : static_cast<int>(maxRecent - used));
        m_entries.append(entry);
    }
    std::ranges::stable_sort(m_entries, std::greater{}, &Entry::score);
    endResetModel();
}

} // namespace LiveTemplate::Ui
