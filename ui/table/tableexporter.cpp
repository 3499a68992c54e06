// SPDX-FileCopyrightText: 2026 The LiveTemplate for Qt authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "tableexporter.h"

#include <QElapsedTimer>
#include <QSaveFile>

using namespace Qt::StringLiterals;

namespace LiveTemplate::Ui {

namespace {

// A bar that moves more often is not read better.
constexpr qint64 progressMilliseconds = 100;

QStringList keysOf(const TableExport &table)
{
    QStringList keys;
    for (const ColumnTitle &column : table.columns)
        keys.append(column.key);
    return keys;
}

QVariantList valuesOf(const TableExport &table, qsizetype row)
{
    QVariantList values;
    for (int column = 0; column < table.columns.size(); ++column)
        values.append(table.value(row, column));
    return values;
}

} // namespace

struct TableExporter::Outcome
{
    bool isCancelled = false;
    QString error;
    qsizetype rowCount = 0;
};

TableExporter::~TableExporter()
{
    m_isCancelled = true;
    if (m_thread)
        m_thread->wait();
}

void TableExporter::start(const TableExport &table, const QString &fileName, ExportFormat format)
{
    if (m_thread)
        return;
    m_fileName = fileName;
    m_isCancelled = false;
    m_thread.reset(QThread::create([this, table, format] {
        const Outcome outcome = write(table, format);
        QMetaObject::invokeMethod(this, [this, outcome] { end(outcome); }, Qt::QueuedConnection);
    }));
    m_thread->setObjectName(u"export"_s);
    m_thread->start(QThread::LowPriority);
}

void TableExporter::cancel()
{
    m_isCancelled = true;
}

TableExporter::Outcome TableExporter::write(const TableExport &table, ExportFormat format)
{
    const auto cannotWrite = [](const QSaveFile &file) {
        return Outcome{.isCancelled = false,
                       .error = tr("Cannot write %1: %2.").arg(file.fileName(), file.errorString()),
                       .rowCount = 0};
    };
    // Under another name until all of it is there.
    QSaveFile file(m_fileName);
    if (!file.open(QIODevice::WriteOnly))
        return cannotWrite(file);

    const QStringList keys = keysOf(table);
    file.write(headLine(format, keys));
    QElapsedTimer sinceProgress;
    sinceProgress.start();
    for (qsizetype row = 0; row < table.rowCount; ++row) {
        if (m_isCancelled)
            return {.isCancelled = true, .error = {}, .rowCount = 0};
        if (file.write(rowLine(format, keys, valuesOf(table, row))) < 0)
            return cannotWrite(file);
        if (sinceProgress.elapsed() >= progressMilliseconds) {
            sinceProgress.start();
            Q_EMIT progressed(row + 1, table.rowCount);
        }
    }
    if (m_isCancelled)
        return {.isCancelled = true, .error = {}, .rowCount = 0};
    if (!file.commit())
        return cannotWrite(file);
    return {.isCancelled = false, .error = {}, .rowCount = table.rowCount};
}

void TableExporter::end(const Outcome &outcome)
{
    m_thread->wait();
    m_thread.reset();
    if (outcome.isCancelled)
        Q_EMIT cancelled();
    else if (!outcome.error.isEmpty())
        Q_EMIT failed(outcome.error);
    else
        Q_EMIT finished(outcome.rowCount);
}

} // namespace LiveTemplate::Ui
