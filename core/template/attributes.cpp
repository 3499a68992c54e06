// SPDX-FileCopyrightText: 2026 The LiveTemplate for Qt authors
// SPDX-License-Identifier: MIT

#include "attributes_p.h"

#include <QRegularExpression>
#include <QSet>

using namespace Qt::StringLiterals;

namespace LiveTemplate {

namespace {

/// What SVG's animations set another attribute to, which may be an address.
bool isAnimatedValue(const QString &name)
{
    static const QSet<QString> names{u"to"_s, u"from"_s, u"by"_s, u"values"_s};
    return names.contains(name);
}

bool isAnimation(const QString &element)
{
    static const QSet<QString> elements{u"animate"_s, u"set"_s, u"animatetransform"_s,
                                        u"animatemotion"_s};
    return elements.contains(element);
}

bool isUrl(const QString &name)
{
    static const QSet<QString> names{u"action"_s,  u"archive"_s,  u"background"_s, u"cite"_s,
                                     u"classid"_s, u"codebase"_s, u"data"_s,       u"formaction"_s,
                                     u"href"_s,    u"icon"_s,     u"longdesc"_s,   u"manifest"_s,
                                     u"ping"_s,    u"poster"_s,   u"profile"_s,    u"src"_s,
                                     u"usemap"_s};
    // As in Go, a name that speaks of an address is taken for one.
    return names.contains(name) || name.contains("src"_L1) || name.contains("uri"_L1)
        || name.contains("url"_L1);
}

} // namespace

AttributeLanguage attributeLanguage(const QString &attribute, const QString &element)
{
    // PROTOCOL.md D.2: these hold JavaScript.
    if (attribute == "lvt-mounted"_L1 || attribute == "lvt-updated"_L1
        || attribute == "lvt-destroyed"_L1)
        return AttributeLanguage::Script;
    // The client's own, and what an action is sent (PROTOCOL.md D.1): neither is interpreted.
    if (attribute.startsWith("lvt-"_L1) || attribute.startsWith("data-"_L1))
        return AttributeLanguage::Plain;
    const QString name = attribute.contains(u':') ? attribute.section(u':', 1) : attribute;
    if (name.startsWith("on"_L1))
        return AttributeLanguage::Script;
    if (name == "style"_L1)
        return AttributeLanguage::Style;
    if (name == "srcset"_L1 || name == "imagesrcset"_L1)
        return AttributeLanguage::SourceSet;
    if (name == "srcdoc"_L1)
        return AttributeLanguage::Html;
    if (attribute.startsWith("xmlns:"_L1) || name == "xmlns"_L1 || isUrl(name)
        || (isAnimation(element) && isAnimatedValue(name)))
        return AttributeLanguage::Url;
    return AttributeLanguage::Plain;
}

bool isPlainAttributeAnywhere(const QString &name)
{
    // These decide what other attributes and texts mean.
    static const QSet<QString> deciding{u"type"_s,    u"http-equiv"_s, u"attributename"_s,
                                        u"sandbox"_s, u"allow"_s,      u"content"_s};
    return attributeLanguage(name, u"animate"_s) == AttributeLanguage::Plain
        && !deciding.contains(name);
}

bool isRefresh(const QString &content)
{
    static const QRegularExpression pattern(u"^\\s*[0-9.]*\\s*[;,]"_s);
    return pattern.match(content).hasMatch();
}

} // namespace LiveTemplate
