// SPDX-FileCopyrightText: 2026 The LiveTemplate for Qt authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "triggerdialog.h"

#include "jsonfield.h"

#include <QComboBox>
#include <QCompleter>
#include <QFormLayout>
#include <QLineEdit>
#include <QPushButton>
#include <QVBoxLayout>

namespace LiveTemplate::Ui {

TriggerDialog::TriggerDialog(const Question &question, const QStringList &actions, QWidget *parent)
    : ActDialog(question, parent)
    , m_action(new QComboBox)
    , m_data(new JsonField)
{
    m_action->setEditable(true);
    m_action->addItems(actions);
    m_action->setCurrentIndex(actions.isEmpty() ? -1 : 0);
    m_action->completer()->setCompletionMode(QCompleter::PopupCompletion);
    m_action->completer()->setFilterMode(Qt::MatchContains);
    m_action->setAccessibleName(tr("Name of the action"));

    auto *form = new QFormLayout;
    form->setFieldGrowthPolicy(QFormLayout::AllNonFixedFieldsGrow);
    form->addRow(tr("&Action:"), m_action);
    form->addRow(tr("&Data:"), m_data);
    content()->addLayout(form);

    connect(m_action, &QComboBox::editTextChanged, this, &TriggerDialog::updateButton);
    connect(m_data, &JsonField::valueChanged, this, &TriggerDialog::updateButton);
    updateButton();
    // Here nothing happens without a choice, so the choice is first.
    actButton()->setDefault(true);
    m_action->setFocus();
    m_action->lineEdit()->selectAll();
}

QString TriggerDialog::action() const
{
    return m_action->currentText().trimmed();
}

QJsonObject TriggerDialog::data() const
{
    return m_data->value().value_or(QJsonObject());
}

void TriggerDialog::updateButton()
{
    actButton()->setEnabled(!action().isEmpty() && m_data->value().has_value());
}

} // namespace LiveTemplate::Ui
