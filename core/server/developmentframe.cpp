// SPDX-FileCopyrightText: 2026 The LiveTemplate for Qt authors
// SPDX-License-Identifier: MIT

#include "developmentframe_p.h"

using namespace Qt::StringLiterals;

namespace LiveTemplate {

namespace {

/// Has colours and letters of its own: it must be readable on any page.
constexpr char boxStart[]
    = R"(<div role="alert" style="all:initial;display:block;box-sizing:border-box;margin:0 0 16px;)"
      R"(padding:16px;border:1px solid #b3261e;border-left-width:8px;background:#fff4f2;)"
      R"(color:#410e0b;font:14px/1.5 sans-serif;text-align:left;">)"
      R"(<b style="font-weight:bold;">The template has errors. )"
      R"(The page below is by its last good version.</b>)";

constexpr char errorStart[]
    = R"(<pre style="margin:8px 0 0;font:13px/1.5 monospace;white-space:pre-wrap;">)";

Dynamic errorBox(const QStringList &errors)
{
    if (errors.isEmpty())
        return QByteArray();
    static const auto statics = std::make_shared<const Statics>(
        std::vector<QByteArray>{boxStart, "</div>"});
    QByteArray list;
    for (const QString &error : errors)
        list += errorStart + error.toHtmlEscaped().toUtf8() + "</pre>";
    return std::make_shared<const Tree>(statics, std::vector<Dynamic>{list});
}

} // namespace

TreePtr framePage(Dynamic content, quint64 version, const QStringList &errors)
{
    // The client merges a tree into the one that it holds. Where a loop has become a branch with a
    // loop in it, it would keep the old rows (shouldFullReplace in its tree-renderer.js). So a
    // version of the template does not stand in the place of the one before.
    constexpr std::size_t places = 3;
    static const auto statics = std::make_shared<const Statics>(
        std::vector<QByteArray>(places + 2, ""));
    std::vector<Dynamic> dynamics(places + 1);
    dynamics[0] = errorBox(errors);
    dynamics[1 + version % places] = std::move(content);
    return std::make_shared<const Tree>(statics, std::move(dynamics));
}

} // namespace LiveTemplate
