// SPDX-FileCopyrightText: 2026 The LiveTemplate for Qt authors
// SPDX-License-Identifier: MIT

#include "serveroptions.h"

#include "databasehealth.h"
#include "optiontable.h"
#include "optionvalue_p.h"
#include "redisurl.h"
#include "spelling_p.h"

#include <QDir>
#include <QFileInfo>
#include <QProcessEnvironment>
#include <QUrl>

#include <algorithm>
#include <array>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace LiveTemplate {

namespace {

/// Of the programs, and of ./dev.
constexpr std::array variablesOfOthers = {
    "LVT_LISTEN"_L1, "LVT_LOG_LEVEL"_L1,   "LVT_LOG_FORMAT"_L1,
    "LVT_PRESET"_L1, "LVT_ENVIRONMENT"_L1, "LVT_READY_FD"_L1,
};
constexpr auto prefixOfTests = "LVT_TEST_"_L1;

/// The Go server's: how many messages may wait for a client (PROTOCOL.md E.13).
constexpr auto goBufferSize = "LVT_WS_BUFFER_SIZE"_L1;

void append(QStringList &sentences, const QString &sentence)
{
    if (!sentences.contains(sentence))
        sentences.append(sentence);
}

QStringList knownVariables()
{
    QStringList names;
    for (const ServerOption &option : optionTable())
        names.append(option.variable());
    for (const QLatin1StringView name : variablesOfOthers)
        names.append(name);
    names.append(goBufferSize);
    return names;
}

QString unknownVariable(const QString &name, const QStringList &known)
{
    const QString closest = closestName(name, known);
    return closest.isEmpty()
        ? u"%1 is not an option of this server."_s.arg(onOneLine(name))
        : u"%1 is not an option of this server; did you mean %2?"_s.arg(onOneLine(name), closest);
}

/// What somebody wrote, as he wrote it.
QString asWritten(const ServerOption &option, OptionSource source, const QString &text)
{
    const QString value = option.show(text);
    switch (source) {
    case OptionSource::Environment:
        return u"%1=\"%2\""_s.arg(option.variable(), value);
    case OptionSource::CommandLine:
        return u"%1 \"%2\""_s.arg(option.flag(), value);
    default:
        return u"%1 \"%2\""_s.arg(option.key, value);
    }
}

/// The option's name where its value came from.
QString nameOf(const ServerOptions &options, const QString &key)
{
    const ServerOption &option = *findOption(key);
    switch (options.source(key)) {
    case OptionSource::Environment:
        return option.variable();
    case OptionSource::CommandLine:
        return option.flag();
    default:
        return option.key;
    }
}

/// "LVT_HEARTBEAT is 20s", say.
QString nameAndValue(const ServerOptions &options, const QString &key)
{
    return u"%1 is %2"_s.arg(nameOf(options, key), findOption(key)->show(options));
}

// ---- What check() looks at

void checkRanges(const ServerOptions &options, QStringList &sentences)
{
    for (const ServerOption &option : optionTable()) {
        if (!option.isInRange(options)) {
            sentences.append(
                u"%1: %2 is expected."_s.arg(nameAndValue(options, option.key), option.range()));
        }
    }
}

void checkMessages(const ServerOptions &options, QStringList &sentences)
{
    if (options.messageRate > 0 && options.messageBurst == 0) {
        sentences.append(u"%1, so no message would get through: at least 1 is expected while %2."_s
                             .arg(nameAndValue(options, u"message-burst"_s),
                                  nameAndValue(options, u"message-rate"_s)));
    }
}

void checkIdleTimeout(const ServerOptions &options, QStringList &sentences)
{
    // An idle page sends nothing but its heartbeat, and one of them may be late.
    const bool isUsed = options.idleTimeout > 0ms && options.heartbeatInterval > 0ms;
    if (isUsed && options.idleTimeout < 2 * options.heartbeatInterval) {
        sentences.append(
            u"%1, but %2: at least twice that is expected, or pages on which nobody does anything are cut off."_s
                .arg(nameAndValue(options, u"idle-timeout"_s),
                     nameAndValue(options, u"heartbeat"_s)));
    }
}

bool isOrigin(const QString &text)
{
    const QUrl url(text, QUrl::StrictMode);
    return url.isValid() && !url.scheme().isEmpty() && !url.host().isEmpty()
        && url.userInfo().isEmpty() && url.path().isEmpty() && !url.hasQuery()
        && !url.hasFragment();
}

void checkOrigins(const ServerOptions &options, QStringList &sentences)
{
    const QString key = u"allowed-origins"_s;
    for (const QString &origin : options.allowedOrigins) {
        if (origin != "*"_L1 && !isOrigin(origin)) {
            sentences.append(
                u"%1 has \"%2\": scheme://host[:port] without a path, or *, is expected."_s.arg(
                    nameOf(options, key), findOption(key)->show(origin)));
        }
    }
}

void checkContentSecurityPolicy(const ServerOptions &options, QStringList &sentences)
{
    // Anything else would end the header, or be read differently by every browser.
    const bool isPrintable = std::ranges::all_of(options.contentSecurityPolicy,
                                                 [](QChar character) {
                                                     return character >= u' ' && character <= u'~';
                                                 });
    if (!isPrintable) {
        sentences.append(u"%1: one line of ASCII text is expected."_s.arg(
            nameAndValue(options, u"content-security-policy"_s)));
    }
}

void checkTemplateBaseDir(const ServerOptions &options, QStringList &sentences)
{
    if (!options.templateBaseDir.isEmpty() && !QFileInfo(options.templateBaseDir).isDir()) {
        sentences.append(
            u"%1: there is no such folder."_s.arg(nameAndValue(options, u"template-base-dir"_s)));
    }
}

void checkRedis(const ServerOptions &options, QStringList &sentences)
{
    if (options.redisUrl.isEmpty())
        return;
    if (const auto url = RedisUrl::parse(options.redisUrl); !url)
        sentences.append(u"%1: %2"_s.arg(nameAndValue(options, u"redis"_s), url.error().message));
}

void checkDatabase(const ServerOptions &options, QStringList &sentences)
{
    if (options.databaseUrl.isEmpty())
        return;
    // Made for its error alone; it asks nothing before it is run.
    if (const auto check = databaseHealthCheckFromUrl(options.databaseUrl); !check)
        sentences.append(u"%1: %2."_s.arg(nameAndValue(options, u"database"_s), check.error()));
}

} // namespace

ServerOptions ServerOptions::fromEnvironment()
{
    ServerOptions options;
    options.applyEnvironment();
    return options;
}

void ServerOptions::applyEnvironment()
{
    applyEnvironment(QProcessEnvironment::systemEnvironment());
}

void ServerOptions::applyEnvironment(const QProcessEnvironment &environment)
{
    for (const ServerOption &option : optionTable()) {
        QString text = environment.value(option.variable());
        if (text.isEmpty() && !option.sharedVariable.isEmpty())
            text = environment.value(option.sharedVariable);
        if (!text.isEmpty())
            set(option.key, text, OptionSource::Environment);
    }

    const QStringList known = knownVariables();
    QStringList names = environment.keys();
    names.sort();
    for (const QString &name : std::as_const(names)) {
        const bool isOurs = name.startsWith("LVT_"_L1) && !name.startsWith(prefixOfTests);
        if (isOurs && !known.contains(name))
            append(errors, unknownVariable(name, known));
    }

    if (!environment.value(goBufferSize).isEmpty()) {
        append(
            warnings,
            u"%1 counts messages, as servers written in Go do, and is not used here: %2 bounds what may wait for a client, in bytes."_s
                .arg(goBufferSize, findOption(u"max-pending-bytes")->variable()));
    }
}

void ServerOptions::set(const QString &key, const QString &text, OptionSource source)
{
    const ServerOption *option = findOption(key);
    if (!option) {
        append(errors, u"\"%1\" is not an option of this server."_s.arg(onOneLine(key)));
        return;
    }
    if (const auto done = option->read(text, *this); !done)
        append(errors, asWritten(*option, source, text) + u": "_s + done.error());
    else
        settings.insert(key, {source, option->print(*this)});
}

QStringList ServerOptions::check() const
{
    QStringList sentences;
    checkRanges(*this, sentences);
    checkMessages(*this, sentences);
    checkIdleTimeout(*this, sentences);
    checkOrigins(*this, sentences);
    checkContentSecurityPolicy(*this, sentences);
    checkTemplateBaseDir(*this, sentences);
    checkRedis(*this, sentences);
    checkDatabase(*this, sentences);
    return sentences;
}

OptionSource ServerOptions::source(const QString &key) const
{
    const ServerOption *option = findOption(key);
    if (!option)
        return OptionSource::Default;
    const QString value = option->print(*this);
    // What the code changed afterwards is its own.
    if (const auto setting = settings.constFind(key);
        setting != settings.cend() && setting->value == value) {
        return setting->source;
    }
    return value == option->print(ServerOptions()) ? OptionSource::Default : OptionSource::Code;
}

QString ServerOptions::templateFile(const QString &name) const
{
    if (templateBaseDir.isEmpty() || QDir::isAbsolutePath(name))
        return name;
    return QDir(templateBaseDir).filePath(name);
}

} // namespace LiveTemplate
