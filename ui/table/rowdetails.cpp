// SPDX-FileCopyrightText: 2026 The LiveTemplate for Qt authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "rowdetails.h"

#include "tablemodel.h"

#include <QCoreApplication>
#include <QDialog>
#include <QDialogButtonBox>
#include <QTextBrowser>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;

namespace LiveTemplate::Ui {

namespace {

constexpr QSize firstSize(560, 360);

} // namespace

QString rowDetails(const TableModel &model, int row)
{
    QString html = u"<table cellpadding=\"3\">"_s;
    const QList<ColumnTitle> titles = model.columnTitles();
    for (int column = 0; column < titles.size(); ++column) {
        const QModelIndex index = model.index(row, column);
        const QString text = index.data(Qt::DisplayRole).toString();
        const QString more = index.data(Qt::ToolTipRole).toString();
        html += u"<tr><td><b>%1</b></td><td>%2%3</td></tr>"_s.arg(
            titles.at(column).title.toHtmlEscaped(), text.toHtmlEscaped(),
            more.isEmpty() || more == text
                ? QString()
                : u"<br>"_s + (Qt::mightBeRichText(more) ? more : more.toHtmlEscaped()));
    }
    return html + u"</table>"_s;
}

void showRowDetails(const TableModel &model, int row, QWidget *parent)
{
    if (row < 0)
        return;
    auto *dialog = new QDialog(parent);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setWindowTitle(QCoreApplication::translate("LiveTemplate::Ui::RowDetails", "Details"));
    auto *text = new QTextBrowser;
    text->setAccessibleName(dialog->windowTitle());
    text->setHtml(rowDetails(model, row));
    auto *buttons = new QDialogButtonBox(QDialogButtonBox::Close);
    QObject::connect(buttons, &QDialogButtonBox::rejected, dialog, &QDialog::reject);
    auto *layout = new QVBoxLayout(dialog);
    layout->addWidget(text);
    layout->addWidget(buttons);
    dialog->resize(firstSize);
    dialog->show();
}

} // namespace LiveTemplate::Ui
