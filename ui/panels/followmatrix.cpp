// SPDX-FileCopyrightText: 2026 The LiveTemplate for Qt authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "followmatrix.h"

#include "browserid.h"

#include <QFont>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace LiveTemplate::Ui {

QString verdictSign(FollowVerdict verdict)
{
    switch (verdict) {
    case FollowVerdict::Itself:
        return u"–"_s;
    case FollowVerdict::Follows:
        return u"✓"_s;
    case FollowVerdict::WouldFollow:
        return u"○"_s;
    case FollowVerdict::Unseen:
        return u"…"_s;
    case FollowVerdict::Lost:
        return u"✕"_s;
    case FollowVerdict::Apart:
        return u"≠"_s;
    case FollowVerdict::Unknown:
        return u"?"_s;
    }
    Q_UNREACHABLE_RETURN({});
}

QColor verdictColor(FollowVerdict verdict)
{
    // Told apart by colour-blind people, too (after Okabe and Ito); the sign says the same.
    constexpr int alpha = 90;
    switch (verdict) {
    case FollowVerdict::Follows:
        return QColor(0, 158, 115, alpha);
    case FollowVerdict::WouldFollow:
        return QColor(86, 180, 233, alpha / 2);
    case FollowVerdict::Unseen:
        return QColor(240, 228, 66, alpha);
    case FollowVerdict::Lost:
        return QColor(213, 94, 0, alpha);
    case FollowVerdict::Apart:
        return QColor(128, 128, 128, alpha / 2);
    case FollowVerdict::Unknown:
        return QColor(204, 121, 167, alpha / 2);
    case FollowVerdict::Itself:
        break;
    }
    return Qt::transparent;
}

FollowMatrix::FollowMatrix(QObject *parent)
    : QAbstractTableModel(parent)
{
}

void FollowMatrix::setSides(const QList<FollowSide> &sides, const FollowServer &server)
{
    QList<FollowVerdict> verdicts;
    verdicts.reserve(sides.size() * sides.size());
    for (const FollowSide &to : sides) {
        for (const FollowSide &from : sides)
            verdicts.append(followVerdict(from, to, server));
    }
    const bool isSameShape = std::ranges::equal(sides, m_sides, {}, &FollowSide::name,
                                                &FollowSide::name);
    if (!isSameShape)
        beginResetModel();
    m_sides = sides;
    m_server = server;
    m_verdicts = verdicts;
    if (!isSameShape)
        endResetModel();
    else if (!sides.isEmpty())
        Q_EMIT dataChanged(index(0, 0), index(rowCount() - 1, columnCount() - 1));
}

FollowAnswer FollowMatrix::answer(int row, int column) const
{
    return explainFollowing(m_sides.at(column), m_sides.at(row), m_server);
}

FollowVerdict FollowMatrix::verdict(int row, int column) const
{
    return m_verdicts.at(row * m_sides.size() + column);
}

int FollowMatrix::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : int(m_sides.size());
}

int FollowMatrix::columnCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : int(m_sides.size());
}

QVariant FollowMatrix::data(const QModelIndex &index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid))
        return {};
    const FollowVerdict verdict = this->verdict(index.row(), index.column());
    switch (role) {
    case Qt::DisplayRole:
        return verdictSign(verdict);
    case Qt::BackgroundRole:
        return verdictColor(verdict);
    case Qt::TextAlignmentRole:
        return int(Qt::AlignCenter);
    case Qt::ToolTipRole:
        return answer(index.row(), index.column()).sentence;
    case Qt::AccessibleTextRole:
        return tr("%1, %2: %3")
            .arg(m_sides.at(index.row()).name, m_sides.at(index.column()).name,
                 verdictName(verdict));
    case VerdictRole:
        return int(verdict);
    default:
        return {};
    }
}

QVariant FollowMatrix::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (section < 0 || section >= m_sides.size())
        return {};
    const FollowSide &side = m_sides.at(section);
    switch (role) {
    case Qt::DisplayRole:
        return side.name;
    case Qt::DecorationRole:
        return side.browser ? QVariant(browserIcon(*side.browser)) : QVariant();
    case Qt::ToolTipRole: {
        const QString page = side.connection ? side.connection->page : tr("not live");
        const QString browser = side.browser ? browserName(*side.browser) : tr("elsewhere");
        return orientation == Qt::Vertical
            ? tr("Does %1 (%2, %3) follow the others?").arg(side.name, browser, page)
            : tr("Do the others follow %1 (%2, %3)?").arg(side.name, browser, page);
    }
    default:
        return {};
    }
}

} // namespace LiveTemplate::Ui
