// SPDX-FileCopyrightText: 2026 The LiveTemplate for Qt authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "rowwriter.h"
#include "tablemodel.h"

#include <QObject>
#include <QThread>

#include <atomic>
#include <memory>

namespace LiveTemplate::Ui {

/// Writes a table to a file in a thread of its own, one at a time. The file is there when all of it
/// is written, and as it was before when it is cancelled or fails.
class TableExporter : public QObject
{
    Q_OBJECT

public:
    using QObject::QObject;
    /// Cancels, and waits for the thread.
    ~TableExporter() override;

    /// Nothing happens while one is running.
    void start(const TableExport &table, const QString &fileName, ExportFormat format);
    void cancel();

    [[nodiscard]] bool isRunning() const { return m_thread != nullptr; }
    [[nodiscard]] const QString &fileName() const { return m_fileName; }

Q_SIGNALS:
    /// Some times a second.
    void progressed(qsizetype done, qsizetype of);
    void finished(qsizetype rowCount);
    void cancelled();
    /// @p reason is a sentence.
    void failed(const QString &reason);

private:
    struct Outcome;

    [[nodiscard]] Outcome write(const TableExport &table, ExportFormat format);
    void end(const Outcome &outcome);

    QString m_fileName;
    std::atomic<bool> m_isCancelled = false;
    std::unique_ptr<QThread> m_thread;
};

} // namespace LiveTemplate::Ui
