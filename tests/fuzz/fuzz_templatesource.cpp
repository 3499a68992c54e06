// SPDX-FileCopyrightText: 2026 The LiveTemplate for Qt authors
// SPDX-License-Identifier: MIT

// Any bytes as the source of a template: it gives a page or an error.

#include "fuzzing.h"
#include "stategenerator.h"
#include "template.h"
#include "tree_p.h"
#include "treewriter_p.h"

#include <QFile>
#include <QLoggingCategory>
#include <QTemporaryDir>

using namespace LiveTemplate;
using namespace Qt::StringLiterals;

namespace {

QVariantHash someState()
{
    QByteArray choices;
    for (int i = 0; i < 1000; ++i)
        choices.append(char(i * 37));
    return StateGenerator(ValueSource(ByteSource(choices), Texts::Any), {}).newState();
}

void renderPage(const Template &page, const QVariantHash &values)
{
    const auto tree = page.render(values);
    if (!tree)
        return;
    QByteArray json;
    appendTree(json, **tree);
    const auto document = page.document(**tree, values, {"lvt-0123456789abcdef"});
    if (!document)
        return;
    QByteArray html;
    appendHtml(html, **tree);
    if (!document->contains(html))
        qFatal("the document does not hold the page");
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size)
{
    static const QTemporaryDir folder;
    static const QVariantHash values = someState();
    QLoggingCategory::setFilterRules(u"kf.texttemplate*=false"_s);

    const QString path = folder.filePath(u"page.html"_s);
    QFile file(path);
    if (!file.open(QIODevice::WriteOnly))
        qFatal("%s cannot be written", qPrintable(path));
    file.write(reinterpret_cast<const char *>(data), qint64(size));
    file.close();

    if (const auto page = Template::load(path))
        renderPage(*page, values);
    return 0;
}
