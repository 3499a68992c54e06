// SPDX-FileCopyrightText: 2026 The LiveTemplate for Qt authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "actdialog.h"

#include <QJsonObject>

class QComboBox;

namespace LiveTemplate::Ui {

class JsonField;

/// Asks which action is to be run on clients, and with what data.
class TriggerDialog : public ActDialog
{
    Q_OBJECT

public:
    /// @p actions are those of the clients' pages.
    TriggerDialog(const Question &question, const QStringList &actions, QWidget *parent = nullptr);

    [[nodiscard]] QComboBox *actionBox() const { return m_action; }
    [[nodiscard]] JsonField *dataField() const { return m_data; }
    [[nodiscard]] QString action() const;
    /// Empty while what was typed is none; then it cannot be accepted.
    [[nodiscard]] QJsonObject data() const;

private:
    void updateButton();

    QComboBox *m_action = nullptr;
    JsonField *m_data = nullptr;
};

} // namespace LiveTemplate::Ui
