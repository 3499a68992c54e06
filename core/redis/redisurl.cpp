// SPDX-FileCopyrightText: 2026 The LiveTemplate for Qt authors
// SPDX-License-Identifier: MIT

#include "redisurl.h"

#include "spelling_p.h"

#include <QHostAddress>

#include <algorithm>
#include <array>
#include <optional>

using namespace Qt::StringLiterals;

namespace LiveTemplate {

namespace {

/// Redis' own default is 16; more can be configured, but nobody has so many.
constexpr int maxDatabase = 1'000'000;
constexpr quint16 redisPort = 6379;
constexpr quint16 sentinelPort = 26379;

template<typename T = void>
using Parsed = std::expected<T, RedisError>;

std::unexpected<RedisError> bad(const QString &what)
{
    return std::unexpected(
        RedisError{.kind = RedisError::Kind::BadUrl, .message = u"Redis URL: %1."_s.arg(what)});
}

/// Undoes %XX; an error when one is not followed by two hexadecimal digits, or when the bytes are
/// no UTF-8: QUrl would leave them as they are, and a password would be wrong without a word.
Parsed<QString> decoded(QStringView text, QStringView what)
{
    const QByteArray bytes = text.toUtf8();
    for (qsizetype i = 0; i < bytes.size(); ++i) {
        if (bytes[i] != '%')
            continue;
        const auto isDigit = [&](qsizetype at) {
            return at < bytes.size()
                && QByteArrayView("0123456789abcdefABCDEF").contains(bytes[at]);
        };
        if (!isDigit(i + 1) || !isDigit(i + 2)) {
            return bad(u"in the %1, a percent sign is not followed by two hexadecimal digits; as "
                       "itself it is written "_s.arg(what)
                       + u"%25"_s);
        }
    }
    const QByteArray plain = QByteArray::fromPercentEncoding(bytes);
    if (!plain.isValidUtf8())
        return bad(u"the %1 is no UTF-8 when its percent-encoding is undone"_s.arg(what));
    return QString::fromUtf8(plain);
}

/// Digits alone, at most nine of them.
std::optional<int> wholeNumber(QStringView text)
{
    const auto isDigit = [](QChar c) {
        return c >= u'0' && c <= u'9';
    };
    if (text.isEmpty() || text.size() > 9 || !std::ranges::all_of(text, isDigit))
        return std::nullopt;
    return text.toInt();
}

QString encoded(const QString &text)
{
    return QString::fromLatin1(text.toUtf8().toPercentEncoding());
}

Parsed<RedisUrl::Endpoint> parseEndpoint(QStringView text, quint16 defaultPort)
{
    RedisUrl::Endpoint endpoint{.host = {}, .port = defaultPort};
    QStringView port;
    bool hasPort = false;
    if (text.startsWith(u'[')) {
        const qsizetype end = text.indexOf(u']');
        if (end < 0)
            return bad(u"the bracket of the IPv6 address “%1” is not closed"_s.arg(text));
        endpoint.host = text.sliced(1, end - 1).toString();
        QHostAddress address;
        if (!address.setAddress(endpoint.host) || address.protocol() != QHostAddress::IPv6Protocol)
            return bad(u"“%1” is no IPv6 address"_s.arg(endpoint.host));
        const QStringView rest = text.sliced(end + 1);
        if (!rest.isEmpty()) {
            if (!rest.startsWith(u':'))
                return bad(u"“%1” stands behind the IPv6 address “[%2]”, where only a port can"_s
                               .arg(rest, endpoint.host));
            hasPort = true;
            port = rest.sliced(1);
        }
    } else {
        const qsizetype colon = text.indexOf(u':');
        if (colon >= 0 && text.indexOf(u':', colon + 1) >= 0) {
            // It may be a user and password without a host: not to be repeated.
            return bad(u"the host has more than one colon; an IPv6 address stands in brackets, "
                       "[::1]:%1"_s.arg(defaultPort));
        }
        hasPort = colon >= 0;
        port = hasPort ? text.sliced(colon + 1) : QStringView();
        const auto host = decoded(hasPort ? text.first(colon) : text, u"host");
        if (!host)
            return std::unexpected(host.error());
        endpoint.host = *host;
        const auto isStrange = [](QChar c) {
            return !(c.isLetterOrNumber() || c == u'.' || c == u'-' || c == u'_');
        };
        const auto strange = std::ranges::find_if(endpoint.host, isStrange);
        if (strange != endpoint.host.end())
            return bad(u"the host “%1” contains “%2”"_s.arg(endpoint.host, QString(*strange)));
    }
    if (endpoint.host.isEmpty())
        return bad(u"a host is missing"_s);
    if (hasPort) {
        const auto number = wholeNumber(port);
        if (!number || *number == 0 || *number > 65535) {
            return bad(u"what stands behind the colon of “%1” is no port; it must be a number from "
                       "1 to 65535"_s.arg(endpoint.host));
        }
        endpoint.port = quint16(*number);
    }
    return endpoint;
}

Parsed<> parseCredentials(QStringView text, RedisUrl &url)
{
    const qsizetype colon = text.indexOf(u':');
    const auto user = decoded(colon < 0 ? text : text.first(colon), u"user");
    if (!user)
        return std::unexpected(user.error());
    url.user = *user;
    if (colon < 0)
        return {};
    const auto password = decoded(text.sliced(colon + 1), u"password");
    if (!password)
        return std::unexpected(password.error());
    url.password = *password;
    return {};
}

Parsed<> parseDatabase(QStringView text, RedisUrl &url)
{
    const auto number = wholeNumber(text);
    if (!number || *number > maxDatabase) {
        return bad(u"“%1” is no database; it must be a whole number from 0 to %2"_s.arg(
            text, QString::number(maxDatabase)));
    }
    url.database = *number;
    return {};
}

Parsed<bool> parseSwitch(const QString &name, const QString &value)
{
    if (value == "1"_L1)
        return true;
    if (value == "0"_L1)
        return false;
    return bad(u"the option %1 is “%2”; it must be 0 or 1"_s.arg(name, value));
}

Parsed<> parsePath(QStringView path, RedisUrl &url)
{
    if (path.endsWith(u'/'))
        path.chop(1);
    const bool hasName = url.topology == RedisUrl::Topology::Sentinel;
    QList<QStringView> parts;
    if (!path.isEmpty())
        parts = path.sliced(1).split(u'/');
    if (hasName) {
        if (parts.isEmpty() || parts.first().isEmpty()) {
            return bad(u"the name of Sentinel's master is missing, "
                       "redis+sentinel://host/NAME"_s);
        }
        const auto name = decoded(parts.takeFirst(), u"name of the master");
        if (!name)
            return std::unexpected(name.error());
        url.masterName = *name;
    }
    if (parts.isEmpty())
        return {};
    if (url.topology == RedisUrl::Topology::Cluster) {
        // All the same, so that one who is used to write it may.
        if (parts.size() > 1 || parts.first() != u"0")
            return bad(u"a Cluster has database 0 only, but there is “%1”"_s.arg(path));
        return {};
    }
    if (parts.size() > 1) {
        return bad(u"in “%1” there is more than the database"_s.arg(path));
    }
    return parseDatabase(parts.first(), url);
}

Parsed<> parseOptions(const QString &query, RedisUrl &url)
{
    static const QStringList names = {u"tls"_s,
                                      u"ca"_s,
                                      u"cert"_s,
                                      u"key"_s,
                                      u"verify"_s,
                                      u"sentinel_user"_s,
                                      u"sentinel_password"_s,
                                      u"sharded"_s};
    QStringList seen;
    for (const QString &item : query.split(u'&', Qt::SkipEmptyParts)) {
        const qsizetype equals = item.indexOf(u'=');
        const auto decodedName = decoded(equals < 0 ? item : item.first(equals),
                                         u"name of an option");
        if (!decodedName)
            return std::unexpected(decodedName.error());
        const QString &name = *decodedName;
        if (!names.contains(name)) {
            const QString meant = closestName(name, names);
            return bad(u"there is no option “%1”; %2"_s.arg(
                name,
                meant.isEmpty() ? u"there are %1"_s.arg(names.join(", "_L1))
                                : u"did you mean %1?"_s.arg(meant)));
        }
        if (seen.contains(name))
            return bad(u"the option %1 is there twice"_s.arg(name));
        seen += name;
        const auto value = decoded(equals < 0 ? QString() : item.sliced(equals + 1),
                                   u"option %1"_s.arg(name));
        if (!value)
            return std::unexpected(value.error());
        if (value->isEmpty())
            return bad(u"the option %1 has no value"_s.arg(name));

        const auto onlyOf = [&](RedisUrl::Topology topology, const QString &scheme) -> Parsed<> {
            if (url.topology != topology)
                return bad(u"the option %1 is one of %2:// only"_s.arg(name, scheme));
            return {};
        };
        Parsed<> result;
        const auto setSwitch = [&](bool &member) {
            const auto truth = parseSwitch(name, *value);
            if (truth)
                member = *truth;
            else
                result = std::unexpected(truth.error());
        };
        if (name == "tls"_L1) {
            if (url.topology == RedisUrl::Topology::Single)
                return bad(u"for TLS, write rediss:// instead of the option tls"_s);
            setSwitch(url.tls);
        } else if (name == "verify"_L1) {
            setSwitch(url.verifyPeer);
        } else if (name == "sharded"_L1) {
            result = onlyOf(RedisUrl::Topology::Cluster, u"redis+cluster"_s);
            if (result)
                setSwitch(url.shardedPubSub);
        } else if (name == "ca"_L1) {
            url.caFile = *value;
        } else if (name == "cert"_L1) {
            url.certificateFile = *value;
        } else if (name == "key"_L1) {
            url.keyFile = *value;
        } else {
            result = onlyOf(RedisUrl::Topology::Sentinel, u"redis+sentinel"_s);
            (name == "sentinel_user"_L1 ? url.sentinelUser : url.sentinelPassword) = *value;
        }
        if (!result)
            return result;
    }
    return {};
}

/// What can be said only when all of it has been read.
Parsed<> checkTogether(const RedisUrl &url)
{
    const bool hasTlsOptions = !url.caFile.isEmpty() || !url.certificateFile.isEmpty()
        || !url.keyFile.isEmpty() || !url.verifyPeer;
    if (hasTlsOptions && !url.tls) {
        return bad(
            u"ca, cert, key and verify are options of TLS, which is not used; write %1"_s.arg(
                url.topology == RedisUrl::Topology::Single ? u"rediss://"_s : u"tls=1"_s));
    }
    if (url.certificateFile.isEmpty() != url.keyFile.isEmpty())
        return bad(u"the options cert and key belong together, and one of them is missing"_s);
    if (!url.user.isEmpty() && url.password.isEmpty())
        return bad(u"there is a user, “%1”, without a password; a password alone is written "
                   "redis://:PASSWORD@host"_s.arg(url.user));
    if (!url.sentinelUser.isEmpty() && url.sentinelPassword.isEmpty())
        return bad(u"there is a sentinel_user without a sentinel_password"_s);
    return {};
}

/// @p password makes of a password what is written for it.
QString write(const RedisUrl &url, QString (*password)(const QString &))
{
    using Topology = RedisUrl::Topology;
    const quint16 defaultPort = url.topology == Topology::Sentinel ? sentinelPort : redisPort;
    QString text;
    switch (url.topology) {
    case Topology::Single:
        text = url.tls ? u"rediss://"_s : u"redis://"_s;
        break;
    case Topology::Sentinel:
        text = u"redis+sentinel://"_s;
        break;
    case Topology::Cluster:
        text = u"redis+cluster://"_s;
        break;
    }
    if (!url.user.isEmpty() || !url.password.isEmpty()) {
        text += encoded(url.user);
        if (!url.password.isEmpty())
            text += u':' + password(url.password);
        text += u'@';
    }
    QStringList addresses;
    for (const RedisUrl::Endpoint &endpoint : url.endpoints) {
        const bool isIpv6 = endpoint.host.contains(u':');
        QString address = isIpv6 ? u'[' + endpoint.host + u']' : endpoint.host;
        if (endpoint.port != defaultPort)
            address += u':' + QString::number(endpoint.port);
        addresses += address;
    }
    text += addresses.join(u',');
    if (url.topology == Topology::Sentinel)
        text += u'/' + encoded(url.masterName);
    if (url.database != 0)
        text += u'/' + QString::number(url.database);

    QStringList options;
    const auto add = [&](QLatin1StringView name, const QString &value) {
        options += name + u'=' + value;
    };
    if (url.tls && url.topology != Topology::Single)
        add("tls"_L1, u"1"_s);
    if (!url.caFile.isEmpty())
        add("ca"_L1, encoded(url.caFile));
    if (!url.certificateFile.isEmpty())
        add("cert"_L1, encoded(url.certificateFile));
    if (!url.keyFile.isEmpty())
        add("key"_L1, encoded(url.keyFile));
    if (!url.verifyPeer)
        add("verify"_L1, u"0"_s);
    if (!url.sentinelUser.isEmpty())
        add("sentinel_user"_L1, encoded(url.sentinelUser));
    if (!url.sentinelPassword.isEmpty())
        add("sentinel_password"_L1, password(url.sentinelPassword));
    if (url.shardedPubSub)
        add("sharded"_L1, u"1"_s);
    if (!options.isEmpty())
        text += u'?' + options.join(u'&');
    return text;
}

} // namespace

std::expected<RedisUrl, RedisError> RedisUrl::parse(const QString &text)
{
    struct Scheme
    {
        QLatin1StringView name;
        Topology topology;
        bool tls;
    };
    static constexpr auto schemes = std::to_array<Scheme>({
        {"redis"_L1, Topology::Single, false},
        {"rediss"_L1, Topology::Single, true},
        {"redis+sentinel"_L1, Topology::Sentinel, false},
        {"redis+cluster"_L1, Topology::Cluster, false},
    });

    RedisUrl url;
    QStringView rest = QStringView(text).trimmed();
    if (rest.isEmpty())
        return bad(u"it is empty"_s);
    const bool hasBlank = std::ranges::any_of(rest, [](QChar c) {
        return c.isSpace() || c.category() == QChar::Other_Control;
    });
    if (hasBlank)
        return bad(u"there is a blank or a control character in it; write %20 for a blank"_s);

    if (const qsizetype colon = rest.indexOf("://"_L1); colon >= 0) {
        const QString name = rest.first(colon).toString().toLower();
        const auto scheme = std::ranges::find(schemes, name, &Scheme::name);
        if (scheme == schemes.end()) {
            return bad(u"“%1://” is unknown; it must be redis://, rediss://, redis+sentinel:// or "
                       "redis+cluster://"_s.arg(name));
        }
        url.topology = scheme->topology;
        url.tls = scheme->tls;
        rest = rest.sliced(colon + 3);
    }

    if (rest.contains(u'#'))
        return bad(u"there is a #, which has no meaning here; in a password it is written %23"_s);
    const auto endsAuthority = [](QChar c) {
        return c == u'/' || c == u'?';
    };
    const qsizetype end = std::ranges::find_if(rest, endsAuthority) - rest.begin();
    QStringView authority = rest.first(end);
    rest = rest.sliced(end);
    // Most likely it is the one before the host, and what stands before it belongs to a password:
    // it must not be said in a message.
    if (rest.contains(u'@')) {
        return bad(
            u"there is an @ behind the host; in a password and in options, / is written %2F, "
            "? is written %3F and @ is written %40"_s);
    }
    const qsizetype question = rest.indexOf(u'?');
    const QString query = question < 0 ? QString() : rest.sliced(question + 1).toString();
    const QStringView path = question < 0 ? rest : rest.first(question);

    if (const qsizetype at = authority.lastIndexOf(u'@'); at >= 0) {
        if (const auto parsed = parseCredentials(authority.first(at), url); !parsed)
            return std::unexpected(parsed.error());
        authority = authority.sliced(at + 1);
    }
    const QList<QStringView> addresses = authority.split(u',');
    if (addresses.size() > 1 && url.topology == Topology::Single) {
        return bad(u"redis:// has one host; several belong to redis+sentinel:// or "
                   "redis+cluster://"_s);
    }
    for (const QStringView address : addresses) {
        const auto endpoint = parseEndpoint(address,
                                            url.topology == Topology::Sentinel ? sentinelPort
                                                                               : redisPort);
        if (!endpoint)
            return std::unexpected(endpoint.error());
        if (!url.endpoints.contains(*endpoint))
            url.endpoints += *endpoint;
    }
    if (const auto parsed = parsePath(path, url); !parsed)
        return std::unexpected(parsed.error());
    if (const auto parsed = parseOptions(query, url); !parsed)
        return std::unexpected(parsed.error());
    if (const auto parsed = checkTogether(url); !parsed)
        return std::unexpected(parsed.error());
    return url;
}

QString RedisUrl::toDisplayString() const
{
    const auto hidden = [](const QString &) {
        return u"***"_s;
    };
    return write(*this, hidden);
}

QString RedisUrl::toStringWithPasswords() const
{
    return write(*this, encoded);
}

} // namespace LiveTemplate
