// SPDX-FileCopyrightText: 2026 The LiveTemplate for Qt authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QJsonObject>
#include <QString>
#include <QWidget>

#include <expected>

class QLabel;
class QPlainTextEdit;

namespace LiveTemplate::Ui {

/// Where a text is no JSON object, and why.
struct JsonMistake
{
    /// From 1.
    int line = 1;
    int column = 1;
    QString reason;
    /// In the text, from 0.
    qsizetype position = 0;
};

/// Nothing but white space is an empty object.
[[nodiscard]] std::expected<QJsonObject, JsonMistake> readJsonObject(const QString &text);

/// Takes a JSON object, and says while one types what is wrong with it, and where.
class JsonField : public QWidget
{
    Q_OBJECT

public:
    explicit JsonField(QWidget *parent = nullptr);

    [[nodiscard]] QPlainTextEdit *editor() const { return m_editor; }
    [[nodiscard]] const std::expected<QJsonObject, JsonMistake> &value() const { return m_value; }
    /// What it says below the text.
    [[nodiscard]] QString message() const;

Q_SIGNALS:
    void valueChanged();

private:
    void read();

    QPlainTextEdit *m_editor = nullptr;
    QLabel *m_message = nullptr;
    std::expected<QJsonObject, JsonMistake> m_value;
};

} // namespace LiveTemplate::Ui
