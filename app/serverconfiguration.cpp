// SPDX-FileCopyrightText: 2026 The LiveTemplate for Qt authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "serverconfiguration.h"

#include "commandline.h"
#include "optiontable.h"

#include <QCommandLineParser>
#include <QCoreApplication>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace LiveTemplate::App {

namespace {

QString tr(const char *text)
{
    return QCoreApplication::translate("LiveTemplate::App::ServerConfiguration", text);
}

void readListen(const QCommandLineParser &parser, ServerConfiguration &configuration)
{
    const Setting listen = setting(parser, u"listen"_s, u"LVT_LISTEN"_s);
    if (const auto address = readListenAddress(parser); address)
        configuration.listen = *address;
    else
        configuration.errors.append(address.error());
    configuration.rows.append({u"listen"_s, listen.source, configuration.listen.toString()});
}

void readTemplates(const QCommandLineParser &parser, ServerConfiguration &configuration)
{
    if (const auto folder = readTemplateFolder(parser); folder)
        configuration.templateFolder = *folder;
    else
        configuration.errors.append(folder.error());
    const bool isBuiltIn = configuration.templateFolder.isEmpty();
    configuration.rows.append({u"templates"_s, isBuiltIn ? u"default"_s : u"--templates"_s,
                               isBuiltIn ? tr("built-in") : configuration.templateFolder});
}

void readLogLevel(const QCommandLineParser &parser, ServerConfiguration &configuration)
{
    const Setting level = setting(parser, u"log-level"_s, u"LVT_LOG_LEVEL"_s);
    if (const auto parsed = parseLogLevel(level.value); parsed)
        configuration.logLevel = *parsed;
    else
        configuration.errors.append(wrongSetting(
            level, tr("\"%1\": debug, info, warning or error is expected.").arg(level.value)));
    configuration.rows.append({u"log-level"_s, level.source, levelName(configuration.logLevel)});
}

void readLogFormat(const QCommandLineParser &parser, ServerConfiguration &configuration)
{
    const Setting format = setting(parser, u"log-format"_s, u"LVT_LOG_FORMAT"_s);
    if (const auto parsed = parseLogFormat(format.value); parsed)
        configuration.logFormat = *parsed;
    else
        configuration.errors.append(
            wrongSetting(format, tr("\"%1\": text or json is expected.").arg(format.value)));
    configuration.rows.append(
        {u"log-format"_s, format.source, formatName(configuration.logFormat)});
}

QString sourceText(const ServerOption &option, OptionSource source)
{
    switch (source) {
    case OptionSource::Default:
        return u"default"_s;
    case OptionSource::Code:
        return u"code"_s;
    case OptionSource::Environment:
        return option.variable();
    case OptionSource::CommandLine:
        return option.flag();
    }
    Q_UNREACHABLE_RETURN({});
}

} // namespace

QList<ServerConfiguration::Row> optionRows(const ServerOptions &options)
{
    QList<ServerConfiguration::Row> rows;
    for (const ServerOption &option : optionTable()) {
        rows.append({QString(option.key), sourceText(option, options.source(option.key)),
                     option.show(options)});
    }
    return rows;
}

ServerConfiguration ServerConfiguration::read(const QCommandLineParser &parser)
{
    ServerConfiguration configuration;
    readListen(parser, configuration);
    readTemplates(parser, configuration);
    readLogLevel(parser, configuration);
    readLogFormat(parser, configuration);
    configuration.options = readServerOptions(parser);
    applyServerOptions(parser, configuration.options);
    configuration.errors += configuration.options.errors + configuration.options.check();
    configuration.rows += optionRows(configuration.options);
    return configuration;
}

QString ServerConfiguration::toString() const
{
    const Row title = {tr("OPTION"), tr("FROM"), tr("VALUE")};
    qsizetype optionWidth = title.option.size();
    qsizetype sourceWidth = title.source.size();
    for (const Row &row : rows) {
        optionWidth = std::max(optionWidth, row.option.size());
        sourceWidth = std::max(sourceWidth, row.source.size());
    }
    const auto line = [&](const Row &row) {
        return row.option.leftJustified(optionWidth + 2) + row.source.leftJustified(sourceWidth + 2)
            + row.value + u'\n';
    };
    QString text = line(title);
    for (const Row &row : rows)
        text += line(row);
    return text;
}

} // namespace LiveTemplate::App
