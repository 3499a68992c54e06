// SPDX-FileCopyrightText: 2026 The LiveTemplate for Qt authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QByteArray>
#include <QWebEngineUrlRequestInterceptor>

namespace LiveTemplate::Ui {

/// Writes on a page's WebSocket which tab it is of, so that the server's rows can be matched with
/// tabs (ConnectionSnapshot::label). Only servers of this machine are told.
class TabLabel : public QWebEngineUrlRequestInterceptor
{
    Q_OBJECT

public:
    /// With a label that nobody else has.
    explicit TabLabel(QObject *parent = nullptr);

    [[nodiscard]] const QByteArray &label() const { return m_label; }

    void interceptRequest(QWebEngineUrlRequestInfo &info) override;

    /// Whether a server at @p host is on this machine, as far as its name or address tells.
    [[nodiscard]] static bool isThisMachine(const QString &host);

private:
    QByteArray m_label;
};

} // namespace LiveTemplate::Ui
