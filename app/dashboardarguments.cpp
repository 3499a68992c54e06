// SPDX-FileCopyrightText: 2026 The LiveTemplate for Qt authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "dashboardarguments.h"

#include "pageaddress.h"
#include "redisurl.h"

#include <QCommandLineParser>
#include <QCoreApplication>
#include <QFileInfo>
#include <QRegularExpression>

using namespace Qt::StringLiterals;

namespace LiveTemplate::App {

namespace {

constexpr int mostTiles = 4;

QString tr(const char *text)
{
    return QCoreApplication::translate("LiveTemplate::App", text);
}

std::expected<QList<Ui::PageToOpen>, QString> readPages(const QStringList &values)
{
    QList<Ui::PageToOpen> pages;
    for (const QString &value : values) {
        auto page = parsePageToOpen(value);
        if (!page)
            return std::unexpected(page.error());
        pages.append(*std::move(page));
    }
    return pages;
}

std::expected<int, QString> readTiles(const QCommandLineParser &parser)
{
    if (!parser.isSet(u"tile"_s))
        return 0;
    bool isNumber = false;
    const int tiles = parser.value(u"tile"_s).toInt(&isNumber);
    if (isNumber && tiles >= 1 && tiles <= mostTiles)
        return tiles;
    return std::unexpected(tr("--tile \"%1\" is not a number from 1 to %2: of so many tabs beside "
                              "each other.")
                               .arg(parser.value(u"tile"_s))
                               .arg(mostTiles));
}

std::expected<QString, QString> readRedis(const QCommandLineParser &parser)
{
    const QString value = parser.value(u"redis"_s);
    if (value.isEmpty() && !parser.isSet(u"redis"_s))
        return QString();
    if (const auto url = RedisUrl::parse(value); !url)
        return std::unexpected(tr("--redis: %1").arg(url.error().message));
    return value;
}

std::expected<QString, QString> readLayoutFile(const QCommandLineParser &parser)
{
    const QString name = parser.value(u"layout"_s);
    if (!parser.isSet(u"layout"_s) || QFileInfo(name).isFile())
        return name;
    return std::unexpected(tr("--layout \"%1\" is not a file.").arg(name));
}

} // namespace

void addDashboardOptions(QCommandLineParser &parser)
{
    parser.addOption(
        {u"page"_s,
         tr("Open PAGE, a path or an address, instead of the tabs that were open last. "
            "May be given several times; B:/counter opens it in browser B."),
         tr("PAGE")});
    parser.addOption({u"tile"_s, tr("Show NUMBER tabs beside each other, 1 to 4."), tr("NUMBER")});
    parser.addOption({u"redis"_s,
                      tr("Join the Redis at URL, so that tabs follow those of other servers, and "
                         "show what crosses it. Also: LVT_REDIS_URL, REDIS_URL."),
                      tr("URL")});
    parser.addOption({u"read-only"_s,
                      tr("Only look: offer nothing that changes sessions or publishes messages, "
                         "and join no Redis.")});
    parser.addOption({u"layout"_s, tr("Begin with the panels as FILE has them."), tr("FILE")});
}

std::expected<Ui::PageToOpen, QString> parsePageToOpen(const QString &text)
{
    static const QRegularExpression withBrowser(u"^([A-Z]):(?=/|https?:)(.*)$"_s);
    const QRegularExpressionMatch match = withBrowser.match(text);
    Ui::PageToOpen page{.page = text};
    if (match.hasMatch()) {
        page.browser = Ui::BrowserId(match.capturedView(1).front().unicode() - u'A');
        page.page = match.captured(2);
    }
    const bool isPage = Ui::pageFromInput(page.page, QUrl(u"http://127.0.0.1:8080"_s)).isValid();
    if (!isPage) {
        return std::unexpected(
            tr("--page \"%1\" is not a page: give a path (/counter), an address, or either of them "
               "with a browser (B:/counter).")
                .arg(text));
    }
    return page;
}

std::expected<Ui::DashboardOptions, QString> readDashboardOptions(const QCommandLineParser &parser)
{
    const auto pages = readPages(parser.values(u"page"_s));
    if (!pages)
        return std::unexpected(pages.error());
    const auto tiles = readTiles(parser);
    if (!tiles)
        return std::unexpected(tiles.error());
    const auto redis = readRedis(parser);
    if (!redis)
        return std::unexpected(redis.error());
    const auto layout = readLayoutFile(parser);
    if (!layout)
        return std::unexpected(layout.error());
    return Ui::DashboardOptions{.isReadOnly = parser.isSet(u"read-only"_s),
                                .pages = *pages,
                                .tiles = *tiles,
                                .redisUrl = *redis,
                                .layoutFile = *layout};
}

} // namespace LiveTemplate::App
