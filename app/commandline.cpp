// SPDX-FileCopyrightText: 2026 The LiveTemplate for Qt authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "commandline.h"

#include "logging.h"
#include "optiontable.h"
#include "spelling_p.h"

#include <QCommandLineParser>
#include <QCoreApplication>
#include <QFileInfo>

#include <cstdio>
#include <cstdlib>
#include <optional>
#include <utility>

using namespace Qt::StringLiterals;

namespace LiveTemplate::App {

namespace {

QString tr(const char *text)
{
    return QCoreApplication::translate("LiveTemplate::App::CommandLine", text);
}

void addHidden(QCommandLineParser &parser, QCommandLineOption option)
{
    option.setFlags(QCommandLineOption::HiddenFromHelp);
    parser.addOption(option);
}

/// "--cookie-secure" as "--cookie-secure=true": QCommandLineParser knows no optional values.
QStringList withSwitchedOn(QStringList arguments)
{
    for (QString &argument : arguments) {
        if (argument == "--"_L1)
            break;
        const ServerOption *option = argument.startsWith("--"_L1)
            ? findOption(QStringView(argument).sliced(2))
            : nullptr;
        if (option && option->isSwitch())
            argument += "=true"_L1;
    }
    return arguments;
}

/// The parser's own sentence, or what was perhaps meant.
QString whyNotUnderstood(const QCommandLineParser &parser, OptionSet set)
{
    if (set == OptionSet::Common)
        return parser.errorText();
    QStringList names = {u"listen"_s,     u"templates"_s,    u"allow-origin"_s, u"log-level"_s,
                         u"log-format"_s, u"print-config"_s, u"check-config"_s};
    for (const ServerOption &option : optionTable())
        names.append(option.key);
    for (const QString &unknown : parser.unknownOptionNames()) {
        if (const QString closest = closestName(unknown, names); !closest.isEmpty()) {
            return tr("--%1 is not an option of this program; did you mean --%2?")
                .arg(unknown, closest);
        }
    }
    return parser.errorText();
}

// ---- --help

// The width is a terminal's, the first indentation that of QCommandLineParser.
constexpr qsizetype helpWidth = 80;
constexpr qsizetype optionIndent = 2;
constexpr qsizetype textIndent = 8;

/// @p text in lines of helpWidth, indented.
QString wrapped(const QString &text)
{
    const QString indent(textIndent, u' ');
    QString lines;
    QString line;
    for (const QString &word : text.split(u' ')) {
        if (!line.isEmpty() && indent.size() + line.size() + 1 + word.size() > helpWidth) {
            lines += indent + line + u'\n';
            line.clear();
        }
        line += line.isEmpty() ? word : u' ' + word;
    }
    return lines + indent + line + u'\n';
}

QString helpEntry(const QString &option, const QString &text)
{
    return QString(optionIndent, u' ') + option + u'\n' + wrapped(text);
}

QString helpOf(const ServerOption &option)
{
    static const ServerOptions defaults;
    const bool isSwitch = option.isSwitch();
    const QString value = isSwitch ? u"[=%1]"_s.arg(option.placeholder())
                                   : u" <%1>"_s.arg(option.placeholder());
    const QString text = isSwitch
        ? tr("%1 [default %2]").arg(option.description, option.show(defaults))
        : tr("%1 [%2; default %3]").arg(option.description, option.range(), option.show(defaults));
    return helpEntry(option.flag() + value, text);
}

QString helpOfProgramOptions()
{
    return u'\n' + tr("Logging and checks:") + u'\n'
        + helpEntry(u"--log-level <LEVEL>"_s,
                    tr("What is logged: debug, info, warning or error, and what is more "
                       "important. [default info]"))
        + helpEntry(u"--log-format <FORMAT>"_s,
                    tr("How it is logged: text, or json for an object on each line. "
                       "[default text]"))
        + helpEntry(u"--print-config"_s,
                    tr("Print every option, its value and where it came from, and end."))
        + helpEntry(u"--check-config"_s,
                    tr("Check all options, say what is wrong with them, and end: with 0 when all "
                       "is well, otherwise with 2."));
}

QString serverOptionsHelp()
{
    QString text = helpOfProgramOptions();
    std::optional<ServerOption::Group> group;
    for (const ServerOption &option : optionTable()) {
        if (group != option.group) {
            group = option.group;
            text += u'\n' + optionGroupTitle(option.group) + u":\n"_s;
        }
        text += helpOf(option);
        if (option.key == "allowed-origins"_L1)
            text += helpEntry(u"--allow-origin <ORIGIN>"_s,
                              tr("One more of them; may be given several times."));
    }
    return text + u'\n'
        + tr("Each of these may also be given as a variable: --max-connections is\n"
             "LVT_MAX_CONNECTIONS. The command line goes before the environment.\n");
}

} // namespace

void setApplicationVersion()
{
    QCoreApplication::setApplicationVersion(QStringLiteral(LIVETEMPLATE_VERSION));
}

void addCommonOptions(QCommandLineParser &parser)
{
    parser.addOption({u"listen"_s,
                      tr("Where to listen: HOST:PORT, [IPv6]:PORT or PORT. Port 0 is any free "
                         "port. Also: LVT_LISTEN."),
                      tr("HOST:PORT"), ListenAddress().toString()});
    parser.addOption({u"dev"_s,
                      tr("Development mode: open pages follow changes of their templates, and show "
                         "errors in them. Not for production. Also: LVT_DEV_MODE=1.")});
    parser.addOption({u"templates"_s,
                      tr("Use the templates in FOLDER (counter.html, say) in the place of the "
                         "built-in ones. With --dev they can be edited while pages are open."),
                      tr("FOLDER")});
    parser.addHelpOption();
    parser.addVersionOption();
}

void addServerOptions(QCommandLineParser &parser)
{
    for (const ServerOption &option : optionTable())
        addHidden(parser, {QString(option.key), QString(), option.placeholder()});
    addHidden(parser, {u"allow-origin"_s, QString(), u"ORIGIN"_s});
    addHidden(parser, {u"log-level"_s, QString(), u"LEVEL"_s, levelName(LogLevel::Info)});
    addHidden(parser, {u"log-format"_s, QString(), u"FORMAT"_s, formatName(LogFormat::Text)});
    addHidden(parser, QCommandLineOption(u"print-config"_s));
    addHidden(parser, QCommandLineOption(u"check-config"_s));
}

void readOptions(QCommandLineParser &parser, OptionSet set)
{
    // QCommandLineParser::process() would end with 1, which here means that the work failed.
    const bool understood = parser.parse(withSwitchedOn(QCoreApplication::arguments()));
    if (parser.isSet(u"help"_s) || parser.isSet(u"help-all"_s)) {
        const QString further = set == OptionSet::Server ? serverOptionsHelp() : QString();
        std::fputs(qUtf8Printable(parser.helpText() + further), stdout);
        std::exit(std::to_underlying(ExitCode::Success));
    }
    if (parser.isSet(u"version"_s))
        parser.showVersion();
    if (!understood)
        endBecauseOfArguments(whyNotUnderstood(parser, set));
}

void readArguments(QCommandLineParser &parser, OptionSet set)
{
    readOptions(parser, set);
    if (const QStringList unexpected = parser.positionalArguments(); !unexpected.isEmpty())
        endBecauseOfArguments(tr("Unexpected argument \"%1\".").arg(unexpected.first()));
}

void endBecauseOfArguments(const QString &sentence)
{
    endBecauseOfArguments(QStringList(sentence));
}

void endBecauseOfArguments(const QStringList &sentences)
{
    for (const QString &sentence : sentences)
        printError(sentence);
    std::exit(std::to_underlying(ExitCode::WrongArguments));
}

Setting setting(const QCommandLineParser &parser, const QString &name, const QString &variable)
{
    if (parser.isSet(name))
        return {parser.value(name), u"--"_s + name};
    if (const QString value = qEnvironmentVariable(qUtf8Printable(variable)); !value.isEmpty())
        return {value, variable};
    return {parser.value(name), u"default"_s};
}

QString wrongSetting(const Setting &setting, const QString &reason)
{
    const bool isFlag = setting.source.startsWith(u'-');
    return setting.source + (isFlag ? u' ' : u'=') + reason;
}

std::expected<ListenAddress, QString> readListenAddress(const QCommandLineParser &parser)
{
    const Setting listen = setting(parser, u"listen"_s, u"LVT_LISTEN"_s);
    return ListenAddress::parse(listen.value).transform_error([&listen](const QString &error) {
        return wrongSetting(listen, error);
    });
}

ListenAddress listenAddress(const QCommandLineParser &parser)
{
    const auto address = readListenAddress(parser);
    if (!address)
        endBecauseOfArguments(address.error());
    return *address;
}

ServerOptions readServerOptions(const QCommandLineParser &parser, ServerOptions options)
{
    options.applyEnvironment();
    if (parser.isSet(u"dev"_s))
        options.set(u"dev-mode"_s, u"true"_s, OptionSource::CommandLine);
    return options;
}

ServerOptions serverOptions(const QCommandLineParser &parser, ServerOptions options)
{
    options = readServerOptions(parser, std::move(options));
    if (const QStringList errors = options.errors + options.check(); !errors.isEmpty())
        endBecauseOfArguments(errors);
    return options;
}

void applyServerOptions(const QCommandLineParser &parser, ServerOptions &options)
{
    for (const ServerOption &option : optionTable()) {
        if (parser.isSet(option.key))
            options.set(option.key, parser.value(option.key), OptionSource::CommandLine);
    }
    if (!parser.isSet(u"allow-origin"_s))
        return;
    const QString key = u"allowed-origins"_s;
    QStringList origins = parser.values(u"allow-origin"_s);
    if (parser.isSet(key))
        origins.prepend(parser.value(key));
    options.set(key, origins.join(u','), OptionSource::CommandLine);
}

std::expected<QString, QString> readTemplateFolder(const QCommandLineParser &parser)
{
    if (!parser.isSet(u"templates"_s))
        return QString();
    const QFileInfo folder(parser.value(u"templates"_s));
    if (!folder.isDir()) {
        return std::unexpected(
            tr("--templates \"%1\": there is no such folder.").arg(parser.value(u"templates"_s)));
    }
    return folder.absoluteFilePath();
}

QString templateFolder(const QCommandLineParser &parser)
{
    const auto folder = readTemplateFolder(parser);
    if (!folder)
        endBecauseOfArguments(folder.error());
    return *folder;
}

void printError(const QString &sentence)
{
    const QString program = QFileInfo(QCoreApplication::applicationFilePath()).fileName();
    std::fprintf(stderr, "%s: %s\n", qUtf8Printable(program), qUtf8Printable(sentence));
}

void announce(const QString &url)
{
    std::fprintf(stdout, "LiveTemplate: %s\n", qUtf8Printable(url));
    std::fflush(stdout);
}

} // namespace LiveTemplate::App
