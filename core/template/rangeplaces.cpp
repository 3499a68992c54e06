// SPDX-FileCopyrightText: 2026 The LiveTemplate for Qt authors
// SPDX-License-Identifier: MIT

#include "rangeplaces_p.h"

#include "loopstep_p.h"

#include <QRegularExpression>

#include <array>

using namespace Qt::StringLiterals;

namespace LiveTemplate {

namespace {

/// https://html.spec.whatwg.org/#void-elements
bool isVoid(const QString &name)
{
    static const QSet<QString> names{u"area"_s,   u"base"_s,  u"br"_s,    u"col"_s,  u"embed"_s,
                                     u"hr"_s,     u"img"_s,   u"input"_s, u"link"_s, u"meta"_s,
                                     u"source"_s, u"track"_s, u"wbr"_s};
    return names.contains(name);
}

/// Elements that hold what somebody does in them; a row with one must move, and not be made anew.
bool holdsInput(const QString &name)
{
    static const QSet<QString> names{u"input"_s,    u"textarea"_s, u"select"_s, u"option"_s,
                                     u"optgroup"_s, u"details"_s,  u"dialog"_s, u"video"_s,
                                     u"audio"_s,    u"iframe"_s,   u"canvas"_s, u"object"_s,
                                     u"embed"_s};
    return names.contains(name);
}

QString joined(const Block &block)
{
    QString html;
    for (const QByteArray &part : block.statics()->parts())
        html += QString::fromUtf8(part);
    return html;
}

const QRegularExpression &tagPattern()
{
    static const QRegularExpression pattern(
        u"<(/?)([A-Za-z][^\\s/>]*)(?:[^>\"']|\"[^\"]*\"|'[^']*')*>"_s);
    return pattern;
}

/// Whether the tags of @p html close each other, with nothing left open.
bool isBalanced(const QString &html)
{
    QStringList open;
    for (const auto &tag : tagPattern().globalMatch(html)) {
        const QString name = tag.captured(2).toLower();
        if (holdsInput(name))
            return false;
        if (!tag.captured(1).isEmpty()) {
            if (open.isEmpty() || open.takeLast() != name)
                return false;
        } else if (!isVoid(name)) {
            open.append(name);
        }
    }
    return open.isEmpty();
}

bool areInnerBlocksBalanced(const Block &block)
{
    return std::ranges::all_of(block.steps(), [](const StepPtr &step) {
        return std::ranges::all_of(step->blocks(), [](const Block *inner) {
            return isBalanced(joined(*inner)) && areInnerBlocksBalanced(*inner);
        });
    });
}

/// Whether what the block renders is one element and no more, whatever the values.
bool isSingleElement(const Block &body)
{
    const QString html = joined(body);
    if (!html.startsWith(u'<') || !html.endsWith(u'>') || !isBalanced(html)
        || !areInnerBlocksBalanced(body))
        return false;
    // The first tag must be open until the last.
    int depth = 0;
    for (const auto &tag : tagPattern().globalMatch(html)) {
        const bool isEnd = !tag.captured(1).isEmpty();
        if (depth == 0 && tag.capturedStart() != 0)
            return false;
        if (isEnd)
            --depth;
        else if (!isVoid(tag.captured(2).toLower()))
            ++depth;
        if (depth == 0 && tag.capturedEnd() != html.size())
            return false;
    }
    return true;
}

/// Whether the key is an attribute of the row's own element.
bool isKeyOnRow(const Block &body)
{
    const auto &key = body.statics()->keyPlace();
    if (!key)
        return false;
    for (int i = 0; i <= key->last; ++i) {
        const QByteArray &part = body.statics()->parts()[std::size_t(i)];
        if (part.contains('>') || (i > 0 && part.contains('<')))
            return false;
    }
    return true;
}

/// Whether @p text ends with a start tag, which is all literal.
bool endsWithStartTag(const QByteArray &text)
{
    const QString html = QString::fromUtf8(text);
    const qsizetype open = html.lastIndexOf(u'<');
    if (open < 0)
        return false;
    const auto tag = tagPattern().matchView(QStringView(html).sliced(open), 0,
                                            QRegularExpression::NormalMatch,
                                            QRegularExpression::AnchorAtOffsetMatchOption);
    return tag.hasMatch() && tag.capturedEnd() == html.size() - open && tag.captured(1).isEmpty()
        && !isVoid(tag.captured(2).toLower()) && !tag.captured(0).endsWith("/>"_L1);
}

/// How many elements with a key the template writes: how often the attribute is in its text.
qsizetype countKeys(const Block &block)
{
    qsizetype count = 0;
    for (const QByteArray &part : block.statics()->parts()) {
        for (const QByteArrayView name :
             {QByteArrayView("data-key"), QByteArrayView("data-lvt-key")})
            count += part.toLower().count(name);
    }
    for (const StepPtr &step : block.steps()) {
        for (const Block *inner : step->blocks())
            count += countKeys(*inner);
    }
    return count;
}

/// Whether a template that is known later only stands somewhere: it may have keys, too.
bool hasUnknownParts(const Block &block)
{
    return std::ranges::any_of(block.steps(), [](const StepPtr &step) {
        return step->isUnknown() || std::ranges::any_of(step->blocks(), [](const Block *inner) {
                   return hasUnknownParts(*inner);
               });
    });
}

} // namespace

QSet<qsizetype> rangesToNest(const Block &page)
{
    QSet<qsizetype> ranges;
    const bool hasOneKey = countKeys(page) == 1 && !hasUnknownParts(page);
    const auto &parts = page.statics()->parts();
    qsizetype index = -1;
    for (const StepPtr &step : page.steps()) {
        if (!step->hasDynamic())
            continue;
        ++index;
        const auto *loop = dynamic_cast<const LoopStep *>(step.get());
        // Without a key in its text, a range is never changed the short way.
        if (!loop || countKeys(loop->body()) == 0)
            continue;
        const QByteArray &before = parts[std::size_t(index)];
        const QByteArray &after = parts[std::size_t(index) + 1];
        const bool isAlone = endsWithStartTag(before) && after.startsWith("</");
        if (!hasOneKey || !isAlone || !loop->otherwise().isEmpty() || !isSingleElement(loop->body())
            || !isKeyOnRow(loop->body()))
            ranges.insert(index);
    }
    return ranges;
}

} // namespace LiveTemplate
