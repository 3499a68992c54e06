// SPDX-FileCopyrightText: 2026 The LiveTemplate for Qt authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "statetree.h"

#include <QFont>
#include <QGuiApplication>
#include <QJsonArray>
#include <QJsonDocument>
#include <QPalette>
#include <QSet>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace LiveTemplate::Ui {

namespace {

constexpr qsizetype longestText = 200;

/// The names of the values in @p value: of a list their numbers.
QStringList namesIn(const QJsonValue &value)
{
    if (value.isObject())
        return value.toObject().keys();
    QStringList names;
    if (value.isArray()) {
        for (qsizetype i = 0; i < value.toArray().size(); ++i)
            names.append(QString::number(i));
    }
    return names;
}

QJsonValue valueIn(const QJsonValue &value, const QString &name)
{
    if (value.isObject())
        return value.toObject().value(name);
    return value.isArray() ? value.toArray().at(name.toInt()) : QJsonValue::Undefined;
}

/// The names in either, in one order: that of numbers, when both are lists.
QStringList namesOf(const QJsonValue &now, const QJsonValue &saved)
{
    const QStringList first = namesIn(now);
    const QStringList second = namesIn(saved);
    if (now.isArray() == saved.isArray() && now.isArray())
        return first.size() >= second.size() ? first : second;
    if (now.isArray() != saved.isArray() && !first.isEmpty())
        return first; // one of them is of another kind, and has its value in its row
    QStringList names = first + second;
    std::ranges::sort(names);
    names.erase(std::ranges::unique(names).begin(), names.end());
    return names;
}

QString text(const QJsonValue &value)
{
    switch (value.type()) {
    case QJsonValue::Undefined:
        return {};
    case QJsonValue::Null:
        return u"null"_s;
    case QJsonValue::Bool:
        return value.toBool() ? u"true"_s : u"false"_s;
    case QJsonValue::Double:
        return QString::fromUtf8(QJsonDocument(QJsonArray{value}).toJson(QJsonDocument::Compact))
            .chopped(1)
            .sliced(1);
    case QJsonValue::String: {
        const QString string = value.toString();
        return string.size() <= longestText ? u"\"%1\""_s.arg(string)
                                            : StateTree::tr("\"%1…\" (%2 characters)")
                                                  .arg(string.left(longestText))
                                                  .arg(string.size());
    }
    case QJsonValue::Array: {
        const qsizetype size = value.toArray().size();
        return size <= StateTree::maxChildren
            ? StateTree::tr("list of %1").arg(size)
            : StateTree::tr("list of %1, of which the first %2 are shown")
                  .arg(size)
                  .arg(StateTree::maxChildren);
    }
    case QJsonValue::Object:
        return StateTree::tr("object of %1").arg(value.toObject().size());
    }
    Q_UNREACHABLE_RETURN({});
}

} // namespace

int StateTree::Node::row() const
{
    const auto found = std::ranges::find(parent->children, this, &std::unique_ptr<Node>::get);
    return int(found - parent->children.begin());
}

bool StateTree::Node::differs() const
{
    return !isEphemeral && !saved.isUndefined() && now != saved;
}

StateTree::StateTree(QObject *parent)
    : QAbstractItemModel(parent)
{
}

StateTree::~StateTree() = default;

void StateTree::setState(const QJsonObject &state, const std::optional<QJsonObject> &saved,
                         const QStringList &ephemeral)
{
    const QJsonValue now = state;
    const QJsonValue kept = saved ? QJsonValue(*saved) : QJsonValue(QJsonValue::Undefined);
    if (!m_isEmpty && m_root.now == now && m_root.saved == kept && m_ephemeral == ephemeral)
        return;
    // The mark of the last change stays until there is another one.
    const bool marksChanges = !m_isEmpty && m_root.now != now;
    m_isEmpty = false;
    m_ephemeral = ephemeral;
    m_root.now = now;
    m_root.saved = kept;
    update(m_root, marksChanges);
}

void StateTree::clear()
{
    beginResetModel();
    m_root = {};
    m_isEmpty = true;
    endResetModel();
}

void StateTree::update(Node &node, bool marksChanges)
{
    const QStringList names = namesOf(node.now, node.saved);
    fitChildren(node, names.first(std::min(maxChildren, names.size())), marksChanges);
    for (const auto &child : node.children) {
        const QJsonValue now = valueIn(node.now, child->name);
        if (marksChanges)
            child->isChanged = child->isChanged || child->now != now;
        child->now = now;
        child->saved = valueIn(node.saved, child->name);
        child->isEphemeral = node.isEphemeral
            || (&node == &m_root && m_ephemeral.contains(child->name));
        update(*child, marksChanges);
    }
    if (!node.children.empty())
        Q_EMIT dataChanged(indexOf(*node.children.front()),
                           indexOf(*node.children.back()).siblingAtColumn(SavedColumn));
}

void StateTree::fitChildren(Node &node, const QStringList &names, bool marksChanges)
{
    const QSet<QString> wanted(names.begin(), names.end());
    const QModelIndex parent = indexOf(node);
    auto &children = node.children;
    for (int row = int(children.size()) - 1; row >= 0; --row) {
        children[std::size_t(row)]->isChanged = marksChanges
            ? false
            : children[std::size_t(row)]->isChanged;
        if (wanted.contains(children[std::size_t(row)]->name))
            continue;
        beginRemoveRows(parent, row, row);
        children.erase(children.begin() + row);
        endRemoveRows();
    }
    // What is left is in the order of the names: only some are missing.
    for (int row = 0; row < names.size(); ++row) {
        if (row < int(children.size()) && children[std::size_t(row)]->name == names.at(row))
            continue;
        auto child = std::make_unique<Node>();
        child->name = names.at(row);
        child->parent = &node;
        child->isChanged = marksChanges;
        beginInsertRows(parent, row, row);
        children.insert(children.begin() + row, std::move(child));
        endInsertRows();
    }
}

QModelIndex StateTree::index(int row, int column, const QModelIndex &parent) const
{
    if (!hasIndex(row, column, parent))
        return {};
    return createIndex(row, column, nodeAt(parent).children[std::size_t(row)].get());
}

QModelIndex StateTree::parent(const QModelIndex &child) const
{
    return child.isValid() ? indexOf(*nodeAt(child).parent) : QModelIndex();
}

int StateTree::rowCount(const QModelIndex &parent) const
{
    return parent.column() > 0 ? 0 : int(nodeAt(parent).children.size());
}

int StateTree::columnCount(const QModelIndex &) const
{
    return SavedColumn + 1;
}

QVariant StateTree::data(const QModelIndex &index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid))
        return {};
    const Node &node = nodeAt(index);
    switch (role) {
    case Qt::DisplayRole:
        return textOf(node, index.column());
    case Qt::ToolTipRole:
        return toolTipOf(node);
    case Qt::FontRole: {
        QFont font;
        font.setBold(index.column() != SavedColumn ? node.isChanged : node.differs());
        font.setItalic(index.column() == SavedColumn && node.isEphemeral);
        return font;
    }
    case Qt::BackgroundRole: {
        if (!node.isChanged || index.column() == SavedColumn)
            return {};
        QColor color = QGuiApplication::palette().color(QPalette::Highlight);
        color.setAlpha(48);
        return color;
    }
    case Qt::ForegroundRole:
        return index.column() == SavedColumn && !node.differs()
            ? QVariant(QGuiApplication::palette().color(QPalette::PlaceholderText))
            : QVariant();
    case IsChangedRole:
        return node.isChanged;
    case DiffersRole:
        return node.differs();
    default:
        return {};
    }
}

QVariant StateTree::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || role != Qt::DisplayRole)
        return {};
    switch (section) {
    case NameColumn:
        return tr("State");
    case ValueColumn:
        return tr("Now");
    case SavedColumn:
        return tr("Saved");
    default:
        return {};
    }
}

const StateTree::Node &StateTree::nodeAt(const QModelIndex &index) const
{
    return index.isValid() ? *static_cast<const Node *>(index.constInternalPointer()) : m_root;
}

QModelIndex StateTree::indexOf(const Node &node) const
{
    return &node == &m_root ? QModelIndex() : createIndex(node.row(), 0, &node);
}

QVariant StateTree::textOf(const Node &node, int column) const
{
    switch (column) {
    case NameColumn:
        return node.isChanged ? u"● "_s + node.name : node.name;
    case ValueColumn:
        return node.now.isUndefined() ? tr("(none)") : text(node.now);
    case SavedColumn:
        if (node.isEphemeral)
            return tr("never saved");
        if (node.saved.isUndefined())
            return node.parent == &m_root && m_root.saved.isUndefined() ? tr("nothing saved")
                                                                        : QString();
        return node.differs() ? u"≠ "_s + text(node.saved) : text(node.saved);
    default:
        return {};
    }
}

QString StateTree::toolTipOf(const Node &node) const
{
    QStringList sentences;
    if (node.isChanged)
        sentences << tr("The last change of the state changed it.");
    if (node.differs())
        sentences << tr("What is saved is another value: another tab of the session group saved "
                        "its own since.");
    if (node.isEphemeral)
        sentences << tr("It is declared STORED false: each tab has its own, which is never saved.");
    return sentences.join(u'\n');
}

} // namespace LiveTemplate::Ui
