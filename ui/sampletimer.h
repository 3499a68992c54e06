// SPDX-FileCopyrightText: 2026 The LiveTemplate for Qt authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QList>
#include <QObject>
#include <QTimer>

#include <chrono>

class QWidget;

namespace LiveTemplate::Ui {

/// Whether somebody can see it: it is not hidden, minimised, or behind another dock.
[[nodiscard]] bool canBeSeen(const QWidget *widget);

/// Says when a sample of something is due: at an interval while somebody can see one of the
/// widgets that show it, and not at all while nobody can.
class SampleTimer : public QObject
{
    Q_OBJECT

public:
    explicit SampleTimer(std::chrono::milliseconds interval, QObject *parent = nullptr);

    /// From now on samples are due while @p watcher is visible, the first at once.
    void watchFor(QWidget *watcher);

    /// Whether one of the watchers can be seen.
    [[nodiscard]] bool isWatched() const;
    /// How many samples were due; for tests.
    [[nodiscard]] quint64 count() const { return m_count; }

Q_SIGNALS:
    void sampleDue();

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    void startOrStop();
    void sample();

    QList<QWidget *> m_watchers;
    QTimer m_timer;
    quint64 m_count = 0;
};

} // namespace LiveTemplate::Ui
