// SPDX-FileCopyrightText: 2026 The LiveTemplate for Qt authors
// SPDX-License-Identifier: MIT

#include "clientassets_p.h"

#include "clientversion_p.h"

#include <QFile>

#include <array>

using namespace Qt::StringLiterals;

namespace LiveTemplate {

namespace {

struct Asset
{
    QLatin1StringView path;
    QLatin1StringView file;
    QByteArrayView contentType;
};

// The version is a part of the path, so that a browser may keep the file for ever.
constexpr std::array assets{
    Asset{"/livetemplate/" LIVETEMPLATE_CLIENT_VERSION "/client.js"_L1,
          ":/livetemplate/livetemplate-client.browser.js"_L1, "text/javascript; charset=utf-8"},
    Asset{"/livetemplate/" LIVETEMPLATE_CLIENT_VERSION "/client.css"_L1,
          ":/livetemplate/livetemplate.css"_L1, "text/css; charset=utf-8"},
};

} // namespace

std::optional<HttpResponse> clientAsset(const QString &path)
{
    for (const Asset &asset : assets) {
        if (asset.path != path)
            continue;
        QFile file(asset.file);
        if (!file.open(QIODevice::ReadOnly))
            qFatal("The client's file %s is missing from the library.", asset.file.data());
        return HttpResponse{HttpStatus::Ok,
                            {{"Content-Type", asset.contentType.toByteArray()},
                             {"Cache-Control", "public, max-age=31536000, immutable"}},
                            file.readAll()};
    }
    return std::nullopt;
}

const QVariantHash &clientAssetUrls()
{
    static const QVariantHash urls{{u"lvtClientScriptURL"_s, QString(assets[0].path)},
                                   {u"lvtClientStyleURL"_s, QString(assets[1].path)}};
    return urls;
}

} // namespace LiveTemplate
