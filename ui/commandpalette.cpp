// SPDX-FileCopyrightText: 2026 The LiveTemplate for Qt authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "commandpalette.h"

#include "symbolicicon.h"

#include <QAccessible>
#include <QAccessibleAnnouncementEvent>
#include <QAction>
#include <QKeyEvent>
#include <QLineEdit>
#include <QListView>
#include <QPainter>
#include <QStyledItemDelegate>
#include <QTimer>
#include <QVBoxLayout>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace LiveTemplate::Ui {

namespace {

constexpr int firstWidth = 620;
constexpr int minHeight = 160;
constexpr int maxRows = 14;
constexpr int frameMargin = 6;
constexpr int topDistance = 60;
constexpr int rowPadding = 12;
constexpr int sideMargin = 10;
constexpr int partSpacing = 10;
constexpr int pageRows = 8;

/// Title with the typed letters marked, place and reason in a paler colour, shortcut at the end.
class CommandDelegate : public QStyledItemDelegate
{
public:
    using QStyledItemDelegate::QStyledItemDelegate;

    void paint(QPainter *painter, const QStyleOptionViewItem &option,
               const QModelIndex &index) const override
    {
        const auto *list = static_cast<const CommandList *>(index.model());
        const QAction *action = list->action(index.row());
        const bool isSelected = option.state.testFlag(QStyle::State_Selected);
        const auto group = action && action->isEnabled() ? QPalette::Active : QPalette::Disabled;
        const QColor color = option.palette.color(group,
                                                  isSelected && group == QPalette::Active
                                                      ? QPalette::HighlightedText
                                                      : QPalette::Text);
        QColor paleColor = color;
        paleColor.setAlphaF(0.65F);

        painter->save();
        if (isSelected) {
            QColor background = option.palette.color(QPalette::Active, QPalette::Highlight);
            if (group == QPalette::Disabled)
                background.setAlphaF(0.25F);
            painter->fillRect(option.rect, background);
        }
        QRect rect = option.rect.adjusted(sideMargin, 0, -sideMargin, 0);
        painter->setPen(paleColor);
        painter->setFont(option.font);
        const QString shortcut = index.data(CommandList::ShortcutRole).toString();
        painter->drawText(rect, Qt::AlignRight | Qt::AlignVCenter, shortcut);
        rect.setRight(rect.right() - option.fontMetrics.horizontalAdvance(shortcut) - partSpacing);

        painter->setPen(color);
        rect.setLeft(paintTitle(*painter, rect, option.font, index) + partSpacing);
        painter->setPen(paleColor);
        painter->setFont(option.font);
        const QString note = noteOf(index);
        painter->drawText(rect, Qt::AlignLeft | Qt::AlignVCenter,
                          option.fontMetrics.elidedText(note, Qt::ElideRight, rect.width()));
        painter->restore();
    }

    QSize sizeHint(const QStyleOptionViewItem &option, const QModelIndex &) const override
    {
        return {100, option.fontMetrics.height() + rowPadding};
    }

private:
    static QString noteOf(const QModelIndex &index)
    {
        QStringList parts{index.data(CommandList::PlaceRole).toString(),
                          index.data(CommandList::ReasonRole).toString()};
        parts.removeAll(QString());
        return parts.join(u" · "_s);
    }

    /// Gives where it ends.
    static int paintTitle(QPainter &painter, const QRect &rect, const QFont &font,
                          const QModelIndex &index)
    {
        const QString title = index.data().toString();
        const auto marked = index.data(CommandList::PositionsRole).value<QList<qsizetype>>();
        QFont bold = font;
        bold.setBold(true);
        bold.setUnderline(true);
        int left = rect.left();
        for (qsizetype start = 0; start < title.size();) {
            const bool isMarked = marked.contains(start);
            qsizetype end = start + 1;
            while (end < title.size() && marked.contains(end) == isMarked)
                ++end;
            const QString part = title.sliced(start, end - start);
            painter.setFont(isMarked ? bold : font);
            painter.drawText(QRect(left, rect.top(), rect.right() - left, rect.height()),
                             Qt::AlignLeft | Qt::AlignVCenter | Qt::TextSingleLine, part);
            left += painter.fontMetrics().horizontalAdvance(part);
            start = end;
        }
        return left;
    }
};

} // namespace

CommandPalette::CommandPalette(QWidget *window)
    : QFrame(window, Qt::Popup)
    , m_input(new QLineEdit)
    , m_view(new QListView)
{
    setObjectName(u"command-palette"_s);
    setAccessibleName(tr("Commands"));
    setFrameShape(QFrame::StyledPanel);

    m_input->setPlaceholderText(tr("What do you want to do?"));
    m_input->setAccessibleName(tr("Search for a command"));
    m_input->addAction(symbolicIcon(u"search"_s), QLineEdit::LeadingPosition);
    m_input->installEventFilter(this);
    connect(m_input, &QLineEdit::textChanged, this, [this](const QString &text) {
        m_list.setTyped(text);
        select(0);
        fitToRows();
    });

    m_view->setAccessibleName(tr("Commands that fit"));
    m_view->setModel(&m_list);
    m_view->setItemDelegate(new CommandDelegate(m_view));
    m_view->setFocusPolicy(Qt::NoFocus);
    m_view->setFrameShape(QFrame::NoFrame);
    m_view->setUniformItemSizes(true);
    m_view->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    connect(m_view, &QListView::clicked, this, &CommandPalette::triggerSelected);

    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(frameMargin, frameMargin, frameMargin, frameMargin);
    layout->setSpacing(frameMargin);
    layout->addWidget(m_input);
    layout->addWidget(m_view, 1);
    setFocusProxy(m_input);
}

void CommandPalette::open(const QList<Command> &commands)
{
    m_input->clear();
    m_list.setCommands(commands);
    select(0);
    place();
    show();
    m_input->setFocus(Qt::PopupFocusReason);
}

bool CommandPalette::eventFilter(QObject *watched, QEvent *event)
{
    if (watched == m_input && event->type() == QEvent::KeyPress
        && handleKey(static_cast<QKeyEvent *>(event)->key())) {
        return true;
    }
    return QFrame::eventFilter(watched, event);
}

bool CommandPalette::handleKey(int key)
{
    switch (key) {
    case Qt::Key_Up:
        step(-1);
        return true;
    case Qt::Key_Down:
        step(+1);
        return true;
    case Qt::Key_PageUp:
        select(std::max(0, m_view->currentIndex().row() - pageRows));
        return true;
    case Qt::Key_PageDown:
        select(std::min(m_list.rowCount() - 1, m_view->currentIndex().row() + pageRows));
        return true;
    case Qt::Key_Return:
    case Qt::Key_Enter:
        triggerSelected();
        return true;
    case Qt::Key_Escape:
        close();
        return true;
    default:
        return false;
    }
}

void CommandPalette::step(int distance)
{
    // From the last to the first and back.
    if (const int count = m_list.rowCount(); count > 0)
        select((m_view->currentIndex().row() + distance + count) % count);
}

void CommandPalette::select(int row)
{
    const QModelIndex index = m_list.index(row);
    m_view->setCurrentIndex(index);
    if (!index.isValid() || !QAccessible::isActive())
        return;
    // The keyboard is in the input, so a screen reader does not hear of the list by itself.
    QAccessibleAnnouncementEvent event(m_input, index.data(Qt::AccessibleTextRole).toString());
    QAccessible::updateAccessibility(&event);
}

void CommandPalette::triggerSelected()
{
    const int row = m_view->currentIndex().row();
    QAction *action = m_list.action(row);
    if (!action || !action->isEnabled())
        return;
    m_list.use(row);
    close();
    // When the window has the keyboard again: the action may want to give it to something.
    QTimer::singleShot(0, action, [this, action] {
        Q_EMIT chosen(action);
        action->trigger();
    });
}

void CommandPalette::fitToRows()
{
    const int rows = std::clamp(m_list.rowCount(), 1, maxRows);
    const int rowHeight = m_view->fontMetrics().height() + rowPadding;
    const int height = rows * rowHeight + m_input->sizeHint().height() + 3 * frameMargin;
    resize(width(), std::min(height, std::max(minHeight, parentWidget()->height() - topDistance)));
}

void CommandPalette::place()
{
    const QWidget *window = parentWidget();
    resize(std::clamp(window->width() - 2 * frameMargin, minHeight, firstWidth), height());
    fitToRows();
    move(window->mapToGlobal(QPoint((window->width() - width()) / 2, topDistance)));
}

} // namespace LiveTemplate::Ui
