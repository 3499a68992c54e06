// SPDX-FileCopyrightText: 2026 The LiveTemplate for Qt authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QAbstractItemModel>
#include <QJsonObject>
#include <QJsonValue>
#include <QStringList>

#include <memory>
#include <optional>
#include <vector>

namespace LiveTemplate::Ui {

/// A connection's state as a tree, what is saved beside it, and what the last change was.
///
/// A value that is set again keeps its row, so that what is selected or open stays.
class StateTree : public QAbstractItemModel
{
    Q_OBJECT

public:
    enum Column {
        NameColumn,
        ValueColumn,
        SavedColumn,
    };

    enum Role {
        /// Whether the last change of the state changed it.
        IsChangedRole = Qt::UserRole,
        /// Whether what is saved is another value.
        DiffersRole,
    };

    /// Of a list or an object so many are shown: a state may hold a whole table.
    static constexpr qsizetype maxChildren = 500;

    explicit StateTree(QObject *parent = nullptr);
    ~StateTree() override;

    /// Shows @p state, and @p saved beside it. When the state is another than before, what differs
    /// counts as changed until the next change.
    void setState(const QJsonObject &state, const std::optional<QJsonObject> &saved,
                  const QStringList &ephemeral);
    /// Shows nothing, and forgets what changed.
    void clear();

    [[nodiscard]] QModelIndex index(int row, int column,
                                    const QModelIndex &parent = {}) const override;
    [[nodiscard]] QModelIndex parent(const QModelIndex &child) const override;
    [[nodiscard]] int rowCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] int columnCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex &index, int role) const override;
    [[nodiscard]] QVariant headerData(int section, Qt::Orientation orientation,
                                      int role) const override;

private:
    struct Node
    {
        QString name;
        /// Undefined where there is none.
        QJsonValue now = QJsonValue::Undefined;
        QJsonValue saved = QJsonValue::Undefined;
        bool isChanged = false;
        bool isEphemeral = false;
        Node *parent = nullptr;
        std::vector<std::unique_ptr<Node>> children;

        [[nodiscard]] int row() const;
        [[nodiscard]] bool differs() const;
    };

    [[nodiscard]] const Node &nodeAt(const QModelIndex &index) const;
    [[nodiscard]] QModelIndex indexOf(const Node &node) const;
    [[nodiscard]] QVariant textOf(const Node &node, int column) const;
    [[nodiscard]] QString toolTipOf(const Node &node) const;
    void update(Node &node, bool marksChanges);
    void fitChildren(Node &node, const QStringList &names, bool marksChanges);

    Node m_root;
    QStringList m_ephemeral;
    bool m_isEmpty = true;
};

} // namespace LiveTemplate::Ui
