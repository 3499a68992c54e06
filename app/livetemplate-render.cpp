// SPDX-FileCopyrightText: 2026 The LiveTemplate for Qt authors
// SPDX-License-Identifier: GPL-3.0-or-later

// livetemplate-render: what a template makes of states, for scripts and tests.

#include "clientassets_p.h"
#include "commandline.h"
#include "statefile.h"
#include "template.h"
#include "tree_p.h"
#include "treedifference_p.h"
#include "treewriter_p.h"

#include <QCommandLineParser>
#include <QCoreApplication>
#include <QFileInfo>
#include <QLoggingCategory>

#include <cstdio>
#include <utility>

using namespace LiveTemplate;
using namespace Qt::StringLiterals;

namespace {

const QString standardInput = u"-"_s;

QString translate(const char *text)
{
    return QCoreApplication::translate("main", text);
}

int fail(const QString &sentence)
{
    App::printError(sentence);
    return std::to_underlying(App::ExitCode::Failure);
}

bool writeLine(QByteArray line)
{
    line += '\n';
    return std::fwrite(line.constData(), 1, std::size_t(line.size()), stdout)
        == std::size_t(line.size())
        && std::fflush(stdout) == 0;
}

int failToWrite()
{
    return fail(translate("The output cannot be written: %1").arg(qt_error_string()));
}

/// The template's own path, or else that in the folder of the templates.
QString findTemplate(const QString &name, const QString &folder)
{
    const QString inFolder = folder + u'/' + name;
    return !folder.isEmpty() && !QFileInfo(name).isFile() && QFileInfo(inFolder).isFile() ? inFolder
                                                                                          : name;
}

int validate(const QString &file, const TemplateOptions &options)
{
    const QList<TemplateError> errors = Template::validate(file, options);
    for (const TemplateError &error : errors) {
        if (!writeLine(error.toString().toUtf8()))
            return failToWrite();
    }
    return std::to_underlying(errors.isEmpty() ? App::ExitCode::Success : App::ExitCode::Failure);
}

int render(const QString &file, const TemplateOptions &options, const QStringList &states)
{
    const auto compiled = Template::load(file, options);
    if (!compiled)
        return fail(compiled.error().toString());
    std::shared_ptr<const Tree> shown;
    for (const QString &state : states) {
        const auto members = App::readStateFile(state);
        if (!members)
            return fail(members.error());
        QVariantHash values = clientAssetUrls();
        values.insert(*members);
        const auto tree = compiled->render(values);
        if (!tree)
            return fail(tree.error().toString());

        QByteArray html;
        appendHtml(html, **tree);
        QByteArray line = R"({"html":)";
        appendJsonString(line, html);
        line += R"(,"update":)";
        if (shown)
            appendDifference(line, *shown, **tree);
        else
            appendTree(line, **tree);
        line += '}';
        if (!writeLine(std::move(line)))
            return failToWrite();
        shown = *tree;
    }
    return std::to_underlying(App::ExitCode::Success);
}

} // namespace

int main(int argc, char *argv[])
{
    const QCoreApplication application(argc, argv);
    App::setApplicationVersion();
    // It logs each error that we are told, and tell, as well.
    QLoggingCategory::setFilterRules(u"kf.texttemplate*=false"_s);

    QCommandLineParser parser;
    parser.setApplicationDescription(
        translate("Renders the live part of a template with one state after another. Prints a JSON "
                  "object for each, on a line of its own: \"html\" is the page's content, and "
                  "\"update\" what a browser that shows the states in this order is sent."));
    parser.addPositionalArgument(u"template"_s, translate("The template's file."),
                                 translate("TEMPLATE"));
    parser.addPositionalArgument(
        u"states"_s,
        translate("JSON files. The members of an object are the template's variables; an array is "
                  "the variable \"state\". - is the standard input."),
        translate("STATE.json…"));
    const QCommandLineOption folderOption(
        u"dir"_s,
        translate("Look up includes, and TEMPLATE when there is no such file, in FOLDER."),
        translate("FOLDER"));
    const QCommandLineOption validateOption(
        u"validate"_s, translate("Print what is wrong with the template, and render nothing."));
    parser.addOptions({folderOption, validateOption});
    parser.addHelpOption();
    parser.addVersionOption();
    App::readOptions(parser);

    QStringList states = parser.positionalArguments();
    if (states.isEmpty())
        App::endBecauseOfArguments(translate("Say which template is to be rendered."));
    const QString name = states.takeFirst();
    if (states.isEmpty() && !parser.isSet(validateOption))
        App::endBecauseOfArguments(translate("Say with which states, for example state.json."));
    if (states.count(standardInput) > 1)
        App::endBecauseOfArguments(translate("The standard input can be read only once."));

    TemplateOptions options;
    options.folder = parser.value(folderOption);
    if (parser.isSet(folderOption) && !QFileInfo(options.folder).isDir())
        return fail(translate("%1: there is no such folder.").arg(options.folder));
    const QString file = findTemplate(name, options.folder);
    return parser.isSet(validateOption) ? validate(file, options) : render(file, options, states);
}
