// SPDX-FileCopyrightText: 2026 The LiveTemplate for Qt authors
// SPDX-License-Identifier: MIT

#include "databaseurl_p.h"

#include <QUrl>
#include <QUrlQuery>

#include <algorithm>
#include <array>

using namespace Qt::StringLiterals;

namespace LiveTemplate {

namespace {

/// Of libpq's, those that say how to get at the server. Time limits are ours, and what else there
/// is is for queries.
constexpr auto knownParameters = std::to_array<QLatin1StringView>(
    {"application_name"_L1, "channel_binding"_L1, "gssencmode"_L1, "krbsrvname"_L1, "options"_L1,
     "require_auth"_L1, "sslcert"_L1, "sslcrl"_L1, "sslkey"_L1, "sslmode"_L1, "sslnegotiation"_L1,
     "sslrootcert"_L1, "target_session_attrs"_L1});

/// Accepted, because URLs have them, and without effect.
constexpr auto ignoredParameters = std::to_array<QLatin1StringView>(
    {"connect_timeout"_L1, "keepalives"_L1, "keepalives_count"_L1, "keepalives_idle"_L1,
     "keepalives_interval"_L1, "tcp_user_timeout"_L1});

constexpr auto sslModes = std::to_array<QLatin1StringView>(
    {"disable"_L1, "allow"_L1, "prefer"_L1, "require"_L1, "verify-ca"_L1, "verify-full"_L1});

template<typename Names>
bool contains(const Names &names, const QString &name)
{
    return std::ranges::find(names, name) != names.end();
}

std::expected<DatabaseUrl, QString> parseSqlite(const QString &rest)
{
    if (rest.contains(u'?') || rest.contains(u'#'))
        return std::unexpected(u"a path after \"sqlite:\" has no parameters; write ? as %3F"_s);
    QString path = rest;
    if (path.startsWith("//"_L1)) {
        path.remove(0, 2);
        if (!path.startsWith(u'/'))
            return std::unexpected(u"\"sqlite://\" needs a third slash and an absolute path"_s);
    }
    path = QUrl::fromPercentEncoding(path.toUtf8());
    if (path.isEmpty() || path == "/"_L1)
        return std::unexpected(u"\"sqlite:\" needs the path of a file"_s);
    if (path.startsWith(u':'))
        return std::unexpected(u"a database in memory cannot be checked from outside"_s);
    if (path.contains(QChar::Null))
        return std::unexpected(u"a path has no null characters"_s);
    DatabaseUrl url;
    url.kind = DatabaseUrl::Kind::Sqlite;
    url.database = path;
    return url;
}

std::expected<void, QString> addParameter(DatabaseUrl &url, const QString &name,
                                          const QString &value)
{
    if (name == "host"_L1) {
        if (!url.host.isEmpty())
            return std::unexpected(u"the host is given twice"_s);
        url.host = value;
        return {};
    }
    if (contains(ignoredParameters, name))
        return {};
    if (!contains(knownParameters, name))
        return std::unexpected(u"the parameter \"%1\" is not known"_s.arg(name));
    if (name == "sslmode"_L1 && !contains(sslModes, value)) {
        return std::unexpected(
            u"sslmode is disable, allow, prefer, require, verify-ca or verify-full"_s);
    }
    // Qt takes it for the end of the parameter, in quotes as well.
    if (value.contains(u';'))
        return std::unexpected(u"the parameter %1 has a semicolon"_s.arg(name));
    url.parameters.emplace_back(name, value);
    return {};
}

std::expected<DatabaseUrl, QString> parsePostgres(const QString &text)
{
    const QUrl parsed(text, QUrl::StrictMode);
    if (!parsed.isValid()) {
        return std::unexpected(u"it is no URL; what is special in a user's name, a password or a "
                               "host must be percent-encoded"_s);
    }
    if (parsed.hasFragment())
        return std::unexpected(u"# begins a fragment, which a database has not; write %23"_s);
    DatabaseUrl url;
    url.host = parsed.host(QUrl::FullyDecoded);
    url.port = parsed.port(url.port);
    url.user = parsed.userName(QUrl::FullyDecoded);
    url.password = parsed.password(QUrl::FullyDecoded);
    url.database = parsed.path(QUrl::FullyDecoded).mid(1);
    const auto items = QUrlQuery(parsed).queryItems(QUrl::FullyDecoded);
    for (const auto &[name, value] : items) {
        if (auto added = addParameter(url, name, value); !added)
            return std::unexpected(std::move(added).error());
    }
    for (const QString &part : {url.host, url.user, url.password, url.database}) {
        if (part.contains(QChar::Null))
            return std::unexpected(u"a database's URL has no null characters"_s);
    }
    return url;
}

} // namespace

std::expected<DatabaseUrl, QString> DatabaseUrl::parse(const QString &text)
{
    const qsizetype colon = text.indexOf(u':');
    const QString scheme = text.first(std::max<qsizetype>(colon, 0)).toLower();
    if (scheme == "sqlite"_L1 || scheme == "sqlite3"_L1)
        return parseSqlite(text.sliced(colon + 1));
    if (scheme == "postgres"_L1 || scheme == "postgresql"_L1) {
        if (!text.sliced(colon).startsWith("://"_L1))
            return std::unexpected(u"\"%1:\" needs two slashes"_s.arg(scheme));
        return parsePostgres(text);
    }
    return std::unexpected(u"a URL that begins with postgres:// or sqlite: is expected"_s);
}

QString DatabaseUrl::driver() const
{
    return kind == Kind::Sqlite ? u"QSQLITE"_s : u"QPSQL"_s;
}

} // namespace LiveTemplate
