// SPDX-FileCopyrightText: 2026 The LiveTemplate for Qt authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "logmodel.h"

#include <QColor>
#include <QCoreApplication>
#include <QGuiApplication>
#include <QPalette>

using namespace Qt::StringLiterals;

namespace LiveTemplate::Ui {

namespace {

QString translate(const char *text)
{
    return QCoreApplication::translate("LogModel", text);
}

/// By importance; Qt's own numbers are not.
int rank(QtMsgType type)
{
    switch (type) {
    case QtDebugMsg:
        return 0;
    case QtInfoMsg:
        return 1;
    case QtWarningMsg:
        return 2;
    case QtCriticalMsg:
        return 3;
    case QtFatalMsg:
        return 4;
    }
    Q_UNREACHABLE_RETURN(0);
}

QVariant typeColor(const LogLine &line)
{
    const QPalette palette = QGuiApplication::palette();
    const bool isDark = palette.color(QPalette::Base).lightness() < 128;
    switch (line.type) {
    case QtDebugMsg:
        return palette.color(QPalette::PlaceholderText);
    case QtInfoMsg:
        return {};
    case QtWarningMsg:
        return isDark ? QColor(0xf0, 0xb4, 0x4c) : QColor(0x8a, 0x58, 0x00);
    case QtCriticalMsg:
    case QtFatalMsg:
        return isDark ? QColor(0xff, 0x8a, 0x80) : QColor(0xb3, 0x1d, 0x28);
    }
    Q_UNREACHABLE_RETURN({});
}

QString oneLine(const LogLine &line)
{
    QString text = line.text;
    return text.replace(u'\n', u" ↵ "_s);
}

TableChip<LogLine> typeChip(const QString &key, QtMsgType type, const QString &toolTip)
{
    return {.chip = {.key = key, .text = typeTitle(type), .toolTip = toolTip},
            .holds = [wanted = rank(type)](const LogLine &line) {
                // Nobody wants a chip for the last message of a program.
                return std::min(rank(line.type), rank(QtCriticalMsg)) == wanted;
            }};
}

} // namespace

QString typeTitle(QtMsgType type)
{
    switch (type) {
    case QtDebugMsg:
        return translate("Debug");
    case QtInfoMsg:
        return translate("Info");
    case QtWarningMsg:
        return translate("Warning");
    case QtCriticalMsg:
        return translate("Critical");
    case QtFatalMsg:
        return translate("Fatal");
    }
    Q_UNREACHABLE_RETURN({});
}

TableDefinition<LogLine> logDefinition()
{
    return {
        .columns = {{.title = {.key = u"time"_s,
                               .title = translate("Time"),
                               .toolTip = translate("When it was written, in local time."),
                               .width = 13},
                     .value = [](const LogLine &line) { return line.time; },
                     .text =
                         [](const LogLine &line) {
                             return line.time.toLocalTime().toString(u"HH:mm:ss.zzz"_s);
                         },
                     .foreground =
                         [](const LogLine &) {
                             return QGuiApplication::palette().color(QPalette::PlaceholderText);
                         }},
                    {.title = {.key = u"level"_s,
                               .title = translate("Level"),
                               .toolTip = translate("How important it is."),
                               .width = 10},
                     .value = [](const LogLine &line) { return rank(line.type); },
                     .text = [](const LogLine &line) { return typeTitle(line.type); },
                     .foreground = typeColor},
                    {.title = {.key = u"category"_s,
                               .title = translate("Category"),
                               .toolTip = translate("Which part of the program wrote it."),
                               .width = 26},
                     .value =
                         [](const LogLine &line) {
                             return line.category;
                         }},
                    {.title = {.key = u"text"_s,
                               .title = translate("Text"),
                               .toolTip = translate("The message; Enter shows all of its lines."),
                               .width = 40},
                     .value = [](const LogLine &line) { return line.text; },
                     .text = oneLine,
                     .foreground = typeColor}},
        .chips = {typeChip(u"debug"_s, QtDebugMsg, translate("Messages for developers")),
                  typeChip(u"info"_s, QtInfoMsg, translate("What happened")),
                  typeChip(u"warning"_s, QtWarningMsg, translate("What may be a problem")),
                  typeChip(u"critical"_s, QtCriticalMsg, translate("What went wrong"))},
        .key = {}};
}

LogModel::LogModel(QObject *parent)
    : StreamTable<LogLine>(logDefinition(), capacity, parent)
{
}

} // namespace LiveTemplate::Ui
